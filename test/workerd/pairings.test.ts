import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { renewalText } from '../../objects/card/index.ts';
import { platformOf } from '../../workers/auth/platform.ts';
import { type Answer, call, faults, freshId, type Json, mint, textOf } from './support.ts';

type Algorithm = 'Ed25519' | 'P-256';

type Device = { readonly id: string; readonly publicKey: JsonWebKey; readonly sign: (text: string) => Promise<string> };

let supervisor: { readonly token: string };

beforeAll(async () => {
  supervisor = await mint({ role: 'supervisor', subject: 'sue', ttl_s: 172_800 });
});

afterEach(() => {
  vi.useRealTimers();
});

async function newDevice(algorithm: Algorithm = 'Ed25519', id = freshId('dev')): Promise<Device> {
  const kind = algorithm === 'Ed25519' ? { name: 'Ed25519' } : { name: 'ECDSA', namedCurve: 'P-256' };
  const pair = await crypto.subtle.generateKey(kind, true, ['sign', 'verify']);
  if (!('privateKey' in pair)) throw new Error('no pair of keys');
  const publicKey = await crypto.subtle.exportKey('jwk', pair.publicKey);
  if (publicKey instanceof ArrayBuffer) throw new Error('no JWK');
  const by = algorithm === 'Ed25519' ? { name: 'Ed25519' } : { name: 'ECDSA', hash: 'SHA-256' };
  const sign = async (text: string): Promise<string> => {
    const signature = await crypto.subtle.sign(by, pair.privateKey, new TextEncoder().encode(text));
    return Buffer.from(signature).toString('base64url');
  };
  return { id, publicKey, sign };
}

async function newCard(over: Json = {}): Promise<string> {
  const cardId = freshId('card');
  const body = { card_id: cardId, promotion: 'Alliance', event: 'Night 1', ...over };
  expect((await call('POST', '/api/cards', { ...supervisor, body })).status).toBe(200);
  return cardId;
}

async function invite(cardId: string, over: Json = {}): Promise<Answer> {
  const body = { card_id: cardId, role: 'judge', subject: 'jane', judge_id: 'J1', ...over };
  return await call('POST', '/api/pairings', { ...supervisor, body });
}

async function codeFor(cardId: string, over: Json = {}): Promise<string> {
  return textOf((await invite(cardId, over)).json, 'code');
}

async function claim(code: string, device: Device, over: Json = {}): Promise<Answer> {
  const body = { code, device_id: device.id, public_key: device.publicKey, ...over };
  return await call('POST', '/api/pairings/claim', { body });
}

async function renew(cardId: string, device: Device, atMs = Date.now(), over: Json = {}): Promise<Answer> {
  const signature = await device.sign(renewalText(cardId, device.id, atMs));
  const body = { card_id: cardId, device_id: device.id, at_ms: atMs, signature, ...over };
  return await call('POST', '/api/pairings/renew', { body });
}

async function paired(over: Json = {}, algorithm: Algorithm = 'Ed25519') {
  const cardId = await newCard();
  const device = await newDevice(algorithm);
  const answer = await claim(await codeFor(cardId, over), device);
  expect(answer.status).toBe(200);
  return { cardId, device, token: textOf(answer.json, 'token'), answer };
}

function me(token: string) {
  return call('GET', '/api/auth/me', { token });
}

describe('a pairing code', () => {
  it('gives a device its place: a token of the card with seat, device, corners and aspects', async () => {
    const cardId = await newCard();
    const boutId = freshId('b');
    await call('POST', `/api/cards/${cardId}/bouts`, { ...supervisor, body: { bout_id: boutId } });
    await call('POST', `/api/cards/${cardId}/current`, { ...supervisor, body: { bout_id: boutId } });
    const invited = await invite(cardId, { corners: ['blue'], aspects: ['control'], ttl_s: 60 });
    expect(invited.status).toBe(200);
    const code = textOf(invited.json, 'code');
    expect(code).toMatch(new RegExp(`^${cardId}~[A-Za-z0-9_-]{22}$`));
    expect(invited.json['url']).toBe(`https://fightjudge.test/pair#${code}`);
    await evictDurableObject(env.CARD.getByName(cardId));
    const device = await newDevice();
    const answer = await claim(code, device);
    expect(answer).toMatchObject({
      status: 200,
      json: { device_id: device.id, device_epoch: 1, card_id: cardId, bout_id: boutId, role: 'judge', judge_id: 'J1' },
    });
    expect(await me(textOf(answer.json, 'token'))).toMatchObject({
      status: 200,
      json: {
        subject: 'jane',
        role: 'judge',
        judge_id: 'J1',
        device_id: device.id,
        card_id: cardId,
        bout_id: null,
        corners: ['blue'],
        aspects: ['control'],
      },
    });
    expect((await call('GET', `/api/cards/${cardId}`, supervisor)).json).toMatchObject({
      seats: [{ judge_id: 'J1', subject: 'jane', device_id: device.id, device_epoch: 1 }],
      devices: [{ device_id: device.id, current: true, revoked: false, subject: 'jane' }],
    });
  });

  it('is kept nowhere but as a hash', async () => {
    const cardId = await newCard();
    const code = await codeFor(cardId, { event_id: freshId('evt') });
    const secret = code.split('~')[1] ?? '';
    const stored = await runInDurableObject(env.CARD.getByName(cardId), (_, { storage }) =>
      ['pairing', 'delivery']
        .map((table) => JSON.stringify(storage.sql.exec(`SELECT * FROM ${table}`).toArray()))
        .join(),
    );
    expect(secret).toHaveLength(22);
    expect(stored).not.toContain(secret);
  });

  it('answers the same device again the same, after a lost reply, an eviction and its own expiry', async () => {
    const cardId = await newCard();
    const device = await newDevice();
    const code = await codeFor(cardId, { ttl_s: 10 });
    const first = await claim(code, device);
    expect(first.status).toBe(200);
    await evictDurableObject(env.CARD.getByName(cardId));
    const { entries } = await platformOf(env).head();
    expect((await claim(code, device)).json).toEqual(first.json);
    vi.useFakeTimers({ now: Date.now() + 11_000, toFake: ['Date'] });
    expect((await claim(code, device)).json).toEqual(first.json);
    // One grant, recorded once.
    expect((await platformOf(env).head()).entries).toBe(entries);
  });

  it('records the token of a claim whose reply was lost before the record was made', async () => {
    const cardId = await newCard();
    const device = await newDevice();
    const code = await codeFor(cardId);
    const { kty, crv, x } = device.publicKey;
    if (kty !== 'OKP' || crv !== 'Ed25519' || x === undefined) throw new Error('another kind of key');
    // What a crash of the edge between the two objects leaves behind.
    const lost = await env.CARD.getByName(cardId).claim({ code, deviceId: device.id, publicKey: { kty, crv, x } });
    expect(lost.ok).toBe(true);
    const { entries } = await platformOf(env).head();
    const answer = await claim(code, device);
    expect(answer).toMatchObject({ status: 200, json: { token_id: lost.ok ? lost.value.grant.tokenId : '' } });
    expect((await platformOf(env).head()).entries).toBe(entries + 1);
  });

  it('is good once: of many devices at the same time one gets it', async () => {
    const cardId = await newCard();
    const code = await codeFor(cardId);
    const devices = await Promise.all(Array.from({ length: 6 }, () => newDevice()));
    const answers = await Promise.all(devices.map((device) => claim(code, device)));
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409, 409, 409]);
    const winner = devices[answers.findIndex((answer) => answer.status === 200)];
    const { json } = await call('GET', `/api/cards/${cardId}`, supervisor);
    expect(json['devices']).toMatchObject([{ device_id: winner?.id, device_epoch: 1 }]);
    // The winner's id with another key is another device.
    expect((await claim(code, await newDevice('Ed25519', winner?.id))).status).toBe(409);
  });

  it('claimed at once by one device many times gives it one token', async () => {
    const cardId = await newCard();
    const device = await newDevice();
    const code = await codeFor(cardId);
    const answers = await Promise.all(Array.from({ length: 6 }, () => claim(code, device)));
    expect(new Set(answers.map((answer) => `${answer.status} ${answer.text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(200);
  });

  it('that is unknown, expired or no code is refused', async () => {
    const cardId = await newCard();
    const device = await newDevice();
    const code = await codeFor(cardId, { ttl_s: 10 });
    for (const wrong of [
      `${cardId}~AAAAAAAAAAAAAAAAAAAAAA`,
      `${freshId('card')}~AAAA`,
      'nonsense',
      '~',
      'a b~c',
      `${code}x`,
    ]) {
      const answer = await claim(wrong, device);
      expect([wrong, answer.status]).toEqual([wrong, 401]);
      expect(faults(answer)).toEqual(['code']);
    }
    vi.useFakeTimers({ now: Date.now() + 10_001, toFake: ['Date'] });
    expect(await claim(code, device)).toMatchObject({
      status: 401,
      json: { detail: 'This pairing code has expired.' },
    });
  });

  it('cannot be guessed quickly', async () => {
    const device = await newDevice();
    const address = freshId('ip');
    const body = { code: `${freshId('card')}~AAAA`, device_id: device.id, public_key: device.publicKey };
    const statuses = [];
    for (let tries = 0; tries < 31; tries += 1)
      statuses.push((await call('POST', '/api/pairings/claim', { body, address })).status);
    expect(statuses.slice(0, 30)).toEqual(Array.from({ length: 30 }, () => 401));
    expect(statuses[30]).toBe(429);
    const cardId = await newCard();
    expect((await claim(await codeFor(cardId), device)).status).toBe(200);
  });

  it('made again under one event id is the first code; other content is a conflict', async () => {
    const cardId = await newCard();
    const over = { event_id: freshId('evt'), ttl_s: 600 };
    const first = await invite(cardId, over);
    const again = await invite(cardId, over);
    expect(again).toMatchObject({ status: 409, json: { ...first.json, is_duplicate: true } });
    expect(await invite(cardId, { ...over, judge_id: 'J2' })).toMatchObject({
      status: 409,
      json: { code: 'conflict' },
    });
    const { json } = await call('GET', `/api/pairings?card_id=${cardId}`, supervisor);
    expect(json['pairings']).toMatchObject([{ judge_id: 'J1', status: 'open', device_id: null }]);
    expect(await codeFor(cardId)).not.toBe(await codeFor(cardId));
  });

  it('names the field that is wrong, in the making and in the claim', async () => {
    const cardId = await newCard();
    const wrong: readonly (readonly [Json, string])[] = [
      [{ role: 'admin' }, 'role'],
      [{ judge_id: undefined }, 'judge_id'],
      [{ role: 'operator' }, 'judge_id'],
      [{ subject: 'Jane Name' }, 'subject'],
      [{ ttl_s: 1 }, 'ttl_s'],
      [{ corners: ['red', 'red'] }, 'corners'],
      [{ card_id: 'a b' }, 'card_id'],
    ];
    for (const [over, field] of wrong) {
      const answer = await invite(cardId, over);
      expect([JSON.stringify(over), answer.status]).toEqual([JSON.stringify(over), 400]);
      expect([JSON.stringify(over), faults(answer)]).toEqual([JSON.stringify(over), [field]]);
    }
    const device = await newDevice('P-256');
    const code = await codeFor(cardId);
    const { x = '', ...withoutX } = device.publicKey;
    const keys: readonly (readonly [unknown, string])[] = [
      [undefined, 'public_key'],
      [{ kty: 'RSA', n: 'AQAB', e: 'AQAB' }, 'public_key.kty'],
      [{ ...device.publicKey, crv: 'P-384' }, 'public_key.crv'],
      [withoutX, 'public_key.x'],
      [{ ...device.publicKey, d: x }, 'public_key.d'],
      [{ ...device.publicKey, y: x }, 'public_key'],
    ];
    for (const [key, field] of keys) {
      const answer = await claim(code, device, { public_key: key });
      expect([JSON.stringify(key), answer.status]).toEqual([JSON.stringify(key), 400]);
      expect([JSON.stringify(key), faults(answer)]).toEqual([JSON.stringify(key), [field]]);
    }
    expect((await claim(code, device)).status).toBe(200);
  });
});

describe('a seat', () => {
  it('counts its devices, and the same device again is none more', async () => {
    const cardId = await newCard();
    const [one, two] = [await newDevice(), await newDevice()];
    const epoch = async (device: Device, over: Json = {}) =>
      (await claim(await codeFor(cardId, over), device)).json['device_epoch'];
    expect(await epoch(one)).toBe(1);
    expect(await epoch(one)).toBe(1);
    expect(await epoch(two)).toBe(2);
    await evictDurableObject(env.CARD.getByName(cardId));
    expect(await epoch(one)).toBe(3);
    expect(await epoch(await newDevice(), { judge_id: 'J2', subject: 'joe' })).toBe(1);
    expect(await epoch(await newDevice(), { role: 'operator', judge_id: undefined, subject: 'olga' })).toBe(1);
    expect(await epoch(await newDevice(), { role: 'operator', judge_id: undefined, subject: 'olga' })).toBe(2);
    const { json } = await call('GET', `/api/cards/${cardId}`, supervisor);
    expect(json['seats']).toMatchObject([
      { judge_id: 'J1', device_id: one.id, device_epoch: 3 },
      { judge_id: 'J2', subject: 'joe', device_epoch: 1 },
    ]);
  });

  it('keeps its device: a code for another place cannot take the device’s id with another key', async () => {
    const { cardId, device } = await paired();
    const impostor = await newDevice('Ed25519', device.id);
    const answer = await claim(
      await codeFor(cardId, { role: 'camera', judge_id: undefined, subject: 'cam' }),
      impostor,
    );
    expect(answer.status).toBe(409);
    expect(faults(answer)).toEqual(['device_id']);
    expect((await renew(cardId, device)).status).toBe(200);
  });
});

describe('a renewal', () => {
  for (const algorithm of ['Ed25519', 'P-256'] as const) {
    it(`with ${algorithm} gives a new token of the same place`, async () => {
      const { cardId, device, token } = await paired({}, algorithm);
      await evictDurableObject(env.CARD.getByName(cardId));
      const answer = await renew(cardId, device);
      expect(answer).toMatchObject({ status: 200, json: { device_epoch: 1, card_id: cardId, judge_id: 'J1' } });
      const { token_id: before, expires_at: _, ...place } = (await me(token)).json;
      const after = (await me(textOf(answer.json, 'token'))).json;
      expect(after).toMatchObject(place);
      expect(after['token_id']).not.toBe(before);
    });
  }

  it('is good once: replayed, at once or later, it is refused', async () => {
    const { cardId, device } = await paired();
    const atMs = Date.now();
    const answers = await Promise.all(Array.from({ length: 5 }, () => renew(cardId, device, atMs)));
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409, 409]);
    await evictDurableObject(env.CARD.getByName(cardId));
    for (const time of [atMs, atMs - 1]) {
      const answer = await renew(cardId, device, time);
      expect(answer.status).toBe(409);
      expect(faults(answer)).toEqual(['at_ms']);
    }
    expect((await renew(cardId, device, atMs + 1)).status).toBe(200);
  });

  it('meets another renewal, or a revocation, that comes while its signature is checked', async () => {
    const { cardId, device } = await paired();
    const atMs = Date.now();
    const signature = await device.sign(renewalText(cardId, device.id, atMs));
    const next = await device.sign(renewalText(cardId, device.id, atMs + 1));
    // Inside the object, where nothing but the object itself keeps them apart.
    const [first, second, third] = await runInDurableObject(env.CARD.getByName(cardId), async (card) => {
      const twice = await Promise.all([1, 2].map(() => card.renew({ deviceId: device.id, atMs, signature })));
      const renewing = card.renew({ deviceId: device.id, atMs: atMs + 1, signature: next });
      card.revokeDevice(device.id);
      return [...twice, await renewing];
    });
    expect([first?.ok, second?.ok].filter((granted) => granted)).toEqual([true]);
    expect(third).toMatchObject({ ok: false, code: 'forbidden' });
  });

  it('stays used up when the device is paired again', async () => {
    const { cardId, device } = await paired();
    const atMs = Date.now();
    expect((await renew(cardId, device, atMs)).status).toBe(200);
    expect((await claim(await codeFor(cardId), device)).status).toBe(200);
    expect((await renew(cardId, device, atMs)).status).toBe(409);
  });

  it('is refused with a time that is far off, and told the time here', async () => {
    const { cardId, device } = await paired();
    for (const off of [-301_000, 301_000]) {
      const answer = await renew(cardId, device, Date.now() + off);
      expect(answer.status).toBe(400);
      expect(faults(answer)).toEqual(['at_ms']);
      expect(answer.json['detail']).toMatch(/the time here is \d{13}/);
    }
    expect((await renew(cardId, device, Date.now() - 290_000)).status).toBe(200);
  });

  it('is refused with a signature that is not the device’s own over this very text', async () => {
    const { cardId, device } = await paired();
    const other = await paired({}, 'P-256');
    const atMs = Date.now();
    const signatures = [
      await other.device.sign(renewalText(cardId, device.id, atMs)),
      await device.sign(renewalText(other.cardId, device.id, atMs)),
      await device.sign(renewalText(cardId, 'another', atMs)),
      await device.sign(renewalText(cardId, device.id, atMs + 1)),
      'A'.repeat(86),
      'AAAA',
      '!!!',
    ];
    for (const signature of signatures) {
      const answer = await renew(cardId, device, atMs, { signature });
      expect([signature, answer.status]).toEqual([signature, 401]);
      expect(faults(answer)).toEqual(['signature']);
    }
    // None of them used the time up.
    expect((await renew(cardId, device, atMs)).status).toBe(200);
    expect(await renew(cardId, await newDevice())).toMatchObject({ status: 401 });
    expect(await renew(freshId('card'), device)).toMatchObject({ status: 401 });
  });

  it('ends 24 hours after the card’s date has ended at the venue', async () => {
    const ended = await newCard({ date: '2024-01-15', time_zone: 'Europe/Dublin' });
    const device = await newDevice();
    expect((await claim(await codeFor(ended), device)).status).toBe(200);
    expect(await renew(ended, device)).toMatchObject({
      status: 403,
      json: { detail: expect.stringContaining('2024-01-17T00:00:00.000Z') },
    });
  });

  it('ends 24 hours after an undated card was made', async () => {
    const { cardId, device } = await paired();
    const day = 86_400_000;
    vi.useFakeTimers({ now: Date.now() + day - 5_000, toFake: ['Date'] });
    expect((await renew(cardId, device)).status).toBe(200);
    vi.setSystemTime(Date.now() + 6_000);
    expect((await renew(cardId, device)).status).toBe(403);
  });
});

describe('a device that is revoked', () => {
  it('gets no token any more, and loses those it has; a new code readmits it', async () => {
    const { cardId, device, token } = await paired();
    const renewed = textOf((await renew(cardId, device)).json, 'token');
    const revoke = () => call('DELETE', `/api/pairings/${device.id}?card_id=${cardId}`, supervisor);
    expect(await revoke()).toMatchObject({
      status: 200,
      json: { success: true, device_id: device.id, is_duplicate: false },
    });
    for (const lost of [token, renewed]) expect(await me(lost)).toMatchObject({ status: 401 });
    await evictDurableObject(env.CARD.getByName(cardId));
    expect(await renew(cardId, device)).toMatchObject({ status: 403 });
    expect(await revoke()).toMatchObject({ status: 409, json: { success: true, is_duplicate: true } });
    const { json } = await call('GET', `/api/cards/${cardId}`, supervisor);
    expect(json).toMatchObject({
      seats: [{ judge_id: 'J1', device_id: null, device_epoch: 1 }],
      devices: [{ device_id: device.id, revoked: true, current: false }],
    });
    expect((await claim(await codeFor(cardId), device)).status).toBe(200);
    expect((await renew(cardId, device)).status).toBe(200);
  });

  it('does not get its first token by asking again with its old code', async () => {
    const cardId = await newCard();
    const device = await newDevice();
    const code = await codeFor(cardId);
    expect((await claim(code, device)).status).toBe(200);
    await call('DELETE', `/api/pairings/${device.id}?card_id=${cardId}`, supervisor);
    expect((await claim(code, device)).status).toBe(403);
  });

  it('loses a token that was granted and not recorded yet', async () => {
    const cardId = await newCard();
    const device = await newDevice();
    const code = await codeFor(cardId);
    const { kty, crv, x } = device.publicKey;
    if (kty !== 'OKP' || crv !== 'Ed25519' || x === undefined) throw new Error('another kind of key');
    const granted = await env.CARD.getByName(cardId).claim({ code, deviceId: device.id, publicKey: { kty, crv, x } });
    if (!granted.ok) throw new Error(granted.detail);
    expect((await call('DELETE', `/api/pairings/${device.id}?card_id=${cardId}`, supervisor)).status).toBe(200);
    const { tokens } = await platformOf(env).revoked({ entries: 0, head: '' });
    expect(tokens.map((token) => token.tokenId)).toContain(granted.value.grant.tokenId);
  });

  it('must be one of the card', async () => {
    const cardId = await newCard();
    expect(await call('DELETE', `/api/pairings/nobody?card_id=${cardId}`, supervisor)).toMatchObject({ status: 404 });
    const unsaid = await call('DELETE', '/api/pairings/nobody', supervisor);
    expect(unsaid.status).toBe(400);
    expect(faults(unsaid)).toEqual(['card_id']);
  });
});

describe('who may pair', () => {
  it('is a supervisor; nobody else makes, lists or revokes', async () => {
    const cardId = await newCard();
    for (const role of ['operator', 'judge', 'viewer']) {
      const { token } = await mint({ role });
      const body = { card_id: cardId, role: 'operator', subject: 'olga' };
      expect(await call('POST', '/api/pairings', { token, body })).toMatchObject({ status: 403 });
      expect(await call('GET', `/api/pairings?card_id=${cardId}`, { token })).toMatchObject({ status: 403 });
      expect(await call('DELETE', `/api/pairings/d?card_id=${cardId}`, { token })).toMatchObject({ status: 403 });
    }
  });
});
