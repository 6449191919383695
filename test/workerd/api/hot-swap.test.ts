import { beforeEach, describe, expect, it } from 'vitest';
import { call } from '../support.ts';
import { ON_PHONE, ON_TABLET, type Seat, takeSeat } from './seat.ts';
import { entriesIn, evict, judgeToken, logged, memberOf, setTable, type Table, tokenOf } from './support.ts';

/** Section V of the API document: hot-swap judge mode. */

let table: Table;
let seat: Seat;

beforeEach(async () => {
  table = await setTable();
  seat = await takeSeat(table);
});

describe('POST /api/judge-session/create: "Create or update judge session"', () => {
  it('takes the documented request and answers success, the session as documented, and performance_ms', async () => {
    const answer = await seat.create(table.judge, { round_id: 2, last_event_sequence: 87 });
    expect(answer).toMatchObject({
      status: 200,
      json: {
        success: true,
        session: {
          judge_session_id: seat.session,
          judge_id: 'JUDGE001',
          bout_id: table.boutId,
          round_id: 2,
          // A report is never truth: this seat has written nothing yet.
          last_event_sequence: 0,
          session_state: 'OPEN',
          unsent_event_queue: [],
          last_updated: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/),
        },
        performance_ms: expect.any(Number),
      },
    });
  });

  it('updates the session that is there, without another of its kind', async () => {
    await seat.create(seat.phone);
    const before = await entriesIn(table);
    const queue = [{ event_type: 'Jab', timestamp_ms: 1 }];
    await seat.create(seat.phone, { round_id: 3, session_state: 'SYNCED', unsent_event_queue: queue });
    expect(await entriesIn(table)).toBe(before);
    expect(await seat.restored(seat.phone)).toMatchObject({
      round_id: 3,
      session_state: 'SYNCED',
      unsent_event_queue: queue,
    });
  });

  it.each(['OPEN', 'LOCKED', 'SYNCED'])('keeps the state %s, also while the object is away', async (session_state) => {
    await seat.create(seat.phone, { session_state });
    await evict(table);
    expect((await seat.restored(seat.phone))['session_state']).toBe(session_state);
  });

  it('knows no other state', async () => {
    expect(await seat.create(seat.phone, { session_state: 'CLOSED' })).toMatchObject({
      status: 400,
      json: { errors: [{ field: 'session_state' }] },
    });
  });

  it('is LOCKED once the seat’s scorecard of that round is in, whatever the device says', async () => {
    await seat.create(seat.phone);
    const card = { judge_id: 'JUDGE001', round_id: 1, red: 10, blue: 9 };
    expect(
      (await call('POST', `/api/bouts/${table.boutId}/scorecards`, { token: seat.phone, body: card })).status,
    ).toBe(200);
    expect((await seat.restored(seat.phone))['session_state']).toBe('LOCKED');
    await seat.create(seat.phone, { round_id: 2 });
    expect((await seat.restored(seat.phone))['session_state']).toBe('OPEN');
  });
});

describe('"last_event_sequence"', () => {
  it('is the seat’s last entry in the ledger, not what the device reports', async () => {
    await seat.create(seat.phone);
    await logged(table, { ...ON_PHONE, timestamp_ms: 1234567891000 }, seat.phone);
    const { sequence_index } = await logged(table, { ...ON_PHONE, timestamp_ms: 1234567892000 }, seat.phone);
    await logged(table, { judge_id: 'JUDGE002', device_id: 'other' }, await judgeToken(table.boutId, 'JUDGE002'));
    await seat.create(seat.phone, { last_event_sequence: 9_999 });
    expect((await seat.restored(seat.phone))['last_event_sequence']).toBe(sequence_index);
    await evict(table);
    expect((await seat.restored(seat.phone))['last_event_sequence']).toBe(sequence_index);
  });
});

describe('GET /api/judge-session/{judge_session_id}: "Restore session on new device"', () => {
  it('"Session state persists": the round, the last event and the queue come back on the new device', async () => {
    const queue = [{ event_type: 'Cross', timestamp_ms: 1234567893000 }];
    await seat.create(seat.phone);
    const { sequence_index } = await logged(table, ON_PHONE, seat.phone);
    await seat.create(seat.phone, { round_id: 2, unsent_event_queue: queue });
    await evict(table);
    const answer = await seat.restore(seat.tablet);
    expect(answer.json).toMatchObject({ success: true, performance_ms: expect.any(Number) });
    expect(memberOf(answer.json, 'session')).toMatchObject({
      judge_session_id: seat.session,
      round_id: 2,
      last_event_sequence: sequence_index,
      unsent_event_queue: queue,
      device_id: 'tablet',
    });
  });

  it('a client of the document restores with the judge’s token alone, and both its devices go on', async () => {
    await seat.create(table.judge);
    expect((await seat.restored(table.judge))['judge_id']).toBe('JUDGE001');
    await logged(table, ON_PHONE);
    await logged(table, ON_TABLET);
  });

  it('is routed by the token’s bout, else by ?bout_id=', async () => {
    await seat.create(seat.phone);
    expect((await seat.restored(table.supervisor, `?bout_id=${table.boutId}`))['judge_id']).toBe('JUDGE001');
    expect(await seat.restore(table.supervisor)).toMatchObject({
      status: 400,
      json: { errors: [{ field: 'bout_id' }] },
    });
  });

  it('a supervisor who looks at a session takes nothing over', async () => {
    await seat.create(seat.phone);
    expect((await seat.restored(table.supervisor, `?bout_id=${table.boutId}`))['device_id']).toBe('phone');
    await logged(table, ON_PHONE, seat.phone);
  });

  it('of a session that does not exist is 404', async () => {
    expect(await seat.restore(seat.phone)).toMatchObject({ status: 404, json: { success: false } });
  });
});

describe('another judge', () => {
  it('neither reads nor updates nor takes over the session', async () => {
    await seat.create(seat.phone);
    const other = await judgeToken(table.boutId, 'JUDGE002', 'other');
    const before = await entriesIn(table);
    expect((await seat.restore(other)).status).toBe(403);
    expect((await seat.create(other, { session_state: 'LOCKED' })).status).toBe(403);
    expect((await seat.create(other, { judge_id: 'JUDGE002' })).status).toBe(409);
    expect(await entriesIn(table)).toBe(before);
    expect(await seat.restored(seat.phone)).toMatchObject({ device_id: 'phone', session_state: 'OPEN' });
  });

  it('with nobody’s token is refused, and so is an operator', async () => {
    await seat.create(seat.phone);
    expect((await call('GET', `/api/judge-session/${seat.session}?bout_id=${table.boutId}`)).status).toBe(401);
    expect((await seat.restore(table.operator, `?bout_id=${table.boutId}`)).status).toBe(403);
    expect((await seat.restore(await tokenOf({ role: 'viewer' }), `?bout_id=${table.boutId}`)).status).toBe(403);
  });
});
