import { expect, it } from 'vitest';
import { action, change, listOf } from '../bout/support.ts';
import { call, type Json } from '../support.ts';
import { accepted, evict, firstBell, lastBell, openNight, read } from '../judging/support.ts';

const DEVICES = 600;

const BATCH = 50;

it('a round that hundreds of invented devices left gaps in is locked with a reason all the same', async () => {
  const night = await openNight();
  await firstBell(night, 1);
  // The first and the ninth of each: seven are missing.
  for (let from = 0; from < DEVICES; from += BATCH) {
    const events = Array.from({ length: BATCH }, (_, i) => [1, 9].map((seq) => tap(from + i, seq))).flat();
    const body = { bout_id: night.boutId, events };
    const answer = accepted(await call('POST', '/api/events/v2/batch', { token: night.operator, body }));
    expect(listOf(answer, 'results').filter(({ success }) => success !== true)).toEqual([]);
  }
  await lastBell(night, 1);
  const findings = listOf(await read(night, '/findings/1'), 'findings');
  const unsent = findings.filter(({ code }) => code === 'unsent_device');
  expect(unsent).toHaveLength(11);
  // Ten by name, and how many more there are.
  expect(unsent.at(-1)?.['detail']).toContain(String(DEVICES - 10));
  const refused = await change(night, 'lock-round', { round_id: 1 });
  expect([refused.status, listOf(refused.json, 'errors').length]).toEqual([409, findings.length]);
  accepted(await change(night, 'lock-round', { round_id: 1, override_reason: 'nobody knows these devices' }));
  await evict(night);
  expect(await read(night, '/findings/1')).toMatchObject({ locked: true });
  expect(await read(night, '')).toMatchObject({ round_status: 'LOCKED' });

  function tap(device: number, seq: number): Json {
    const { bout_id: _, ...rest } = action(night.boutId, {
      judge_id: 'olga',
      device_id: `device-${'x'.repeat(45)}-${device}`,
      device_seq: seq,
      clock_ms: (device * 2 + (seq === 9 ? 1 : 0)) * 20,
      event_type: 'Cross',
    });
    return rest;
  }
});
