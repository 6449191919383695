import { type Actor, isAccepted, RefusedError } from './actor.ts';
import { uuid7 } from './uuid7.ts';

export type CardFacts = {
  readonly cardId: string;
  readonly promotion: string;
  readonly event: string;
  readonly date: string;
};

/** Creates the card; one that is there already is as good. */
export async function ensureCard(supervisor: Actor, { cardId, promotion, event, date }: CardFacts): Promise<void> {
  const path = '/api/cards';
  const body = { card_id: cardId, promotion, event, date, event_id: uuid7(Date.now()) };
  const reply = await supervisor.send('POST', path, JSON.stringify(body));
  if (!isAccepted(reply) && reply.status !== 409) throw new RefusedError(path, reply);
}

/** Puts a bout at the end of a card and makes it the one that is on. */
export async function putOn(supervisor: Actor, cardId: string, boutId: string): Promise<void> {
  await supervisor.command(`/api/cards/${cardId}/bouts`, { bout_id: boutId });
  await supervisor.command(`/api/cards/${cardId}/current`, { bout_id: boutId });
}
