import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Indexed, IndexedBout } from '../../../objects/bout/index.ts';
import { MAX_ATTEMPTS } from '../../../workers/search/consume.ts';
import { writeBout } from '../../../workers/search/write-line.ts';
import { boutStub, change, newBout, type TestBout, until } from '../bout/support.ts';
import { judgedBout, owesIndex, ring, ringAlarm } from '../judged.ts';
import type { Json } from '../support.ts';
import { deliver, failing, rowOf } from './support.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

async function read(bout: TestBout): Promise<IndexedBout> {
  const indexed: Indexed = JSON.parse(await boutStub(bout.boutId).indexed());
  if (indexed.kind !== 'bout') throw new Error(`indexed as ${indexed.kind}`);
  return indexed.bout;
}

async function all(bout: TestBout): Promise<readonly Json[][]> {
  return await Promise.all(
    ['bout', 'bout_judge', 'judged_round', 'judged_scorecard'].map(async (table) => {
      const rows = env.INDEX.prepare(`SELECT * FROM ${table} WHERE bout_id = ?`).bind(bout.boutId);
      // When it was written and read is what may differ.
      return (await rows.all<Json>()).results.map((row) => ({ ...row, indexed_ms: 0, as_of_ms: 0 }));
    }),
  );
}

/** Takes the line away and makes the bout forget that it owes anything. */
async function lose(bout: TestBout): Promise<void> {
  await env.INDEX.prepare('DELETE FROM bout WHERE bout_id = ?').bind(bout.boutId).run();
  await runInDurableObject(boutStub(bout.boutId), (_instance, state) => {
    state.storage.sql.exec("DELETE FROM job WHERE id LIKE 'index%'");
  });
}

describe('a message that comes again', () => {
  it('changes nothing, however often and however many at once', async () => {
    const bout = await judgedBout('twice', { J1: ['10-9'], J2: ['9-10'], J3: ['10-9'] });
    const before = await all(bout);
    const body = { bout_id: bout.boutId };
    const results = await Promise.all([deliver([body, body, body]), deliver([body]), deliver([body])]);
    expect(results.flatMap(({ acked }) => acked)).toHaveLength(5);
    expect(results.flatMap(({ retried }) => retried)).toEqual([]);
    expect(await all(bout)).toEqual(before);
  });

  it('costs one call to the object where nothing is owed', async () => {
    const bout = await newBout();
    const calls: string[] = [];
    await runInDurableObject(boutStub(bout.boutId), (instance) => {
      const type: typeof instance = Object.getPrototypeOf(instance);
      const { indexed, confirmIndexed } = type;
      vi.spyOn(type, 'indexed').mockImplementation(function (this: typeof type) {
        calls.push('indexed');
        return indexed.call(this);
      });
      vi.spyOn(type, 'confirmIndexed').mockImplementation(function (this: typeof type, receipt) {
        calls.push('confirmIndexed');
        confirmIndexed.call(this, receipt);
      });
    });
    const { indexed_ms: writtenMs } = (await rowOf(bout.boutId)) ?? {};
    await deliver([{ bout_id: bout.boutId }]);
    expect(calls).toEqual(['indexed']);
    expect(await rowOf(bout.boutId)).toMatchObject({ indexed_ms: writtenMs });
    await change(bout, 'clock', { action: 'start_round', round_id: 1 });
    await ring(bout);
    expect(calls).toEqual(['indexed', 'indexed', 'confirmIndexed']);
  });

  it('for a bout that there is not is acknowledged', async () => {
    expect(await deliver([{ bout_id: 'nowhere' }])).toEqual({ acked: ['m0'], retried: [] });
    expect(await rowOf('nowhere')).toBeNull();
  });
});

describe('news that arrive out of order', () => {
  it('never replace what is newer', async () => {
    const bout = await newBout();
    const older = await read(bout);
    await change(bout, 'clock', { action: 'start_round', round_id: 1 });
    const newer = await read(bout);
    expect(await writeBout(env.INDEX, newer, 'object', Date.now())).toBe(true);
    const there = await all(bout);
    expect(await writeBout(env.INDEX, older, 'object', Date.now())).toBe(false);
    // By the moment of reading, where no entry tells them apart.
    const sooner = { ...newer, asOfMs: newer.asOfMs - 1, line: { ...newer.line, status: 'PAUSED' } };
    expect(await writeBout(env.INDEX, sooner, 'object', Date.now())).toBe(false);
    expect(await all(bout)).toEqual(there);
    expect(await writeBout(env.INDEX, newer, 'object', Date.now())).toBe(true);
  });

  it('end in the newest, whatever the order and however many write at once', async () => {
    const bout = await newBout();
    const versions: IndexedBout[] = [await read(bout)];
    for (const action of ['start_round', 'pause', 'resume', 'end_round']) {
      await change(bout, 'clock', { action, round_id: 1 });
      versions.push(await read(bout));
    }
    await lose(bout);
    const orders = [
      [4, 0, 2, 1, 3],
      [0, 1, 2, 3, 4],
      [2, 4, 3, 0, 1],
    ];
    for (const order of orders) {
      await lose(bout);
      await Promise.all(
        order.map(async (i) => {
          const version = versions[i];
          if (version !== undefined) await writeBout(env.INDEX, version, 'object', Date.now());
        }),
      );
      expect(await rowOf(bout.boutId)).toMatchObject({ entries: 5, status: 'ENDED' });
      const { results } = await env.INDEX.prepare(
        'SELECT count(*) AS n FROM bout_text WHERE rowid = (SELECT id FROM bout WHERE bout_id = ?)',
      )
        .bind(bout.boutId)
        .all();
      expect(results).toEqual([{ n: 1 }]);
    }
  });
});

describe('an index that is down', () => {
  it('is tried again by the queue, and the bout minds as little as the others of the batch', async () => {
    const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const [bout, other] = [await newBout(), await newBout()];
    await lose(bout);
    await lose(other);
    let isDown = true;
    const INDEX = failing(() => isDown);
    const bodies = [{ bout_id: bout.boutId }, { bout_id: other.boutId }];
    expect(await deliver(bodies, { INDEX })).toMatchObject({ acked: [], retried: ['m0', 'm1'] });
    expect(told.mock.calls.flat().join('\n')).toContain('the index is down');
    expect(await change(bout, 'clock', { action: 'start_round', round_id: 1 })).toMatchObject({ status: 200 });
    isDown = false;
    expect(await deliver(bodies, { INDEX }, 2)).toMatchObject({ acked: ['m0', 'm1'], retried: [] });
    expect(await rowOf(bout.boutId)).toMatchObject({ status: 'IN_PROGRESS' });
    expect(await rowOf(other.boutId)).not.toBeNull();
  });

  it('is told as a defect and let go after the last attempt; a poisoned message keeps nobody waiting', async () => {
    const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const [bad, good] = [await newBout(), await newBout()];
    await lose(good);
    await runInDurableObject(boutStub(bad.boutId), (_instance, state) => {
      state.storage.sql.exec("UPDATE entry SET leaf = 'x' WHERE idx = 0");
      state.storage.sql.exec('DELETE FROM snapshot');
    });
    await runInDurableObject(boutStub(bad.boutId), (_instance, state) => state.abort()).catch(() => undefined);
    const bodies = [{ bout_id: bad.boutId }, { bout_id: 'not an id' }, { bout_id: good.boutId }];
    expect(await deliver(bodies)).toEqual({ acked: ['m1', 'm2'], retried: ['m0'] });
    expect(await rowOf(good.boutId)).not.toBeNull();
    told.mockClear();
    expect(await deliver(bodies.slice(0, 1), {}, MAX_ATTEMPTS)).toEqual({ acked: ['m0'], retried: [] });
    expect(told.mock.calls.flat().join('\n')).toContain(`${bad.boutId} attempt ${MAX_ATTEMPTS}`);
  });
});

describe('a message that the queue loses', () => {
  it('is sent again by the bout until somebody says that the index has it', async () => {
    const bout = await newBout();
    await lose(bout);
    // As the queue would leave it: told, and never delivered.
    await runInDurableObject(boutStub(bout.boutId), (_instance, state) => {
      state.storage.sql.exec("INSERT INTO job (id, due_ms, attempts) VALUES ('index_owed', ?, 0)", Date.now() + 30_000);
    });
    expect(await owesIndex(bout)).toBe(true);
    expect(await rowOf(bout.boutId)).toBeNull();
    await ring(bout);
    expect(await rowOf(bout.boutId)).not.toBeNull();
    expect(await owesIndex(bout)).toBe(false);
  });

  it('is not forgotten because an earlier one arrived', async () => {
    const bout = await newBout();
    const stub = boutStub(bout.boutId);
    await ringAlarm(bout);
    await until(async () => !(await owesIndex(bout)));
    const indexed: Indexed = JSON.parse(await stub.indexed());
    await change(bout, 'clock', { action: 'start_round', round_id: 1 });
    if (indexed.kind !== 'bout') throw new Error('no bout');
    await stub.confirmIndexed(indexed.receipt);
    expect(await owesIndex(bout)).toBe(true);
    await until(async () => (await rowOf(bout.boutId))?.['status'] === 'IN_PROGRESS');
  });
});

describe('a bout that is sealed', () => {
  it('is found as sealed and archived once it is, with its facts', async () => {
    const bout = await judgedBout('seal', { J1: ['10-9'], J2: ['9-10'], J3: ['10-9'] });
    await runInDurableObject(boutStub(bout.boutId), async (_instance, state) => {
      state.storage.sql.exec("UPDATE job SET due_ms = 1 WHERE id = 'seal'");
      await state.storage.setAlarm(Date.now());
    });
    await until(async () => (await rowOf(bout.boutId))?.['archived'] === 1);
    expect(await rowOf(bout.boutId)).toMatchObject({ sealed: 1, source: 'object', status: 'FINAL' });
    const facts = env.INDEX.prepare('SELECT method FROM fact_bout WHERE bout_id = ?').bind(bout.boutId);
    expect(await facts.first()).toEqual({ method: 'KO' });
  });
});
