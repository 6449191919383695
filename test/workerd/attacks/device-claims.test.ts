import { describe, expect, it } from 'vitest';
import { change, listOf, log, newBout, objectOf, type TestBout } from '../bout/support.ts';
import { call, type Json } from '../support.ts';

async function report(bout: TestBout, token: string, over: Json) {
  const body = { bout_id: bout.boutId, judge_id: 'any', ...over };
  return await call('POST', '/api/telemetry/report', { token, body });
}

/** The offset by which the last entry of a round was placed: what the server made of its time. */
async function placed(bout: TestBout): Promise<Json | undefined> {
  const { json } = await call('GET', `/api/events/v2/${bout.boutId}/1`, { token: bout.supervisor });
  return listOf(json, 'events').at(-1);
}

describe('the clock of somebody else’s device', () => {
  it('is not moved by a report for it', async () => {
    const bout = await newBout();
    const owner = await bout.token({ role: 'operator', subject: 'olga', device_id: 'd-olga' });
    const stranger = await bout.token({ role: 'camera', subject: 'carl' });
    expect((await report(bout, owner, { device_id: 'd-olga', clock_offset_ms: 0 })).status).toBe(200);
    const forged = await report(bout, stranger, { device_id: 'd-olga', clock_offset_ms: 40_000 });
    expect(forged).toMatchObject({ status: 403, json: { errors: [{ field: 'device_id' }] } });
    const telemetry = await call('GET', `/api/telemetry/${bout.boutId}`, { token: bout.supervisor });
    expect(listOf(telemetry.json, 'devices')).toMatchObject([{ device_id: 'd-olga', clock_offset_ms: 0 }]);
  });

  it('is not moved by a report that was there before it', async () => {
    const bout = await newBout();
    const stranger = await bout.token({ role: 'camera', subject: 'carl' });
    expect((await report(bout, stranger, { device_id: 'd-tim', clock_offset_ms: -50_000 })).status).toBe(200);
    const timekeeper = await bout.token({ role: 'timekeeper', subject: 'tim', device_id: 'd-tim' });
    const nowMs = Date.now();
    await change(bout, 'clock', { action: 'start_round', round_id: 1, timestamp_ms: nowMs }, timekeeper);
    const live = await call('GET', `/api/bouts/${bout.boutId}`, { token: bout.supervisor });
    expect(objectOf(live.json, 'clock')['running_since_ms']).toBe(nowMs);
    // The device itself takes its name back.
    expect((await report(bout, timekeeper, { device_id: 'd-tim', clock_offset_ms: 0 })).status).toBe(200);
  });

  it('is its owner’s to tell, and is believed', async () => {
    const bout = await newBout();
    const owner = await bout.token({ role: 'operator', subject: 'olga', device_id: 'd-olga' });
    await change(bout, 'clock', { action: 'start_round', round_id: 1 });
    expect((await report(bout, owner, { device_id: 'd-olga', clock_offset_ms: 3_600_000 })).status).toBe(200);
    const tap = { judge_id: 'olga', device_id: 'd-olga', timestamp_ms: Date.now() - 3_600_000 };
    expect((await log(bout, tap, owner)).status).toBe(200);
    expect(await placed(bout)).toMatchObject({ clock_source: 'device', flags: [] });
  });
});
