import { beforeEach, describe, expect, it } from 'vitest';
import { call, freshId } from '../support.ts';
import { ON_PHONE, ON_TABLET, type Seat, takeSeat } from './seat.ts';
import {
  entriesIn,
  eventsOf,
  evict,
  get,
  jab,
  judgeToken,
  listOf,
  log,
  logged,
  openLine,
  replayed,
  setTable,
  type Table,
} from './support.ts';

/** Section V of the API document: a judge switches devices mid-fight. */

let table: Table;
let seat: Seat;

beforeEach(async () => {
  table = await setTable();
  seat = await takeSeat(table);
});

/** The seat moves from the phone to the tablet. */
async function swap(): Promise<void> {
  expect((await seat.create(seat.phone)).status).toBe(200);
  expect((await seat.restore(seat.tablet)).status).toBe(200);
}

describe('"Judge can switch devices mid-fight"', () => {
  it.each(['restore', 'create'])('the new device takes the seat over by %s and writes at once', async (how) => {
    await seat.create(seat.phone);
    expect((how === 'restore' ? await seat.restore(seat.tablet) : await seat.create(seat.tablet)).status).toBe(200);
    await evict(table);
    expect((await log(table, ON_TABLET, seat.tablet)).status).toBe(200);
    expect(await seat.restored(seat.tablet)).toMatchObject({ device_id: 'tablet', device_epoch: 2 });
  });

  it('a tap from before the swap that comes alone is refused, and still welcome in a batch', async () => {
    await swap();
    const early = { ...ON_PHONE, event_id: freshId('evt'), timestamp_ms: Date.now() - 60_000 };
    const before = await entriesIn(table);
    expect(await log(table, early, seat.phone)).toMatchObject({ status: 403, json: { code: 'fenced' } });
    expect(await entriesIn(table)).toBe(before);
    expect(await replayed(table, [jab(table, early)], seat.phone)).toMatchObject([{ status: 200 }]);
    expect(await eventsOf(table)).toMatchObject([{ event_id: early.event_id, flags: ['after_swap'] }]);
  });

  it('the old device is fenced: what it logs is 403 `fenced`, not counted, and kept for review', async () => {
    await swap();
    await evict(table);
    const late = { ...ON_PHONE, event_id: freshId('evt'), timestamp_ms: Date.now() + 60_000 };
    const refused = { status: 403, json: { success: false, code: 'fenced' } };
    expect(await log(table, late, seat.phone)).toMatchObject(refused);
    expect(await eventsOf(table)).toEqual([]);
    const line = await openLine(table, table.supervisor);
    const kept = listOf(await line.take('hello'), 'entries').filter((entry) => entry['event_id'] === late.event_id);
    await line.close();
    expect(kept).toMatchObject([
      { kind: 'note', payload: { type: 'fenced', event_type: 'Jab', fighter_id: 'fighter1', device_id: 'phone' } },
    ]);
    // Sent again, it gets the first answer, and is not kept twice.
    const before = await entriesIn(table);
    expect(await log(table, late, seat.phone)).toMatchObject(refused);
    expect(await entriesIn(table)).toBe(before);
  });

  it('the old device is told at once on its socket', async () => {
    await seat.create(seat.phone);
    const line = await openLine(table, seat.phone);
    await line.take('hello');
    await seat.restore(seat.tablet);
    expect(await line.take('fenced')).toMatchObject({ judge_id: 'JUDGE001', device_id: 'phone' });
    await line.close();
  });

  it('the old device does not take the seat back by reporting, only by saying so', async () => {
    await swap();
    expect(await seat.create(seat.phone)).toMatchObject({ status: 403, json: { code: 'fenced' } });
    expect(await seat.restore(seat.phone)).toMatchObject({ status: 403, json: { code: 'fenced' } });
    expect((await log(table, ON_TABLET, seat.tablet)).status).toBe(200);
    expect(await seat.restored(seat.phone, '?take_over=true')).toMatchObject({ device_id: 'phone' });
    expect((await log(table, { ...ON_PHONE, timestamp_ms: 1234567899000 }, seat.phone)).status).toBe(200);
    expect((await log(table, { ...ON_TABLET, timestamp_ms: 1234567899000 }, seat.tablet)).status).toBe(403);
  });

  it('the old device writes no scorecard and takes nothing back any more', async () => {
    await seat.create(seat.phone);
    const { event_id } = await logged(table, ON_PHONE, seat.phone);
    await seat.restore(seat.tablet);
    const card = { judge_id: 'JUDGE001', round_id: 1, red: 10, blue: 9 };
    const path = `/api/bouts/${table.boutId}/scorecards`;
    expect(await call('POST', path, { token: seat.phone, body: card })).toMatchObject({
      status: 403,
      json: { code: 'fenced' },
    });
    const undo = { bout_id: table.boutId, target_event_id: event_id };
    expect(await call('POST', '/api/events/v2/void', { token: seat.phone, body: undo })).toMatchObject({
      status: 403,
      json: { code: 'fenced' },
    });
    expect((await call('POST', path, { token: seat.tablet, body: card })).status).toBe(200);
  });

  it('other seats are not touched', async () => {
    await swap();
    const other = await judgeToken(table.boutId, 'JUDGE002', 'other');
    expect((await log(table, { judge_id: 'JUDGE002', device_id: 'other' }, other)).status).toBe(200);
  });
});

describe('"Zero disruption continuity": nothing is lost', () => {
  it('what the old device tapped before the swap still arrives in batches, marked; what it tapped later is 403 and kept', async () => {
    await seat.create(seat.phone);
    const tapped = Date.now();
    await seat.restore(seat.tablet);
    await evict(table);
    const early = { ...ON_PHONE, timestamp_ms: tapped - 2_000, event_id: freshId('evt') };
    const late = { ...ON_PHONE, timestamp_ms: Date.now() + 5_000, event_id: freshId('evt') };
    expect(await replayed(table, [late, early], seat.phone)).toMatchObject([
      { status: 403, success: false, code: 'fenced', client_event_id: late.event_id },
      { status: 200, success: true, event_id: early.event_id },
    ]);
    expect(await eventsOf(table)).toMatchObject([
      { event_id: early.event_id, flags: expect.arrayContaining(['after_swap']) },
    ]);
    const rows = await get(`/api/bouts/${table.boutId}`, table.supervisor);
    const line = await openLine(table, table.supervisor);
    const kept = listOf(await line.take('hello'), 'entries').map((entry) => entry['event_id']);
    await line.close();
    expect(kept).toContain(late.event_id);
    await replayed(table, [late, early], seat.phone);
    expect(await get(`/api/bouts/${table.boutId}`, table.supervisor)).toMatchObject({ cursor: rows['cursor'] });
  });

  it('the fence goes by the device’s corrected time', async () => {
    await seat.create(seat.phone);
    const report = { bout_id: table.boutId, device_id: 'phone', judge_id: 'JUDGE001', clock_offset_ms: -3_600_000 };
    expect((await call('POST', '/api/telemetry/report', { token: seat.phone, body: report })).status).toBe(200);
    const tapped = Date.now() + 3_600_000 - 2_000;
    await seat.restore(seat.tablet);
    expect(await replayed(table, [{ ...ON_PHONE, timestamp_ms: tapped }], seat.phone)).toMatchObject([{ status: 200 }]);
  });

  it('a round on two devices: every tap acknowledged or queued is in the ledger once', async () => {
    const start = Date.now() - 20_000;
    const taps = Array.from({ length: 30 }, (_, i) => ({ timestamp_ms: start + i * 100, event_id: freshId('evt') }));
    await seat.create(seat.phone);
    for (const tap of taps.slice(0, 10)) await logged(table, { ...ON_PHONE, ...tap }, seat.phone);
    // The seat.phone goes dark with ten taps unsent, five of which had left without an answer.
    await Promise.all(taps.slice(10, 15).map((tap) => log(table, { ...ON_PHONE, ...tap }, seat.phone)));
    expect((await seat.restored(seat.tablet))['last_event_sequence']).toBe(
      (await eventsOf(table)).at(-1)?.['sequence_index'],
    );
    for (const tap of taps.slice(20)) await logged(table, { ...ON_TABLET, ...tap }, seat.tablet);
    await evict(table);
    const late = await replayed(
      table,
      taps.slice(10, 20).map((tap) => ({ ...ON_PHONE, ...tap })),
      seat.phone,
    );
    expect(late.map((one) => one['status'])).toEqual([...Array(5).fill(409), ...Array(5).fill(200)]);
    const ids = (await eventsOf(table)).map((event) => event['event_id']);
    expect(ids.toSorted()).toEqual(taps.map((tap) => tap.event_id).toSorted());
  });
});
