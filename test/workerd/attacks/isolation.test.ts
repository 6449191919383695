import { describe, expect, it } from 'vitest';
import { openSocket } from '../bout/socket-client.ts';
import {
  change,
  length,
  listOf,
  log,
  newBout,
  objectOf,
  RELEASED_TO_ALL,
  type TestBout,
  verify,
  view,
} from '../bout/support.ts';
import { call, type Json } from '../support.ts';

async function judgeOf(bout: TestBout, seat: string): Promise<string> {
  return await bout.token({ role: 'judge', subject: `person-${seat}`, judge_id: seat });
}

async function score(bout: TestBout, token: string, seat: string, over: Json = {}) {
  return await change(bout, 'scorecards', { judge_id: seat, round_id: 1, red: 10, blue: 9, ...over }, token);
}

describe('a judge', () => {
  it('sees nobody else’s scorecard before the result is official, however widely they are released', async () => {
    const bout = await newBout({ release_policy: RELEASED_TO_ALL });
    const [one, two] = [await judgeOf(bout, 'J1'), await judgeOf(bout, 'J2')];
    const socket = await openSocket(bout.boutId, one);
    await socket.nextOf('hello');
    await score(bout, two, 'J2', { blue: 8 });
    expect(listOf(await socket.nextOf('delta'), 'entries')).toEqual([]);
    const final = async (token?: string) =>
      (await call('GET', `/api/final/${bout.boutId}`, token === undefined ? {} : { token })).json['final_scores'];
    expect(await final(one)).toEqual([]);
    // Without a token neither: what anybody may read, a judge may read too.
    expect(await final()).toEqual([]);
    await score(bout, one, 'J1');
    const own = { judge_id: 'J1', scorecard: { round_1: '10-9' } };
    expect(await final(one)).toMatchObject([own]);
    expect(await final()).toEqual([]);
    await score(bout, await judgeOf(bout, 'J3'), 'J3');
    expect(await final()).toMatchObject([{ judge_id: 'J1' }, { judge_id: 'J2' }, { judge_id: 'J3' }]);
    expect(await final(one)).toMatchObject([own]);
    const unsigned = { reason: 'nobody has signed' };
    expect((await change(bout, 'finalize', unsigned)).status).toBe(200);
    expect(await final(one)).toMatchObject([own]);
    const second = await bout.token({ role: 'supervisor', subject: 'second' });
    expect((await change(bout, 'finalize', { confirm: true }, second)).status).toBe(200);
    expect(await final(one)).toMatchObject([
      own,
      { judge_id: 'J2', scorecard: { round_1: '10-8' } },
      { judge_id: 'J3', scorecard: { round_1: '10-9' } },
    ]);
    socket.close();
  });

  it('is told nothing of another judge’s session, device, health or acknowledgements', async () => {
    const bout = await newBout({ release_policy: RELEASED_TO_ALL });
    const other = { role: 'judge', subject: 'person-J1', judge_id: 'J1' };
    const [phone, tablet] = [
      await bout.token({ ...other, device_id: 'secret-phone' }),
      await bout.token({ ...other, device_id: 'secret-tablet' }),
    ];
    const judge = await judgeOf(bout, 'J2');
    const socket = await openSocket(bout.boutId, judge);
    const heard: Json[] = [await socket.nextOf('hello')];
    const deduction = { kind: 'deduction', round_id: 1, fighter_id: 'fighter1', points: 1, note: 'n' };
    const ruling = await change(bout, 'rulings', deduction);
    const session = {
      judge_session_id: 'secret-session',
      judge_id: 'J1',
      bout_id: bout.boutId,
      round_id: 1,
      last_event_sequence: 0,
      session_state: 'OPEN',
      unsent_event_queue: [{ secret: 'queue' }],
    };
    const health = {
      device_id: 'secret-phone',
      judge_id: 'J1',
      bout_id: bout.boutId,
      battery_percent: 3,
      latency_ms: 900,
      dropped_event_count: 0,
    };
    const acknowledged = { judge_id: 'J1', target_event_id: ruling.json['event_id'] };
    const done = [
      await call('POST', '/api/judge-session/create', { token: phone, body: session }),
      await log(bout, { judge_id: 'J1', device_id: 'secret-phone' }, phone),
      await call('POST', '/api/telemetry/report', { token: phone, body: health }),
      await change(bout, 'rulings/acknowledge', acknowledged, phone),
      await call('GET', '/api/judge-session/secret-session', { token: tablet }),
      await score(bout, tablet, 'J1', { blue: 8 }),
    ];
    expect(done.map(({ status }) => status)).toEqual(done.map(() => 200));
    // What everybody hears of is what the wait is for: nothing is still on its way behind it.
    await change(bout, 'clock', { action: 'start_round', round_id: 1 });
    const end = await length(bout);
    do heard.push(await socket.nextOf('delta'));
    while (heard.at(-1)?.['to'] !== end);
    socket.send({ type: 'resume', cursor: 0 });
    heard.push(await socket.nextOf('hello'), ...socket.waiting());
    expect(JSON.stringify(heard)).not.toMatch(/secret|person-J1|told|"alert"|"fenced"|battery/);
    expect(heard.flatMap((message) => listOf(message, 'entries').map(({ kind }) => kind))).toEqual([
      'ruling',
      'clock',
      'ruling',
      'clock',
    ]);
    for (const path of ['telemetry/ID', 'judge-session/secret-session?bout_id=ID', 'bouts/ID/scorecards', 'bouts/ID']) {
      const answer = await call('GET', `/api/${path.replace('ID', bout.boutId)}`, { token: judge });
      expect([path, answer.text.replaceAll('secret-session', '').match(/secret|person-J1|battery/)]).toEqual([
        path,
        null,
      ]);
    }
    socket.close();
  });
});

describe('a judge whose own scorecard is not in', () => {
  it('is given no recommendation, though the round is locked', async () => {
    const bout = await newBout({ release_policy: RELEASED_TO_ALL });
    const token = await judgeOf(bout, 'J1');
    for (let i = 0; i < 5; i += 1) await log(bout, { metadata: { significant: true } });
    const lock = { round_id: 1, override_reason: 'nothing more was logged' };
    expect((await change(bout, 'lock-round', lock)).status).toBe(200);
    const recommended = async () =>
      objectOf((await call('GET', `/api/replay/${bout.boutId}/1`, { token })).json, 'round_summary')[
        'winner_recommendation'
      ];
    expect(await recommended()).toBeNull();
    await score(bout, token, 'J1');
    expect(await recommended()).toBe('10-9');
  });

  it('is not told by verification how much others have logged', async () => {
    const bout = await newBout();
    const token = await judgeOf(bout, 'J1');
    for (let i = 0; i < 3; i += 1) await log(bout);
    await log(bout, { judge_id: 'J1', device_id: 'd-J1' }, token);
    expect(await verify(bout)).toMatchObject({ total_events: 4 });
    const answer = await call('GET', `/api/events/v2/verify/${bout.boutId}/1`, { token });
    expect(answer.json).toMatchObject({ total_events: 1, chain_valid: true });
  });

  it('hears nothing tick while somebody is held', async () => {
    const bout = await newBout();
    const judge = await openSocket(bout.boutId, await judgeOf(bout, 'J1'));
    await judge.nextOf('hello');
    const supervisor = await openSocket(bout.boutId, bout.supervisor);
    await supervisor.nextOf('hello');
    await change(bout, 'clock', { action: 'start_round', round_id: 1 });
    await log(bout, { event_type: 'Control Start', metadata: { control: 'top' } });
    for (const socket of [judge, supervisor]) while ((await socket.nextOf('delta'))['to'] !== 4);
    const tick = await supervisor.nextOf('delta');
    expect(tick['from']).toBe(tick['to']);
    await supervisor.nextOf('delta');
    expect(judge.waiting()).toEqual([]);
    judge.close();
    supervisor.close();
  });

  it('learns nothing of a sealed scorecard by guessing at its delivery', async () => {
    const bout = await newBout();
    const [one, two] = [await judgeOf(bout, 'J1'), await judgeOf(bout, 'J2')];
    await score(bout, two, 'J2', { blue: 8, event_id: 'e-sealed' });
    const guesses = [9, 8, 7].map(async (blue) => await score(bout, one, 'J2', { blue, event_id: 'e-sealed' }));
    const [first, ...others] = (await Promise.all(guesses)).map(({ status, text }) => ({ status, text }));
    expect(first?.status).toBe(409);
    for (const other of others) expect(other).toEqual(first);
    // Its own judge's retry is still recognised.
    expect(await score(bout, two, 'J2', { blue: 8, event_id: 'e-sealed' })).toMatchObject({
      status: 409,
      json: { success: true, is_duplicate: true },
    });
    expect(await view(bout)).toMatchObject({ cursor: 2 });
  });
});
