import type { Card } from '../../shared/wire/cards.ts';

/** The card with a bout at another place, from 1; the others close ranks. */
export function moved(card: Card, boutId: string, to: number): Card {
  const others = card.bouts.map((bout) => bout.bout_id).filter((id) => id !== boutId);
  const order = [...others.slice(0, to - 1), boutId, ...others.slice(to - 1)];
  return { ...card, bouts: order.map((bout_id, index) => ({ bout_id, position: index + 1 })) };
}
