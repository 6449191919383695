import { createHash } from 'node:crypto';
import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { exports } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { boutStub, length, newBout, objectOf, RELEASED_TO_ALL, type TestBout } from './bout/support.ts';
import { type Answer, call, faults, freshId, type Json, mint } from './support.ts';

const KNOWN = {
  nickname: 'The Hammer',
  country: 'GEO',
  record: '12-3-0',
  age: 29,
  height_cm: 180,
  reach_cm: 185,
  weight_kg: 70.3,
  stance: 'southpaw',
  team: 'Team Alpha',
};

const UNKNOWN = Object.fromEntries(Object.keys(KNOWN).map((name) => [name, null]));

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const PICTURES: Readonly<Record<string, Uint8Array>> = {
  'image/png': Uint8Array.from([...PNG, 1, 2, 3]),
  'image/jpeg': Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 9]),
  'image/webp': Uint8Array.from([...Buffer.from('RIFF'), 4, 0, 0, 0, ...Buffer.from('WEBPVP8 ')]),
};

function picture(type: string): Uint8Array {
  const bytes = PICTURES[type];
  if (bytes === undefined) throw new Error(`no picture of ${type}`);
  return bytes;
}

async function fighters(bout: TestBout, token?: string): Promise<Answer> {
  return await call('GET', `/api/bouts/${bout.boutId}/fighters`, token === undefined ? {} : { token });
}

async function describeFighter(bout: TestBout, corner: string, body: unknown, token = bout.supervisor) {
  return await call('PUT', `/api/bouts/${bout.boutId}/fighters/${corner}`, { token, body });
}

type Raw = { readonly status: number; readonly headers: Headers; readonly bytes: Uint8Array; readonly json: Json };

async function raw(path: string, init: RequestInit = {}): Promise<Raw> {
  const response = await exports.default.fetch(new Request(`https://fightjudge.test${path}`, init));
  const bytes = new Uint8Array(await response.arrayBuffer());
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  const json: Json = isJson ? JSON.parse(Buffer.from(bytes).toString()) : {};
  return { status: response.status, headers: response.headers, bytes, json };
}

function photoOf(bout: TestBout, corner = 'red'): string {
  return `/api/bouts/${bout.boutId}/fighters/${corner}/photo`;
}

async function put(
  bout: TestBout,
  type: string | null,
  body: Uint8Array | ReadableStream | null,
  { token = bout.supervisor, corner = 'red' }: { token?: string; corner?: string } = {},
): Promise<Raw> {
  return await raw(photoOf(bout, corner), {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, ...(type === null ? {} : { 'content-type': type }) },
    ...(body === null ? {} : { body }),
  });
}

function bearer(token: string): RequestInit {
  return { headers: { authorization: `Bearer ${token}` } };
}

function wrong(answer: Raw): readonly unknown[] {
  const { errors } = answer.json;
  return [answer.status, Array.isArray(errors) ? errors.map((error: { field: unknown }) => error.field) : []];
}

describe('the particulars of a fighter', () => {
  it('are unknown until somebody enters them, and are replaced as a whole', async () => {
    const bout = await newBout({ fighter1: { id: 'ftr_doe', name: 'John Doe' } });
    const nobody = { name: 'Blue Fighter', fighter_id: 'fighter2', photo_url: null, ...UNKNOWN };
    const red = { fighter_id: 'ftr_doe', name: 'John Doe', photo_url: null };
    expect((await fighters(bout)).json).toEqual({ bout_id: bout.boutId, red: { ...red, ...UNKNOWN }, blue: nobody });
    const before = await length(bout);
    expect(await describeFighter(bout, 'red', KNOWN)).toMatchObject({
      status: 200,
      json: { success: true, is_duplicate: false, bout_id: bout.boutId, corner: 'red' },
    });
    await evictDurableObject(boutStub(bout.boutId));
    expect((await fighters(bout)).json).toEqual({ bout_id: bout.boutId, red: { ...red, ...KNOWN }, blue: nobody });
    expect((await describeFighter(bout, 'red', { country: 'US' })).status).toBe(200);
    expect(objectOf((await fighters(bout)).json, 'red')).toEqual({ ...red, ...UNKNOWN, country: 'US' });
    expect((await describeFighter(bout, 'red', {})).status).toBe(200);
    expect(objectOf((await fighters(bout)).json, 'red')).toEqual({ ...red, ...UNKNOWN });
    // A person is no part of the ledger.
    expect(await length(bout)).toBe(before);
  });

  it('leave nothing behind once they are replaced', async () => {
    const bout = await newBout();
    await describeFighter(bout, 'red', { ...KNOWN, event_id: 'first' });
    await describeFighter(bout, 'red', {});
    const rows = await runInDurableObject(boutStub(bout.boutId), (_, { storage }) =>
      ['fighter', 'delivery', 'entry', 'person']
        .map((table) => JSON.stringify(storage.sql.exec(`SELECT * FROM ${table}`).toArray()))
        .join(),
    );
    expect(rows).not.toContain('Hammer');
  });

  it('are taken once for each event_id', async () => {
    const bout = await newBout();
    const body = { ...KNOWN, event_id: 'one' };
    expect((await describeFighter(bout, 'red', body)).status).toBe(200);
    expect((await describeFighter(bout, 'red', { ...KNOWN, age: 30 })).status).toBe(200);
    // A delivery that comes late does not undo what came after it.
    expect(await describeFighter(bout, 'red', body)).toMatchObject({
      status: 409,
      json: { success: true, is_duplicate: true, event_id: 'one', client_event_id: 'one', corner: 'red' },
    });
    for (const [corner, other] of [
      ['red', { ...body, age: 31 }],
      ['blue', body],
    ] as const) {
      const answer = await describeFighter(bout, corner, other);
      expect([answer.status, answer.json['success'], faults(answer)]).toEqual([409, false, ['event_id']]);
    }
    expect(objectOf((await fighters(bout)).json, 'red')).toMatchObject({ age: 30 });
    expect(objectOf((await fighters(bout)).json, 'blue')).toMatchObject({ age: null });
  });

  it.each([
    ['country', 'usa'],
    ['country', 'USAX'],
    ['country', 'U'],
    ['record', '1'.repeat(21)],
    ['age', 29.5],
    ['age', 9],
    ['height_cm', '180'],
    ['reach_cm', 301],
    ['weight_kg', 70.25],
    ['weight_kg', 19.9],
    ['stance', 'Southpaw'],
    ['nickname', ' '],
    ['team', 'x'.repeat(121)],
    ['coach', 'nobody'],
  ])('are refused where %s is %s', async (name, value) => {
    const bout = await newBout();
    await describeFighter(bout, 'red', KNOWN);
    const answer = await describeFighter(bout, 'red', { ...KNOWN, [name]: value });
    expect([answer.status, faults(answer)]).toEqual([400, [name]]);
    expect(objectOf((await fighters(bout)).json, 'red')).toMatchObject(KNOWN);
  });

  it.each([70, 70.1, 70.3, 120.2, 93.9, 399.9])('take a weight of %s kg', async (weight_kg) => {
    const bout = await newBout();
    expect((await describeFighter(bout, 'blue', { weight_kg })).status).toBe(200);
    expect(objectOf((await fighters(bout)).json, 'blue')).toMatchObject({ weight_kg });
  });

  it('belong to a corner and to a bout that there is', async () => {
    const bout = await newBout();
    const nowhere = await describeFighter(bout, 'green', KNOWN);
    expect([nowhere.status, faults(nowhere)]).toEqual([400, ['corner']]);
    const none = { ...bout, boutId: freshId('none') };
    expect((await describeFighter(none, 'red', KNOWN)).status).toBe(404);
    expect((await fighters(none)).status).toBe(404);
    expect((await raw(photoOf(none))).status).toBe(404);
    expect((await put(none, 'image/png', picture('image/png'))).status).toBe(404);
  });
});

describe('a photograph', () => {
  it.each(Object.keys(PICTURES))('of type %s is shown as it came', async (type) => {
    const bout = await newBout();
    const bytes = picture(type);
    const hash = createHash('sha256').update(bytes).digest('hex');
    const url = `${photoOf(bout)}?v=${hash.slice(0, 16)}`;
    const added = await put(bout, type, bytes);
    expect([added.status, added.json]).toEqual([
      200,
      { success: true, bout_id: bout.boutId, corner: 'red', photo_url: url },
    ]);
    await evictDurableObject(boutStub(bout.boutId));
    expect((await fighters(bout)).json).toMatchObject({ red: { photo_url: url }, blue: { photo_url: null } });
    const shown = await raw(url);
    expect(shown.status).toBe(200);
    expect(shown.bytes).toEqual(bytes);
    expect(Object.fromEntries(shown.headers)).toMatchObject({
      'content-type': type,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'access-control-allow-origin': '*',
      'cache-control': 'public, max-age=3600',
      etag: `"${hash}"`,
    });
    // The same again is the same.
    expect((await put(bout, `${type.toUpperCase()}; charset=x`, bytes)).json).toEqual(added.json);
  });

  it('is not sent to who has it', async () => {
    const bout = await newBout();
    await put(bout, 'image/png', picture('image/png'));
    const etag = (await raw(photoOf(bout))).headers.get('etag') ?? '';
    for (const match of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await raw(photoOf(bout), { headers: { 'if-none-match': match } });
      expect([match, again.status, again.bytes.length, again.headers.get('etag')]).toEqual([match, 304, 0, etag]);
    }
    expect((await raw(photoOf(bout), { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
  });

  it('may be kept under its own address alone, and by nobody in between where it is not public', async () => {
    const bout = await newBout();
    const { photo_url: url } = (await put(bout, 'image/png', picture('image/png'))).json;
    const kept = async (path: string, init?: RequestInit) => (await raw(path, init)).headers.get('cache-control');
    expect(await kept(String(url))).toBe('public, max-age=3600');
    expect(await kept(photoOf(bout))).toBe('public, no-cache');
    expect(await kept(`${photoOf(bout)}?v=${'0'.repeat(16)}`)).toBe('public, no-cache');
    const body = { release_policy: { ...RELEASED_TO_ALL, statistics: 'commission' } };
    expect((await call('PATCH', `/api/bouts/${bout.boutId}`, { token: bout.supervisor, body })).status).toBe(200);
    expect(await kept(String(url), bearer(bout.supervisor))).toBe('private, max-age=3600');
    expect(await kept(photoOf(bout), bearer(bout.supervisor))).toBe('private, no-cache');
    expect(wrong(await raw(`${photoOf(bout)}?v=abc`))).toEqual([400, ['v']]);
  });

  it('is taken away, however often one asks', async () => {
    const bout = await newBout();
    await put(bout, 'image/png', picture('image/png'), { corner: 'red' });
    await put(bout, 'image/jpeg', picture('image/jpeg'), { corner: 'blue' });
    const init = { method: 'DELETE', ...bearer(bout.supervisor) };
    for (let i = 0; i < 2; i += 1) {
      const gone = await raw(photoOf(bout), init);
      expect([gone.status, gone.json]).toEqual([
        200,
        { success: true, bout_id: bout.boutId, corner: 'red', photo_url: null },
      ]);
    }
    const none = await raw(photoOf(bout));
    expect(wrong(none)).toEqual([404, ['corner']]);
    expect(none.headers.get('content-type')).toBe('application/problem+json');
    expect((await raw(photoOf(bout, 'blue'))).status).toBe(200);
  });

  it('is what it is called, of a kind that is taken', async () => {
    const bout = await newBout();
    const png = picture('image/png');
    const svg = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>');
    expect(wrong(await put(bout, 'image/jpeg', png))).toEqual([400, ['Content-Type']]);
    expect(wrong(await put(bout, 'image/svg+xml', svg))).toEqual([400, ['Content-Type']]);
    expect(wrong(await put(bout, 'application/json', png))).toEqual([400, ['Content-Type']]);
    expect(wrong(await put(bout, null, png))).toEqual([400, ['Content-Type']]);
    for (const bytes of [svg, new Uint8Array(), png.slice(0, 7), picture('image/webp').slice(0, 11)]) {
      expect(wrong(await put(bout, 'image/png', bytes))).toEqual([400, ['body']]);
    }
    expect(wrong(await put(bout, 'image/png', null))).toEqual([400, ['body']]);
    expect((await raw(photoOf(bout))).status).toBe(404);
  });

  it('has 512 KiB at most, with and without a length', async () => {
    const bout = await newBout();
    const limit = 524_288;
    const of = (size: number) => {
      const bytes = new Uint8Array(size);
      bytes.set(PNG);
      return bytes;
    };
    expect(wrong(await put(bout, 'image/png', of(limit + 1)))).toEqual([413, ['body']]);
    expect(wrong(await put(bout, 'image/png', streamed(of(limit + 1))))).toEqual([413, ['body']]);
    expect((await raw(photoOf(bout))).status).toBe(404);
    expect((await put(bout, 'image/png', of(limit))).status).toBe(200);
    expect(digest((await raw(photoOf(bout))).bytes)).toBe(digest(of(limit)));
    expect((await put(bout, 'image/png', streamed(of(limit - 1)))).status).toBe(200);
    expect(digest((await raw(photoOf(bout))).bytes)).toBe(digest(of(limit - 1)));
  });
});

/** Half a million bytes are compared one by one otherwise, in seconds. */
function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function streamed(bytes: Uint8Array): ReadableStream {
  let at = 0;
  return new ReadableStream({
    pull: (controller) => {
      if (at >= bytes.length) controller.close();
      else controller.enqueue(bytes.slice(at, (at += 65_536)));
    },
  });
}

describe('who may see and enter them', () => {
  it('is whoever may see the bout, and supervisors of it', async () => {
    const bout = await newBout({ release_policy: { statistics: 'commission' } });
    await put(bout, 'image/png', picture('image/png'));
    const roles = ['operator', 'judge', 'timekeeper', 'referee', 'broadcaster', 'camera', 'analyst', 'viewer'];
    for (const role of ['supervisor', ...roles]) {
      const token = await bout.token({ role, subject: 's' });
      const view = await call('GET', `/api/bouts/${bout.boutId}`, { token });
      expect([role, (await fighters(bout, token)).status]).toEqual([role, view.status]);
      expect([role, (await raw(photoOf(bout), bearer(token))).status]).toEqual([role, view.status]);
      const may = role === 'supervisor' ? 200 : 403;
      expect([role, (await describeFighter(bout, 'red', KNOWN, token)).status]).toEqual([role, may]);
      expect([role, (await put(bout, 'image/png', picture('image/png'), { token })).status]).toEqual([role, may]);
    }
    expect((await fighters(bout)).status).toBe(401);
    expect((await raw(photoOf(bout))).status).toBe(401);
  });

  it('is nobody whose token is for another bout or card', async () => {
    const bout = await newBout();
    await put(bout, 'image/png', picture('image/png'));
    for (const reach of [{ bout_id: 'another' }, { card_id: 'another' }]) {
      const { token } = await mint({ role: 'supervisor', subject: 'sue', ...reach });
      expect((await fighters(bout, token)).status).toBe(403);
      expect((await describeFighter(bout, 'red', KNOWN, token)).status).toBe(403);
      expect((await raw(photoOf(bout), bearer(token))).status).toBe(403);
      expect((await put(bout, 'image/png', picture('image/png'), { token })).status).toBe(403);
      const gone = await raw(photoOf(bout), { method: 'DELETE', ...bearer(token) });
      expect(gone.status).toBe(403);
    }
    expect((await raw(photoOf(bout))).status).toBe(200);
  });
});
