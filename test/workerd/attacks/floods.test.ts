import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { openSocket } from '../bout/socket-client.ts';
import { action, boutBody, boutStub, listOf, newBout, numberOf, view } from '../bout/support.ts';
import { call, freshId } from '../support.ts';

describe('a viewer who asks for everything again and again', () => {
  it('gets it a few times, and resuming gives back no allowance', async () => {
    const bout = await newBout();
    const socket = await openSocket(bout.boutId);
    await socket.nextOf('hello');
    for (let i = 0; i < 20; i += 1) socket.send({ type: 'resume', cursor: 0 });
    const answers = [];
    for (let i = 0; i < 20; i += 1) answers.push((await socket.next())['type']);
    expect(answers.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => 'hello'));
    expect(answers.filter((type) => type === 'error').length).toBeGreaterThanOrEqual(10);
    // Everything else goes on.
    socket.send({ type: 'time', t0: 1 });
    expect(await socket.nextOf('time')).toMatchObject({ t0: 1 });
    socket.close();
  });
});

describe('a device that has a new name with every tap', () => {
  it('does not grow the bout’s state beyond bounds, and loses no tap', async () => {
    const bout = await newBout();
    const events = Array.from({ length: 400 }, (_, i) => action(bout.boutId, { device_id: `d-${i}` }));
    const body = { bout_id: bout.boutId, events };
    const answer = await call('POST', '/api/events/v2/batch', { token: bout.supervisor, body });
    expect(listOf(answer.json, 'results').every((result) => result['status'] === 200)).toBe(true);
    expect(listOf(await view(bout), 'rounds')).toMatchObject([{ total_events: 400 }]);
    const devices = await runInDurableObject(boutStub(bout.boutId), (_instance, state) => {
      const { state: text } = state.storage.sql.exec<{ state: string }>('SELECT state FROM snapshot').one();
      const folded: { devices: readonly unknown[] } = JSON.parse(text);
      return folded.devices.length;
    });
    expect(devices).toBe(256);
  });

  it('does not fill the table of health, and the newest reports are kept', async () => {
    const bout = await newBout();
    const token = await bout.token({ role: 'operator', subject: 'olga' });
    const report = async (device: string) =>
      await call('POST', '/api/telemetry/report', {
        token,
        body: { bout_id: bout.boutId, device_id: device, judge_id: 'olga', clock_offset_ms: 1_000 },
      });
    for (let i = 0; i < 260; i += 1) expect((await report(`d-${i}`)).status).toBe(200);
    const { json } = await call('GET', `/api/telemetry/${bout.boutId}`, { token });
    expect(numberOf(json, 'total_devices')).toBe(256);
    expect(listOf(json, 'devices').map((device) => device['device_id'])).toContain('d-259');
  });
});

describe('a card that nobody made', () => {
  it.each(['renew', 'claim'] as const)('is not made by whoever tries to %s with it', async (route) => {
    const cardId = freshId('card').slice(0, 40);
    const key = { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) };
    const body =
      route === 'renew'
        ? { card_id: cardId, device_id: 'd', at_ms: Date.now(), signature: 's' }
        : { code: `${cardId}~AAAAAAAAAAAAAAAAAAAAAA`, device_id: 'd', public_key: key };
    expect((await call('POST', `/api/pairings/${route}`, { body })).status).toBe(401);
    const { supervisor: token } = await newBout();
    expect((await call('GET', `/api/cards/${cardId}`, { token })).status).toBe(404);
    for (const path of ['bouts', 'current']) {
      const answer = await call('POST', `/api/cards/${cardId}/${path}`, { token, body: { bout_id: 'b' } });
      expect(answer.status).toBe(404);
    }
    expect((await call('DELETE', `/api/pairings/d?card_id=${cardId}`, { token })).status).toBe(404);
    const tables = await runInDurableObject(env.CARD.getByName(cardId), (_instance, state) =>
      state.storage.sql
        .exec("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'")
        .toArray(),
    );
    expect(tables).toEqual([]);
    // It can still be made.
    const made = await call('POST', '/api/cards', { token, body: { card_id: cardId, promotion: 'P', event: 'E' } });
    expect(made.status).toBe(200);
    expect((await call('GET', `/api/cards/${cardId}`, { token })).status).toBe(200);
  });
});

describe('an id that leads elsewhere', () => {
  it('names no bout: its anchor would be that of the log of checkpoints', async () => {
    const { supervisor: token } = await newBout();
    const answer = await call('POST', '/api/bouts', { token, body: boutBody('platform-log') });
    expect(answer).toMatchObject({ status: 400, json: { errors: [{ field: 'bout_id' }] } });
  });

  it.each(['.', '..'])('%s names neither bout nor card', async (id) => {
    const { supervisor: token } = await newBout();
    const bout = await call('POST', '/api/bouts', {
      token,
      body: {
        bout_id: id,
        promotion: 'P',
        event: 'E',
        sport: 'mma',
        scheduled_rounds: 3,
        fighter1: { name: 'R' },
        fighter2: { name: 'B' },
      },
    });
    expect(bout.status).toBe(400);
    const card = await call('POST', '/api/cards', { token, body: { card_id: id, promotion: 'P', event: 'E' } });
    expect(card.status).toBe(400);
  });
});
