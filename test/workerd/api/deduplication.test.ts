import { beforeEach, describe, expect, it } from 'vitest';
import { call, freshId } from '../support.ts';
import {
  API,
  type Answer,
  clientFetch,
  entriesIn,
  evict,
  eventsOf,
  type Json,
  listOf,
  log,
  logged,
  openLine,
  recordOf,
  replayed,
  setTable,
  type Table,
} from './support.ts';

/** Section I of the API document: event deduplication and idempotent upsert. */

let table: Table;

beforeEach(async () => {
  table = await setTable();
});

const T0 = 1234567890000;

/** The one first delivery among answers to the same action; all others must repeat it. */
function firstAmong(answers: readonly Answer[]): Json {
  const [first, ...more] = answers.filter((answer) => answer.status === 200);
  expect(more).toEqual([]);
  const { event_id, sequence_index, event_hash, chain_hash } = first?.json ?? {};
  for (const answer of answers) {
    expect(answer.json).toMatchObject({ success: true, event_id, sequence_index, event_hash, chain_hash });
    expect(answer.json['is_duplicate']).toBe(answer.status === 409);
  }
  return first?.json ?? {};
}

describe('"Prevents duplicate events from"', () => {
  it('judge double-taps', async () => {
    firstAmong([await log(table), await log(table), await log(table, { timestamp_ms: T0 + 9 })]);
    expect(await eventsOf(table)).toHaveLength(1);
  });

  it('network packet resends, also to an object that has been away', async () => {
    const event_id = freshId('evt');
    const answers = [await log(table, { event_id }), await log(table, { event_id })];
    await evict(table);
    answers.push(await log(table, { event_id }));
    expect(firstAmong(answers)).toMatchObject({ event_id, client_event_id: event_id });
    expect(await eventsOf(table)).toHaveLength(1);
  });

  it('offline/online reconnection replays, in any order and any number of times', async () => {
    const taps = Array.from({ length: 20 }, (_, i): Json => ({
      timestamp_ms: T0 + i * 700,
      ...(i % 2 === 0 ? {} : { event_id: freshId('evt') }),
    }));
    const live = [];
    for (const tap of taps.slice(0, 6)) live.push(await logged(table, tap));
    const first = await replayed(table, taps);
    expect(first.map((one) => one['status'])).toEqual(taps.map((_, i) => (i < 6 ? 409 : 200)));
    expect(first.slice(0, 6).map((one) => one['sequence_index'])).toEqual(live.map((one) => one['sequence_index']));
    await evict(table);
    for (const again of [await replayed(table, taps), (await replayed(table, taps.toReversed())).toReversed()]) {
      expect(again.map((one) => one['status'])).toEqual(taps.map(() => 409));
      expect(again.map((one) => one['sequence_index'])).toEqual(first.map((one) => one['sequence_index']));
      expect(again.map((one) => one['event_hash'])).toEqual(first.map((one) => one['event_hash']));
    }
    expect(await eventsOf(table)).toHaveLength(20);
  });

  it('one batch that holds the same tap twice', async () => {
    const event_id = freshId('evt');
    const twice = await replayed(table, [{ event_id }, { event_id }, {}, { timestamp_ms: T0 + 900 }]);
    expect(twice.map((one) => one['status'])).toEqual([200, 409, 409, 200]);
    expect(await eventsOf(table)).toHaveLength(2);
  });

  it('long after: the window is the whole bout, also across a snapshot and a cold start', async () => {
    const taps = Array.from({ length: 400 }, (_, i): Json => ({
      timestamp_ms: T0 + i * 500,
      ...(i % 2 === 0 ? {} : { event_id: freshId('evt') }),
    }));
    const first = await replayed(table, taps);
    await evict(table);
    const again = await replayed(table, taps);
    expect(again.map((one) => [one['status'], one['sequence_index'], one['chain_hash']])).toEqual(
      first.map((one) => [409, one['sequence_index'], one['chain_hash']]),
    );
    expect(await eventsOf(table)).toHaveLength(400);
  });
});

describe('concurrent resends of one action give one entry', () => {
  const fifty = Array.from({ length: 50 });

  it('under one event_id', async () => {
    const event_id = freshId('evt');
    const before = await entriesIn(table);
    firstAmong(await Promise.all(fifty.map(() => log(table, { event_id }))));
    expect(await eventsOf(table)).toHaveLength(1);
    expect(await entriesIn(table)).toBe(before + 1);
  });

  it('under fifty event_ids, each of which is remembered as a repeat', async () => {
    const ids = fifty.map(() => freshId('evt'));
    const first = firstAmong(await Promise.all(ids.map((event_id) => log(table, { event_id }))));
    expect(await eventsOf(table)).toHaveLength(1);
    await evict(table);
    for (const answer of await Promise.all(ids.map((event_id) => log(table, { event_id })))) {
      expect(answer).toMatchObject({ status: 409, json: { success: true, sequence_index: first['sequence_index'] } });
    }
  });

  it('without an event_id', async () => {
    const before = await entriesIn(table);
    firstAmong(await Promise.all(fifty.map(() => log(table))));
    expect(await entriesIn(table)).toBe(before + 1);
  });

  it('while it is also being replayed in batches', async () => {
    const event_id = freshId('evt');
    const [alone, batches] = await Promise.all([
      Promise.all(fifty.map(() => log(table, { event_id }))),
      Promise.all(fifty.map(async () => await replayed(table, [{ event_id }, { event_id }]))),
    ]);
    const statuses = [...alone.map((one) => one.status), ...batches.flat().map((one) => one['status'])];
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(149);
    expect(await eventsOf(table)).toHaveLength(1);
  });
});

describe('the same event_id with other content is 409, success false, and nothing is written', () => {
  it.each<[string, Json]>([
    ['round_id', { round_id: 2 }],
    ['fighter_id', { fighter_id: 'fighter2' }],
    ['event_type', { event_type: 'Cross' }],
    ['timestamp_ms', { timestamp_ms: T0 + 1 }],
    ['device_id', { device_id: 'device_abc' }],
    ['metadata', { metadata: { significant: false } }],
    ['clock_ms', { clock_ms: 61_000 }],
    ['clock_ms that is left out', { clock_ms: null }],
    ['device_seq', { device_seq: 8 }],
    ['device_epoch', { device_epoch: 3 }],
    ['simulated', { simulated: true }],
  ])('other %s', async (_field, over) => {
    const sent = { event_id: freshId('evt'), clock_ms: 60_000, device_seq: 7, device_epoch: 2 };
    await logged(table, sent);
    const before = await entriesIn(table);
    const other = await log(table, { ...sent, ...over });
    expect(other).toMatchObject({
      status: 409,
      json: { success: false, code: 'conflict', errors: [{ field: 'event_id' }] },
    });
    expect(await entriesIn(table)).toBe(before);
    expect((await log(table, sent)).json).toMatchObject({ success: true, is_duplicate: true });
  });

  it('also after a cold start, in a batch, and where the id is not an action’s at all', async () => {
    const event_id = freshId('evt');
    await logged(table, { event_id });
    await evict(table);
    expect((await log(table, { event_id, event_type: 'Hook' })).json['success']).toBe(false);
    const [refused, fine] = await replayed(table, [{ event_id, event_type: 'Hook' }, { timestamp_ms: T0 + 500 }]);
    expect(refused).toMatchObject({ status: 409, success: false, client_event_id: event_id });
    expect(fine).toMatchObject({ status: 200 });
    const lock = { round_id: 1, override_reason: 'nothing more was logged', event_id: freshId('lock') };
    expect(
      (await call('POST', `/api/bouts/${table.boutId}/lock-round`, { token: table.supervisor, body: lock })).status,
    ).toBe(200);
    expect((await log(table, { event_id: lock.event_id })).json['success']).toBe(false);
  });
});

describe('a known fingerprint under a new event_id', () => {
  it('is a duplicate with the original’s answer, and is recorded as suppressed', async () => {
    const [original, repeat] = [freshId('evt'), freshId('evt')];
    const first = await logged(table, { event_id: original });
    expect(await log(table, { event_id: repeat })).toMatchObject({
      status: 409,
      json: {
        success: true,
        is_duplicate: true,
        event_id: original,
        client_event_id: repeat,
        sequence_index: first['sequence_index'],
      },
    });
    const line = await openLine(table, table.supervisor);
    const notes = listOf(await line.take('hello'), 'entries').filter((entry) => entry['kind'] === 'note');
    await line.close();
    expect(notes).toMatchObject([{ event_id: repeat, payload: { type: 'suppressed', of_event_id: original } }]);
  });

  it('stands for that content from then on: with other content it is a conflict, not a repeat', async () => {
    const repeat = freshId('evt');
    await logged(table, { event_id: freshId('evt') });
    await log(table, { event_id: repeat });
    const other = await log(table, { event_id: repeat, event_type: 'Hook', fighter_id: 'fighter2' });
    expect(other).toMatchObject({ status: 409, json: { success: false } });
  });
});

it('the snippet of the Integration Guide logs an event and gets the documented answer', async () => {
  const fetch = clientFetch(table.judge);
  const [boutId, currentRound, judgeId, selectedFighter] = [table.boutId, 1, 'JUDGE001', 'fighter1'];
  const getDeviceId = () => 'device_xyz';

  const response = await fetch(`${API}/events/v2/log`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      bout_id: boutId,
      round_id: currentRound,
      judge_id: judgeId,
      fighter_id: selectedFighter,
      event_type: 'Jab',
      timestamp_ms: Date.now(),
      device_id: getDeviceId(),
      metadata: { significant: true },
    }),
  });

  expect(response.status).toBe(200);
  expect(recordOf(await response.json())).toMatchObject({
    success: true,
    event_id: expect.stringMatching(/^evt_[0-9a-z]+$/),
    is_duplicate: false,
    sequence_index: expect.any(Number),
    event_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    message: 'Event logged successfully',
  });
});
