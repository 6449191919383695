import { describe, expect, it } from 'vitest';
import { openSocket } from '../bout/socket-client.ts';
import {
  change,
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

describe('a judge whose own scorecard is not in', () => {
  it('sees nobody else’s, however widely scorecards are released', async () => {
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
    expect(await final(one)).toMatchObject([
      { judge_id: 'J1', scorecard: { round_1: '10-9' } },
      { judge_id: 'J2', scorecard: { round_1: '10-8' } },
    ]);
    expect(await final()).toEqual([]);
    await score(bout, await judgeOf(bout, 'J3'), 'J3');
    expect(await final()).toMatchObject([{ judge_id: 'J1' }, { judge_id: 'J2' }, { judge_id: 'J3' }]);
    socket.close();
  });

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
