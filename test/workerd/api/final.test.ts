import { beforeEach, describe, expect, it } from 'vitest';
import { type Answer, call } from '../support.ts';
import { evict, get, type Json, listOf, log, logged, score, setTable, type Table, tokenOf } from './support.ts';

/** Section III of the API document: the final results. */

let table: Table;

beforeEach(async () => {
  table = await setTable();
});

const final = async (token?: string): Promise<Json> => await get(`/api/final/${table.boutId}`, token);

async function finalize(token: string, body: Json): Promise<Answer> {
  return await call('POST', `/api/bouts/${table.boutId}/finalize`, { token, body });
}

/** Three rounds on three cards; red wins two rounds on the first two of them. */
async function scoreAll(): Promise<void> {
  for (const round_id of [1, 2, 3]) await logged(table, { round_id, timestamp_ms: 1234567890000 + round_id * 1_000 });
  for (const [seat, rounds] of Object.entries({ JUDGE001: [10, 9, 10], JUDGE002: [10, 9, 10], JUDGE003: [9, 9, 10] })) {
    for (const [i, red] of rounds.entries()) await score(table, seat, i + 1, red, red === 10 ? 9 : 10);
  }
}

describe('GET /api/final/{bout_id}: "Post-fight final results"', () => {
  it('has the documented fields and no other', async () => {
    expect(await final()).toEqual({
      bout_id: table.boutId,
      fighter1: 'John Doe',
      fighter2: 'Jane Smith',
      final_scores: [],
      winner: null,
      full_event_log_hash_chain_valid: true,
      total_rounds: 3,
    });
  });

  it('final_scores: each judge’s id, name and scorecard, round_1, round_2, round_3 as red-blue', async () => {
    await scoreAll();
    await evict(table);
    expect((await final(table.supervisor))['final_scores']).toEqual([
      {
        judge_id: 'JUDGE001',
        judge_name: 'Judge Anderson',
        scorecard: { round_1: '10-9', round_2: '9-10', round_3: '10-9' },
      },
      {
        judge_id: 'JUDGE002',
        judge_name: 'Judge Baker',
        scorecard: { round_1: '10-9', round_2: '9-10', round_3: '10-9' },
      },
      {
        judge_id: 'JUDGE003',
        judge_name: 'Judge Clark',
        scorecard: { round_1: '9-10', round_2: '9-10', round_3: '10-9' },
      },
    ]);
  });

  it('final_scores are [] for whoever they are not released to, and a judge sees their own alone', async () => {
    await scoreAll();
    expect((await final())['final_scores']).toEqual([]);
    expect((await final(await tokenOf({ role: 'broadcaster', subject: 'TV1' })))['final_scores']).toEqual([]);
    expect((await final(table.operator))['final_scores']).toEqual([]);
    expect(listOf(await final(table.judge), 'final_scores')).toMatchObject([{ judge_id: 'JUDGE001' }]);
    const release_policy = { statistics: 'public', scorecards: 'public', recommendation: 'none' };
    await call('PATCH', `/api/bouts/${table.boutId}`, { token: table.supervisor, body: { release_policy } });
    expect(listOf(await final(), 'final_scores')).toHaveLength(3);
  });

  it('a scorecard that has been reopened is left out until it is submitted again', async () => {
    await score(table, 'JUDGE002', 1, 10, 9);
    const path = `/api/bouts/${table.boutId}/scorecards/reopen`;
    const body = { judge_id: 'JUDGE002', round_id: 1, reason: 'corners mixed up' };
    expect((await call('POST', path, { token: table.supervisor, body })).status).toBe(200);
    expect((await final(table.supervisor))['final_scores']).toEqual([]);
    await score(table, 'JUDGE002', 1, 9, 10);
    expect((await final(table.supervisor))['final_scores']).toMatchObject([{ scorecard: { round_1: '9-10' } }]);
  });

  it('full_event_log_hash_chain_valid is recomputed over the whole ledger', async () => {
    await scoreAll();
    await evict(table);
    expect((await final())['full_event_log_hash_chain_valid']).toBe(true);
  });

  it('total_rounds is the bout’s own', async () => {
    table = await setTable({ scheduled_rounds: 5 });
    expect((await final())['total_rounds']).toBe(5);
  });
});

/** A result by scorecards that nobody has signed needs a reason. */
const UNSIGNED = { reason: 'the judges signed on paper' };

describe('"winner"', () => {
  it('is the fighter’s name once a second person has confirmed the result, and null until then', async () => {
    await scoreAll();
    expect((await finalize(table.supervisor, UNSIGNED)).status).toBe(200);
    expect((await final())['winner']).toBeNull();
    expect((await finalize(table.supervisor, { confirm: true })).status).toBe(403);
    await evict(table);
    expect((await final())['winner']).toBeNull();
    expect((await finalize(table.second, { confirm: true })).status).toBe(200);
    expect((await final())['winner']).toBe('John Doe');
    await evict(table);
    expect((await final())['winner']).toBe('John Doe');
    expect((await get(`/api/live/${table.boutId}`))['round_status']).toBe('FINAL');
  });

  it.each<[Json, string]>([
    [{ method: 'KO', winner: 'red', round_id: 1, time_ms: 61_000, reason: 'r' }, 'John Doe'],
    [{ method: 'SUB', winner: 'blue', round_id: 1, time_ms: 61_000, reason: 'r' }, 'Jane Smith'],
    [{ method: 'NC', winner: 'no_contest', reason: 'r' }, 'No Contest'],
  ])('of %j is %s', async (result, winner) => {
    expect((await finalize(table.supervisor, result)).status).toBe(200);
    expect((await finalize(table.second, { confirm: true })).status).toBe(200);
    expect((await final())['winner']).toBe(winner);
  });

  it('of even cards is Draw', async () => {
    await logged(table);
    for (const seat of ['JUDGE001', 'JUDGE002', 'JUDGE003']) await score(table, seat, 1, 10, 10);
    await finalize(table.supervisor, UNSIGNED);
    await finalize(table.second, { confirm: true });
    expect((await final())['winner']).toBe('Draw');
  });

  it('is not computed from cards that are missing', async () => {
    await logged(table);
    await score(table, 'JUDGE001', 1, 10, 9);
    expect((await finalize(table.supervisor, {})).status).toBe(409);
    expect((await final())['winner']).toBeNull();
  });

  it('closes the bout: repeats are still answered, anything new is refused', async () => {
    await scoreAll();
    await finalize(table.supervisor, UNSIGNED);
    await finalize(table.second, { confirm: true });
    expect(await log(table, { timestamp_ms: 1234567891000 })).toMatchObject({
      status: 409,
      json: { success: true, is_duplicate: true },
    });
    expect(await log(table, { timestamp_ms: 1234567990000 })).toMatchObject({ status: 409, json: { success: false } });
  });
});
