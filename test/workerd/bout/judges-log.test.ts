import { describe, expect, it } from 'vitest';
import { call, type Answer, faults, type Json } from '../support.ts';
import { openSocket } from './socket-client.ts';
import { action, boutBody, change, length, listOf, log, newBout, objectOf, type TestBout, view } from './support.ts';

async function judgeOf(bout: TestBout): Promise<string> {
  return await bout.token({ role: 'judge', subject: 'jane', judge_id: 'J1' });
}

function tap(bout: TestBout): Json {
  return action(bout.boutId, { judge_id: 'J1', device_id: 'd-jane' });
}

function refused(answer: Answer) {
  return [answer.status, answer.json['code'], faults(answer)];
}

const FORBIDDEN = [403, 'forbidden', ['judge_id']];

const LEGACY = { round_num: 1, fighter: 'red', event_type: 'Jab', timestamp: 12.5 };

describe('a bout in which judges do not log', () => {
  it('refuses a judge’s action on every way, and writes nothing', async () => {
    const bout = await newBout({ judges_log: false });
    const token = await judgeOf(bout);
    const before = await length(bout);
    expect(refused(await log(bout, tap(bout), token))).toEqual(FORBIDDEN);
    const { bout_id: _, ...event } = tap(bout);
    const batch = { bout_id: bout.boutId, events: [event] };
    const [item] = listOf((await call('POST', '/api/events/v2/batch', { token, body: batch })).json, 'results');
    expect(item).toMatchObject({ status: 403, code: 'forbidden', errors: [{ field: 'events[0].judge_id' }] });
    const legacy = { bout_id: bout.boutId, ...LEGACY };
    expect(refused(await call('POST', '/api/log-event', { token, body: legacy }))).toEqual(FORBIDDEN);
    const socket = await openSocket(bout.boutId, token);
    socket.send({ type: 'log', ...tap(bout), event_id: 'e-1' });
    expect(await socket.nextOf('error')).toMatchObject({
      status: 403,
      code: 'forbidden',
      errors: [{ field: 'judge_id' }],
      client_event_id: 'e-1',
    });
    socket.close();
    expect(await length(bout)).toBe(before);
  });

  it('refuses a judge who takes back or replaces what a supervisor logged for the seat', async () => {
    const bout = await newBout({ judges_log: false });
    const token = await judgeOf(bout);
    const logged = await log(bout, { judge_id: 'J1' });
    expect(logged.status).toBe(200);
    const before = await length(bout);
    const body = { bout_id: bout.boutId, target_event_id: logged.json['event_id'] };
    const changed = { ...body, replacement: { event_type: 'Hook' } };
    const none = { ...body, target_event_id: 'no-such' };
    for (const one of [body, changed, none]) {
      expect(refused(await call('POST', '/api/events/v2/void', { token, body: one }))).toEqual(FORBIDDEN);
    }
    expect(await length(bout)).toBe(before);
  });

  it('takes the scorecards of judges, the taps of operators and what supervisors import', async () => {
    const bout = await newBout({ judges_log: false });
    const scored = { judge_id: 'J1', round_id: 1, red: 10, blue: 9 };
    expect((await change(bout, 'scorecards', scored, await judgeOf(bout))).status).toBe(200);
    const operator = await bout.token({ role: 'operator', subject: 'olga' });
    expect((await log(bout, { judge_id: 'olga', device_id: 'd-olga' }, operator)).status).toBe(200);
    const body = { bout_id: bout.boutId, events: [LEGACY] };
    expect((await call('POST', '/api/legacy/import', { token: bout.supervisor, body })).json).toMatchObject({
      imported: 1,
    });
  });

  it('says so to everybody', async () => {
    const bout = await newBout({ judges_log: false });
    expect(objectOf(await view(bout), 'bout')).toMatchObject({ judges_log: false });
    const socket = await openSocket(bout.boutId);
    expect(objectOf(objectOf(await socket.nextOf('hello'), 'snapshot'), 'bout')).toMatchObject({ judges_log: false });
    socket.close();
  });
});

describe('where nothing is said', () => {
  it('judges log', async () => {
    const bout = await newBout();
    expect(objectOf(await view(bout), 'bout')).toMatchObject({ judges_log: true });
    expect((await log(bout, tap(bout), await judgeOf(bout))).status).toBe(200);
    const again = { ...boutBody(bout.boutId), judges_log: true };
    expect(await call('POST', '/api/bouts', { token: bout.supervisor, body: again })).toMatchObject({
      status: 409,
      json: { success: true, is_duplicate: true },
    });
    const other = { ...boutBody(bout.boutId), judges_log: false };
    expect(await call('POST', '/api/bouts', { token: bout.supervisor, body: other })).toMatchObject({
      status: 409,
      json: { success: false },
    });
  });
});
