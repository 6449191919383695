import { describe, expect, it } from 'vitest';
import { ROLES } from '../../../domain/roles/index.ts';
import { call, type Json } from '../support.ts';
import { openSocket, type SocketClient } from './socket-client.ts';
import { change, length, listOf, log, newBout, numberOf, objectOf, RELEASED_TO_ALL, type TestBout } from './support.ts';

/** Everything that has come over a socket until its cursor stands at the end of the ledger. */
type Seen = { readonly entries: readonly Json[]; readonly views: readonly Json[]; readonly text: string };

async function seenBy(socket: SocketClient, end: number): Promise<Seen> {
  const hello = await socket.nextOf('hello');
  const messages = [hello];
  let cursor = numberOf(hello, 'cursor');
  while (cursor < end) {
    const delta = await socket.nextOf('delta');
    messages.push(delta);
    cursor = numberOf(delta, 'to');
  }
  socket.close();
  return {
    entries: messages.flatMap((message) => listOf(message, 'entries')),
    views: messages.map((message) => objectOf(message, message === hello ? 'snapshot' : 'view')),
    text: JSON.stringify(messages),
  };
}

/** A bout in which every kind of entry is written while `sockets` watch. */
async function fullRound(over: Json = {}) {
  const bout = await newBout(over);
  const jane = await bout.token({ role: 'judge', subject: 'jane', judge_id: 'J1', device_id: 'd-jane' });
  const john = await bout.token({ role: 'judge', subject: 'john', judge_id: 'J2', device_id: 'd-john' });
  const sockets = new Map<string, SocketClient>();
  sockets.set('public', await openSocket(bout.boutId));
  for (const role of ROLES) {
    if (role !== 'judge') sockets.set(role, await openSocket(bout.boutId, await bout.token({ role })));
  }
  sockets.set('jane', await openSocket(bout.boutId, jane));
  sockets.set('john', await openSocket(bout.boutId, john));

  const session = { judge_session_id: 's-john', judge_id: 'J2', bout_id: bout.boutId, round_id: 1 };
  expect(await call('POST', '/api/judge-session/create', { token: john, body: session })).toMatchObject({
    status: 200,
  });
  expect(await change(bout, 'clock', { action: 'start_round', round_id: 1 })).toMatchObject({ status: 200 });
  const own = await log(bout, { judge_id: 'J1', device_id: 'd-jane' }, jane);
  const johns = await log(bout, { judge_id: 'J2', device_id: 'd-john' }, john);
  expect([own.status, johns.status]).toEqual([200, 200]);
  const sues = await log(bout, { event_type: 'KD', metadata: { tier: 'Hard' } });
  const target = { bout_id: bout.boutId, target_event_id: johns.json['event_id'] };
  const voided = await call('POST', '/api/events/v2/void', { token: john, body: target });
  expect(voided.status).toBe(200);
  expect(await change(bout, 'rulings', { kind: 'warning', round_id: 1, fighter_id: 'fighter2' })).toMatchObject({
    status: 200,
  });
  expect(await change(bout, 'clock', { action: 'end_round', round_id: 1 })).toMatchObject({ status: 200 });
  const card = { judge_id: 'J2', round_id: 1, red: 9, blue: 10 };
  expect(await change(bout, 'scorecards', card, john)).toMatchObject({ status: 200 });
  const proposal = { method: 'TKO', winner: 'red', round_id: 1, time_ms: 60_000, reason: 'r' };
  expect(await change(bout, 'finalize', proposal)).toMatchObject({ status: 200 });
  const end = await length(bout);
  const seen = new Map<string, Seen>();
  for (const [who, socket] of sockets) seen.set(who, await seenBy(socket, end));
  const at = (who: string): Seen => {
    const found = seen.get(who);
    if (found === undefined) throw new Error(`nobody is ${who}`);
    return found;
  };
  return { bout, jane, john, at, ids: { own: own.json, johns: johns.json, sues: sues.json, voided: voided.json } };
}

function kinds(seen: Seen): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind } of seen.entries) counts[String(kind)] = (counts[String(kind)] ?? 0) + 1;
  return counts;
}

describe('what leaves a bout by its sockets', () => {
  it('is everything for the supervisor and the administrator', async () => {
    const { at } = await fullRound();
    const all = { config: 1, session: 2, clock: 2, action: 3, void: 1, ruling: 1, result: 1 };
    expect(kinds(at('supervisor'))).toEqual({ ...all, scorecard: 1 });
    expect(kinds(at('admin'))).toEqual({ ...all, scorecard: 1 });
    expect(at('supervisor').views.at(-1)).toMatchObject({ result: { status: 'pending', proposed_by: 'sue' } });
  });

  it('is no session, no note, no set-up, no scorecard and no result before its time for the public', async () => {
    const { at } = await fullRound();
    for (const who of ['public', 'viewer', 'broadcaster', 'camera']) {
      expect([who, kinds(at(who))]).toEqual([who, { clock: 2, action: 3, void: 1, ruling: 1 }]);
      expect(at(who).text).not.toContain('s-john');
      expect(at(who).text).not.toContain('TKO');
      expect(at(who).text).not.toContain('blue_x10');
      for (const view of at(who).views) expect(view['result']).toBeNull();
    }
  });

  it('is what their work needs for the others, without cards and pending results', async () => {
    const { at } = await fullRound();
    for (const who of ['operator', 'timekeeper', 'referee']) {
      expect([who, kinds(at(who))]).toEqual([who, { config: 1, clock: 2, action: 3, void: 1, ruling: 1 }]);
      for (const view of at(who).views) expect(view['result']).toBeNull();
    }
    // An analyst belongs to the commission, whom this policy shows the cards.
    expect(kinds(at('analyst'))).toEqual({ config: 1, clock: 2, action: 3, void: 1, ruling: 1, scorecard: 1 });
  });

  it('is a judge’s own actions alone, without totals, counts and moments while the card is out', async () => {
    for (const over of [{}, { release_policy: RELEASED_TO_ALL }]) {
      const { at, ids } = await fullRound(over);
      const { entries, views } = at('jane');
      const actions = entries.filter((entry) => entry['kind'] === 'action').map((entry) => entry['event_id']);
      expect(actions).toEqual([ids.own['event_id']]);
      expect(entries.filter((entry) => entry['kind'] === 'void')).toEqual([]);
      for (const view of views) {
        expect(view).toMatchObject({ red_totals: null, blue_totals: null, redline_moments: [] });
        for (const round of listOf(view, 'rounds')) {
          expect(round).toMatchObject({ red_totals: null, blue_totals: null, total_events: null });
        }
      }
      expect(at('jane').text).not.toContain(String(ids.johns['event_id']));
    }
  });

  it('is the judge’s own undo and, once the own card is in, the totals', async () => {
    const { at, ids } = await fullRound();
    const { entries, views } = at('john');
    expect(entries.filter((entry) => entry['kind'] === 'void').map((entry) => entry['event_id'])).toEqual([
      ids.voided['event_id'],
    ]);
    expect(entries.filter((entry) => entry['kind'] === 'scorecard')).toHaveLength(1);
    expect(views.at(-1)).toMatchObject({ red_totals: { damage: 0.7 } });
  });
});

describe('another judge’s scorecard', () => {
  it('leaves by no route before the policy lets it', async () => {
    const { bout, jane, john } = await fullRound();
    const cards = async (token: string | null) => {
      const answer = await call('GET', `/api/final/${bout.boutId}`, token === null ? {} : { token });
      return listOf(answer.json, 'final_scores').map((card) => card['judge_id']);
    };
    expect(await cards(john)).toEqual(['J2']);
    expect(await cards(jane)).toEqual([]);
    expect(await cards(null)).toEqual([]);
    for (const role of ['operator', 'timekeeper', 'referee', 'broadcaster', 'camera', 'viewer']) {
      expect([role, await cards(await bout.token({ role }))]).toEqual([role, []]);
    }
    for (const role of ['supervisor', 'admin', 'analyst']) {
      expect([role, await cards(await bout.token({ role }))]).toEqual([role, ['J2']]);
    }
    await openPolicy(bout);
    // One seat is still to score the round.
    expect(await cards(null)).toEqual([]);
  });
});

describe('a judge on the HTTP routes', () => {
  it('gets no totals, no count of the others and no recommendation while the card is out', async () => {
    const { bout, jane, john, ids } = await fullRound({ release_policy: RELEASED_TO_ALL });
    const live = await call('GET', `/api/live/${bout.boutId}`, { token: jane });
    expect(live.json).toMatchObject({
      red_totals: null,
      blue_totals: null,
      events_last_5_sec: null,
      redline_moments: [],
    });
    expect(await call('GET', `/api/replay/${bout.boutId}/1`, { token: jane })).toMatchObject({ status: 403 });
    const events = await call('GET', `/api/events/v2/${bout.boutId}/1`, { token: jane });
    expect(events.json).toMatchObject({ total_events: 1, events: [{ event_id: ids.own['event_id'] }] });

    const after = await call('GET', `/api/replay/${bout.boutId}/1`, { token: john });
    expect(after.status).toBe(200);
    expect(objectOf(after.json, 'round_summary')).toMatchObject({ winner_recommendation: '10-9' });
  });
});

describe('a bout whose statistics are not released', () => {
  it('is closed to the public on every way, and open to who works it', async () => {
    const bout = await newBout({ release_policy: { statistics: 'commission' } });
    await log(bout);
    const paths = ['live/ID', 'final/ID', 'replay/ID/1', 'events/v2/ID/1', 'events/v2/verify/ID/1', 'bouts/ID'];
    for (const path of paths) {
      const url = `/api/${path.replace('ID', bout.boutId)}`;
      expect([path, (await call('GET', url)).status]).toEqual([path, 401]);
      expect([path, (await call('GET', url, { token: await bout.token({ role: 'viewer' }) })).status]).toEqual([
        path,
        401,
      ]);
      const broadcaster = await bout.token({ role: 'broadcaster' });
      expect([path, (await call('GET', url, { token: broadcaster })).status]).toEqual([path, 403]);
      for (const role of ['operator', 'timekeeper', 'referee', 'analyst', 'supervisor']) {
        expect([path, (await call('GET', url, { token: await bout.token({ role }) })).status]).toEqual([path, 200]);
      }
    }
    const listed = await call('GET', '/api/bouts');
    expect(listOf(listed.json, 'bouts').map((line) => line['bout_id'])).not.toContain(bout.boutId);
    const toStaff = await call('GET', '/api/bouts', { token: bout.supervisor });
    expect(listOf(toStaff.json, 'bouts').map((line) => line['bout_id'])).toContain(bout.boutId);
  });

  it('is listed for those who may read it, and for nobody else', async () => {
    const bout = await newBout({ release_policy: { statistics: 'none' } });
    for (const role of ROLES) {
      const token = await bout.token({ role });
      const reads = (await call('GET', `/api/bouts/${bout.boutId}`, { token })).status === 200;
      const listed = listOf((await call('GET', '/api/bouts', { token })).json, 'bouts');
      expect([role, listed.some((line) => line['bout_id'] === bout.boutId)]).toEqual([role, reads]);
    }
  });

  it('sends away those who watched before', async () => {
    const bout = await newBout();
    const socket = await openSocket(bout.boutId);
    await socket.nextOf('hello');
    await call('PATCH', `/api/bouts/${bout.boutId}`, {
      token: bout.supervisor,
      body: { release_policy: { ...RELEASED_TO_ALL, statistics: 'commission' } },
    });
    expect(await socket.closed).toMatchObject({ code: 4403 });
  });
});

async function openPolicy(bout: TestBout): Promise<void> {
  const answer = await call('PATCH', `/api/bouts/${bout.boutId}`, {
    token: bout.supervisor,
    body: { release_policy: RELEASED_TO_ALL },
  });
  expect(answer.status).toBe(200);
}

describe('a judge whose action somebody else takes back', () => {
  it('is told, though nothing of another judge is', async () => {
    const bout = await newBout();
    const jane = await bout.token({ role: 'judge', subject: 'jane', judge_id: 'J1', device_id: 'd-jane' });
    const john = await bout.token({ role: 'judge', subject: 'john', judge_id: 'J2', device_id: 'd-john' });
    const logged = await log(bout, { judge_id: 'J1', device_id: 'd-jane' }, jane);
    const sockets = { jane: await openSocket(bout.boutId, jane), john: await openSocket(bout.boutId, john) };
    const body = { bout_id: bout.boutId, target_event_id: logged.json['event_id'], reason: 'Not landed.' };
    expect(await call('POST', '/api/events/v2/void', { token: bout.supervisor, body })).toMatchObject({ status: 200 });
    const end = await length(bout);
    expect(kinds(await seenBy(sockets.jane, end))).toMatchObject({ void: 1 });
    expect(kinds(await seenBy(sockets.john, end))).toEqual({});
  });
});

describe('a judge who hands the scorecard in before the bell', () => {
  it('gets the totals at the bell, not before', async () => {
    const bout = await newBout();
    const jane = await bout.token({ role: 'judge', subject: 'jane', judge_id: 'J1' });
    await change(bout, 'clock', { action: 'start_round', round_id: 1 });
    await log(bout);
    const card = { judge_id: 'J1', round_id: 1, red: 10, blue: 9 };
    expect(await change(bout, 'scorecards', card, jane)).toMatchObject({ status: 200 });
    const live = async () => (await call('GET', `/api/live/${bout.boutId}`, { token: jane })).json;
    expect(await live()).toMatchObject({ red_totals: null });
    await change(bout, 'clock', { action: 'end_round', round_id: 1 });
    expect(await live()).toMatchObject({ red_totals: { damage: expect.any(Number) } });
  });
});
