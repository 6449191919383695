import { evictDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Answer, call, faults, freshId, type Json, mint, textOf } from './support.ts';

let supervisor: string;

beforeAll(async () => {
  supervisor = (await mint({ role: 'supervisor', subject: 'sue' })).token;
});

afterEach(() => {
  vi.useRealTimers();
});

type Device = { readonly id: string; readonly token: string };

type Night = { readonly cardId: string; readonly pair: (place: Json) => Promise<Device> };

async function newNight(): Promise<Night> {
  const cardId = freshId('card');
  const body = { card_id: cardId, promotion: 'Alliance', event: 'Night 1' };
  expect((await call('POST', '/api/cards', { token: supervisor, body })).status).toBe(200);
  return {
    cardId,
    pair: async (place) => {
      const invited = await call('POST', '/api/pairings', { token: supervisor, body: { card_id: cardId, ...place } });
      const id = freshId('dev');
      const claimed = await claim(textOf(invited.json, 'code'), id);
      expect(claimed.status).toBe(200);
      return { id, token: textOf(claimed.json, 'token') };
    },
  };
}

async function claim(code: string, deviceId = freshId('dev')): Promise<Answer> {
  const pair = await crypto.subtle.generateKey({ name: 'Ed25519' }, true, ['sign', 'verify']);
  if (!('privateKey' in pair)) throw new Error('no pair of keys');
  const publicKey = await crypto.subtle.exportKey('jwk', pair.publicKey);
  return await call('POST', '/api/pairings/claim', {
    body: { code, device_id: deviceId, public_key: publicKey },
  });
}

async function handOver(token: string, body: Json = {}): Promise<Answer> {
  return await call('POST', '/api/pairings/handover', { token, body });
}

async function codeOf(token: string): Promise<string> {
  const answer = await handOver(token);
  expect(answer.status).toBe(200);
  return textOf(answer.json, 'code');
}

async function cardOf({ cardId }: Night): Promise<Json> {
  return (await call('GET', `/api/cards/${cardId}`, { token: supervisor })).json;
}

const JUDGE = { role: 'judge', subject: 'jane', judge_id: 'J1' };

describe('handing a place over', () => {
  it('gives another device the very same place, and the old one holds it no more', async () => {
    const night = await newNight();
    const old = await night.pair({ ...JUDGE, corners: ['blue'], aspects: ['control', 'damage'] });
    const answer = await handOver(old.token, { card_id: night.cardId, event_id: 'handing' });
    expect(answer).toMatchObject({ status: 200, json: { success: true, is_duplicate: false, card_id: night.cardId } });
    const code = textOf(answer.json, 'code');
    expect(answer.json['url']).toBe(`https://fightjudge.test/pair#${code}`);
    expect(Math.abs(Date.parse(textOf(answer.json, 'expires_at')) - Date.now() - 180_000)).toBeLessThan(10_000);
    await evictDurableObject(env.CARD.getByName(night.cardId));
    const taken = await claim(code, 'the-new-one');
    expect(taken).toMatchObject({ status: 200, json: { ...JUDGE, device_id: 'the-new-one', device_epoch: 2 } });
    expect(taken.json).toMatchObject({ corners: ['blue'], aspects: ['damage', 'control'] });
    expect(await cardOf(night)).toMatchObject({
      seats: [{ judge_id: 'J1', subject: 'jane', device_id: 'the-new-one', device_epoch: 2 }],
    });
    const again = await handOver(old.token);
    expect([again.status, again.json['code'], faults(again)]).toEqual([403, 'fenced', ['device_id']]);
    expect((await handOver(textOf(taken.json, 'token'))).status).toBe(200);
  });

  it.each(['operator', 'timekeeper', 'referee', 'broadcaster', 'camera'])('is for a %s, too', async (role) => {
    const night = await newNight();
    const device = await night.pair({ role, subject: 'somebody' });
    const taken = await claim(await codeOf(device.token));
    expect(taken).toMatchObject({ status: 200, json: { role, subject: 'somebody', judge_id: null, device_epoch: 2 } });
  });

  it('is not for a token that is for no card, for another one, or for one bout alone', async () => {
    const night = await newNight();
    const claims = { role: 'judge', subject: 'jane' };
    for (const [reach, body] of [
      [{}, {}],
      [{}, { card_id: night.cardId }],
      [{ bout_id: 'b' }, {}],
      [{ bout_id: 'b', card_id: night.cardId }, {}],
      [{ card_id: 'card-other' }, { card_id: night.cardId }],
    ]) {
      const answer = await handOver((await mint({ ...claims, ...reach })).token, { ...body });
      expect([reach, answer.status, answer.json['code'], faults(answer)]).toEqual([
        reach,
        403,
        'forbidden',
        ['card_id'],
      ]);
    }
    const lost = await handOver((await mint({ ...claims, card_id: 'card-none' })).token);
    expect([lost.status, faults(lost)]).toEqual([404, ['card_id']]);
  });

  it('takes a token without a device as it is', async () => {
    const night = await newNight();
    const { token } = await mint({ ...JUDGE, card_id: night.cardId });
    expect(await claim(await codeOf(token))).toMatchObject({ status: 200, json: { ...JUDGE, device_epoch: 1 } });
  });

  it('is refused to a device that was revoked, also with a code that it showed before', async () => {
    const night = await newNight();
    const device = await night.pair(JUDGE);
    const code = await codeOf(device.token);
    await env.CARD.getByName(night.cardId).revokeDevice(device.id);
    const refused = await handOver(device.token);
    expect([refused.status, refused.json['code']]).toEqual([403, 'fenced']);
    const late = await claim(code);
    expect([late.status, late.json['code'], faults(late)]).toEqual([403, 'fenced', ['code']]);
    expect(await cardOf(night)).toMatchObject({ seats: [{ device_id: null, device_epoch: 1 }] });
  });

  it('is refused to a device that has been given another place, for what its old token says', async () => {
    const night = await newNight();
    const device = await night.pair({ role: 'operator', subject: 'olga', corners: ['red'] });
    const wider = { role: 'operator', subject: 'olga', corners: ['red', 'blue'] };
    const { token } = await mint({ ...wider, card_id: night.cardId, device_id: device.id });
    expect((await handOver(token)).json['code']).toBe('fenced');
    expect((await handOver(device.token)).status).toBe(200);
  });

  it('of a device that the card has never seen is refused where another holds the place', async () => {
    const night = await newNight();
    const { token } = await mint({ ...JUDGE, card_id: night.cardId, device_id: 'minted' });
    expect((await handOver(token)).status).toBe(200);
    await night.pair(JUDGE);
    expect((await handOver(token)).json['code']).toBe('fenced');
  });

  it('lasts three minutes', async () => {
    const night = await newNight();
    const device = await night.pair(JUDGE);
    const code = await codeOf(device.token);
    vi.useFakeTimers({ now: Date.now() + 181_000, toFake: ['Date'] });
    expect((await claim(code)).status).toBe(401);
  });

  it('ends the code that the same device showed before, and nobody else’s', async () => {
    const night = await newNight();
    const [jane, john] = [await night.pair(JUDGE), await night.pair({ ...JUDGE, subject: 'john', judge_id: 'J2' })];
    const [first, other] = [await codeOf(jane.token), await codeOf(john.token)];
    const second = await codeOf(jane.token);
    expect((await claim(first)).status).toBe(401);
    expect((await claim(second)).status).toBe(200);
    expect((await claim(other)).json).toMatchObject({ judge_id: 'J2' });
  });

  it('repeated under its event_id shows the first code again, to nobody else', async () => {
    const night = await newNight();
    const [jane, john] = [await night.pair(JUDGE), await night.pair({ ...JUDGE, subject: 'john', judge_id: 'J2' })];
    const first = await handOver(jane.token, { event_id: 'once' });
    const again = await handOver(jane.token, { event_id: 'once' });
    expect(again).toMatchObject({ status: 409, json: { ...first.json, is_duplicate: true } });
    const stolen = await handOver(john.token, { event_id: 'once' });
    expect([stolen.status, stolen.json['success'], faults(stolen)]).toEqual([409, false, ['event_id']]);
    expect(stolen.text).not.toContain(textOf(first.json, 'code'));
  });
});

describe('a judge reading the card', () => {
  it('is told of the own seat and device, and of no other judge’s', async () => {
    const night = await newNight();
    const jane = await night.pair(JUDGE);
    const john = await night.pair({ ...JUDGE, subject: 'john', judge_id: 'J2' });
    const clock = await night.pair({ role: 'timekeeper', subject: 'tim' });
    const seen = await call('GET', `/api/cards/${night.cardId}`, { token: jane.token });
    expect(seen.json).toMatchObject({
      seats: [{ judge_id: 'J1', device_id: jane.id }],
      devices: [{ device_id: jane.id }, { device_id: clock.id }],
    });
    expect(seen.text).not.toContain(john.id);
    expect(seen.text).not.toContain('J2');
  });
});
