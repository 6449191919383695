import { beforeEach, describe, expect, it } from 'vitest';
import { type Answer, call } from '../support.ts';
import {
  clock,
  entriesIn,
  eventsOf,
  evict,
  get,
  type Json,
  judgeToken,
  listOf,
  logged,
  memberOf,
  numberOf,
  setTable,
  sha256,
  type Table,
  tokenOf,
} from './support.ts';

/** Section VII of the API document: backward compatibility. */

let table: Table;

beforeEach(async () => {
  table = await setTable();
});

/** An event in the original form. */
function legacy(over: Json = {}): Json {
  return {
    bout_id: table.boutId,
    round_num: 1,
    fighter: 'fighter1',
    event_type: 'Jab',
    timestamp: 15,
    metadata: { significant: true },
    ...over,
  };
}

async function logEvent(over: Json = {}, token = table.judge): Promise<Answer> {
  return await call('POST', '/api/log-event', { token, body: legacy(over) });
}

async function importAll(events: readonly Json[]): Promise<Json> {
  const body = { bout_id: table.boutId, events };
  const answer = await call('POST', '/api/legacy/import', { token: table.supervisor, body });
  if (answer.status !== 200) throw new Error(`the import answered ${answer.status} ${answer.text}`);
  return answer.json;
}

const replay = async (): Promise<Json> => await get(`/api/replay/${table.boutId}/1`);

function happened(body: Json): [number, unknown][] {
  return listOf(body, 'timeline').flatMap((one) =>
    listOf(one, 'events').map((event): [number, unknown] => [numberOf(one, 'second'), event['event_type']]),
  );
}

describe('"Original `/api/log-event` endpoint remains functional"', () => {
  it('takes the original form and answers as the new one does', async () => {
    expect(await logEvent()).toMatchObject({
      status: 200,
      json: {
        success: true,
        event_id: expect.any(String),
        is_duplicate: false,
        sequence_index: expect.any(Number),
        event_hash: sha256(`${table.boutId}|1|legacy|fighter1|Jab|15000|legacy`),
        message: 'Event logged successfully',
      },
    });
  });

  it.each([
    ['fighter1', 'fighter1'],
    ['fighter2', 'fighter2'],
    ['red', 'fighter1'],
    ['Blue', 'fighter2'],
    ['ftr_smith', 'ftr_smith'],
    ['John Doe', 'fighter1'],
    ['jane smith', 'fighter2'],
  ])('fighter %s is %s', async (fighter, fighter_id) => {
    await logEvent({ fighter });
    expect(await eventsOf(table)).toMatchObject([
      { fighter_id, event_type: 'Jab', judge_id: 'legacy', device_id: 'legacy' },
    ]);
  });

  it.each([
    [0, 0],
    [15, 15],
    [15.7, 15],
    [299, 299],
  ])('a timestamp of %d is a second of the round', async (timestamp, second) => {
    await logEvent({ timestamp });
    expect(happened(await replay())).toEqual([[second, 'Jab']]);
  });

  it('a timestamp from a million on is an epoch in ms, placed by the round’s clock', async () => {
    const start = Date.now() - 50_000;
    await clock(table, { action: 'start_round', timestamp_ms: start });
    for (const second of [12, 34]) await logEvent({ timestamp: start + second * 1_000 + 300 });
    expect(happened(await replay())).toEqual([
      [12, 'Jab'],
      [34, 'Jab'],
    ]);
  });

  it('or without a clock, counted from the first action', async () => {
    for (const second of [0, 7, 77]) await logEvent({ timestamp: 1_400_000_000_000 + second * 1_000 });
    expect(happened(await replay()).map(([second]) => second)).toEqual([0, 7, 77]);
  });

  it('takes fields that it does not know, and no metadata', async () => {
    expect((await logEvent({ metadata: undefined, _id: '65f0', source: 'app' })).status).toBe(200);
    expect((await logEvent({ metadata: null, timestamp: 16 })).status).toBe(200);
  });

  it('recognises the same event again', async () => {
    const first = await logEvent();
    await evict(table);
    expect(await logEvent()).toMatchObject({
      status: 409,
      json: { success: true, is_duplicate: true, event_id: first.json['event_id'] },
    });
    expect(await eventsOf(table)).toHaveLength(1);
  });

  it('takes the older names of actions', async () => {
    await logEvent({ event_type: 'SS Jab', metadata: {} });
    await logEvent({ event_type: 'CTRL_START', timestamp: 20, metadata: { control: 'top' } });
    await logEvent({ event_type: 'CTRL_END', timestamp: 120, metadata: {} });
    expect(memberOf(await replay(), 'round_summary')).toMatchObject({
      damage_score: { red: 0.1, blue: 0 },
      control_score: { red: 1, blue: 0 },
    });
  });

  it('works for a judge whose session is on a paired device', async () => {
    const phone = await judgeToken(table.boutId, 'JUDGE001', 'phone');
    const session = { judge_session_id: 'session_abc123', judge_id: 'JUDGE001', bout_id: table.boutId, round_id: 1 };
    expect((await call('POST', '/api/judge-session/create', { token: phone, body: session })).status).toBe(200);
    expect((await logEvent({}, phone)).status).toBe(200);
    const tablet = await judgeToken(table.boutId, 'JUDGE001', 'tablet');
    expect((await call('GET', '/api/judge-session/session_abc123', { token: tablet })).status).toBe(200);
    expect((await logEvent({ timestamp: 16 }, tablet)).status).toBe(200);
    expect(await logEvent({ timestamp: 17 }, phone)).toMatchObject({ status: 403, json: { code: 'fenced' } });
  });

  it.each<[string, Json]>([
    ['bout_id', { bout_id: 'a b' }],
    ['round_num', { round_num: 0 }],
    ['round_num', { round_num: 4 }],
    ['fighter', { fighter: '' }],
    ['fighter', { fighter: 'nobody' }],
    ['fighter', { fighter: 'Nobody Known' }],
    ['event_type', { event_type: 'Jump' }],
    ['timestamp', { timestamp: -1 }],
  ])('names %s where it is wrong, and writes nothing', async (field, over) => {
    const before = await entriesIn(table);
    expect(await logEvent(over)).toMatchObject({ status: 400, json: { success: false, errors: [{ field }] } });
    expect(await entriesIn(table)).toBe(before);
  });
});

describe('"Legacy events readable by both systems"', () => {
  it('they stand among the events, in the chain, and in the live figures', async () => {
    await logEvent();
    await logEvent({ timestamp: 20, fighter: 'fighter2' });
    expect(await eventsOf(table)).toMatchObject([
      { flags: ['legacy'], metadata: { significant: true } },
      { fighter_id: 'fighter2' },
    ]);
    expect(await get(`/api/events/v2/verify/${table.boutId}/1`)).toMatchObject({ total_events: 2, chain_valid: true });
    expect(await get(`/api/live/${table.boutId}`)).toMatchObject({
      red_totals: { damage: 0.1 },
      blue_totals: { damage: 0.1 },
    });
  });
});

describe('"Replay engine reads from: 1. events_v2 (new) 2. events (legacy fallback)"', () => {
  it('legacy events where the round has no other', async () => {
    await logEvent({ timestamp: 15 });
    await importAll([legacy({ timestamp: 40, event_type: 'KD', metadata: { tier: 'Hard' } })]);
    const body = await replay();
    expect(happened(body)).toEqual([
      [15, 'Jab'],
      [40, 'KD'],
    ]);
    expect(body).toMatchObject({ event_count: 2, round_summary: { damage_score: { red: 0.8, blue: 0 } } });
  });

  it('new events alone where there are any, whichever came first', async () => {
    await logEvent({ timestamp: 15 });
    await logged(table, { event_type: 'Cross', clock_ms: 30_000, metadata: {} });
    await logEvent({ timestamp: 45 });
    const expected = { event_count: 1, round_summary: { damage_score: { red: 0.07, blue: 0 } } };
    for (const away of [false, true]) {
      if (away) await evict(table);
      expect(happened(await replay())).toEqual([[30, 'Cross']]);
      expect(await replay()).toMatchObject(expected);
      expect(await get(`/api/live/${table.boutId}`)).toMatchObject({ red_totals: { damage: 0.07 } });
    }
    expect(await eventsOf(table)).toHaveLength(3);
  });

  it('round by round', async () => {
    await logEvent({ timestamp: 15 });
    await logged(table, { round_id: 2, metadata: {} });
    expect(happened(await replay())).toEqual([[15, 'Jab']]);
  });

  it('timeline and summary agree where an operator covers one corner only', async () => {
    await logEvent({ timestamp: 15, fighter: 'fighter2' });
    const token = await tokenOf({ role: 'operator', subject: 'OP2', corners: ['red'] });
    await logged(table, { judge_id: 'OP2', device_id: 'desk', clock_ms: 30_000 }, token);
    const body = await replay();
    expect(happened(body)).toEqual([[30, 'Jab']]);
    expect(memberOf(body, 'round_summary')['damage_score']).toEqual({ red: 0.1, blue: 0 });
    expect(listOf(body, 'timeline').at(-1)?.['damage_totals']).toEqual({ red: 0.1, blue: 0 });
  });

  it('timeline and summary agree where the only new event has been undone', async () => {
    await logEvent({ timestamp: 15 });
    const { event_id } = await logged(table, { event_type: 'KD', clock_ms: 30_000, metadata: {} });
    const undo = { bout_id: table.boutId, target_event_id: event_id };
    expect((await call('POST', '/api/events/v2/void', { token: table.judge, body: undo })).status).toBe(200);
    const body = await replay();
    expect(listOf(body, 'timeline').at(-1)?.['damage_totals']).toEqual(memberOf(body, 'round_summary')['damage_score']);
    expect(await get(`/api/live/${table.boutId}`)).toMatchObject({
      red_totals: { damage: memberOf(memberOf(body, 'round_summary'), 'damage_score')['red'] },
    });
  });
});

describe('"Gradual migration over time": an export is imported', () => {
  it('and the same export again adds nothing', async () => {
    const events = Array.from({ length: 40 }, (_, i) =>
      legacy({ timestamp: i * 7, fighter: i % 2 === 0 ? 'red' : 'blue' }),
    );
    expect(await importAll(events)).toMatchObject({ imported: 40, duplicates: 0, refused: 0 });
    const before = await entriesIn(table);
    await evict(table);
    expect(await importAll(events)).toMatchObject({ imported: 0, duplicates: 40, refused: 0 });
    expect(await importAll(events.slice(10).toReversed())).toMatchObject({ imported: 0, duplicates: 30 });
    expect(await entriesIn(table)).toBe(before);
  });

  it('and what /api/log-event has written already is not added again', async () => {
    await logEvent();
    expect(await importAll([legacy(), legacy({ timestamp: 16 })])).toMatchObject({ imported: 1, duplicates: 1 });
  });

  it('line by line: one that is wrong stops no other', async () => {
    const { bout_id: _, ...bare } = legacy();
    const result = await importAll([
      bare,
      legacy({ event_type: 'Jump' }),
      legacy({ timestamp: 30 }),
      legacy({ bout_id: 'other' }),
    ]);
    expect(result).toMatchObject({ imported: 2, duplicates: 0, refused: 2 });
    expect(listOf(result, 'results')).toMatchObject([
      { status: 200 },
      { status: 400, success: false },
      { status: 200 },
      { status: 400 },
    ]);
    expect(await eventsOf(table)).toHaveLength(2);
  });
});
