import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { buildArchive } from '../../../domain/archive/index.ts';
import { indexStateSchema, rebuiltSchema } from '../../../workers/schemas/search.ts';
import { boutStub, newBout, type TestBout, until } from '../bout/support.ts';
import { judgedBout } from '../judged.ts';
import { adminSecret, call, freshId, mint } from '../support.ts';
import { find, found, rowOf } from './support.ts';

const TABLES =
  'bout bout_judge bout_text judged_round judged_scorecard index_task fact_bout fact_fighter fact_round fact_device fact_observer'.split(
    ' ',
  );

afterEach(() => {
  vi.restoreAllMocks();
});

async function dropRows(): Promise<void> {
  await env.INDEX.batch(TABLES.map((table) => env.INDEX.prepare(`DELETE FROM ${table}`)));
}

/** Walks a rebuild to its end; gives how many bouts were queued. */
async function rebuild(body: Readonly<Record<string, unknown>> = {}): Promise<number> {
  let queued = 0;
  let cursor: string | null = null;
  do {
    const asked = { ...body, ...(cursor === null ? {} : { cursor }) };
    const answer = await call('POST', '/api/index/rebuild', { token: adminSecret(), body: asked });
    if (answer.status !== 200) throw new Error(`rebuilding answered ${answer.status} ${answer.text}`);
    const page = rebuiltSchema.parse(answer.json);
    queued += page.queued;
    cursor = page.next_cursor;
  } while (cursor !== null);
  return queued;
}

async function progress(): Promise<NonNullable<ReturnType<typeof indexStateSchema.parse>['rebuild']>> {
  const { token } = await mint({ role: 'analyst' });
  const { rebuild: newest } = indexStateSchema.parse((await call('GET', '/api/index', { token })).json);
  if (newest === null) throw new Error('there was no rebuild');
  return newest;
}

async function untilDone(): Promise<void> {
  await until(async () => {
    const { queued, done } = await progress();
    return queued === done;
  });
}

describe('a rebuild', () => {
  let first: TestBout;
  let onCard: TestBout;

  beforeAll(async () => {
    const scores = { J1: ['10-9', '9-10'], J2: ['10-9', '10-9'], J3: ['9-10', '10-8'] };
    first = await judgedBout('re', scores, { date: '2026-03-01' });
    const card_id = freshId('card').slice(0, 40);
    const { token } = await mint({ role: 'supervisor' });
    await call('POST', '/api/cards', { token, body: { card_id, promotion: 'P', event: 'E' } });
    onCard = await judgedBout('card', scores, { card_id, event: 'Second Night' });
    await newBout({ fighter1: { name: 'Шавкат' }, delay_ms: 1_000 });
  });

  it('brings back every answer after all rows of all tables are lost', async () => {
    const { token: analyst } = await mint({ role: 'analyst', subject: 'trainee' });
    const paths = [
      '/api/bouts',
      '/api/search',
      '/api/search?q=second',
      '/api/search?judge=J1&sort=created',
      '/api/analytics/judges',
      '/api/analytics/judges/re-J1',
      '/api/analytics/discrepancies',
      `/api/analytics/bouts/${onCard.boutId}`,
      '/api/shadow/rounds',
    ];
    const answers = async () =>
      await Promise.all(
        paths.map(async (path) => {
          const { status, text } = await call('GET', path, { token: analyst });
          return [path, status, text.replaceAll(/"(?:indexed_ms|as_of_ms|pending)":\d+/g, '')];
        }),
      );
    const before = await answers();
    expect(before.map(([, status]) => status)).toEqual(paths.map(() => 200));
    expect(await found({ q: 'second', bout_number: '1' })).toEqual([onCard.boutId]);
    await dropRows();
    expect(await found({})).toEqual([]);
    expect(await answers()).not.toEqual(before);
    expect(await rebuild()).toBe(3);
    await untilDone();
    expect(await answers()).toEqual(before);
    expect(await progress()).toMatchObject({ queued: 3, done: 3, failing: 0, failures: [] });
    expect((await progress()).done_by_ms).toEqual(expect.any(Number));
  });

  it('can be rehearsed, and be of one bout', async () => {
    await dropRows();
    expect(await rebuild({ dry_run: true })).toBe(3);
    expect(await found({})).toEqual([]);
    expect(await rebuild({ scope: first.boutId, dry_run: true })).toBe(1);
    expect(await rebuild({ scope: first.boutId })).toBe(1);
    await untilDone();
    expect(await found({})).toEqual([first.boutId]);
    await rebuild();
    await untilDone();
    expect(await found({})).toHaveLength(3);
  });

  it('takes lines away whose bouts are nowhere', async () => {
    await env.INDEX.prepare(
      `INSERT INTO bout (bout_id, promotion, event, fighter1, fighter2, status, round_id, scheduled_rounds, simulated,
         released_to, created_ms, updated_ms) VALUES ('ghost', 'P', 'E', 'A', 'B', 'FINAL', 1, 3, 0, 'public', 1, 1)`,
    ).run();
    expect(await found({ bout_id: 'ghost' })).toEqual(['ghost']);
    expect(await rebuild()).toBe(4);
    await untilDone();
    expect(await found({ bout_id: 'ghost' })).toEqual([]);
    expect(await found({})).toHaveLength(3);
  });

  it('reads a bout whose object is lost from its archive, for the commission alone', async () => {
    const lost = await judgedBout('lost', { J1: ['10-9'], J2: ['10-9'], J3: ['9-10'] }, { event: 'Gone Night' });
    const before = await rowOf(lost.boutId);
    await archiveOf(lost);
    await runInDurableObject(boutStub(lost.boutId), async (_instance, state) => {
      await state.storage.deleteAlarm();
      await state.storage.deleteAll();
    });
    await runInDurableObject(boutStub(lost.boutId), (_instance, state) => state.abort()).catch(() => undefined);
    await dropRows();
    expect(await rebuild()).toBe(4);
    await untilDone();
    const { token } = await mint({ role: 'analyst' });
    const hits: unknown = (await find({ q: 'gone night' }, token)).json['hits'];
    expect(hits).toMatchObject([{ bout_id: lost.boutId, source: 'archive', result: { winner: 'Red Fighter' } }]);
    expect(await found({ q: 'gone night' })).toEqual([]);
    const same = ['fighter1', 'status', 'method', 'created_ms', 'updated_ms', 'entries'] as const;
    const after = await rowOf(lost.boutId);
    expect(same.map((name) => after?.[name])).toEqual(same.map((name) => before?.[name]));
    const judges = await call('GET', '/api/analytics/judges', { token });
    expect(judges.text).toContain('lost-J1');
  });

  it('says which bouts fail, and why', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const bad = await newBout();
    await runInDurableObject(boutStub(bad.boutId), (_instance, state) => {
      state.storage.sql.exec("UPDATE entry SET leaf = 'x' WHERE idx = 0");
    });
    await runInDurableObject(boutStub(bad.boutId), (_instance, state) => state.abort()).catch(() => undefined);
    await rebuild({ scope: bad.boutId });
    await until(async () => (await progress()).failing === 1);
    const { failures, done_by_ms: doneByMs } = await progress();
    expect(failures).toMatchObject([{ bout_id: bad.boutId, error: expect.stringContaining('cannot be read') }]);
    expect(doneByMs).toBeNull();
    // What the index said of it last stays.
    expect(await rowOf(bad.boutId)).not.toBeNull();
  });

  it('is the administrator’s, and refuses a cursor of somewhere else', async () => {
    const { token } = await mint({ role: 'supervisor' });
    const ofOneBout = await mint({ role: 'admin', bout_id: first.boutId });
    for (const narrow of [token, ofOneBout.token]) {
      expect((await call('POST', '/api/index/rebuild', { token: narrow, body: {} })).status).toBe(403);
    }
    for (const body of [{ cursor: 'x' }, { scope: 'b', cursor: 'ledger~1~' }]) {
      const answer = await call('POST', '/api/index/rebuild', { token: adminSecret(), body });
      expect(answer).toMatchObject({ status: 400, json: { errors: [{ field: 'cursor' }] } });
    }
  });
});

/** Puts the bout's archive where it would lie. */
async function archiveOf(bout: TestBout): Promise<void> {
  const { rows, people } = await runInDurableObject(boutStub(bout.boutId), (_instance, { storage: { sql } }) => ({
    rows: sql
      .exec<{ index: number; leaf: string; hash: string }>('SELECT idx AS "index", leaf, hash FROM entry ORDER BY idx')
      .toArray(),
    people: sql.exec<{ id: string; name: string; salt: string }>('SELECT id, name, salt FROM person').toArray(),
  }));
  for (const { path, bytes } of buildArchive({ rows, people, checkpoint: 'none\n', rotations: [] })) {
    await env.ARCHIVE.put(`archive/fights/2026/Promotion/Gone-Night/${bout.boutId}/${path}`, bytes);
  }
}
