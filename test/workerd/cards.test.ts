import { evictDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { platformOf } from '../../workers/auth/platform.ts';
import { call, faults, freshId, type Json, mint } from './support.ts';

let supervisor: { readonly token: string };

beforeAll(async () => {
  supervisor = await mint({ role: 'supervisor', subject: 'sue' });
});

const NIGHT = { promotion: 'Alliance', event: 'Night 1' };

async function post(path: string, body: Json, options: { readonly token: string } = supervisor) {
  return await call('POST', path, { ...options, body });
}

async function newCard(over: Json = {}): Promise<string> {
  const cardId = freshId('card');
  expect((await post('/api/cards', { ...NIGHT, card_id: cardId, ...over })).status).toBe(200);
  return cardId;
}

async function read(cardId: string) {
  return await call('GET', `/api/cards/${cardId}`, supervisor);
}

describe('a card', () => {
  it('is made once and read back, also after its object was away', async () => {
    const facts = { ...NIGHT, date: '2026-11-21', time_zone: 'America/Los_Angeles', venue: 'Arena' };
    const cardId = await newCard(facts);
    await evictDurableObject(env.CARD.getByName(cardId));
    expect(await read(cardId)).toMatchObject({
      status: 200,
      json: { ...facts, card_id: cardId, current_bout_id: null, bouts: [], seats: [], devices: [] },
    });
  });

  it('again with the same particulars is a duplicate; with others, a conflict', async () => {
    const body = { ...NIGHT, card_id: freshId('card'), event_id: freshId('evt') };
    const answers = await Promise.all([1, 2, 3].map(() => post('/api/cards', body)));
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
    for (const answer of answers) {
      expect(answer.json).toMatchObject({
        success: true,
        event_id: body.event_id,
        client_event_id: body.event_id,
        card_id: body.card_id,
      });
    }
    const { event_id: _, ...unnamed } = body;
    expect(await post('/api/cards', unnamed)).toMatchObject({
      status: 409,
      json: { is_duplicate: true, event_id: body.event_id },
    });
    for (const other of [
      { ...body, event: 'Night 2' },
      { ...unnamed, event: 'Night 2' },
    ]) {
      expect(await post('/api/cards', other)).toMatchObject({ status: 409, json: { code: 'conflict' } });
    }
    expect((await read(body.card_id)).json['event']).toBe('Night 1');
  });

  it('without an id gets one, and a repeated request gets the same one', async () => {
    const body = { ...NIGHT, event_id: freshId('evt') };
    const first = await post('/api/cards', body);
    const again = await post('/api/cards', body);
    expect(first.status).toBe(200);
    expect(again).toMatchObject({ status: 409, json: { card_id: first.json['card_id'] } });
    const [one, two] = [await post('/api/cards', NIGHT), await post('/api/cards', NIGHT)];
    expect(one.json['card_id']).not.toBe(two.json['card_id']);
  });

  it('names the field that is wrong', async () => {
    const cases: readonly (readonly [Json, string])[] = [
      [{ event: 'E' }, 'promotion'],
      [{ ...NIGHT, event: '   ' }, 'event'],
      [{ ...NIGHT, event: '\ud800' }, 'event'],
      [{ ...NIGHT, card_id: 'a b' }, 'card_id'],
      [{ ...NIGHT, date: '2026-02-30' }, 'date'],
      [{ ...NIGHT, date: 'today' }, 'date'],
      [{ ...NIGHT, time_zone: 'Mars/Olympus' }, 'time_zone'],
      [{ ...NIGHT, time_zone: '+02:00' }, 'time_zone'],
      [{ ...NIGHT, venue: 'x'.repeat(121) }, 'venue'],
      [{ ...NIGHT, colour: 'red' }, 'colour'],
    ];
    for (const [body, field] of cases) {
      const answer = await post('/api/cards', body);
      expect([JSON.stringify(body), answer.status]).toEqual([JSON.stringify(body), 400]);
      expect([JSON.stringify(body), ...faults(answer)]).toContain(field);
    }
  });

  it('that was never made is not found, and stays so', async () => {
    const cardId = freshId('card');
    expect(await read(cardId)).toMatchObject({ status: 404 });
    expect(await post(`/api/cards/${cardId}/bouts`, { bout_id: 'b1' })).toMatchObject({ status: 404 });
    expect(await post(`/api/cards/${cardId}/current`, { bout_id: 'b1' })).toMatchObject({ status: 404 });
    expect(await call('GET', `/api/pairings?card_id=${cardId}`, supervisor)).toMatchObject({ status: 404 });
    expect(await post('/api/pairings', { card_id: cardId, role: 'operator', subject: 'olga' })).toMatchObject({
      status: 404,
    });
    expect(await read(cardId)).toMatchObject({ status: 404 });
  });
});

describe('the bouts of a card', () => {
  it('keep their order while others come, move and stay', async () => {
    const cardId = await newCard();
    const bouts = [freshId('b'), freshId('b'), freshId('b')];
    const [a = '', b = '', c = ''] = bouts;
    const add = (body: Json) => post(`/api/cards/${cardId}/bouts`, body);
    const order = async () => (await read(cardId)).json['bouts'];
    const placed = (...ids: string[]) => ids.map((id, index) => ({ bout_id: id, position: index + 1 }));
    expect(await add({ bout_id: a })).toMatchObject({ status: 200, json: { position: 1, bout_id: a } });
    expect(await add({ bout_id: b })).toMatchObject({ status: 200, json: { position: 2 } });
    expect(await add({ bout_id: c, position: 1 })).toMatchObject({ status: 200 });
    expect(await order()).toEqual(placed(c, a, b));
    await evictDurableObject(env.CARD.getByName(cardId));
    expect(await add({ bout_id: c, position: 3 })).toMatchObject({ status: 200, json: { position: 3 } });
    expect(await order()).toEqual(placed(a, b, c));
    expect(await add({ bout_id: b })).toMatchObject({ status: 409, json: { is_duplicate: true, position: 2 } });
    expect(await add({ bout_id: b, position: 2 })).toMatchObject({ status: 409, json: { is_duplicate: true } });
    const gap = await add({ bout_id: freshId('b'), position: 9 });
    expect(gap.status).toBe(400);
    expect(faults(gap)).toEqual(['position']);
    expect(await order()).toEqual(placed(a, b, c));
  });

  it('under one event id are added once, and the answer stays the first', async () => {
    const cardId = await newCard();
    const body = { bout_id: freshId('b'), event_id: freshId('evt') };
    const first = await post(`/api/cards/${cardId}/bouts`, body);
    await post(`/api/cards/${cardId}/bouts`, { bout_id: freshId('b'), position: 1 });
    const again = await post(`/api/cards/${cardId}/bouts`, body);
    expect(again).toMatchObject({ status: 409, json: { ...first.json, is_duplicate: true } });
    expect(await post(`/api/cards/${cardId}/bouts`, { ...body, position: 1 })).toMatchObject({
      status: 409,
      json: { code: 'conflict' },
    });
    // The event id belongs to the card, whatever it was used for.
    expect(await post(`/api/cards/${cardId}/current`, body)).toMatchObject({ status: 409, json: { code: 'conflict' } });
  });

  it('were made for this card, or are not made yet', async () => {
    const cardId = await newCard();
    const [elsewhere, nowhere, here] = [freshId('b'), freshId('b'), freshId('b')];
    const by = { subject: 'sue', role: 'supervisor', seat: null, device: null } as const;
    await platformOf(env).recordBout({ boutId: elsewhere, cardId: 'other', by });
    await platformOf(env).recordBout({ boutId: nowhere, cardId: null, by });
    await platformOf(env).recordBout({ boutId: here, cardId, by });
    for (const boutId of [elsewhere, nowhere]) {
      expect(await post(`/api/cards/${cardId}/bouts`, { bout_id: boutId })).toMatchObject({
        status: 409,
        json: { code: 'conflict' },
      });
    }
    expect(await post(`/api/cards/${cardId}/bouts`, { bout_id: here })).toMatchObject({ status: 200 });
  });

  it('have one that is current, which must be among them', async () => {
    const cardId = await newCard();
    const boutId = freshId('b');
    const current = (body: Json) => post(`/api/cards/${cardId}/current`, body);
    expect(await current({ bout_id: boutId })).toMatchObject({ status: 404 });
    await post(`/api/cards/${cardId}/bouts`, { bout_id: boutId });
    const eventId = freshId('evt');
    expect(await current({ bout_id: boutId, event_id: eventId })).toMatchObject({
      status: 200,
      json: { bout_id: boutId },
    });
    expect(await current({ bout_id: boutId, event_id: eventId })).toMatchObject({
      status: 409,
      json: { is_duplicate: true },
    });
    expect((await read(cardId)).json['current_bout_id']).toBe(boutId);
  });
});

describe('the scope of a token', () => {
  it('keeps it to its own card, and a bout’s token off every card', async () => {
    const [own, other] = [await newCard(), await newCard()];
    const ofCard = await mint({ role: 'supervisor', card_id: own });
    const ofBout = await mint({ role: 'supervisor', bout_id: 'b1' });
    expect(await call('GET', `/api/cards/${own}`, ofCard)).toMatchObject({ status: 200 });
    expect(await call('GET', `/api/cards/${other}`, ofCard)).toMatchObject({ status: 403 });
    expect(await post(`/api/cards/${own}/bouts`, { bout_id: freshId('b') }, ofCard)).toMatchObject({ status: 200 });
    const pairing = { role: 'operator', subject: 'olga' };
    for (const [token, cardId] of [
      [ofCard, other],
      [ofBout, own],
    ] as const) {
      const answers = [
        await post(`/api/cards/${cardId}/bouts`, { bout_id: freshId('b') }, token),
        await post(`/api/cards/${cardId}/current`, { bout_id: freshId('b') }, token),
        await post('/api/cards', { ...NIGHT, card_id: cardId }, token),
        await post('/api/cards', NIGHT, token),
        await post('/api/pairings', { ...pairing, card_id: cardId }, token),
        await call('GET', `/api/pairings?card_id=${cardId}`, token),
        await call('DELETE', `/api/pairings/d1?card_id=${cardId}`, token),
      ];
      for (const answer of answers) {
        expect(answer.status).toBe(403);
        expect(faults(answer)).toEqual(['card_id']);
      }
    }
  });

  it('and the role decide who writes and who reads', async () => {
    const cardId = await newCard();
    for (const role of ['operator', 'judge', 'broadcaster', 'camera', 'analyst']) {
      const token = await mint({ role });
      expect([role, await call('GET', `/api/cards/${cardId}`, token)]).toMatchObject([role, { status: 200 }]);
      expect([role, await post('/api/cards', NIGHT, token)]).toMatchObject([role, { status: 403 }]);
      expect([role, await post(`/api/cards/${cardId}/bouts`, { bout_id: 'b' }, token)]).toMatchObject([
        role,
        { status: 403 },
      ]);
    }
    expect(await call('GET', `/api/cards/${cardId}`, await mint({ role: 'viewer' }))).toMatchObject({ status: 403 });
    expect(await call('GET', `/api/cards/${cardId}`)).toMatchObject({ status: 401 });
  });
});
