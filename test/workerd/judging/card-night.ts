import { accepted, type Night } from './support.ts';
import { call, freshId, type Json, mint } from '../support.ts';

/**
 * A bout on a card, with three judges, a timekeeper, a referee, two supervisors and an operator for each corner
 * (`night.operator` has red's). Every token is one of the night, as a paired device has it.
 */
export async function openCardNight(): Promise<{ readonly night: Night; readonly blueOperator: string }> {
  const cardId = freshId('card').slice(0, 40);
  const boutId = freshId('bout').slice(0, 40);
  const token = async (claims: Json & { readonly role: string }) => (await mint({ card_id: cardId, ...claims })).token;
  const supervisor = await token({ role: 'supervisor', subject: 'sue' });
  const card = { card_id: cardId, promotion: 'Alliance', event: 'Night 1', date: '2026-03-07', time_zone: 'UTC' };
  accepted(await call('POST', '/api/cards', { token: supervisor, body: card }));
  const body = {
    bout_id: boutId,
    card_id: cardId,
    promotion: 'Alliance',
    event: 'Night 1',
    date: '2026-03-07',
    sport: 'mma',
    ruleset: 'mma-unified-2025',
    scheduled_rounds: 3,
    round_length_s: 30,
    fighter1: { id: 'ftr_doe', name: 'John Doe' },
    fighter2: { id: 'ftr_smith', name: 'Jane Smith' },
    judges: ['J1', 'J2', 'J3'].map((id) => ({ judge_id: id, judge_name: `Judge ${id}`, person_id: `person-${id}` })),
  };
  accepted(await call('POST', '/api/bouts', { token: supervisor, body }));
  const judges: Record<string, string> = {};
  for (const id of ['J1', 'J2', 'J3']) {
    judges[id] = await token({ role: 'judge', subject: `person-${id}`, judge_id: id });
  }
  const night: Night = {
    boutId,
    supervisor,
    token,
    second: await token({ role: 'supervisor', subject: 'sam' }),
    timekeeper: await token({ role: 'timekeeper', subject: 'tim' }),
    referee: await token({ role: 'referee', subject: 'rita' }),
    operator: await token({ role: 'operator', subject: 'olga', corners: ['red'] }),
    judges,
  };
  const blueOperator = await token({ role: 'operator', subject: 'otto', corners: ['blue'] });
  return { night, blueOperator };
}
