import { runInDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { openSocket, upgrade } from '../bout/socket-client.ts';
import { boutStub, change, listOf, log, newBout, type TestBout, until } from '../bout/support.ts';
import { call, type Json } from '../support.ts';

/** The longest delay there is: nothing is released during a test. */
const NEVER_MS = 600_000;
const SHORT_MS = 600;

const PRIVATE = { statistics: 'commission', scorecards: 'none', recommendation: 'none' } as const;

/** The bout's line in the list, as the public gets it, once all that is due has run. */
async function lineOf(bout: TestBout): Promise<Json | undefined> {
  await runInDurableObject(boutStub(bout.boutId), (_instance, state) => {
    state.storage.sql.exec("UPDATE job SET due_ms = 1 WHERE id = 'index'");
  });
  await boutStub(bout.boutId).settle();
  return await listed(bout);
}

async function listed(bout: TestBout): Promise<Json | undefined> {
  const bouts = listOf((await call('GET', '/api/bouts')).json, 'bouts');
  return bouts.find((line) => line['bout_id'] === bout.boutId);
}

describe('before the release delay is over', () => {
  it('the list of bouts tells nothing', async () => {
    const bout = await newBout({ delay_ms: NEVER_MS });
    await change(bout, 'clock', { action: 'start_round', round_id: 1 });
    await change(bout, 'clock', { action: 'end_round', round_id: 1 });
    expect(await lineOf(bout)).toMatchObject({ status: 'NOT_STARTED', round_id: 1 });
    await change(bout, 'clock', { action: 'start_round', round_id: 2 });
    await change(bout, 'finalize', { method: 'KO', winner: 'red', round_id: 2, reason: 'he did not rise' });
    const { token } = { token: await bout.token({ role: 'supervisor', subject: 'second' }) };
    expect(await change(bout, 'finalize', { confirm: true }, token)).toMatchObject({ status: 200 });
    expect(await lineOf(bout)).toMatchObject({ status: 'NOT_STARTED', round_id: 1 });
  });

  it('verification does not count what is held back', async () => {
    const bout = await newBout({ delay_ms: NEVER_MS });
    await log(bout);
    for (const round of [1, 2]) {
      const { json } = await call('GET', `/api/events/v2/verify/${bout.boutId}/${round}`);
      expect(json).toMatchObject({ total_events: 0, verified_entries: 1, chain_valid: true });
    }
  });

  it('no tick betrays that somebody is held', async () => {
    const bout = await newBout({ delay_ms: NEVER_MS });
    const publicly = await openSocket(bout.boutId);
    await publicly.nextOf('hello');
    const supervisor = await openSocket(bout.boutId, bout.supervisor);
    await supervisor.nextOf('hello');
    await change(bout, 'clock', { action: 'start_round', round_id: 1 });
    await log(bout, { event_type: 'Control Start', metadata: { control: 'top' } });
    while ((await supervisor.nextOf('delta'))['to'] !== 4);
    for (let i = 0; i < 2; i += 1) await supervisor.nextOf('delta');
    expect(publicly.waiting()).toEqual([]);
    publicly.close();
    supervisor.close();
  });
});

describe('after the release delay', () => {
  it('the list of bouts follows by itself', async () => {
    const bout = await newBout({ delay_ms: SHORT_MS });
    await change(bout, 'clock', { action: 'start_round', round_id: 1 });
    await change(bout, 'clock', { action: 'end_round', round_id: 1 });
    await until(async () => (await listed(bout))?.['status'] === 'ENDED');
  });
});

describe('a release that is taken back', () => {
  it('ends the sockets that it had let in', async () => {
    const bout = await newBout();
    const socket = await openSocket(bout.boutId);
    await socket.nextOf('hello');
    await call('PATCH', `/api/bouts/${bout.boutId}`, { token: bout.supervisor, body: { release_policy: PRIVATE } });
    expect(await socket.closed).toEqual({ code: 4403 });
    expect(socket.waiting()).toEqual([]);
    expect((await upgrade(bout.boutId)).status).toBe(401);
  });

  it('is taken back at once for who is kept behind', async () => {
    const bout = await newBout({ delay_ms: NEVER_MS, release_policy: { scorecards: 'public' } });
    const socket = await openSocket(bout.boutId);
    await socket.nextOf('hello');
    await call('PATCH', `/api/bouts/${bout.boutId}`, { token: bout.supervisor, body: { release_policy: PRIVATE } });
    expect(await socket.closed).toEqual({ code: 4403 });
    await until(async () => (await lineOf(bout)) === undefined);
  });
});
