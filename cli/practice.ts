import { createActor } from './simulator/actor.ts';
import { ensureCard, putOn } from './simulator/card.ts';
import { createLink, stampedId } from './simulator/index.ts';

/** A short round: whoever tries the pages out has a result in a few minutes. */
const ROUND_LENGTH_S = 60;
const ROUNDS = 3;
/** Who sits where: the ids that the supervisor's page would make of the names. */
export const PRACTICE_JUDGES = [1, 2, 3].map((number) => ({
  judge_id: `JUDGE00${number}`,
  judge_name: `Practice Judge ${number}`,
  person_id: `practice_judge_${number}`,
}));

export type Practice = { readonly cardId: string; readonly boutId: string };

/**
 * A card of today with a bout on it that nobody plays: it waits for whoever opens the pages. Started again, the same
 * bout is there, until its result is official.
 */
export async function ensurePractice(baseUrl: string, adminSecret: string, signal: AbortSignal): Promise<Practice> {
  const date = new Date().toISOString().slice(0, 10);
  const cardId = `practice-${date}`;
  const link = createLink({ baseUrl, signal });
  const supervisor = createActor(link, adminSecret, { role: 'supervisor', subject: 'practice-setup' });
  await ensureCard(supervisor, { cardId, promotion: 'FightJudge', event: 'Practice night', date });
  const waiting = await boutThatWaits(supervisor.send, cardId);
  if (waiting !== null) return { cardId, boutId: waiting };

  const boutId = stampedId('practice', Date.now());
  await supervisor.command('/api/bouts', {
    bout_id: boutId,
    card_id: cardId,
    promotion: 'FightJudge',
    event: 'Practice night',
    date,
    time_zone: 'UTC',
    sport: 'mma',
    scheduled_rounds: ROUNDS,
    round_length_s: ROUND_LENGTH_S,
    fighter1: { name: 'Practice Red' },
    fighter2: { name: 'Practice Blue' },
    judges: PRACTICE_JUDGES,
  });
  await putOn(supervisor, cardId, boutId);
  return { cardId, boutId };
}

/** The card's current bout, unless its result is official. */
async function boutThatWaits(send: ReturnType<typeof createActor>['send'], cardId: string): Promise<string | null> {
  const { body: card } = await send('GET', `/api/cards/${cardId}`);
  const boutId = card['current_bout_id'];
  if (typeof boutId !== 'string') return null;
  const { status, body: view } = await send('GET', `/api/bouts/${boutId}`);
  return status === 200 && view['round_status'] !== 'FINAL' ? boutId : null;
}
