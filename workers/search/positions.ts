import type { Env } from '../env.ts';

/**
 * Brings the places of a card's bouts in the index up to the card's order. It has no version of its own: every bout of the
 * card that is indexed writes it again, so an older order does not stay.
 */
export async function writePositions(env: Pick<Env, 'CARD' | 'INDEX'>, cardId: string): Promise<void> {
  const card = await env.CARD.getByName(cardId).view();
  if (card === null) return;
  await env.INDEX.prepare(
    `UPDATE bout SET position = place.value ->> 'position' FROM json_each(?2) AS place
     WHERE bout.card_id = ?1 AND bout.bout_id = place.value ->> 'boutId'
       AND bout.position IS NOT place.value ->> 'position'`,
  )
    .bind(cardId, JSON.stringify(card.bouts))
    .run();
}
