import { describe, expect, it } from 'vitest';
import { type Answer, call, freshId, type Json } from '../support.ts';
import { change, length, listOf, log, newBout, SEATS, type TestBout, view } from './support.ts';

async function score(bout: TestBout, seat: string, red: number, blue: number, round = 1): Promise<Answer> {
  const token = await bout.token({ role: 'judge', subject: `s-${seat}`, judge_id: seat });
  return await change(bout, 'scorecards', { judge_id: seat, round_id: round, red, blue }, token);
}

async function confirm(bout: TestBout, body: Json = {}, subject = 'second'): Promise<Answer> {
  const token = await bout.token({ role: 'supervisor', subject });
  return await change(bout, 'finalize', { confirm: true, ...body }, token);
}

async function final(bout: TestBout, token = bout.supervisor): Promise<Json> {
  return (await call('GET', `/api/final/${bout.boutId}`, { token })).json;
}

describe('a scorecard', () => {
  it('is the judge’s own, once, and locked', async () => {
    const bout = await newBout();
    expect(await score(bout, 'J1', 10, 9)).toMatchObject({ status: 200 });
    expect(await score(bout, 'J1', 10, 8)).toMatchObject({ status: 409 });
    const token = await bout.token({ role: 'judge', subject: 'jane', judge_id: 'J1' });
    const foreign = { judge_id: 'J2', round_id: 1, red: 10, blue: 9 };
    expect(await change(bout, 'scorecards', foreign, token)).toMatchObject({
      status: 403,
      json: { errors: [{ field: 'judge_id' }] },
    });
    for (const role of ['admin', 'supervisor', 'operator', 'referee', 'timekeeper']) {
      expect(await change(bout, 'scorecards', foreign, await bout.token({ role }))).toMatchObject({ status: 403 });
    }
    expect(await length(bout)).toBe(2);
  });

  it('keeps to the ten-point must system', async () => {
    const bout = await newBout();
    for (const [red, blue] of [
      [9, 9],
      [10, 6],
      [11, 9],
      [10, -1],
      [9.5, 10],
      [10, 9.25],
    ] as const) {
      expect([red, blue, (await score(bout, 'J1', red, blue)).status]).toEqual([red, blue, 400]);
    }
    for (const [round, red, blue] of [
      [1, 10, 10],
      [2, 7, 10],
      [3, 10, 8],
    ] as const) {
      expect(await score(bout, 'J1', red, blue, round)).toMatchObject({ status: 200 });
    }
    expect(await score(bout, 'J1', 10, 9, 4)).toMatchObject({ status: 400 });
    expect(await score(bout, 'J9', 10, 9)).toMatchObject({ status: 400, json: { errors: [{ field: 'judge_id' }] } });
  });

  it('is reopened by a supervisor with a reason, and both values stay', async () => {
    const bout = await newBout();
    const reopen = { judge_id: 'J1', round_id: 1, reason: 'the wrong corner' };
    expect(await change(bout, 'scorecards/reopen', reopen)).toMatchObject({ status: 409 });
    await score(bout, 'J1', 10, 9);
    const { reason: _reason, ...silent } = reopen;
    expect(await change(bout, 'scorecards/reopen', silent)).toMatchObject({ status: 400 });
    const judge = await bout.token({ role: 'judge', subject: 'jane', judge_id: 'J1' });
    expect(await change(bout, 'scorecards/reopen', reopen, judge)).toMatchObject({ status: 403 });
    expect(await change(bout, 'scorecards/reopen', reopen)).toMatchObject({ status: 200 });
    expect(await change(bout, 'scorecards/reopen', reopen)).toMatchObject({ status: 409 });
    expect(await score(bout, 'J1', 9, 10)).toMatchObject({ status: 200 });
    expect(await length(bout)).toBe(4);
    expect(await final(bout)).toMatchObject({ final_scores: [{ judge_id: 'J1', scorecard: { round_1: '9-10' } }] });
  });

  it('depends on nothing else: not on the clock, not on statistics', async () => {
    const bout = await newBout();
    expect(await score(bout, 'J3', 10, 9, 3)).toMatchObject({ status: 200 });
  });
});

/** A result by scorecards that nobody has signed needs a reason. */
const UNSIGNED = { reason: 'the tablets went home with the judges' };

/** Nor has anybody ruled it. */
const KNOCKOUT = { method: 'KO', winner: 'red', round_id: 1, reason: 'he did not rise' };

describe('a result', () => {
  it('by the cards needs every card of every round fought', async () => {
    const bout = await newBout();
    await log(bout);
    await score(bout, 'J1', 10, 9);
    await score(bout, 'J2', 9, 10);
    expect(await change(bout, 'finalize', {})).toMatchObject({ status: 409, json: { errors: [{ field: 'method' }] } });
    await score(bout, 'J3', 9, 10);
    expect(await change(bout, 'finalize', { winner: 'red', ...UNSIGNED })).toMatchObject({
      status: 409,
      json: { errors: [{ field: 'winner' }] },
    });
    expect(await change(bout, 'finalize', {})).toMatchObject({ status: 409, json: { errors: [{ field: 'reason' }] } });
    expect(await change(bout, 'finalize', UNSIGNED)).toMatchObject({ status: 200 });
    expect(await view(bout)).toMatchObject({
      result: { status: 'pending', winner: 'Blue Fighter', method: 'DEC', decision: 'SD', proposed_by: 'sue' },
    });
  });

  it('takes a deduction into account', async () => {
    const bout = await newBout();
    await log(bout);
    for (const seat of SEATS) await score(bout, seat, 10, 9);
    await change(bout, 'rulings', { kind: 'deduction', round_id: 1, fighter_id: 'fighter1', points: 1 });
    await change(bout, 'finalize', UNSIGNED);
    expect(await view(bout)).toMatchObject({ result: { winner: 'Draw', method: 'DRAW', decision: 'D-U' } });
  });

  it('is nobody’s business until a second person has confirmed it', async () => {
    const bout = await newBout();
    const proposal = { method: 'SUB', winner: 'blue', round_id: 2, time_ms: 61_000, reason: 'he tapped' };
    expect(await change(bout, 'finalize', proposal)).toMatchObject({ status: 200 });
    expect(await call('GET', `/api/bouts/${bout.boutId}`)).toMatchObject({ json: { result: null } });
    expect(await final(bout)).toMatchObject({ winner: null });
    expect(await confirm(bout, {}, 'sue')).toMatchObject({ status: 403, json: { errors: [{ field: 'confirm' }] } });
    expect(await final(bout)).toMatchObject({ winner: null });
    expect(await confirm(bout)).toMatchObject({ status: 200 });
    expect(await final(bout)).toMatchObject({ winner: 'Blue Fighter' });
    expect(await call('GET', `/api/bouts/${bout.boutId}`)).toMatchObject({
      json: { round_status: 'FINAL', result: { status: 'official', method: 'SUB', round_id: 2, time_ms: 61_000 } },
    });
  });

  it('that is confirmed is the one that was read', async () => {
    const bout = await newBout();
    expect(await confirm(bout)).toMatchObject({ status: 409 });
    const first = await change(bout, 'finalize', { ...KNOCKOUT, winner: 'blue' });
    const second = await change(bout, 'finalize', KNOCKOUT);
    const stale = { proposal_index: first.json['sequence_index'] };
    expect(await confirm(bout, stale)).toMatchObject({ status: 409, json: { errors: [{ field: 'proposal_index' }] } });
    expect(await confirm(bout)).toMatchObject({ status: 409, json: { errors: [{ field: 'proposal_index' }] } });
    const read = { proposal_index: second.json['sequence_index'] };
    expect(await confirm(bout, read)).toMatchObject({ status: 200 });
    expect(await final(bout)).toMatchObject({ winner: 'Red Fighter' });
  });

  it('is confirmed once, whoever presses at the same time', async () => {
    const bout = await newBout();
    await change(bout, 'finalize', { method: 'NC', winner: 'no_contest', reason: 'the power failed' });
    const answers = await Promise.all(['ann', 'ben', 'cat', 'dan'].map((subject) => confirm(bout, {}, subject)));
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 409, 409, 409]);
    expect(await final(bout)).toMatchObject({ winner: 'No Contest' });
    expect(await length(bout)).toBe(3);
  });

  it('without the cards names its winner', async () => {
    const bout = await newBout();
    expect(await change(bout, 'finalize', { method: 'KO' })).toMatchObject({
      status: 400,
      json: { errors: [{ field: 'winner' }] },
    });
  });

  it('closes the bout: nothing new comes in, what was in is still answered as a repeat', async () => {
    const bout = await newBout();
    const body = { event_id: freshId('e'), timestamp_ms: 1_700_000_000_000 };
    await log(bout, body);
    await score(bout, 'J1', 10, 9);
    await change(bout, 'finalize', KNOCKOUT);
    await confirm(bout);
    const end = await length(bout);
    const jane = await bout.token({ role: 'judge', subject: 'jane', judge_id: 'J2' });
    const card = { judge_id: 'J2', round_id: 1, red: 10, blue: 9 };
    const refused: readonly Answer[] = [
      await log(bout),
      await change(bout, 'scorecards', card, jane),
      await change(bout, 'clock', { action: 'start_round', round_id: 1 }),
      await change(bout, 'rulings', { kind: 'warning', round_id: 1, fighter_id: 'fighter1' }),
      await change(bout, 'finalize', { ...KNOCKOUT, winner: 'blue' }),
      await change(bout, 'scorecards/reopen', { judge_id: 'J1', round_id: 1, reason: 'too late' }),
      await call('POST', '/api/events/v2/void', {
        token: bout.supervisor,
        body: { bout_id: bout.boutId, target_event_id: body.event_id },
      }),
    ];
    for (const answer of refused)
      expect(answer).toMatchObject({ status: 409, json: { success: false, code: 'conflict' } });
    expect(await log(bout, body)).toMatchObject({ status: 409, json: { success: true, is_duplicate: true } });
    expect(await length(bout)).toBe(end);
    expect(listOf(await final(bout), 'final_scores')).toHaveLength(1);
  });
});

describe('a round of a bout whose result is official', () => {
  it('is not locked any more, nor are late entries let in', async () => {
    const bout = await newBout();
    await log(bout);
    const lock = { round_id: 1, override_reason: 'nothing more was logged' };
    expect(await change(bout, 'lock-round', lock)).toMatchObject({ status: 200 });
    await log(bout);
    await change(bout, 'finalize', KNOCKOUT);
    expect(await confirm(bout)).toMatchObject({ status: 200 });
    const before = await length(bout);
    const admission = { round_id: 1, include_late: true, override_reason: 'A laptop came late.' };
    expect(await change(bout, 'lock-round', admission)).toMatchObject({ status: 409 });
    expect(await length(bout)).toBe(before);
  });
});
