import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { BOUT_MIGRATIONS } from '../../../objects/bout/index.ts';
import { migrate } from '../../../objects/migrate.ts';
import { call, freshId, type Json } from '../support.ts';
import { openSocket } from './socket-client.ts';
import {
  action,
  boutStub,
  change,
  length,
  log,
  newBout,
  numberOf,
  objectOf,
  type TestBout,
  verify,
} from './support.ts';

/** Rows that SQLite has changed since this object started. */
async function rowsChanged(bout: TestBout): Promise<number> {
  return await runInDurableObject(boutStub(bout.boutId), (_instance, state) =>
    numberOf(state.storage.sql.exec<{ n: number }>('SELECT total_changes() AS n').one(), 'n'),
  );
}

async function count(boutId: string, table: string): Promise<number> {
  return await runInDurableObject(boutStub(boutId), (_instance, state) =>
    numberOf(state.storage.sql.exec<{ n: number }>(`SELECT count(*) AS n FROM ${table}`).one(), 'n'),
  );
}

async function tables(boutId: string): Promise<readonly string[]> {
  return await runInDurableObject(boutStub(boutId), (_instance, state) =>
    state.storage.sql
      .exec<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
      .toArray()
      .map((row) => row.name)
      .filter((name) => !name.startsWith('_cf_')),
  );
}

/** Logs `n` actions in batches of at most 100. */
async function logMany(bout: TestBout, n: number): Promise<void> {
  for (let left = n; left > 0; left -= 100) {
    const events = Array.from({ length: Math.min(left, 100) }, () => action(bout.boutId));
    const answer = await call('POST', '/api/events/v2/batch', {
      token: bout.supervisor,
      body: { bout_id: bout.boutId, events },
    });
    expect(answer.status).toBe(200);
  }
}

describe('an action', () => {
  it('writes one row', async () => {
    const bout = await newBout();
    await log(bout);
    const before = await rowsChanged(bout);
    for (let i = 0; i < 10; i += 1) expect(await log(bout)).toMatchObject({ status: 200 });
    expect((await rowsChanged(bout)) - before).toBe(10);
  });

  it('writes one row over a socket and in a batch, too', async () => {
    const bout = await newBout();
    const socket = await openSocket(bout.boutId, bout.supervisor);
    await log(bout);
    const before = await rowsChanged(bout);
    socket.send({ type: 'log', ...action(bout.boutId) });
    await socket.nextOf('ack');
    await logMany(bout, 50);
    expect((await rowsChanged(bout)) - before).toBe(51);
    socket.close();
  });

  it('that is refused or repeated writes none', async () => {
    const bout = await newBout();
    const body = action(bout.boutId, { event_id: freshId('e') });
    await log(bout, body);
    const before = await rowsChanged(bout);
    expect((await log(bout, body)).status).toBe(409);
    expect((await log(bout, { ...body, fighter_id: 'fighter2' })).status).toBe(409);
    expect((await log(bout, { round_id: 9 })).status).toBe(400);
    expect((await log(bout, { event_type: 'Tickle' })).status).toBe(400);
    expect(await rowsChanged(bout)).toBe(before);
  });

  it('of 256 writes two rows more: the snapshot and its keys', async () => {
    const bout = await newBout();
    await logMany(bout, 253);
    expect(await length(bout)).toBe(255);
    expect(await count(bout.boutId, 'snapshot')).toBe(0);
    const before = await rowsChanged(bout);
    await log(bout);
    expect((await rowsChanged(bout)) - before).toBe(3);
    expect([await count(bout.boutId, 'snapshot'), await count(bout.boutId, 'key_run')]).toEqual([1, 1]);
    await log(bout);
    expect((await rowsChanged(bout)) - before).toBe(4);
  });
});

describe('a cold start', () => {
  it('knows everything again: totals, repeats, cards, fences', async () => {
    const bout = await newBout();
    await logMany(bout, 300);
    const token = await bout.token({ role: 'judge', subject: 'jane', judge_id: 'J1' });
    await change(bout, 'scorecards', { judge_id: 'J1', round_id: 1, red: 10, blue: 8 }, token);
    const early = action(bout.boutId, { event_id: 'early' });
    const { json: first } = await log(bout, early);
    await logMany(bout, 300);
    const before = await call('GET', `/api/live/${bout.boutId}`);
    await evictDurableObject(boutStub(bout.boutId));
    const after = await call('GET', `/api/live/${bout.boutId}`);
    expect(after.json).toMatchObject({ red_totals: before.json['red_totals'], round_status: 'IN_PROGRESS' });
    expect(await log(bout, early)).toMatchObject({
      status: 409,
      json: { is_duplicate: true, sequence_index: first['sequence_index'], chain_hash: first['chain_hash'] },
    });
    const again = await change(bout, 'scorecards', { judge_id: 'J1', round_id: 1, red: 10, blue: 9 }, token);
    expect(again.status).toBe(409);
    expect(await verify(bout)).toMatchObject({ chain_valid: true, verified_entries: await length(bout) });
  });

  it('folds the tail alone: an old damage does not keep the bout from going on, and verifying names it', async () => {
    const bout = await newBout();
    await logMany(bout, 300);
    const total = objectOf((await call('GET', `/api/live/${bout.boutId}`)).json, 'red_totals');
    await runInDurableObject(boutStub(bout.boutId), (_instance, state) => {
      state.storage.sql.exec("UPDATE entry SET leaf = replace(leaf, 'Jab', 'Kab') WHERE idx = 40");
    });
    await evictDurableObject(boutStub(bout.boutId));
    expect((await call('GET', `/api/live/${bout.boutId}`)).json).toMatchObject({ red_totals: total });
    expect(await log(bout)).toMatchObject({ status: 200 });
    expect(await verify(bout)).toMatchObject({ chain_valid: false, fault: { sequence_index: 40 } });
  });

  it('without a snapshot, or with one of another fold, folds everything and comes to the same', async () => {
    const bout = await newBout();
    await logMany(bout, 280);
    const before = (await call('GET', `/api/live/${bout.boutId}`)).json['red_totals'];
    const spoils = [
      'UPDATE snapshot SET fold_version = fold_version + 1',
      'DELETE FROM key_run',
      'DELETE FROM snapshot',
    ];
    for (const spoil of spoils) {
      await runInDurableObject(boutStub(bout.boutId), (_instance, state) => {
        state.storage.sql.exec(spoil);
      });
      await evictDurableObject(boutStub(bout.boutId));
      expect((await call('GET', `/api/live/${bout.boutId}`)).json['red_totals']).toEqual(before);
      expect(await verify(bout)).toMatchObject({ chain_valid: true, verified_entries: await length(bout) });
      await logMany(bout, 256);
      await runInDurableObject(boutStub(bout.boutId), (_instance, state) => {
        state.storage.sql.exec('DELETE FROM entry WHERE idx >= 282');
        state.storage.sql.exec('DELETE FROM snapshot');
        state.storage.sql.exec('DELETE FROM key_run');
      });
      await evictDurableObject(boutStub(bout.boutId));
    }
  });

  it('recognises a repeat from before the snapshot by its fingerprint alone', async () => {
    const bout = await newBout();
    const body: Json = action(bout.boutId);
    const { json: first } = await log(bout, body);
    await logMany(bout, 600);
    await evictDurableObject(boutStub(bout.boutId));
    expect(await log(bout, body)).toMatchObject({
      status: 409,
      json: { is_duplicate: true, event_id: first['event_id'], event_hash: first['event_hash'] },
    });
  });
});

describe('an id that was merely asked for', () => {
  it('stores nothing, by whichever way it is asked', async () => {
    const boutId = freshId('nobody').slice(0, 40);
    const nobody: TestBout = { ...(await newBout()), boutId };
    for (const path of ['live/ID', 'final/ID', 'replay/ID/1', 'events/v2/ID/1', 'events/v2/verify/ID/1', 'bouts/ID']) {
      const answer = await call('GET', `/api/${path.replace('ID', boutId)}`, { token: nobody.supervisor });
      expect([path, answer.status]).toEqual([path, 404]);
    }
    expect((await log(nobody)).status).toBe(404);
    expect((await change(nobody, 'lock-round', { round_id: 1 })).status).toBe(404);
    expect((await call('GET', `/api/telemetry/${boutId}`, { token: nobody.supervisor })).status).toBe(404);
    expect(await tables(boutId)).toEqual([]);
  });

  it('still stores nothing where creating it was refused', async () => {
    const boutId = freshId('nobody').slice(0, 40);
    const other = await newBout();
    const token = await other.token({ role: 'supervisor' });
    const body = { bout_id: boutId, promotion: 'P', event: 'E', sport: 'mma', scheduled_rounds: 3 };
    const fighters = { fighter1: { name: 'A' }, fighter2: { name: 'B' } };
    expect((await call('POST', '/api/bouts', { token, body: { ...body, ...fighters } })).status).toBe(403);
    expect((await call('POST', '/api/bouts', { token: other.supervisor, body })).status).toBe(400);
    expect(await tables(boutId)).toEqual([]);
  });
});

describe('the schema', () => {
  it('is reached from every earlier one, and what stood there stays', async () => {
    for (let steps = 0; steps <= BOUT_MIGRATIONS.length; steps += 1) {
      const boutId = freshId('prefix').slice(0, 40);
      await runInDurableObject(boutStub(boutId), (_instance, state) => {
        migrate(state.storage, BOUT_MIGRATIONS.slice(0, steps));
        if (steps > 0) state.storage.sql.exec("INSERT INTO person (id, name, salt) VALUES ('a', 'b', 'c')");
      });
      await evictDurableObject(boutStub(boutId));
      await runInDurableObject(boutStub(boutId), (_instance, state) => {
        migrate(state.storage, BOUT_MIGRATIONS);
      });
      expect(await count(boutId, 'migration')).toBe(BOUT_MIGRATIONS.length);
      expect(await count(boutId, 'person')).toBe(steps > 0 ? 1 : 0);
    }
  });

  it('that was changed behind its back stops the start', async () => {
    const bout = await newBout();
    await runInDurableObject(boutStub(bout.boutId), (_instance, state) => {
      state.storage.sql.exec("UPDATE migration SET sql = sql || ' '");
    });
    await evictDurableObject(boutStub(bout.boutId));
    expect(await log(bout)).toMatchObject({ status: 503 });
  });
});
