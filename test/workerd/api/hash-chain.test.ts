import { beforeEach, describe, expect, it } from 'vitest';
import { call, freshId } from '../support.ts';
import {
  clock,
  entriesIn,
  evict,
  eventsOf,
  get,
  type Json,
  log,
  logged,
  memberOf,
  recordOf,
  replayed,
  setTable,
  sha256,
  storedRows,
  type Table,
  tamper,
} from './support.ts';

/** Section I of the API document: the hash chain, its verification, and events in sequence order. */

let table: Table;

beforeEach(async () => {
  table = await setTable();
});

const T0 = 1234567890000;

/** A round of actions, another beside it, and entries of other kinds between them. */
async function fillRounds(): Promise<Json[]> {
  const acks = [await clock(table, { action: 'start_round' })];
  acks.push(await logged(table), await logged(table, { timestamp_ms: T0 + 900, event_id: freshId('evt') }));
  acks.push(await logged(table, { round_id: 2, timestamp_ms: T0 + 1_000 }));
  acks.push(await clock(table, { action: 'pause' }));
  acks.push(...(await replayed(table, [{ timestamp_ms: T0 + 2_000 }, { timestamp_ms: T0 + 3_000 }])));
  return acks;
}

async function verdict(round = 1): Promise<Json> {
  return await get(`/api/events/v2/verify/${table.boutId}/${round}`);
}

describe('"Events form a tamper-proof blockchain"', () => {
  it('"Event 1: GENESIS -> hash_1, Event 2: hash_1 -> hash_2, ...": each entry holds the hash of the one before', async () => {
    await fillRounds();
    await evict(table);
    await logged(table, { timestamp_ms: T0 + 9_000 });
    let previous = '0'.repeat(64);
    const rows = await storedRows(table);
    expect(rows.length).toBeGreaterThan(8);
    for (const [index, row] of rows.entries()) {
      expect(recordOf(JSON.parse(row.leaf))).toMatchObject({ index, prev_chain_hash: previous });
      expect(row.hash).toBe(sha256(`\u0000${row.leaf}`));
      previous = row.hash;
    }
  });

  it('every acknowledgement hands out its entry’s link', async () => {
    const acks = await fillRounds();
    const rows = await storedRows(table);
    for (const ack of acks) {
      expect(ack['chain_hash']).toBe(rows.find((row) => row.idx === ack['sequence_index'])?.hash);
    }
  });

  it('holds what the fingerprint leaves out: the unrounded time, the metadata, the time of receipt', async () => {
    const before = Date.now();
    const { sequence_index } = await logged(table, {
      timestamp_ms: T0 + 7,
      metadata: { significant: true, note: 'clean' },
    });
    const row = (await storedRows(table)).find(({ idx }) => idx === sequence_index);
    const leaf = recordOf(JSON.parse(row?.leaf ?? ''));
    expect(leaf).toMatchObject({ timestamp_ms: T0 + 7, timestamp_rounded_ms: T0 });
    expect(memberOf(leaf, 'payload')).toMatchObject({ metadata: { significant: true, note: 'clean' } });
    expect(leaf['received_ms']).toBeGreaterThanOrEqual(before);
  });
});

describe('GET /api/events/v2/verify/{bout_id}/{round_id}: "Verify hash chain integrity"', () => {
  it('answers bout_id, round_id, total_events, chain_valid and "Hash chain intact"', async () => {
    await fillRounds();
    const { boutId } = table;
    const intact = { bout_id: boutId, chain_valid: true, message: 'Hash chain intact' };
    expect(await verdict(1)).toMatchObject({ ...intact, round_id: 1, total_events: 4 });
    expect(await verdict(2)).toMatchObject({ ...intact, round_id: 2, total_events: 1 });
    expect(await verdict(3)).toMatchObject({ ...intact, round_id: 3, total_events: 0 });
    await evict(table);
    expect(await verdict(1)).toMatchObject({ ...intact, round_id: 1, total_events: 4 });
  });

  it('total_events counts the round’s actions, voided ones included, repeats and other entries not', async () => {
    const { event_id } = await logged(table);
    await log(table);
    await clock(table, { action: 'start_round' });
    const undo = { bout_id: table.boutId, target_event_id: event_id };
    expect((await call('POST', '/api/events/v2/void', { token: table.judge, body: undo })).status).toBe(200);
    expect((await verdict())['total_events']).toBe(1);
  });

  it.each<[string, (leaf: string) => string]>([
    ['the time', (leaf) => leaf.replace('"timestamp_ms":1234567890900', '"timestamp_ms":1234567890901')],
    ['the fighter', (leaf) => leaf.replace('fighter1', 'fighter2')],
    ['the metadata', (leaf) => leaf.replace('"significant":true', '"significant":false')],
    [
      'one byte of the link',
      (leaf) => leaf.replace(/(?<="prev_chain_hash":")./, (digit) => (digit === '0' ? '1' : '0')),
    ],
  ])('a change of %s is found, and the entry named, before and after a cold start', async (_what, change) => {
    const changed = Number((await fillRounds())[2]?.['sequence_index']);
    await tamper(table, changed, change);
    const broken = {
      chain_valid: false,
      fault: { sequence_index: changed },
      message: expect.stringContaining(`entry ${changed}`),
    };
    expect(await verdict(1)).toMatchObject(broken);
    expect((await get(`/api/final/${table.boutId}`))['full_event_log_hash_chain_valid']).toBe(false);
    await evict(table);
    expect(await verdict(1)).toMatchObject(broken);
  });

  it('nothing is built upon a changed entry', async () => {
    await fillRounds();
    await tamper(table, 0, (leaf) => leaf.replace('"scheduled_rounds":3', '"scheduled_rounds":5'));
    await evict(table);
    const before = (await storedRows(table)).length;
    expect(await log(table, { timestamp_ms: T0 + 9_000 })).toMatchObject({ status: 503, json: { success: false } });
    expect((await storedRows(table)).length).toBe(before);
  });
});

describe('GET /api/events/v2/{bout_id}/{round_id}: "Get all events in sequence order"', () => {
  it('answers bout_id, round_id, total_events and the events, whatever order their times have', async () => {
    for (const ms of [5_000, 1_000, 9_000, 3_000]) await logged(table, { timestamp_ms: T0 + ms });
    const body = await get(`/api/events/v2/${table.boutId}/1`);
    expect(body).toMatchObject({ bout_id: table.boutId, round_id: 1, total_events: 4 });
    const events = await eventsOf(table);
    expect(events.map((event) => event['timestamp_ms'])).toEqual([5_000, 1_000, 9_000, 3_000].map((ms) => T0 + ms));
    const indexes = events.map((event) => Number(event['sequence_index']));
    expect(indexes).toEqual(indexes.toSorted((a, b) => a - b));
  });

  it('gives each event its words as they were sent and the receipt as it was acknowledged', async () => {
    const sent = {
      metadata: { significant: true, target: 'head', angle: 0.25, path: [1, 2] },
      event_id: freshId('evt'),
    };
    const { success: _s, message: _m, is_duplicate: _d, client_event_id: _c, ...receipt } = await logged(table, sent);
    await evict(table);
    expect(await eventsOf(table)).toMatchObject([
      {
        ...receipt,
        round_id: 1,
        judge_id: 'JUDGE001',
        fighter_id: 'fighter1',
        event_type: 'Jab',
        timestamp_ms: T0,
        device_id: 'device_xyz',
        metadata: sent.metadata,
        voided: false,
      },
    ]);
  });

  it('has all events of the round and none of another', async () => {
    await fillRounds();
    expect(await eventsOf(table, 1)).toHaveLength(4);
    expect(await eventsOf(table, 2)).toMatchObject([{ round_id: 2, timestamp_ms: T0 + 1_000 }]);
    expect(await eventsOf(table, 3)).toEqual([]);
  });
});

describe('"sequence_index"', () => {
  it('is gapless from 0 over everything the bout writes', async () => {
    await fillRounds();
    const rows = await storedRows(table);
    expect(rows.map((row) => row.idx)).toEqual(rows.map((_, index) => index));
    expect(await entriesIn(table)).toBe(rows.length);
  });

  it('is handed out once, also under concurrent logging', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, (_, i) => log(table, { timestamp_ms: T0 + i * 100 })));
    const indexes = answers.map((answer) => Number(answer.json['sequence_index'])).toSorted((a, b) => a - b);
    expect(indexes).toEqual(indexes.map((_, i) => i + 1));
  });
});
