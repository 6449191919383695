import { evictDurableObject, listDurableObjectIds, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type * as z from 'zod';
import type { Traffic } from '../../domain/monitor/index.ts';
import { lookByTheClock } from '../../workers/monitor/look.ts';
import { monitorSchema } from '../../workers/monitor/schema.ts';
import { openSocket } from './bout/socket-client.ts';
import { action, boutStub, change, log, newBout, type TestBout } from './bout/support.ts';
import { call, freshId, type Json, mint } from './support.ts';

type Monitor = z.infer<typeof monitorSchema>;

afterEach(() => {
  vi.useRealTimers();
});

async function look(claims: Json & { readonly role: string } = { role: 'analyst' }): Promise<Monitor> {
  const answer = await call('GET', '/api/monitor', await mint(claims));
  expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
  return monitorSchema.parse(answer.json);
}

function later(ms: number): void {
  vi.useFakeTimers({ now: Date.now() + ms, toFake: ['Date'] });
}

async function report(bout: TestBout, over: Json = {}): Promise<void> {
  const body = { device_id: 'tablet', judge_id: 'sue', bout_id: bout.boutId, battery_percent: 80, ...over };
  const answer = await call('POST', '/api/telemetry/report', { token: bout.supervisor, body });
  expect(answer.status).toBe(200);
}

function partOf(monitor: Monitor, id: string): Monitor['components'][number] | undefined {
  return monitor.components.find((part) => part.id === id);
}

function historyOf(monitor: Monitor, id: string) {
  return (monitor.history ?? []).filter((one) => one.id === id).map(({ before, status }) => [before, status]);
}

/** On a busy machine an answer may be slow, which is a warning. */
const answers = expect.toBeOneOf(['ok', 'warning']);

const jabs = (count: number): Traffic => ({
  'POST /api/events/v2/log': { count, refused: 0, errors: 0, within: [0, 0, count] },
});

describe('the platform’s minutes', () => {
  const now = () => Math.floor(Date.now() / 60_000);
  const stub = () => env.PLATFORM.getByName(freshId('platform'));

  it('take a parcel once, of each isolate', async () => {
    const platform = stub();
    await platform.addTraffic({ isolate: 'a', seq: 1, traffic: jabs(3) });
    await platform.addTraffic({ isolate: 'a', seq: 1, traffic: jabs(3) });
    await platform.addTraffic({ isolate: 'b', seq: 1, traffic: jabs(10) });
    await platform.addTraffic({ isolate: 'a', seq: 2, traffic: jabs(100) });
    await evictDurableObject(platform);
    await platform.addTraffic({ isolate: 'a', seq: 2, traffic: jabs(100) });
    const { minutes, recent } = await platform.traffic(now() - 5, now() - 5);
    expect(minutes.reduce((sum, { total }) => sum + total.count, 0)).toBe(113);
    expect(recent['POST /api/events/v2/log']?.within).toEqual([0, 0, 113]);
  });

  it('are forgotten after a day', async () => {
    const platform = stub();
    await platform.addTraffic({ isolate: 'a', seq: 1, traffic: jabs(1) });
    later(24 * 3_600_000 + 60_000);
    await platform.addTraffic({ isolate: 'a', seq: 2, traffic: jabs(2) });
    const { minutes } = await platform.traffic(0, 0);
    expect(minutes.map(({ total }) => total.count)).toEqual([2]);
    const isolates = await runInDurableObject(platform, (_instance, state) =>
      state.storage.sql.exec('SELECT isolate, seq FROM traffic_isolate').toArray(),
    );
    expect(isolates).toEqual([{ isolate: 'a', seq: 2 }]);
  });

  it('keep the newest 200 changes of status', async () => {
    const platform = stub();
    const part = { id: 'index', kind: 'index', name: '', detail: '', boutId: null, cardId: null } as const;
    for (let n = 0; n < 205; n += 1) {
      const status = n % 2 === 0 ? 'ok' : 'offline';
      await platform.noteStatuses({ parts: [{ ...part, status }], scheduled: false, awaySinceMs: null });
    }
    const { history } = await platform.noteStatuses({ parts: [], scheduled: false, awaySinceMs: null });
    expect(history).toHaveLength(200);
    expect(history[0]).toMatchObject({ before: 'offline', status: 'ok' });
  });

  it('are told afterwards of their own absence, which they could not see', async () => {
    const platform = stub();
    const part = {
      id: 'platform',
      kind: 'platform',
      name: '',
      status: 'ok',
      detail: '',
      boutId: null,
      cardId: null,
    } as const;
    await platform.noteStatuses({ parts: [part], scheduled: false, awaySinceMs: null });
    const awaySinceMs = Date.now() + 1;
    later(9_000);
    const { history, sinceMs } = await platform.noteStatuses({ parts: [part], scheduled: false, awaySinceMs });
    expect(history.map(({ before, status }) => [before, status])).toEqual([
      ['offline', 'ok'],
      ['ok', 'offline'],
      [null, 'ok'],
    ]);
    expect(history[1]?.atMs).toBe(awaySinceMs);
    expect(sinceMs).toEqual([history[0]?.atMs]);
  });
});

describe('GET /api/monitor', () => {
  it('is for those on duty', async () => {
    for (const role of ['operator', 'judge', 'broadcaster', 'viewer']) {
      expect(await call('GET', '/api/monitor', await mint({ role }))).toMatchObject({ status: 403 });
    }
    expect(await call('GET', '/api/monitor')).toMatchObject({ status: 401 });
  });

  it('counts what the edge answered, each request once, and not itself', async () => {
    const bout = await newBout();
    const before = await look();
    for (let n = 0; n < 7; n += 1) expect((await log(bout)).status).toBe(200);
    expect((await log(bout, { event_type: 'No such thing' })).status).toBe(400);
    const after = await look();
    expect(after.traffic?.taps.count).toBe((before.traffic?.taps.count ?? 0) + 8);
    expect(after.traffic?.taps.refused).toBe((before.traffic?.taps.refused ?? 0) + 1);
    expect((await look()).traffic?.taps.count).toBe(after.traffic?.taps.count);
    expect(after.traffic?.routes.map(({ route }) => route)).not.toContain('GET /api/monitor');
    expect(after.traffic?.minutes).toHaveLength(60);
    expect(after.traffic?.minutes.reduce((sum, { count }) => sum + count, 0)).toBe(after.traffic?.overall.count);
    expect(after.traffic?.taps.p95_ms).toEqual(expect.any(Number));
  });

  it('shows a bout with its clock, sockets, jobs and how fast its sockets are', async () => {
    const bout = await newBout();
    await change(bout, 'clock', { action: 'start_round', round_id: 1 });
    const viewer = await openSocket(bout.boutId);
    const desk = await openSocket(bout.boutId, bout.supervisor);
    desk.send({ type: 'log', ...action(bout.boutId) });
    await desk.nextOf('ack');
    await vi.waitFor(async () => {
      const line = (await look()).bouts.find((one) => one.bout_id === bout.boutId);
      expect(line?.socket_taps?.count).toBe(1);
    });
    const monitor = await look();
    const line = monitor.bouts.find((one) => one.bout_id === bout.boutId);
    expect(line).toMatchObject({
      fighter1: 'Red Fighter',
      status: answers,
      round_status: 'IN_PROGRESS',
      clock: { round_id: 1, length_ms: 300_000, running_since_ms: expect.any(Number) },
      entries: 4,
      last_entry_ms: expect.any(Number),
      sockets: { public: 1, supervisor: 1 },
      jobs: { failing: [], oldest_ms: null },
      ledger_fault: null,
      database_bytes: expect.any(Number),
    });
    expect(monitor.traffic?.socket_taps.count).toBeGreaterThanOrEqual(1);
    expect(partOf(monitor, `bout:${bout.boutId}`)).toMatchObject({
      status: answers,
      since_ms: expect.any(Number),
    });
    const { recent } = await env.PLATFORM.getByName('platform').traffic(0, 0);
    expect(Object.keys(recent)).toContain('GET /api/bouts/{bout_id}/socket');
    const stored = await runInDurableObject(env.PLATFORM.getByName('platform'), (_instance, state) =>
      state.storage.sql.exec('SELECT change FROM status_change').toArray(),
    );
    expect(JSON.stringify(stored)).not.toContain('Red Fighter');
    expect(monitor.history?.find((one) => one.id === `bout:${bout.boutId}`)?.name).toBe('Red Fighter – Blue Fighter');
    viewer.close();
    desk.close();
  });

  it('says since when a device is offline, after fifteen seconds', async () => {
    const bout = await newBout();
    const id = `device:${bout.boutId}:tablet`;
    await report(bout, { battery_percent: 15 });
    const low = await look();
    expect(partOf(low, id)).toMatchObject({ status: 'warning', detail: 'Battery 15 %.' });
    await report(bout);
    const well = await look();
    expect(well.devices.find((one) => one.bout_id === bout.boutId)).toMatchObject({
      device_id: 'tablet',
      status: 'ok',
      battery_percent: 80,
      latency_ms: null,
    });
    later(15_100);
    const silent = await look();
    expect(partOf(silent, id)).toMatchObject({ status: 'offline', since_ms: silent.server_ms });
    later(4_000);
    const still = await look();
    expect(partOf(still, id)?.since_ms).toBe(silent.server_ms);
    expect(historyOf(still, id)).toEqual([
      ['ok', 'offline'],
      ['warning', 'ok'],
      [null, 'warning'],
    ]);
  });

  it('shows a damaged ledger as an error', async () => {
    const bout = await newBout();
    await log(bout);
    await runInDurableObject(boutStub(bout.boutId), (_instance, state) => {
      state.storage.sql.exec("UPDATE entry SET hash = 'x' WHERE idx = 1");
    });
    await evictDurableObject(boutStub(bout.boutId));
    const monitor = await look();
    expect(partOf(monitor, `bout:${bout.boutId}`)).toMatchObject({ status: 'error' });
    expect(monitor.bouts.find((one) => one.bout_id === bout.boutId)?.ledger_fault).toMatchObject({ index: 1 });
  });

  it('goes on without the index, which it shows as offline, and makes no objects', async () => {
    const bout = await newBout();
    const ids = await listDurableObjectIds(env.BOUT);
    await env.INDEX.exec('ALTER TABLE bout RENAME TO away');
    try {
      const monitor = await look();
      expect(partOf(monitor, 'index')).toMatchObject({ status: 'offline' });
      expect(monitor.bouts.find((one) => one.bout_id === bout.boutId)).toMatchObject({ fighter1: null, entries: 1 });
    } finally {
      await env.INDEX.exec('ALTER TABLE away RENAME TO bout');
    }
    const monitor = await look();
    expect(historyOf(monitor, 'index').slice(0, 2)).toEqual([
      ['offline', answers],
      [answers, 'offline'],
    ]);
    expect(await listDurableObjectIds(env.BOUT)).toHaveLength(ids.length);
  });

  it('goes on without the platform; what was counted meanwhile arrives with it, once', async () => {
    const platform = env.PLATFORM.getByName('platform');
    const sql = async (statement: string) =>
      await runInDurableObject(platform, (_instance, state) => void state.storage.sql.exec(statement));
    const bout = await newBout();
    const before = (await look()).traffic?.taps.count ?? 0;
    const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await sql('ALTER TABLE traffic_minute RENAME TO away');
    try {
      expect((await log(bout)).status).toBe(200);
      const monitor = await look();
      expect(monitor).toMatchObject({ traffic: null, history: null, scheduled_ms: null });
      expect(partOf(monitor, 'platform')).toMatchObject({ status: 'offline', since_ms: null });
      expect(monitor.bouts.find((one) => one.bout_id === bout.boutId)).toMatchObject({ status: answers });
      expect((await log(bout)).status).toBe(200);
      await look();
    } finally {
      await sql('ALTER TABLE away RENAME TO traffic_minute');
    }
    expect(told.mock.calls.flat().join('\n')).toContain('monitor.handOver');
    told.mockRestore();
    const monitor = await look();
    expect(monitor.traffic?.taps.count).toBe(before + 2);
    expect(historyOf(monitor, 'platform').slice(0, 2)).toEqual([
      ['offline', answers],
      [answers, 'offline'],
    ]);
  });

  it('shows a token its own bouts alone, in the history too', async () => {
    const [mine, other] = [await newBout(), await newBout()];
    const all = await look();
    expect(historyOf(all, `bout:${other.boutId}`)).toEqual([[null, answers]]);
    const monitor = await look({ role: 'supervisor', bout_id: mine.boutId });
    expect(monitor.bouts.map((one) => one.bout_id)).toEqual([mine.boutId]);
    const others = [...monitor.components, ...(monitor.history ?? [])].filter(
      ({ id, kind }) => (kind === 'bout' || kind === 'device') && !id.includes(mine.boutId),
    );
    expect(others).toEqual([]);
    expect(historyOf(monitor, 'edge')).not.toEqual([]);
  });

  it('finds what is on, and what a token reaches, among a thousand bouts that were planned since', async () => {
    const [on, mine] = [await newBout(), await newBout()];
    await change(on, 'clock', { action: 'start_round', round_id: 1 });
    await env.INDEX.prepare(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
         INSERT INTO bout (bout_id, promotion, event, fighter1, fighter2, status, round_id, scheduled_rounds, simulated,
           released_to, created_ms, updated_ms)
         SELECT 'planned_' || i, 'P', 'E', 'R', 'B', 'NOT_STARTED', 1, 3, 0, 'public', ?1, ?1 FROM n`,
    )
      .bind(Date.now() + 60_000)
      .run();
    try {
      await vi.waitFor(async () => {
        const { bouts } = await look();
        expect(bouts).toHaveLength(10);
        expect(bouts.map((one) => one.bout_id)).toContain(on.boutId);
      });
      const { bouts } = await look({ role: 'supervisor', bout_id: mine.boutId });
      expect(bouts.map((one) => one.bout_id)).toEqual([mine.boutId]);
    } finally {
      await env.INDEX.exec("DELETE FROM bout WHERE bout_id LIKE 'planned_%'");
    }
  });

  it('has a look of every minute, and says when there is none', async () => {
    await lookByTheClock(env);
    const watched = await look();
    expect(watched.scheduled_ms).toBeGreaterThan(watched.server_ms - 10_000);
    expect(partOf(watched, 'watch')).toMatchObject({ status: 'ok' });
    later(160_000);
    expect(partOf(await look(), 'watch')).toMatchObject({ status: 'warning' });
  });
});
