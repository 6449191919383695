import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { call } from '../support.ts';
import {
  clock,
  evict,
  get,
  type Json,
  listOf,
  log,
  logged,
  memberOf,
  numberOf,
  setTable,
  type Table,
} from './support.ts';

/** Section III of the API document: the live endpoint. Final results have a file of their own. */

let table: Table;

beforeEach(async () => {
  table = await setTable();
});

afterEach(() => {
  vi.useRealTimers();
});

const live = async (token?: string): Promise<Json> => await get(`/api/live/${table.boutId}`, token);

let tap = 0;

/** An action from a device of its own, so that none is taken for another. */
async function hit(event_type: string, metadata: Json = {}, over: Json = {}): Promise<Json> {
  tap += 1;
  return await logged(table, { event_type, metadata, timestamp_ms: Date.now(), device_id: `device_${tap}`, ...over });
}

/** Starts a round and stops its clock at exactly `elapsedMs`. */
async function standAt(elapsedMs: number, round_id = 1): Promise<void> {
  const now = Date.now();
  const start = now - Math.min(elapsedMs, 50_000);
  await clock(table, { action: 'start_round', round_id, timestamp_ms: start });
  await clock(table, { action: 'pause', round_id, timestamp_ms: now });
  await clock(table, { action: 'adjust', round_id, elapsed_ms: elapsedMs, reason: 'the arena clock' });
}

/** Lets wall-clock time pass for the whole system. */
function pass(ms: number): void {
  const now = Date.now();
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(now + ms);
}

describe('GET /api/live/{bout_id}: "Real-time bout status"', () => {
  it('has the documented fields and no other, before anything has happened', async () => {
    const zero = { damage: 0, grappling: 0, control: 0, weighted_score: 0 };
    expect(await live()).toEqual({
      bout_id: table.boutId,
      round_id: 1,
      round_status: 'NOT_STARTED',
      red_totals: zero,
      blue_totals: zero,
      time_remaining: '5:00',
      events_last_5_sec: 0,
      redline_moments: [],
      performance_ms: expect.any(Number),
    });
  });

  it('nobody on the way keeps it: a poll every 250 to 500 ms gets what stands now', async () => {
    expect((await call('GET', `/api/live/${table.boutId}`)).headers.get('cache-control')).toBe('no-store');
    await hit('Jab');
    expect(await live()).toMatchObject({ red_totals: { damage: 0.05 } });
    await hit('Jab');
    expect(await live()).toMatchObject({ red_totals: { damage: 0.1 } });
  });

  it('red_totals and blue_totals are the current round’s damage, grappling and control; weighted_score is their sum', async () => {
    await standAt(200_000);
    await hit('KD', { tier: 'Hard' });
    await hit('Cross', { significant: true });
    await hit('Takedown Landed');
    await hit('Control Start', { control: 'Back' }, { fighter_id: 'fighter2', clock_ms: 50_000 });
    await hit('Control Stop', {}, { fighter_id: 'fighter2', clock_ms: 150_000 });
    const now = {
      round_id: 1,
      red_totals: { damage: 0.84, grappling: 0.25, control: 0, weighted_score: 1.09 },
      blue_totals: { damage: 0, grappling: 0, control: 1.2, weighted_score: 1.2 },
    };
    expect(await live()).toMatchObject(now);
    await evict(table);
    expect(await live()).toMatchObject(now);
    await clock(table, { action: 'end_round' });
    await clock(table, { action: 'start_round', round_id: 2 });
    await hit('Jab', {}, { round_id: 2 });
    expect(await live()).toMatchObject({
      round_id: 2,
      red_totals: { damage: 0.05, weighted_score: 0.05 },
      blue_totals: { control: 0 },
    });
  });

  it('agrees with the replay of the round', async () => {
    await hit('Hook');
    await hit('Submission Attempt', { tier: 'Deep' }, { fighter_id: 'fighter2' });
    const summary = memberOf(await get(`/api/replay/${table.boutId}/1`), 'round_summary');
    const { red_totals, blue_totals } = await live();
    const side = (corner: string) => ({
      damage: memberOf(summary, 'damage_score')[corner],
      grappling: memberOf(summary, 'grappling_score')[corner],
      control: memberOf(summary, 'control_score')[corner],
      weighted_score: memberOf(summary, 'total_score')[corner],
    });
    expect([red_totals, blue_totals]).toEqual([side('red'), side('blue')]);
  });

  it('counts the taps of one observer: the operator assigned, else the first listed judge', async () => {
    await hit('Jab', {}, { judge_id: 'JUDGE001' });
    const jab = { damage: 0.05 };
    expect(await live()).toMatchObject({ red_totals: jab });
    await log(
      table,
      { event_type: 'KD', judge_id: 'OP1', device_id: 'desk', metadata: { tier: 'Flash' } },
      table.operator,
    );
    expect(await live()).toMatchObject({ red_totals: { damage: 0.4 } });
  });
});

describe('"round_status"', () => {
  it('follows the clock: NOT_STARTED, IN_PROGRESS, PAUSED, ENDED, LOCKED', async () => {
    const status = async () => (await live())['round_status'];
    const seen = [await status()];
    for (const action of ['start_round', 'pause', 'resume', 'end_round']) {
      await clock(table, { action });
      seen.push(await status());
    }
    await call('POST', `/api/bouts/${table.boutId}/lock-round`, {
      token: table.supervisor,
      body: { round_id: 1, override_reason: 'nothing was logged' },
    });
    await evict(table);
    seen.push(await status());
    expect(seen).toEqual(['NOT_STARTED', 'IN_PROGRESS', 'PAUSED', 'IN_PROGRESS', 'ENDED', 'LOCKED']);
  });

  it('is ENDED at start + length + pauses, whether or not anybody says so', async () => {
    await clock(table, { action: 'start_round' });
    pass(299_000);
    expect(await live()).toMatchObject({
      round_status: 'IN_PROGRESS',
      time_remaining: expect.stringMatching(/^0:0[01]$/),
    });
    pass(2_000);
    await evict(table);
    expect(await live()).toMatchObject({ round_status: 'ENDED', time_remaining: '0:00' });
  });

  it('without a clock, is IN_PROGRESS from the first action', async () => {
    await hit('Jab');
    expect((await live())['round_status']).toBe('IN_PROGRESS');
  });
});

describe('"time_remaining"', () => {
  it.each([
    [0, '5:00'],
    [135_000, '2:45'],
    [134_001, '2:46'],
    [240_000, '1:00'],
    [291_000, '0:09'],
    [300_000, '0:00'],
  ])('with the clock standing at %i ms it is %s', async (elapsed, remaining) => {
    await standAt(elapsed);
    expect((await live())['time_remaining']).toBe(remaining);
  });

  it('runs with the clock, by the bout’s own length of round', async () => {
    table = await setTable({ round_length_s: 180 });
    await standAt(60_000);
    expect((await live())['time_remaining']).toBe('2:00');
    await clock(table, { action: 'resume' });
    pass(30_500);
    expect((await live())['time_remaining']).toMatch(/^1:(29|30)$/);
  });
});

describe('"events_last_5_sec"', () => {
  beforeEach(async () => {
    await clock(table, { action: 'start_round', timestamp_ms: Date.now() - 50_000 });
  });

  it('counts the actions of the last five seconds', async () => {
    for (let i = 0; i < 4; i += 1) await hit('Jab');
    expect((await live())['events_last_5_sec']).toBe(4);
    await evict(table);
    expect((await live())['events_last_5_sec']).toBe(4);
    pass(5_500);
    await hit('Jab');
    expect((await live())['events_last_5_sec']).toBe(1);
  });

  it('counts neither repeats, nor what was undone, nor what arrived late', async () => {
    const twice = { timestamp_ms: Date.now() };
    const { event_id } = await logged(table, twice);
    await log(table, twice);
    await hit('Cross');
    await hit('Hook', {}, { clock_ms: 20_000 });
    expect((await live())['events_last_5_sec']).toBe(2);
    const body = { bout_id: table.boutId, target_event_id: event_id };
    await call('POST', '/api/events/v2/void', { token: table.judge, body });
    expect((await live())['events_last_5_sec']).toBe(1);
  });
});

describe('"redline_moments"', () => {
  it('are knockdowns, rocked fighters and near-finish submissions, with timestamp, fighter_id, event_type and severity', async () => {
    const at = 1234567890000;
    await logged(table, { event_type: 'KD', metadata: { severity: 'Hard' }, timestamp_ms: at });
    await hit('Rocked', {}, { fighter_id: 'fighter2', timestamp_ms: at + 1_000 });
    await hit('Submission Attempt', { tier: 'Near-Finish' }, { fighter_id: 'ftr_doe', timestamp_ms: at + 2_000 });
    await hit('Submission Attempt', { tier: 'Deep' });
    await hit('Head Kick', { significant: true });
    const moments = [
      { timestamp: at, fighter_id: 'fighter1', event_type: 'KD', severity: 'Hard' },
      { timestamp: at + 1_000, fighter_id: 'fighter2', event_type: 'Rocked', severity: null },
      { timestamp: at + 2_000, fighter_id: 'fighter1', event_type: 'Submission Attempt', severity: 'Near-Finish' },
    ];
    expect(listOf(await live(), 'redline_moments')).toMatchObject(moments);
    await evict(table);
    expect(listOf(await live(), 'redline_moments')).toMatchObject(moments);
  });

  it('are the round’s, and an undone one goes', async () => {
    const { event_id } = await hit('KD', { tier: 'Flash' });
    await hit('Rocked');
    await call('POST', '/api/events/v2/void', {
      token: table.judge,
      body: { bout_id: table.boutId, target_event_id: event_id },
    });
    expect(listOf(await live(), 'redline_moments')).toMatchObject([{ event_type: 'Rocked' }]);
    await hit('Jab', {}, { round_id: 2 });
    expect(await live()).toMatchObject({ round_id: 2, redline_moments: [] });
  });
});

describe('"performance_ms"', () => {
  it('is measured: never more than the call that it is part of', async () => {
    const start = performance.now();
    const figure = numberOf(await live(), 'performance_ms');
    expect(figure).toBeGreaterThanOrEqual(0);
    expect(figure).toBeLessThanOrEqual(performance.now() - start + 0.01);
  });

  it('is measured: it holds the time for which the bout let the call wait', async () => {
    const HELD_MS = 200;
    const held = Promise.withResolvers<void>();
    const holding = runInDurableObject(env.BOUT.getByName(table.boutId), async (_bout, ctx) => {
      await ctx.blockConcurrencyWhile(async () => {
        held.resolve();
        await scheduler.wait(HELD_MS);
      });
    });
    await held.promise;
    const figure = numberOf(await live(), 'performance_ms');
    await holding;
    // Half of it: what the edge did before it asked the bout is not part of the figure.
    expect(figure).toBeGreaterThan(HELD_MS / 2);
  });
});
