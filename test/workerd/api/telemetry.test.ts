import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Answer, call } from '../support.ts';
import {
  API,
  clientFetch,
  evict,
  get,
  type Json,
  judgeToken,
  listOf,
  openLine,
  recordOf,
  replayed,
  setTable,
  type Table,
} from './support.ts';

/** Section VI of the API document: telemetry and device health. */

let table: Table;

beforeEach(async () => {
  table = await setTable();
});

afterEach(() => {
  vi.useRealTimers();
});

/** A healthy device, in the document's own figures. */
function health(over: Json = {}): Json {
  return {
    device_id: 'device_xyz',
    judge_id: 'JUDGE001',
    bout_id: table.boutId,
    battery_percent: 45,
    network_strength_percent: 85,
    latency_ms: 120,
    fps: 60,
    dropped_event_count: 0,
    event_rate_per_second: 0.5,
    ...over,
  };
}

async function report(over: Json = {}, token = table.judge): Promise<Answer> {
  return await call('POST', '/api/telemetry/report', { token, body: health(over) });
}

async function alertsOf(over: Json): Promise<Json[]> {
  return listOf((await report(over)).json, 'alerts');
}

async function devices(): Promise<Json[]> {
  return listOf(await get(`/api/telemetry/${table.boutId}`, table.operator), 'devices');
}

describe('POST /api/telemetry/report: "Report device health"', () => {
  it('takes the documented report and answers success, alerts and performance_ms', async () => {
    const answer = await report();
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({ success: true, alerts: [], performance_ms: expect.any(Number) });
  });

  it('answers the documented alert', async () => {
    expect((await report({ battery_percent: 18 })).json['alerts']).toEqual([{ type: 'battery_low', value: 18 }]);
  });

  it('takes what a device cannot measure as unknown, not as bad', async () => {
    const unknown = { battery_percent: null, network_strength_percent: null, latency_ms: null, fps: null };
    expect(await alertsOf(unknown)).toEqual([]);
    const { device_id, judge_id, bout_id } = health();
    const answer = await call('POST', '/api/telemetry/report', {
      token: table.judge,
      body: { device_id, judge_id, bout_id },
    });
    expect(answer).toMatchObject({ status: 200, json: { alerts: [] } });
    expect(await devices()).toMatchObject([unknown]);
  });

  it.each(['battery_percent', 'network_strength_percent', 'latency_ms', 'dropped_event_count'])(
    'refuses nonsense as %s, naming it',
    async (field) => {
      for (const nonsense of [-1, 'full', {}]) {
        expect(await report({ [field]: nonsense })).toMatchObject({ status: 400, json: { errors: [{ field }] } });
      }
      expect(await devices()).toEqual([]);
    },
  );

  it('is about the caller’s own seat and device', async () => {
    expect((await report({ judge_id: 'JUDGE002' })).status).toBe(403);
    const phone = await judgeToken(table.boutId, 'JUDGE001', 'phone');
    expect((await report({ device_id: 'tablet' }, phone)).status).toBe(403);
    expect((await report({ device_id: 'phone' }, phone)).status).toBe(200);
  });
});

describe('"Alert Thresholds"', () => {
  it.each<[string, Json, Json | null]>([
    ['"Battery < 20%": 20 is not below', { battery_percent: 20 }, null],
    ['"Battery < 20%": 19', { battery_percent: 19 }, { type: 'battery_low', value: 19 }],
    ['"Battery < 20%": 19.9', { battery_percent: 19.9 }, { type: 'battery_low', value: 19.9 }],
    ['"Battery < 20%": 0 is a reading', { battery_percent: 0 }, { type: 'battery_low', value: 0 }],
    ['"Latency > 350ms": 350 is not above', { latency_ms: 350 }, null],
    ['"Latency > 350ms": 351', { latency_ms: 351 }, { type: 'latency_high', value: 351 }],
    ['"Network < 30%": 30 is not below', { network_strength_percent: 30 }, null],
    ['"Network < 30%": 29', { network_strength_percent: 29 }, { type: 'network_weak', value: 29 }],
    ['"Network < 30%": 0 is a reading', { network_strength_percent: 0 }, { type: 'network_weak', value: 0 }],
  ])('%s', async (_sentence, over, alert) => {
    expect(await alertsOf(over)).toEqual(alert === null ? [] : [alert]);
  });

  it('"Dropped events > 1%": 1 of 100 is not above, 2 of 101 is', async () => {
    const taps = Array.from({ length: 99 }, (_, i) => ({ timestamp_ms: 1234567890000 + i * 100 }));
    await replayed(table, taps);
    expect(await alertsOf({ dropped_event_count: 1 })).toEqual([]);
    await evict(table);
    expect(await alertsOf({ dropped_event_count: 1 })).toEqual([]);
    expect(await alertsOf({ dropped_event_count: 2 })).toEqual([{ type: 'dropped_events', value: 1.98 }]);
    // Another device's events are no excuse.
    expect(await alertsOf({ dropped_event_count: 1, device_id: 'other' })).toEqual([
      { type: 'dropped_events', value: 100 },
    ]);
  });

  it('each alerts for itself', async () => {
    const alerts = await alertsOf({
      battery_percent: 5,
      latency_ms: 900,
      network_strength_percent: 10,
      dropped_event_count: 3,
    });
    expect(alerts.map((alert) => alert['type']).toSorted()).toEqual([
      'battery_low',
      'dropped_events',
      'latency_high',
      'network_weak',
    ]);
  });
});

describe('"Real-time device monitoring": an operator’s socket', () => {
  it('is told when what is wrong with a device changes, and only then', async () => {
    const line = await openLine(table, table.operator);
    await line.take('hello');
    await report();
    await report({ battery_percent: 19 });
    expect(await line.take('alert')).toMatchObject({
      device_id: 'device_xyz',
      judge_id: 'JUDGE001',
      alerts: [{ type: 'battery_low', value: 19 }],
    });
    await report({ battery_percent: 18 });
    await report({ battery_percent: 18, latency_ms: 400 });
    expect((await line.take('alert'))['alerts']).toEqual([
      { type: 'battery_low', value: 18 },
      { type: 'latency_high', value: 400 },
    ]);
    await report();
    expect((await line.take('alert'))['alerts']).toEqual([]);
    line.send({ type: 'time', t0: 0 });
    await line.take('time');
    expect(line.waiting('alert')).toBe(0);
    await line.close();
  });

  it('is told after hibernation too, and not again of what it knows', async () => {
    const line = await openLine(table, table.operator);
    await line.take('hello');
    await report({ battery_percent: 3 });
    expect((await line.take('alert'))['alerts']).toHaveLength(1);
    await evict(table);
    await report({ battery_percent: 2 });
    await report({ battery_percent: 2, network_strength_percent: 1 });
    expect((await line.take('alert'))['alerts']).toHaveLength(2);
    expect(line.waiting('alert')).toBe(0);
    await line.close();
  });

  it('a judge’s socket is not told', async () => {
    const line = await openLine(table, table.judge);
    await line.take('hello');
    await report({ battery_percent: 3 });
    line.send({ type: 'time', t0: 0 });
    await line.take('time');
    expect(line.waiting('alert')).toBe(0);
    await line.close();
  });
});

describe('GET /api/telemetry/{bout_id}: "Get all device telemetry for bout"', () => {
  it('answers bout_id, devices and total_devices', async () => {
    const path = `/api/telemetry/${table.boutId}`;
    expect(await get(path, table.operator)).toEqual({ bout_id: table.boutId, devices: [], total_devices: 0 });
    for (const device_id of ['a', 'b', 'c', 'd']) await report({ device_id });
    await report({ device_id: 'b', battery_percent: 44 });
    const all = await get(path, table.operator);
    expect(all).toMatchObject({ bout_id: table.boutId, total_devices: 4 });
    expect(listOf(all, 'devices').map((device) => device['device_id'])).toEqual(['a', 'b', 'c', 'd']);
  });

  it('gives each device’s last report as it was sent, with its alerts', async () => {
    await report({ battery_percent: 90 });
    await report({ battery_percent: 0, fps: 59.5 });
    await evict(table);
    expect(await devices()).toMatchObject([
      { ...health({ battery_percent: 0, fps: 59.5 }), status: 'warning', alerts: [{ type: 'battery_low', value: 0 }] },
    ]);
  });

  it('a device that has not reported for 15 seconds is offline', async () => {
    await report();
    expect(await devices()).toMatchObject([{ status: 'ok' }]);
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(Date.now() + 15_500);
    await report({ device_id: 'second' });
    expect(await devices()).toMatchObject([
      { device_id: 'device_xyz', status: 'offline' },
      { device_id: 'second', status: 'ok' },
    ]);
  });

  it('knows nothing of another bout’s devices', async () => {
    const other = await setTable();
    await report();
    expect(await get(`/api/telemetry/${other.boutId}`, other.operator)).toMatchObject({ total_devices: 0 });
  });
});

it('the snippet of the Integration Guide reports without a Content-Type', async () => {
  const fetch = clientFetch(table.judge);
  const [deviceId, judgeId, boutId] = ['device_xyz', 'JUDGE001', table.boutId];
  const getBatteryLevel = () => 18;
  const getNetworkStrength = () => 85;
  const measureLatency = () => 120;
  const getFPS = () => 60;
  const getDroppedEvents = () => 0;
  const getEventRate = () => 0.5;

  const response = await fetch(`${API}/telemetry/report`, {
    method: 'POST',
    body: JSON.stringify({
      device_id: deviceId,
      judge_id: judgeId,
      bout_id: boutId,
      battery_percent: getBatteryLevel(),
      network_strength_percent: getNetworkStrength(),
      latency_ms: measureLatency(),
      fps: getFPS(),
      dropped_event_count: getDroppedEvents(),
      event_rate_per_second: getEventRate(),
    }),
  });

  expect(response.status).toBe(200);
  expect(recordOf(await response.json())).toMatchObject({
    success: true,
    alerts: [{ type: 'battery_low', value: 18 }],
  });
});
