import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { type Answer, call, freshId, type Json } from '../support.ts';
import {
  action,
  boutStub,
  length,
  listOf,
  log,
  newBout,
  numberOf,
  objectOf,
  type TestBout,
  verify,
} from './support.ts';

/** Where a snapshot is due. */
const SNAPSHOT_AT = 256;

async function sql(bout: TestBout, statement: string): Promise<void> {
  await runInDurableObject(boutStub(bout.boutId), (_instance, state) => {
    state.storage.sql.exec(statement);
  });
}

/** Runs a write against a store that takes no entry from index `from` on, and makes the store whole again. */
async function failing(bout: TestBout, from: number, write: () => Promise<Answer>): Promise<Answer> {
  const refuse = "SELECT RAISE(ABORT, 'no')";
  await sql(bout, `CREATE TRIGGER full BEFORE INSERT ON entry WHEN NEW.idx >= ${from} BEGIN ${refuse}; END`);
  const answer = await write();
  await sql(bout, 'DROP TRIGGER full');
  return answer;
}

async function batch(bout: TestBout, events: readonly Json[]): Promise<Answer> {
  const body = { bout_id: bout.boutId, events };
  return await call('POST', '/api/events/v2/batch', { token: bout.supervisor, body });
}

function actions(bout: TestBout, n: number): readonly Json[] {
  return Array.from({ length: n }, () => action(bout.boutId, { event_id: freshId('e') }));
}

async function redDamage(bout: TestBout): Promise<unknown> {
  const live = await call('GET', `/api/live/${bout.boutId}`, { token: bout.supervisor });
  return objectOf(live.json, 'red_totals')['damage'];
}

/** The ledger holds so many entries, checks out, and knows the last of them again; also after a cold start. */
async function expectWhole(bout: TestBout, entries: number, last: Json, told: Json): Promise<void> {
  for (const start of ['warm', 'cold']) {
    if (start === 'cold') await evictDurableObject(boutStub(bout.boutId));
    expect([start, await length(bout)]).toEqual([start, entries]);
    expect(await verify(bout)).toMatchObject({ chain_valid: true, verified_entries: entries });
    const again = await log(bout, last);
    expect(again).toMatchObject({
      status: 409,
      json: { is_duplicate: true, sequence_index: entries - 1, chain_hash: told['chain_hash'] },
    });
  }
}

describe('an entry that the store does not take', () => {
  it('has not happened: the same tap again is a first one, at the same place', async () => {
    const bout = await newBout();
    await log(bout);
    const damage = await redDamage(bout);
    const tap = action(bout.boutId, { event_id: freshId('e') });
    expect(await failing(bout, 3, async () => await log(bout, tap))).toMatchObject({ status: 503 });
    expect([await length(bout), await redDamage(bout)]).toEqual([3, damage]);

    const { status, json } = await log(bout, tap);
    expect(status).toBe(200);
    expect(json).toMatchObject({ is_duplicate: false, sequence_index: 3 });
    await expectWhole(bout, 4, tap, json);
  });

  it('takes its whole batch with it, also where it is not the first', async () => {
    const bout = await newBout();
    await log(bout);
    const events = actions(bout, 5);
    for (const from of [3, 5, 7]) {
      expect(await failing(bout, from, async () => await batch(bout, events))).toMatchObject({ status: 503 });
      expect(await length(bout)).toBe(3);
    }
    const { status, json } = await batch(bout, events);
    expect(status).toBe(200);
    const results = listOf(json, 'results');
    expect(results.map((one) => [one['status'], one['sequence_index']])).toEqual(events.map((_, i) => [200, 3 + i]));
    await expectWhole(bout, 8, events.at(-1) ?? {}, results.at(-1) ?? {});
  });

  it('leaves no snapshot where one was due with it', async () => {
    const bout = await newBout();
    await log(bout);
    await batch(bout, actions(bout, SNAPSHOT_AT - 4));
    const before = await length(bout);
    expect(before).toBe(SNAPSHOT_AT - 1);
    const tap = action(bout.boutId, { event_id: freshId('e') });
    expect(await failing(bout, before, async () => await log(bout, tap))).toMatchObject({ status: 503 });
    expect([await length(bout), await snapshots(bout)]).toEqual([before, 0]);

    const { status, json } = await log(bout, tap);
    expect(status).toBe(200);
    expect(json).toMatchObject({ is_duplicate: false, sequence_index: before });
    expect(await snapshots(bout)).toBe(1);
    await expectWhole(bout, SNAPSHOT_AT, tap, json);
  });
});

async function snapshots(bout: TestBout): Promise<number> {
  return await runInDurableObject(boutStub(bout.boutId), (_instance, state) =>
    numberOf(state.storage.sql.exec<{ n: number }>('SELECT count(*) AS n FROM snapshot').one(), 'n'),
  );
}
