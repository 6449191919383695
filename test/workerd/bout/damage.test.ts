import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { beforeAll, describe, expect, it } from 'vitest';
import { call } from '../support.ts';
import { openSocket } from './socket-client.ts';
import { action, boutStub, change, length, log, newBout, type TestBout, verify } from './support.ts';

/** Enough for a snapshot and a tail behind it. */
const ENTRIES = 300;
const SNAPSHOT_AT = 256;

/** First, last, both sides of the snapshot and some between. */
const PLACES = [0, 1, 2, 17, 100, 200, 254, 255, 256, 257, 280, ENTRIES - 2, ENTRIES - 1] as const;

let bout: TestBout;

beforeAll(async () => {
  bout = await newBout();
  const judge = await bout.token({ role: 'judge', subject: 'jane', judge_id: 'J1' });
  await change(bout, 'clock', { action: 'start_round', round_id: 1 });
  await change(bout, 'scorecards', { judge_id: 'J1', round_id: 1, red: 10, blue: 9 }, judge);
  // In two goes: a snapshot is written where a commit reaches 256 entries.
  await batch(SNAPSHOT_AT - 4);
  await batch(ENTRIES - SNAPSHOT_AT);
  expect(await length(bout)).toBe(ENTRIES);
});

async function batch(n: number): Promise<void> {
  const events = Array.from({ length: n }, () => action(bout.boutId));
  const answer = await call('POST', '/api/events/v2/batch', {
    token: bout.supervisor,
    body: { bout_id: bout.boutId, events },
  });
  expect(answer.status).toBe(200);
}

async function sql(statement: string, ...values: readonly unknown[]): Promise<void> {
  await runInDurableObject(boutStub(bout.boutId), (_instance, state) => {
    state.storage.sql.exec(statement, ...values);
  });
}

type Row = { idx: number; leaf: string; hash: string };

async function row(index: number): Promise<Row> {
  return await runInDurableObject(boutStub(bout.boutId), (_instance, state) =>
    state.storage.sql.exec<Row>('SELECT idx, leaf, hash FROM entry WHERE idx = ?', index).one(),
  );
}

/** Damages one row, runs the test and puts the row back as it was. */
async function damaged(index: number, change: (row: Row) => Partial<Row>, test: () => Promise<void>): Promise<void> {
  const before = await row(index);
  const after = { ...before, ...change(before) };
  await sql('UPDATE entry SET leaf = ?, hash = ? WHERE idx = ?', after.leaf, after.hash, index);
  await test();
  await sql('UPDATE entry SET leaf = ?, hash = ? WHERE idx = ?', before.leaf, before.hash, index);
}

/** A start that reads the ledger back from its rows. */
async function coldStart(): Promise<void> {
  await evictDurableObject(boutStub(bout.boutId));
}

/** The text with one character changed into another of its kind. */
function changedAt(text: string, at: number): string {
  const unit = text.charAt(at);
  const other = unit === '0' ? '1' : unit === 'a' ? 'b' : unit === '"' ? "'" : /[0-9]/.test(unit) ? '0' : 'a';
  return text.slice(0, at) + other + text.slice(at + 1);
}

async function expectFault(index: number): Promise<void> {
  expect(await verify(bout)).toMatchObject({
    chain_valid: false,
    fault: { sequence_index: index },
    verified_entries: index,
    message: expect.stringContaining(`entry ${index}`),
  });
  const final = await call('GET', `/api/final/${bout.boutId}`);
  if (final.status === 200) expect(final.json['full_event_log_hash_chain_valid']).toBe(false);
}

describe('the ledger as it is stored', () => {
  it('checks out, warm and after a cold start', async () => {
    expect(await verify(bout)).toMatchObject({ chain_valid: true, fault: null, verified_entries: ENTRIES });
    await coldStart();
    expect(await verify(bout)).toMatchObject({ chain_valid: true, fault: null, verified_entries: ENTRIES });
  });

  it('betrays one changed character of an entry’s bytes, and names the entry', async () => {
    for (const index of PLACES) {
      const { leaf } = await row(index);
      for (const share of [0, 0.2, 0.31, 0.5, 0.77, 1]) {
        const at = Math.round(share * (leaf.length - 1));
        await damaged(
          index,
          (before) => ({ leaf: changedAt(before.leaf, at) }),
          async () => await expectFault(index),
        );
      }
    }
    expect(await verify(bout)).toMatchObject({ chain_valid: true });
  });

  it('betrays one changed digit of an entry’s hash, and names the entry', async () => {
    for (const index of PLACES) {
      for (const at of [0, 31, 63]) {
        await damaged(
          index,
          (before) => ({ hash: changedAt(before.hash, at) }),
          async () => await expectFault(index),
        );
      }
    }
    expect(await verify(bout)).toMatchObject({ chain_valid: true });
  });

  it('betrays either after a cold start, too', async () => {
    for (const index of PLACES) {
      for (const part of ['leaf', 'hash'] as const) {
        await damaged(
          index,
          (before) => ({ [part]: changedAt(before[part], 40) }),
          async () => {
            await coldStart();
            await expectFault(index);
          },
        );
      }
    }
    await coldStart();
    expect(await verify(bout)).toMatchObject({ chain_valid: true });
  });

  it('betrays a last row that was cut off', async () => {
    const last = await row(ENTRIES - 1);
    await sql('DELETE FROM entry WHERE idx = ?', last.idx);
    expect(await verify(bout)).toMatchObject({
      chain_valid: false,
      fault: { reason: 'truncated', sequence_index: ENTRIES - 1 },
    });
    await sql('INSERT INTO entry (idx, leaf, hash) VALUES (?, ?, ?)', last.idx, last.leaf, last.hash);
    expect(await verify(bout)).toMatchObject({ chain_valid: true });
  });

  it('betrays rows that were cut off behind a snapshot’s back, also after a cold start', async () => {
    const rows: Row[] = [];
    for (let index = SNAPSHOT_AT - 2; index < ENTRIES; index += 1) rows.push(await row(index));
    await sql('DELETE FROM entry WHERE idx >= ?', SNAPSHOT_AT - 2);
    await coldStart();
    expect(await verify(bout)).toMatchObject({ chain_valid: false, fault: { reason: 'truncated' } });
    for (const one of rows)
      await sql('INSERT INTO entry (idx, leaf, hash) VALUES (?, ?, ?)', one.idx, one.leaf, one.hash);
    await coldStart();
    expect(await verify(bout)).toMatchObject({ chain_valid: true });
  });

  it('betrays two rows that changed places, and a row that is missing', async () => {
    for (const [a, b] of [
      [10, 11],
      [260, 290],
    ] as const) {
      const [first, second] = [await row(a), await row(b)];
      await sql('UPDATE entry SET leaf = ?, hash = ? WHERE idx = ?', second.leaf, second.hash, a);
      await damaged(
        b,
        () => ({ leaf: first.leaf, hash: first.hash }),
        async () => {
          await expectFault(a);
          await coldStart();
          await expectFault(a);
        },
      );
      await sql('UPDATE entry SET leaf = ?, hash = ? WHERE idx = ?', first.leaf, first.hash, a);
    }
    const missing = await row(50);
    await sql('DELETE FROM entry WHERE idx = 50');
    await expectFault(50);
    await coldStart();
    await expectFault(50);
    await sql('INSERT INTO entry (idx, leaf, hash) VALUES (?, ?, ?)', missing.idx, missing.leaf, missing.hash);
    await coldStart();
    expect(await verify(bout)).toMatchObject({ chain_valid: true });
  });
});

describe('a bout whose newest entries are damaged', () => {
  it('is read up to there and written to no more, until it is mended', async () => {
    const bad = 290;
    const socket = await openSocket(bout.boutId, bout.supervisor);
    await socket.nextOf('hello');
    await damaged(
      bad,
      (before) => ({ leaf: changedAt(before.leaf, 5) }),
      async () => {
        await coldStart();
        expect(await length(bout)).toBe(bad);
        expect(await log(bout)).toMatchObject({ status: 503, json: { code: 'unavailable' } });
        expect(await change(bout, 'lock-round', { round_id: 1 })).toMatchObject({ status: 503 });
        expect(await change(bout, 'rulings', { kind: 'warning', round_id: 1 })).toMatchObject({ status: 503 });
        const target = { bout_id: bout.boutId, target_event_id: 'any' };
        expect(await call('POST', '/api/events/v2/void', { token: bout.supervisor, body: target })).toMatchObject({
          status: 503,
        });
        socket.send({ type: 'log', ...action(bout.boutId) });
        expect(await socket.nextOf('error')).toMatchObject({ status: 503, code: 'unavailable' });
        expect((await row(ENTRIES - 1)).idx).toBe(ENTRIES - 1);
      },
    );
    await coldStart();
    expect(await length(bout)).toBe(ENTRIES);
    socket.close();
  });

  it('says so where not even its first entry can be read', async () => {
    const broken = await newBout();
    await log(broken);
    await runInDurableObject(boutStub(broken.boutId), (_instance, state) => {
      state.storage.sql.exec("UPDATE entry SET leaf = 'x' WHERE idx = 0");
    });
    await evictDurableObject(boutStub(broken.boutId));
    expect(await call('GET', `/api/live/${broken.boutId}`)).toMatchObject({ status: 503 });
    expect(await log(broken)).toMatchObject({ status: 503 });
    expect(await verify(broken)).toMatchObject({ chain_valid: false, fault: { sequence_index: 0 } });
    const body = { bout_id: broken.boutId, promotion: 'P', event: 'E', sport: 'mma', scheduled_rounds: 3 };
    const again = await call('POST', '/api/bouts', {
      token: broken.supervisor,
      body: { ...body, fighter1: { name: 'A' }, fighter2: { name: 'B' } },
    });
    // Nothing is set up over the remains of a ledger.
    expect(again).toMatchObject({ status: 503, json: { detail: expect.stringContaining('does not check out') } });
  });
});
