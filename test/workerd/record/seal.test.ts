import { evictDurableObject } from 'cloudflare:test';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { action, boutStub, change, freshMs, length, listOf, log, newBout, numberOf } from '../bout/support.ts';
import {
  accepted,
  entered,
  evict,
  finalized,
  firstBell,
  type Night,
  openNight,
  read,
  ruled,
} from '../judging/support.ts';
import { openSocket } from '../bout/socket-client.ts';
import { call, faults, freshId, type Json, textOf } from '../support.ts';
import { archived, decidedNight, rows, sealNow, sizes, verified, work } from './support.ts';

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

afterEach(() => {
  vi.restoreAllMocks();
});

/** Actions of a device under these numbers, by the operator. */
function numbered(device: string, ...numbers: readonly number[]): readonly Json[] {
  return numbers.map((device_seq) => ({ device_id: device, device_seq, event_type: 'Jab' }));
}

async function ended(night: Night): Promise<void> {
  await ruled(night, { kind: 'stoppage', round_id: 1, fighter_id: 'fighter1', method: 'TKO', time_ms: 1_000 });
  await finalized(night);
}

async function leafOf(night: Night, index: number): Promise<Json> {
  const [row] = await rows<{ leaf: string }>(night, 'SELECT leaf FROM entry WHERE idx = ?', index);
  return { ...JSON.parse(row?.leaf ?? '{}') };
}

describe('a seal', () => {
  it('is put once the result is official, once, and answers a repeat as every mutation does', async () => {
    const night = await openNight();
    await firstBell(night, 1);
    await entered(night, 1, numbered('d-1', 1));
    expect(await change(night, 'seal', {})).toMatchObject({ status: 409, json: { code: 'conflict' } });
    await ended(night);
    const before = await length(night);
    const body = { reason: 'the night is over', event_id: freshId('e') };
    const answers = await Promise.all([1, 2, 3].map(async () => await change(night, 'seal', body)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
    for (const { json } of answers) expect(json).toMatchObject({ success: true, sequence_index: before });
    await evict(night);
    expect(await change(night, 'seal', body)).toMatchObject({ status: 409, json: { is_duplicate: true } });
    expect(await change(night, 'seal', { ...body, reason: 'other' })).toMatchObject({
      status: 409,
      json: { code: 'conflict' },
    });
    expect(await change(night, 'seal', {})).toMatchObject({ status: 409, json: { code: 'sealed' } });
    expect(await length(night)).toBe(before + 1);
    const view = await read(night, '');
    expect(view).toMatchObject({ sealed: true, sealed_at: expect.stringMatching(/^\d{4}-.*Z$/) });
    expect(await leafOf(night, before)).toMatchObject({
      kind: 'seal',
      actor: { subject: 'sue', role: 'supervisor' },
      payload: { type: 'BOUT_SEALED', entries: before, actions: 1, reason: 'the night is over' },
    });
  });

  it('waits for what a device has not delivered, unless that is declared missing', async () => {
    const night = await openNight();
    await firstBell(night, 1);
    await entered(night, 1, [...numbered('d-1', 1, 2, 5), ...numbered('d-2', 1, 2)]);
    await ended(night);
    const refused = await change(night, 'seal', {});
    expect([refused.status, faults(refused)]).toEqual([409, ['declare_missing']]);
    expect(refused.json['detail']).toContain("'d-1' (number 3 to 4)");
    expect(refused.json['detail']).not.toContain('d-2');
    const sealed = await sealNow(night, { declare_missing: true });
    const { payload } = await leafOf(night, numberOf(sealed, 'sequence_index'));
    expect(payload).toMatchObject({
      devices: [
        { device_id: 'd-1', entries: 3, last_seq: 5, missing: [[3, 4]], declared: true, key: null },
        { device_id: 'd-2', entries: 2, last_seq: 2, missing: [], declared: false, key: null },
      ],
    });
  });

  it('holds the public keys of the devices of the night', async () => {
    const cardId = freshId('card').slice(0, 40);
    const pair = await crypto.subtle.generateKey({ name: 'Ed25519' }, true, ['sign', 'verify']);
    if (!('publicKey' in pair)) throw new Error('no pair of keys');
    const key = await crypto.subtle.exportKey('jwk', pair.publicKey);
    const public_key = { kty: 'OKP', crv: 'Ed25519', x: key instanceof ArrayBuffer ? '' : key.x };
    const { supervisor: token } = await newBout();
    accepted(await call('POST', '/api/cards', { token, body: { card_id: cardId, promotion: 'P', event: 'E' } }));
    const invited = await call('POST', '/api/pairings', {
      token,
      body: { card_id: cardId, role: 'operator', subject: 'olga', corners: ['red'], aspects: ['damage'] },
    });
    const code = textOf(accepted(invited), 'code');
    accepted(await call('POST', '/api/pairings/claim', { body: { code, device_id: 'd-olga', public_key } }));
    const night = await decidedNight({ card_id: cardId });
    const sealed = await sealNow(night);
    const { payload } = await leafOf(night, numberOf(sealed, 'sequence_index'));
    expect(payload).toMatchObject({ devices: [{ device_id: 'd-olga', key: public_key }] });
  });

  it('is the end: whatever comes late, by whichever way, is refused and stays refused', async () => {
    const night = await openNight();
    await firstBell(night, 1);
    const given = await call('POST', '/api/events/v2/log', {
      token: night.operator,
      body: action(night.boutId, { judge_id: 'olga', device_id: 'd-1', event_id: freshId('tap') }),
    });
    await ended(night);
    await sealNow(night);
    const end = await length(night);
    const late = { timestamp_ms: freshMs(), event_id: freshId('late') };
    for (let turn = 0; turn < 2; turn += 1) {
      expect(await log(night, late)).toMatchObject({ status: 409, json: { code: 'sealed', success: false } });
      const batch = await call('POST', '/api/events/v2/batch', {
        token: night.supervisor,
        body: { bout_id: night.boutId, events: [action(night.boutId, late)] },
      });
      expect(listOf(batch.json, 'results')).toMatchObject([{ success: false, status: 409, code: 'sealed' }]);
      for (const [route, body] of [
        ['clock', { action: 'start_round', round_id: 2 }],
        ['rulings', { kind: 'warning', round_id: 1 }],
        ['finalize', { confirm: true }],
      ] as const) {
        expect(await change(night, route, body)).toMatchObject({ status: 409, json: { code: 'sealed' } });
      }
      await evictDurableObject(boutStub(night.boutId));
    }
    const socket = await openSocket(night.boutId, night.supervisor);
    socket.send({ type: 'log', ...action(night.boutId) });
    expect(await socket.nextOf('error')).toMatchObject({ status: 409, code: 'sealed' });
    socket.close();
    expect(await length(night)).toBe(end);
    // What was recorded before is still answered as it was.
    const again = await call('POST', '/api/events/v2/log', {
      token: night.operator,
      body: await sentBefore(night, given.json),
    });
    expect(again).toMatchObject({ status: 409, json: { success: true, is_duplicate: true } });
  });

  it('is put by the bout itself when devices have had their time, and says what they did not deliver', async () => {
    const night = await openNight();
    await firstBell(night, 1);
    await entered(night, 1, numbered('d-1', 2));
    await ended(night);
    await work(night);
    const [job] = await rows<{ due_ms: number }>(night, "SELECT due_ms FROM job WHERE id = 'seal'");
    const official = await leafOf(night, (await length(night)) - 1);
    expect(job?.due_ms).toBe(numberOf(official, 'received_ms') + 24 * 3_600_000);
    expect(await read(night, '')).toMatchObject({ sealed: false, sealed_at: null });
    await rows(night, "UPDATE job SET due_ms = 1 WHERE id = 'seal'");
    await archived(night);
    const end = await length(night);
    expect(await leafOf(night, end - 1)).toMatchObject({
      kind: 'seal',
      actor: { subject: 'system', role: 'system', seat: null, device: null },
      payload: { devices: [{ device_id: 'd-1', missing: [[1, 1]], declared: true }] },
    });
    expect((await sizes(night)).at(-1)).toBe(end);
    // Twice is once.
    await rows(night, "INSERT OR REPLACE INTO job (id, due_ms, attempts) VALUES ('seal', 1, 0)");
    await boutStub(night.boutId).settle();
    expect(await length(night)).toBe(end);
    expect((await verified(night)).verdict).toBe('proven');
  });
});

/** The body under which an acknowledged tap was sent. */
async function sentBefore(night: Night, given: Json): Promise<Json> {
  const leaf = await leafOf(night, numberOf(given, 'sequence_index'));
  return {
    bout_id: night.boutId,
    round_id: 1,
    judge_id: 'olga',
    fighter_id: 'fighter1',
    event_type: 'Jab',
    device_id: 'd-1',
    timestamp_ms: leaf['timestamp_ms'],
    event_id: leaf['event_id'],
  };
}
