import { beforeEach, describe, expect, it } from 'vitest';
import { freshId } from '../support.ts';
import { eventsOf, jab, type Json, log, logged, numberOf, setTable, sha256, type Table } from './support.ts';

/** Section I of the API document: event fingerprinting. */

let table: Table;

beforeEach(async () => {
  table = await setTable();
});

const T0 = 1234567890000;

describe('"fingerprint = bout_id|round_id|judge_id|fighter_id|event_type|timestamp_ms(rounded_10ms)|device_id"', () => {
  /** The sentence, word for word. */
  function eventHashOf(body: Json): string {
    const rounded = Math.floor(numberOf(body, 'timestamp_ms') / 10) * 10;
    const { bout_id, round_id, judge_id, fighter_id, event_type, device_id } = body;
    return sha256([bout_id, round_id, judge_id, fighter_id, event_type, rounded, device_id].join('|'));
  }

  it.each([0, 1, 5, 9, 10, 14, 15, 995, 1_000])(
    '"event_hash = SHA256(fingerprint)" of a time that ends in %i',
    async (ms) => {
      const { event_hash } = await logged(table, { timestamp_ms: T0 + ms });
      expect(event_hash).toBe(eventHashOf(jab(table, { timestamp_ms: T0 + ms })));
    },
  );

  it.each<[string, Json]>([
    ['an alias of the event type', { event_type: 'SS Jab' }],
    ['another spelling of it', { event_type: 'jab' }],
    ['the fighter’s own id', { fighter_id: 'ftr_doe' }],
    ['the first instant of all', { timestamp_ms: 0 }],
  ])('takes its fields as received: %s', async (_what, over) => {
    expect((await logged(table, over))['event_hash']).toBe(eventHashOf(jab(table, over)));
  });

  it('a time of the same 10 ms is the same event, one of the next is another', async () => {
    const at = (ms: number) => ({ timestamp_ms: T0 + ms, event_id: freshId('evt') });
    expect((await log(table, at(3))).status).toBe(200);
    for (const ms of [0, 4, 9]) expect((await log(table, at(ms))).json['is_duplicate']).toBe(true);
    for (const ms of [-1, 10]) expect((await log(table, at(ms))).json['is_duplicate']).toBe(false);
  });

  it.each<[string, Json]>([
    ['round_id', { round_id: 2 }],
    ['judge_id', { judge_id: 'JUDGE002' }],
    ['fighter_id', { fighter_id: 'fighter2' }],
    ['event_type', { event_type: 'Cross' }],
    ['timestamp_ms', { timestamp_ms: T0 + 10 }],
    ['device_id', { device_id: 'device_abc' }],
  ])('another %s is another event', async (_field, over) => {
    await logged(table, {}, table.supervisor);
    const other = await log(table, over, table.supervisor);
    expect(other).toMatchObject({
      status: 200,
      json: { is_duplicate: false, event_hash: eventHashOf(jab(table, over)) },
    });
  });

  it('another bout_id is another event', async () => {
    const elsewhere = await setTable();
    const here = await logged(table);
    expect((await logged(elsewhere))['event_hash']).not.toBe(here['event_hash']);
  });

  it('nothing else is in it: other metadata under no event_id is the same event', async () => {
    const first = await logged(table);
    const again = await log(table, { metadata: { significant: false, note: 'again' } });
    expect(again).toMatchObject({ status: 409, json: { success: true, event_hash: first['event_hash'] } });
    expect(await eventsOf(table)).toMatchObject([{ metadata: { significant: true } }]);
  });
});

describe('one tap that was stamped again, without an event_id', () => {
  it.each([-10, -6, 5, 10])('in a neighbouring bucket, %i ms away, is kept and flagged', async (shift) => {
    await logged(table, { timestamp_ms: T0 + 5 });
    expect((await logged(table, { timestamp_ms: T0 + 5 + shift }))['is_duplicate']).toBe(false);
    const [first, second] = await eventsOf(table);
    expect(first?.['flags']).not.toContain('suspected_duplicate');
    expect(second?.['flags']).toContain('suspected_duplicate');
  });

  it('further away, or under an event_id, is not flagged', async () => {
    await logged(table, { timestamp_ms: T0 });
    await logged(table, { timestamp_ms: T0 + 19 });
    await logged(table, { timestamp_ms: T0 + 29, event_id: freshId('evt') });
    for (const event of await eventsOf(table)) expect(event['flags']).not.toContain('suspected_duplicate');
  });
});
