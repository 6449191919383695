import { evictDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { base64Of, bytesOfHex, rootOf } from '../../../domain/log/index.ts';
import { generateLogKey } from '../../../cli/secrets.ts';
import { runJobs } from '../../../objects/bout/jobs/run.ts';
import { logOne } from '../../../objects/bout/actions/logging.ts';
import { makeCheckpoint, publish } from '../../../objects/bout/record/index.ts';
import { action, boutStub, length, log, newBout, type TestBout, until, verify } from '../bout/support.ts';
import {
  accepted,
  clock,
  entered,
  BUSY,
  finalized,
  firstBell,
  lastBell,
  openNight,
  ruled,
} from '../judging/support.ts';
import { readLogBody } from '../../../domain/wire/log-body.ts';
import { call } from '../support.ts';
import { meddle } from './bucket.ts';
import { anchorOf, beside, opened, rows, sealNow, sizes, work } from './support.ts';

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

afterEach(() => {
  vi.restoreAllMocks();
});

type Row = { readonly size: number; readonly root: string; readonly note: string };

async function checkpoints(bout: TestBout): Promise<readonly Row[]> {
  return await rows<Row>(bout, 'SELECT size, root, note FROM checkpoint ORDER BY size');
}

/** The root over the first entries, worked out from their rows alone. */
async function rootAt(bout: TestBout, size: number): Promise<string> {
  const hashes = await rows<{ hash: string }>(bout, 'SELECT hash FROM entry WHERE idx < ? ORDER BY idx', size);
  return base64Of(rootOf(hashes.flatMap(({ hash }) => bytesOfHex(hash) ?? [])));
}

const ADMIN = {
  subject: 'sue',
  role: 'admin',
  seat: null,
  device: null,
  boutId: null,
  cardId: null,
  corners: null,
  aspects: null,
  tokenId: 't',
  expiresMs: Number.MAX_SAFE_INTEGER,
} as const;

describe('a checkpoint', () => {
  it('is signed at the end of every round, at the official result and at the seal, over just what there is', async () => {
    const night = await openNight();
    const expected: number[] = [];
    const noted = async (): Promise<void> => {
      expected.push(await length(night));
      await until(async () => (await sizes(night)).length === expected.length);
    };
    await firstBell(night, 1);
    await entered(night, 1, BUSY.slice(0, 2));
    expect(await sizes(night)).toEqual([]);
    accepted(await clock(night, 1, 'end_round'));
    await noted();
    // By the clock alone.
    await firstBell(night, 2);
    await lastBell(night, 2);
    await noted();
    await firstBell(night, 3);
    await ruled(night, { kind: 'stoppage', round_id: 3, fighter_id: 'fighter1', method: 'TKO', time_ms: 10 });
    await noted();
    await finalized(night);
    await noted();
    await sealNow(night);
    await noted();
    const made = await checkpoints(night);
    expect(made.map(({ size }) => size)).toEqual(expected);
    for (const { size, root, note } of made) {
      expect(await opened(night, note)).toMatchObject({ size });
      expect(base64Of((await opened(night, note)).root)).toBe(root);
      expect(await rootAt(night, size)).toBe(root);
    }
    await until(async () => (await anchorOf(night)) === made.at(-1)?.note);
    const answer = await call('GET', `/api/bouts/${night.boutId}/checkpoint`);
    expect(answer).toMatchObject({ status: 200, text: made.at(-1)?.note });
  });

  it('covers what there was when it was begun; taps meanwhile are not held up and stand in the next', async () => {
    const bout = await newBout();
    await log(bout);
    await beside(bout, env, async (context, sql) => {
      const before = context.ledger?.state?.next ?? 0;
      const making = makeCheckpoint(context);
      const input = readLogBody(action(bout.boutId));
      if (!input.ok) throw new Error(input.detail);
      expect(logOne(context, ADMIN, input.value)).toMatchObject({ ok: true });
      await making;
      expect(sql.exec('SELECT size FROM checkpoint').toArray()).toEqual([{ size: before }]);
      await makeCheckpoint(context);
      await makeCheckpoint(context);
      expect(sql.exec('SELECT size FROM checkpoint').toArray()).toEqual([{ size: before }, { size: before + 1 }]);
    });
    for (const { size, root } of await checkpoints(bout)) expect(await rootAt(bout, size)).toBe(root);
  });

  it('is the same whoever makes it, twice at once or after a crash', async () => {
    const bout = await newBout();
    await log(bout);
    const notes: unknown[] = [];
    for (let life = 0; life < 2; life += 1) {
      await beside(bout, env, async (context, sql) => {
        sql.exec('DELETE FROM checkpoint');
        await Promise.all([makeCheckpoint(context), makeCheckpoint(context)]);
        notes.push(sql.exec('SELECT size, root, note, frontier FROM checkpoint').one());
      });
    }
    expect(notes[1]).toEqual(notes[0]);
  });

  it('waits for a key, says so once, and nothing else waits for it', async () => {
    const bout = await newBout();
    await log(bout);
    const { LOG_KEY: _, ...keyless } = env;
    const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await beside(bout, keyless, async (context, sql) => {
      for (let turn = 0; turn < 4; turn += 1) {
        sql.exec("INSERT OR IGNORE INTO job (id, due_ms, attempts) VALUES ('checkpoint', 1, 0)");
        sql.exec("UPDATE job SET due_ms = 1 WHERE id = 'checkpoint'");
        await runJobs(context);
      }
      expect(sql.exec("SELECT id, attempts FROM job WHERE id = 'checkpoint'").toArray()).toEqual([
        { id: 'checkpoint', attempts: 4 },
      ]);
      const lines = told.mock.calls.filter(([line]) => String(line).includes('"job":"checkpoint"'));
      expect(lines).toHaveLength(1);
      expect(String(lines[0]?.[0])).toContain('LOG_KEY');
    });
    expect((await boutStub(bout.boutId).health())?.jobs.failing).toContainEqual({ job: 'checkpoint', attempts: 4 });
    expect(await log(bout)).toMatchObject({ status: 200 });
  });

  it('signed while LOG_KEY was another is signed anew and published, once the right one is back', async () => {
    const night = await openNight();
    await log(night);
    const stray = { ...env, LOG_KEY: generateLogKey('stray.test') };
    await beside(night, stray, async (context) => {
      await makeCheckpoint(context);
      await expect(publish(context)).rejects.toThrow('the log of checkpoints');
    });
    expect(await anchorOf(night)).toContain('stray.test/bout/');
    await beside(night, env, async (context) => await publish(context));
    const [row] = await checkpoints(night);
    expect(await opened(night, row?.note ?? '')).toMatchObject({ size: row?.size });
    expect(await anchorOf(night)).toBe(row?.note);
    expect(await rows(night, 'SELECT 1 FROM checkpoint WHERE proof IS NULL')).toEqual([]);
  });

  it('is never signed over a flipped bit: the bout is read-only until it is mended', async () => {
    const night = await openNight();
    await firstBell(night, 1);
    await entered(night, 1, BUSY.slice(0, 3));
    const [row] = await rows<{ leaf: string }>(night, 'SELECT leaf FROM entry WHERE idx = 3');
    const leaf = row?.leaf ?? '';
    await rows(night, 'UPDATE entry SET leaf = ? WHERE idx = 3', leaf.replace('"Cross"', '"Crosr"'));
    accepted(await clock(night, 1, 'end_round'));
    await until(async () => (await log(night)).status === 503);
    await work(night);
    expect(await sizes(night)).toEqual([]);
    expect(await anchorOf(night)).toBeNull();
    expect(await verify(night)).toMatchObject({ chain_valid: false, fault: { sequence_index: 3 } });
    await rows(night, 'UPDATE entry SET leaf = ? WHERE idx = 3', leaf);
    await evictDurableObject(boutStub(night.boutId));
    expect(await log(night)).toMatchObject({ status: 200 });
    await work(night);
    expect(await sizes(night)).toHaveLength(1);
  });

  it('is published once R2 is there again, and to the log of checkpoints one by one', async () => {
    const night = await openNight();
    meddle('put', async (key, through) =>
      key === `anchors/${night.boutId}` ? await Promise.reject(new Error('the bucket is not there')) : await through(),
    );
    for (const number of [1, 2]) {
      await firstBell(night, number);
      accepted(await clock(night, number, 'end_round'));
      await work(night);
      await until(async () => (await sizes(night)).length === number);
    }
    expect(await anchorOf(night)).toBeNull();
    expect(await rows(night, 'SELECT size FROM checkpoint WHERE log_index IS NOT NULL')).toEqual([]);
    const made = await checkpoints(night);
    vi.restoreAllMocks();
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await evictDurableObject(boutStub(night.boutId));
    await work(night);
    await until(async () => (await anchorOf(night)) === made.at(-1)?.note);
    await work(night);
    const logged = await rows<{ log_index: number }>(night, 'SELECT log_index FROM checkpoint ORDER BY size');
    expect(logged).toHaveLength(2);
    expect(logged[0]?.log_index).toBeLessThan(logged[1]?.log_index ?? 0);
    expect(await checkpoints(night)).toEqual(made);
  });
});
