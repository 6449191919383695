import { beforeEach, describe, expect, it } from 'vitest';
import { call } from '../support.ts';
import {
  clock,
  evict,
  get,
  type Json,
  listOf,
  logged,
  memberOf,
  numberOf,
  replayed,
  setTable,
  type Table,
} from './support.ts';

/** Section II of the API document: in which second of a replay an action stands, and how control is counted. */

let table: Table;

beforeEach(async () => {
  table = await setTable();
});

const T0 = 1234567890000;

const replay = async (): Promise<Json> => await get(`/api/replay/${table.boutId}/1`);

/** The seconds in which something happened, with what did. */
function happened(body: Json): [number, unknown[]][] {
  return listOf(body, 'timeline')
    .map((one): [number, unknown[]] => [
      numberOf(one, 'second'),
      listOf(one, 'events').map((event) => event['event_type']),
    ])
    .filter(([, events]) => events.length > 0);
}

describe('an action stands in the second in which it happened', () => {
  /** A round that began a minute ago, less what it stood still. */
  async function startMinuteAgo(): Promise<number> {
    const start = Date.now() - 59_000;
    await clock(table, { action: 'start_round', timestamp_ms: start });
    return start;
  }

  it('by its epoch timestamp, on the round’s clock', async () => {
    const start = await startMinuteAgo();
    for (const second of [15, 3, 58]) await logged(table, { timestamp_ms: start + second * 1_000 + 500 });
    expect(happened(await replay()).map(([second]) => second)).toEqual([3, 15, 58]);
  });

  it('less the time for which the clock stood', async () => {
    const start = await startMinuteAgo();
    await clock(table, { action: 'pause', timestamp_ms: start + 10_000 });
    await clock(table, { action: 'resume', timestamp_ms: start + 30_000 });
    for (const second of [9.5, 20, 34.5]) await logged(table, { timestamp_ms: start + second * 1_000 });
    expect(happened(await replay()).map(([second]) => second)).toEqual([9, 10, 14]);
  });

  it('corrected by the measured offset of its device', async () => {
    const start = await startMinuteAgo();
    const report = { bout_id: table.boutId, device_id: 'device_xyz', judge_id: 'JUDGE001', clock_offset_ms: 3_600_000 };
    expect((await call('POST', '/api/telemetry/report', { token: table.judge, body: report })).status).toBe(200);
    await evict(table);
    await logged(table, { timestamp_ms: start + 20_500 - 3_600_000 });
    expect(happened(await replay()).map(([second]) => second)).toEqual([20]);
  });

  it('by the client’s reading of the clock, if it sends one', async () => {
    await startMinuteAgo();
    await logged(table, { timestamp_ms: Date.now(), clock_ms: 7_900 });
    expect(happened(await replay()).map(([second]) => second)).toEqual([7]);
  });

  it('in a round without a clock, counted from its first action', async () => {
    await replayed(
      table,
      [0, 15.2, 14.9, 299, 42].map((second) => ({ timestamp_ms: T0 + second * 1_000 })),
    );
    expect(happened(await replay()).map(([second]) => second)).toEqual([0, 14, 15, 42, 299]);
  });

  it('at the moment of receipt where its time is impossible, kept and flagged', async () => {
    await startMinuteAgo();
    await logged(table, { timestamp_ms: T0 });
    const body = await replay();
    const [[second] = []] = happened(body);
    expect(second).toBeGreaterThanOrEqual(59);
    const { events } = await get(`/api/events/v2/${table.boutId}/1`);
    expect(events).toMatchObject([{ timestamp_ms: T0, flags: ['implausible_time'] }]);
  });
});

describe('control is counted once', () => {
  const start = (second: number, control: string, more: Json = {}): Json => ({
    event_type: 'Control Start',
    metadata: { control },
    clock_ms: second * 1_000,
    timestamp_ms: T0 + second * 1_000,
    ...more,
  });
  const stop = (second: number, more: Json = {}): Json => ({
    ...start(second, 'Top', more),
    event_type: 'Control Stop',
    metadata: {},
  });
  const control = async () => memberOf(memberOf(await replay(), 'round_summary'), 'control_score');

  it.each<[string, Json[]]>([
    ['start and stop', [start(10, 'Top'), stop(110)]],
    ['sent twice', [start(10, 'Top'), stop(110), start(10, 'Top'), stop(110)]],
    ['said again while it is held', [start(10, 'Top'), start(50, 'Top'), start(90, 'Top'), stop(110)]],
    ['in pieces', [start(10, 'Top'), stop(60), start(60, 'Top'), stop(110)]],
    ['out of order', [stop(110), start(10, 'Top')]],
    [
      'filled in afterwards as well',
      [start(10, 'Top'), stop(110), start(110, 'Top', { metadata: { control: 'Top', backfill_ms: 100_000 } })],
    ],
  ])('100 s on top are one point: %s', async (_how, events) => {
    await replayed(table, events);
    expect(await control()).toEqual({ red: 1, blue: 0 });
    await evict(table);
    expect(await control()).toEqual({ red: 1, blue: 0 });
  });

  it('never for both corners, never for two kinds at a time', async () => {
    await replayed(table, [
      start(0, 'Top'),
      start(100, 'Back'),
      start(200, 'Top', { fighter_id: 'fighter2' }),
      stop(300, { fighter_id: 'fighter2' }),
    ]);
    expect(await control()).toEqual({ red: 2.2, blue: 1 });
  });
});
