import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { platformOf } from '../../workers/auth/platform.ts';
import { listOf, newBout, numberOf, objectOf } from './bout/support.ts';
import { type Answer, call, faults, freshId, type Json, mint, textOf } from './support.ts';

let admin: string;
let boutId: string;

beforeAll(async () => {
  admin = (await mint({ role: 'admin', subject: 'ada' })).token;
  ({ boutId } = await newBout());
});

beforeEach(async () => {
  const { objects } = await env.ARCHIVE.list();
  await env.ARCHIVE.delete(objects.map(({ key }) => key));
});

afterEach(() => {
  vi.restoreAllMocks();
});

const FOLDER = 'archive/fights/2026/Promotion/Event-One';

async function put(key: string, text = 'x'): Promise<void> {
  await env.ARCHIVE.put(key, text);
}

async function keys(): Promise<readonly string[]> {
  return (await env.ARCHIVE.list()).objects.map(({ key }) => key);
}

async function clean(body: Json, token = admin): Promise<Answer> {
  return await call('POST', '/api/storage/clean', { token, body });
}

async function rules(list: readonly Json[], over: Json = {}): Promise<Answer> {
  const { version } = await platformOf(env).storageRules();
  return await call('PUT', '/api/storage/rules', {
    token: admin,
    body: { version, rules: list, reason: 'r', ...over },
  });
}

/** Exports go as soon as a clock tick has passed since they were written. */
async function keepNothing(): Promise<void> {
  expect((await rules([{ class: 'export', promotion: null, max_age_days: 0 }])).status).toBe(200);
  const { at } = await lastUpload();
  await vi.waitUntil(() => Date.now() > at);
}

async function lastUpload(): Promise<{ at: number }> {
  const { objects } = await env.ARCHIVE.list();
  return { at: Math.max(0, ...objects.map(({ uploaded }) => uploaded.getTime())) };
}

/** Payloads of the deployment's ledger, of these types. */
async function recorded(...types: readonly string[]): Promise<readonly Json[]> {
  return await runInDurableObject(platformOf(env), (_instance, state) =>
    state.storage.sql
      .exec<{ payload: string }>(
        "SELECT leaf -> '$.payload' AS payload FROM entry WHERE leaf ->> '$.payload.type' IN (SELECT value FROM json_each(?)) ORDER BY idx",
        JSON.stringify(types),
      )
      .toArray()
      .map(({ payload }): Json => JSON.parse(payload)),
  );
}

describe('what is stored', () => {
  it('is summed by class and promotion, and orphans are told', async () => {
    await put(`${FOLDER}/${boutId}/checkpoint`, 'abc');
    await put(`${FOLDER}/${boutId}/metadata.json`, 'abcd');
    await put(`anchors/${boutId}`, 'ab');
    await put(`exports/Promotion/${boutId}/a.csv`, 'a');
    await put('exports/Promotion/nobody/a.csv', 'abcde');
    await put('notes.txt', 'abcdef');
    const { status, json } = await call('GET', '/api/storage', { token: admin });
    expect(status).toBe(200);
    expect(listOf(json, 'usage').map((one) => [one['class'], one['promotion'], one['objects'], one['bytes']])).toEqual([
      ['anchor', null, 1, 2],
      ['archive', 'Promotion', 2, 7],
      ['export', 'Promotion', 2, 6],
      ['other', null, 1, 6],
    ]);
    expect(json).toMatchObject({
      next: null,
      orphans: { count: 1, bytes: 5, first: [{ key: 'exports/Promotion/nobody/a.csv', bout_id: 'nobody' }] },
    });
    expect(numberOf(objectOf(json, 'platform'), 'bouts')).toBeGreaterThan(0);
    expect(numberOf(json, 'index_bytes')).toBeGreaterThan(0);
    const rest = await call('GET', `/api/storage?after=${encodeURIComponent('exports/Promotion')}`, { token: admin });
    expect(listOf(rest.json, 'usage').map((one) => one['class'])).toEqual(['export', 'other']);
  });

  it('is said as far as it is known where the index is away', async () => {
    await put('notes.txt');
    vi.spyOn(env.INDEX, 'prepare').mockImplementation(() => {
      throw new Error('D1 is away');
    });
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { status, json } = await call('GET', '/api/storage', { token: admin });
    expect([status, json['index_bytes'], listOf(json, 'usage').length]).toEqual([200, null, 1]);
  });

  it('is no business of who works one card or bout', async () => {
    for (const scope of [{ bout_id: boutId }, { card_id: 'c1' }]) {
      const { token } = await mint({ role: 'admin', ...scope });
      expect((await call('GET', '/api/storage', { token })).status).toBe(403);
      expect((await clean({ dry_run: false }, token)).status).toBe(403);
    }
    const { token } = await mint({ role: 'supervisor' });
    expect((await call('GET', '/api/storage/rules', { token })).status).toBe(200);
    expect((await clean({}, token)).status).toBe(403);
  });
});

describe('rules', () => {
  it('are versioned, recorded, and changed by who has seen the newest', async () => {
    const before = await platformOf(env).storageRules();
    const body = {
      version: before.version,
      rules: [{ class: 'export', promotion: 'A/B', max_age_days: 30 }],
      reason: 'a month is enough',
      event_id: freshId('evt'),
    };
    const change = async (over: Json = {}) =>
      await call('PUT', '/api/storage/rules', { token: admin, body: { ...body, ...over } });
    const first = await change();
    expect(first).toMatchObject({
      status: 200,
      json: { success: true, is_duplicate: false, version: before.version + 1 },
    });
    await evictDurableObject(platformOf(env));
    expect(await change()).toMatchObject({ status: 409, json: { success: true, is_duplicate: true } });
    expect(faults(await change({ event_id: freshId('evt') }))).toEqual(['version']);
    expect(faults(await change({ reason: 'other' }))).toEqual(['event_id']);
    const read = await call('GET', '/api/storage/rules', { token: admin });
    expect(read.json).toMatchObject({
      version: before.version + 1,
      rules: [{ class: 'export', promotion: 'A-B', max_age_days: 30 }],
    });
    expect((await recorded('storage_rules')).at(-1)).toMatchObject({
      version: before.version + 1,
      rules: [{ class: 'export', promotion: 'A-B', max_age_days: 30 }],
      reason: 'a month is enough',
    });
    expect((await platformOf(env).verify()).valid).toBe(true);
  });

  it('cannot name an archive, an anchor or the same place twice', async () => {
    for (const named of ['archive', 'anchor', 'other', 'exports']) {
      const answer = await rules([{ class: named, promotion: null, max_age_days: 0 }]);
      expect([named, answer.status, faults(answer)]).toEqual([named, 400, ['rules[0].class']]);
    }
    const twice = [
      { class: 'export', promotion: 'a b', max_age_days: 1 },
      { class: 'export', promotion: 'a-b', max_age_days: 2 },
    ];
    expect(faults(await rules(twice))).toEqual(['rules[1]']);
  });
});

describe('a clean-up', () => {
  it('shows its plan and changes nothing unless told', async () => {
    await put(`exports/Promotion/${boutId}/a.csv`, 'abc');
    await keepNothing();
    const { version } = await platformOf(env).storageRules();
    for (const body of [{}, { dry_run: true }]) {
      expect(await clean(body)).toMatchObject({
        status: 200,
        json: {
          dry_run: true,
          run_id: null,
          rules_version: version,
          objects: 1,
          bytes: 3,
          items: [{ key: `exports/Promotion/${boutId}/a.csv`, rule: { max_age_days: 0 } }],
        },
      });
    }
    expect(await keys()).toHaveLength(1);
    expect(await recorded('storage_clean_planned')).toEqual([]);
  });

  it('takes exactly what the plan says and leaves every sealed file, whatever is asked', async () => {
    const sealed = [
      `${FOLDER}/${boutId}/checkpoint`,
      `${FOLDER}/${boutId}/metadata.json`,
      `${FOLDER}/${boutId}/tile/entries/000.p/3`,
      `anchors/${boutId}`,
      'anchors/platform-log',
    ];
    const others = ['exports/Promotion/nobody/a.csv', 'exports/a.csv', 'exports/../archive/x', 'Exports/P/b/c', 'x'];
    for (const key of [...sealed, ...others]) await put(key);
    await put(`exports/Promotion/${boutId}/a.csv`, 'abc');
    await keepNothing();
    const promotions = [
      '../archive',
      '..',
      '.',
      'archive/fights/2026/Promotion',
      '/',
      '%2e%2e/archive',
      'Promotion/..',
    ];
    const hostile: readonly Json[] = [
      ...promotions.map((promotion) => ({ dry_run: false, promotion })),
      ...['archive/', 'anchors/', 'a', '\u0000', 'exports/../archive/'].map((after) => ({ dry_run: false, after })),
    ];
    for (const body of hostile) expect([body, (await clean(body)).status]).toEqual([body, 200]);
    expect((await clean({ dry_run: false })).status).toBe(200);
    expect(await keys()).toEqual([...sealed, ...others].toSorted());
  });

  it('goes page by page, records each page before and after, and is done once per event_id', async () => {
    for (let i = 0; i < 5; i += 1) await put(`exports/Promotion/${boutId}/${i}.csv`, 'ab');
    await keepNothing();
    const before = (await recorded('storage_cleaned')).length;
    let after: string | null = null;
    const taken: number[] = [];
    do {
      const body: Json = { dry_run: false, limit: 2, event_id: freshId('evt'), ...(after === null ? {} : { after }) };
      const page = await clean(body);
      expect(page).toMatchObject({ status: 200, json: { success: true, is_duplicate: false } });
      // Nothing comes back for the second run to take.
      await put(`exports/Promotion/${boutId}/0.csv`, 'ab');
      expect(await clean(body)).toMatchObject({ status: 409, json: { ...page.json, is_duplicate: true } });
      expect(faults(await clean({ ...body, limit: 3 }))).toEqual(['event_id']);
      taken.push(numberOf(page.json, 'objects'));
      after = page.json['next'] === null ? null : textOf(page.json, 'next');
    } while (after !== null);
    expect(taken).toEqual([2, 2, 1]);
    expect(await keys()).toEqual([`exports/Promotion/${boutId}/0.csv`]);
    expect((await recorded('storage_cleaned')).slice(before).map((one) => [one['objects'], one['bytes']])).toEqual([
      [2, 4],
      [2, 4],
      [1, 2],
    ]);
    expect((await platformOf(env).verify()).valid).toBe(true);
  });

  it('that is cut off in the middle is finished by the same request, and counts all of it', async () => {
    for (let i = 0; i < 3; i += 1) await put(`exports/Promotion/${boutId}/${i}.csv`, 'ab');
    await keepNothing();
    const body = { dry_run: false, event_id: freshId('evt') };
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const remove = env.ARCHIVE.delete.bind(env.ARCHIVE);
    vi.spyOn(env.ARCHIVE, 'delete').mockImplementationOnce(async () => {
      // The bucket takes one of them and is gone.
      await remove(`exports/Promotion/${boutId}/0.csv`);
      throw new Error('R2 is away');
    });
    expect((await clean(body)).status).toBeGreaterThanOrEqual(500);
    expect((await recorded('storage_clean_planned')).at(-1)).toMatchObject({ run_id: body.event_id, objects: 3 });
    await evictDurableObject(platformOf(env));
    // What has come since is another run's.
    await put(`exports/Promotion/${boutId}/9.csv`, 'new');
    expect(await clean(body)).toMatchObject({ status: 409, json: { is_duplicate: true, objects: 3, bytes: 6 } });
    expect(await keys()).toEqual([`exports/Promotion/${boutId}/9.csv`]);
    expect((await recorded('storage_cleaned')).at(-1)).toMatchObject({ run_id: body.event_id, objects: 3, bytes: 6 });
  });

  it('taken up under rules that keep more leaves what they keep', async () => {
    for (let i = 0; i < 2; i += 1) await put(`exports/Promotion/${boutId}/${i}.csv`, 'ab');
    await keepNothing();
    const body = { dry_run: false, event_id: freshId('evt') };
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    vi.spyOn(env.ARCHIVE, 'delete').mockRejectedValueOnce(new Error('R2 is away'));
    expect((await clean(body)).status).toBeGreaterThanOrEqual(500);
    expect((await rules([])).status).toBe(200);
    expect(await clean(body)).toMatchObject({ status: 409, json: { objects: 0, bytes: 0 } });
    expect(await keys()).toHaveLength(2);
  });

  it('does not begin where the rules change under its plan', async () => {
    await put(`exports/Promotion/${boutId}/a.csv`);
    await keepNothing();
    const list = env.ARCHIVE.list.bind(env.ARCHIVE);
    vi.spyOn(env.ARCHIVE, 'list').mockImplementationOnce(async (options) => {
      // The rules of the plan have been read by now.
      expect((await rules([])).status).toBe(200);
      return await list(options);
    });
    const before = (await recorded('storage_clean_planned')).length;
    expect(faults(await clean({ dry_run: false }))).toEqual(['version']);
    expect(await recorded('storage_clean_planned')).toHaveLength(before);
    expect(await keys()).toHaveLength(1);
  });
});
