import { expect, it } from 'vitest';
import { type Answer, call, faults, freshId, type Json, mint } from './support.ts';

/** Nobody makes their own second person, and nobody gives themselves a seat. */

async function newCard(): Promise<string> {
  const { token } = await mint({ role: 'supervisor', subject: 'sue' });
  const cardId = freshId('card');
  const body = { card_id: cardId, promotion: 'Alliance', event: 'Night 1' };
  expect((await call('POST', '/api/cards', { token, body })).status).toBe(200);
  return cardId;
}

async function invite(caller: Json & { readonly role: string }, body: Json): Promise<Answer> {
  const { token } = await mint(caller);
  return await call('POST', '/api/pairings', { token, body });
}

it('a supervisor is paired by an administrator, not by another supervisor', async () => {
  const cardId = await newCard();
  const place = { card_id: cardId, role: 'supervisor', subject: 'sam' };
  const refused = await invite({ role: 'supervisor', subject: 'sue' }, place);
  expect([refused.status, faults(refused)]).toEqual([403, ['role']]);
  expect((await invite({ role: 'admin', subject: 'ada' }, place)).status).toBe(200);
  // Everybody else is a supervisor's to pair.
  const operator = { ...place, role: 'operator', subject: 'olga' };
  expect((await invite({ role: 'supervisor', subject: 'sue' }, operator)).status).toBe(200);
});

it.each(['sue', 'Sue'])('nobody pairs themselves as a judge: %s', async (subject) => {
  const cardId = await newCard();
  const place = { card_id: cardId, role: 'judge', judge_id: 'J1', subject };
  const refused = await invite({ role: 'supervisor', subject: 'sue' }, place);
  expect([refused.status, faults(refused)]).toEqual([403, ['subject']]);
  expect((await invite({ role: 'supervisor', subject: 'sam' }, place)).status).toBe(200);
});
