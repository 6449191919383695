IMPORTS
/** Section V of the API document: a judge switches devices mid-fight. */

let table: Table;
/** The seat's old and new device: paired devices have tokens of their own. */
let phone: string;
let tablet: string;
let session: string;

beforeEach(async () => {
  table = await setTable();
  [phone, tablet] = await Promise.all([
    judgeToken(table.boutId, 'JUDGE001', 'phone'),
    judgeToken(table.boutId, 'JUDGE001', 'tablet'),
  ]);
  session = freshId('session');
});

const ON_PHONE = { device_id: 'phone' };
const ON_TABLET = { device_id: 'tablet' };

async function create(token: string, over: Json = {}): Promise<Answer> {
  const body = {
    judge_session_id: session,
    judge_id: 'JUDGE001',
    bout_id: table.boutId,
    round_id: 1,
    last_event_sequence: 0,
    session_state: 'OPEN',
    unsent_event_queue: [],
    ...over,
  };
  return await call('POST', '/api/judge-session/create', { token, body });
}

async function restore(token: string, query = ''): Promise<Answer> {
  return await call('GET', `/api/judge-session/${session}${query}`, { token });
}

async function restored(token: string, query = ''): Promise<Json> {
  const answer = await restore(token, query);
  if (answer.status !== 200) throw new Error(`restoring answered ${answer.status} ${answer.text}`);
  return memberOf(answer.json, 'session');
}

/** The seat moves from the phone to the tablet. */
async function swap(): Promise<void> {
  expect((await create(phone)).status).toBe(200);
  expect((await restore(tablet)).status).toBe(200);
}

describe('"Judge can switch devices mid-fight"', () => {
  it.each(['restore', 'create'])('the new device takes the seat over by %s and writes at once', async (how) => {
    await create(phone);
    expect((how === 'restore' ? await restore(tablet) : await create(tablet)).status).toBe(200);
    await evict(table);
    expect((await log(table, ON_TABLET, tablet)).status).toBe(200);
    expect(await restored(tablet)).toMatchObject({ device_id: 'tablet', device_epoch: 2 });
  });

  it('the old device is fenced: what it logs is 403 `fenced`, not counted, and kept for review', async () => {
    await swap();
    await evict(table);
    const event_id = freshId('evt');
    const refused = { status: 403, json: { success: false, code: 'fenced' } };
    expect(await log(table, { ...ON_PHONE, event_id }, phone)).toMatchObject(refused);
    expect(await eventsOf(table)).toEqual([]);
    const line = await openLine(table, table.supervisor);
    const kept = listOf(await line.take('hello'), 'entries').filter((entry) => entry['event_id'] === event_id);
    await line.close();
    expect(kept).toMatchObject([
      { kind: 'note', payload: { type: 'fenced', event_type: 'Jab', fighter_id: 'fighter1', device_id: 'phone' } },
    ]);
    // Sent again, it gets the first answer, and is not kept twice.
    const before = await entriesIn(table);
    expect(await log(table, { ...ON_PHONE, event_id }, phone)).toMatchObject(refused);
    expect(await entriesIn(table)).toBe(before);
  });

  it('the old device is told at once on its socket', async () => {
    await create(phone);
    const line = await openLine(table, phone);
    await line.take('hello');
    await restore(tablet);
    expect(await line.take('fenced')).toMatchObject({ judge_id: 'JUDGE001', device_id: 'phone' });
    await line.close();
  });

  it('the old device does not take the seat back by reporting, only by saying so', async () => {
    await swap();
    expect(await create(phone)).toMatchObject({ status: 403, json: { code: 'fenced' } });
    expect(await restore(phone)).toMatchObject({ status: 403, json: { code: 'fenced' } });
    expect((await log(table, ON_TABLET, tablet)).status).toBe(200);
    expect(await restored(phone, '?take_over=true')).toMatchObject({ device_id: 'phone' });
    expect((await log(table, { ...ON_PHONE, timestamp_ms: 1234567899000 }, phone)).status).toBe(200);
    expect((await log(table, { ...ON_TABLET, timestamp_ms: 1234567899000 }, tablet)).status).toBe(403);
  });

  it('the old device writes no scorecard and takes nothing back any more', async () => {
    await create(phone);
    const { event_id } = await logged(table, ON_PHONE, phone);
    await restore(tablet);
    const card = { judge_id: 'JUDGE001', round_id: 1, red: 10, blue: 9 };
    const path = `/api/bouts/${table.boutId}/scorecards`;
    expect(await call('POST', path, { token: phone, body: card })).toMatchObject({
      status: 403,
      json: { code: 'fenced' },
    });
    const undo = { bout_id: table.boutId, target_event_id: event_id };
    expect(await call('POST', '/api/events/v2/void', { token: phone, body: undo })).toMatchObject({
      status: 403,
      json: { code: 'fenced' },
    });
    expect((await call('POST', path, { token: tablet, body: card })).status).toBe(200);
  });

  it('other seats are not touched', async () => {
    await swap();
    const other = await judgeToken(table.boutId, 'JUDGE002', 'other');
    expect((await log(table, { judge_id: 'JUDGE002', device_id: 'other' }, other)).status).toBe(200);
  });
});

describe('"Zero disruption continuity": nothing is lost', () => {
  it('what the old device tapped before the swap still arrives in batches, marked; what it tapped later is 403 and kept', async () => {
    await create(phone);
    const tapped = Date.now();
    await restore(tablet);
    await evict(table);
    const early = { ...ON_PHONE, timestamp_ms: tapped - 2_000, event_id: freshId('evt') };
    const late = { ...ON_PHONE, timestamp_ms: Date.now() + 5_000, event_id: freshId('evt') };
    expect(await replayed(table, [late, early], phone)).toMatchObject([
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
    await replayed(table, [late, early], phone);
    expect(await get(`/api/bouts/${table.boutId}`, table.supervisor)).toMatchObject({ cursor: rows['cursor'] });
  });

  it('the fence goes by the device’s corrected time', async () => {
    await create(phone);
    const report = { bout_id: table.boutId, device_id: 'phone', judge_id: 'JUDGE001', clock_offset_ms: -3_600_000 };
    expect((await call('POST', '/api/telemetry/report', { token: phone, body: report })).status).toBe(200);
    const tapped = Date.now() + 3_600_000 - 2_000;
    await restore(tablet);
    expect(await replayed(table, [{ ...ON_PHONE, timestamp_ms: tapped }], phone)).toMatchObject([{ status: 200 }]);
  });

  it('a round on two devices: every tap acknowledged or queued is in the ledger once', async () => {
    const start = Date.now() - 20_000;
    const taps = Array.from({ length: 30 }, (_, i) => ({ timestamp_ms: start + i * 100, event_id: freshId('evt') }));
    await create(phone);
    for (const tap of taps.slice(0, 10)) await logged(table, { ...ON_PHONE, ...tap }, phone);
    // The phone goes dark with ten taps unsent, five of which had left without an answer.
    await Promise.all(taps.slice(10, 15).map((tap) => log(table, { ...ON_PHONE, ...tap }, phone)));
    expect((await restored(tablet))['last_event_sequence']).toBe((await eventsOf(table)).at(-1)?.['sequence_index']);
    for (const tap of taps.slice(20)) await logged(table, { ...ON_TABLET, ...tap }, tablet);
    await evict(table);
    const late = await replayed(
      table,
      taps.slice(10, 20).map((tap) => ({ ...ON_PHONE, ...tap })),
      phone,
    );
    expect(late.map((one) => one['status'])).toEqual([...Array(5).fill(409), ...Array(5).fill(200)]);
    const ids = (await eventsOf(table)).map((event) => event['event_id']);
    expect(ids.toSorted()).toEqual(taps.map((tap) => tap.event_id).toSorted());
  });
});
