import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { BOUT_MIGRATIONS } from '../../../objects/bout/index.ts';
import { runJobs } from '../../../objects/bout/jobs/run.ts';
import { createFanOut } from '../../../objects/bout/sockets/fan-out.ts';
import { openLedger } from '../../../objects/bout/ledger/ledger.ts';
import { migrate } from '../../../objects/migrate.ts';
import { createSocketTaps } from '../../../objects/bout/sockets/taps.ts';
import { platformOf } from '../../../workers/auth/platform.ts';
import { ring, ringAlarm } from '../judged.ts';
import { call, freshId, type Json } from '../support.ts';
import { openSocket } from './socket-client.ts';
import {
  boutBody,
  boutStub,
  change,
  length,
  listOf,
  log,
  newBout,
  numberOf,
  objectOf,
  type TestBout,
  until,
} from './support.ts';

type Job = { id: string; due_ms: number; attempts: number };

async function jobs(bout: TestBout): Promise<readonly Job[]> {
  return await runInDurableObject(boutStub(bout.boutId), (_instance, state) =>
    state.storage.sql.exec<Job>('SELECT id, due_ms, attempts FROM job ORDER BY id').toArray(),
  );
}

async function indexed(bout: TestBout): Promise<Json | null> {
  return await env.INDEX.prepare('SELECT * FROM bout WHERE bout_id = ?').bind(bout.boutId).first<Json>();
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a round that runs out', () => {
  it('is pushed to the viewers by itself, without an entry', async () => {
    const bout = await newBout({ round_length_s: 30 });
    const socket = await openSocket(bout.boutId, bout.supervisor);
    await change(bout, 'clock', { action: 'start_round', round_id: 1 });
    await change(bout, 'clock', { action: 'adjust', round_id: 1, elapsed_ms: 29_500, reason: 'a late bell' });
    const end = await length(bout);
    for (;;) {
      const delta = await socket.nextOf('delta');
      const view = objectOf(delta, 'view');
      if (delta['from'] !== end) continue;
      expect(delta).toMatchObject({ from: end, to: end, entries: [] });
      expect(view).toMatchObject({ round_status: 'ENDED', clock: { elapsed_ms: 30_000, running_since_ms: null } });
      break;
    }
    expect(await length(bout)).toBe(end);
    socket.close();
  });

  it('is not expected any more where the clock stands', async () => {
    const bout = await newBout();
    const start = await change(bout, 'clock', { action: 'start_round', round_id: 1 });
    expect(start.status).toBe(200);
    const [expiry] = (await jobs(bout)).filter((job) => job.id === 'expiry');
    const { running_since_ms: since } = objectOf((await call('GET', `/api/bouts/${bout.boutId}`)).json, 'clock');
    expect(expiry?.due_ms).toBe(Number(since) + 300_000);
    await change(bout, 'clock', { action: 'pause', round_id: 1 });
    expect((await jobs(bout)).map((job) => job.id)).not.toContain('expiry');
  });
});

describe('the index of bouts', () => {
  it('has a new bout when its creation is answered, and follows it', async () => {
    const bout = await newBout({ scheduled_rounds: 5 });
    expect(await indexed(bout)).toMatchObject({ fighter1: 'Red Fighter', status: 'NOT_STARTED', scheduled_rounds: 5 });
    await change(bout, 'clock', { action: 'start_round', round_id: 1 });
    await until(async () => (await indexed(bout))?.['status'] === 'IN_PROGRESS');
    const listed = await call('GET', '/api/bouts');
    expect(listOf(listed.json, 'bouts')[0]).toMatchObject({ bout_id: bout.boutId, status: 'IN_PROGRESS', round_id: 1 });
  });

  it('keeps the order of creation whatever is changed later', async () => {
    const first = await newBout();
    const second = await newBout();
    await change(first, 'clock', { action: 'start_round', round_id: 1 });
    await until(async () => (await indexed(first))?.['status'] === 'IN_PROGRESS');
    const listed = listOf((await call('GET', '/api/bouts')).json, 'bouts').map((line) => line['bout_id']);
    expect(listed.indexOf(second.boutId)).toBeLessThan(listed.indexOf(first.boutId));
  });

  it('is written again until it takes it, and the bout itself does not mind', async () => {
    const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await env.INDEX.exec('ALTER TABLE bout RENAME TO elsewhere');
    const bout = await newBout();
    expect(await log(bout)).toMatchObject({ status: 200 });
    expect(errors).toHaveBeenCalled();
    for (const attempts of [0, 1]) {
      await ringAlarm(bout);
      const [job] = await jobs(bout);
      expect(await jobs(bout)).toMatchObject([{ id: 'index_owed', attempts }]);
      expect(job?.due_ms).toBeGreaterThan(Date.now());
    }
    await env.INDEX.exec('ALTER TABLE elsewhere RENAME TO bout');
    await ring(bout);
    expect(await indexed(bout)).toMatchObject({ bout_id: bout.boutId });
    expect(await jobs(bout)).toEqual([]);
  });

  it('still gets its line where the object starts anew in between', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await env.INDEX.exec('ALTER TABLE bout RENAME TO elsewhere');
    const bout = await newBout();
    await env.INDEX.exec('ALTER TABLE elsewhere RENAME TO bout');
    await runInDurableObject(boutStub(bout.boutId), async (_instance, state) => {
      // As a crash before the alarm was set would leave it.
      await state.storage.deleteAlarm();
      state.storage.sql.exec('UPDATE job SET due_ms = 1');
    });
    await evictDurableObject(boutStub(bout.boutId));
    expect(await length(bout)).toBe(1);
    await until(async () => (await indexed(bout)) !== null);
  });
});

describe('a job', () => {
  it('is owed until its work is done: a crash in the middle leaves it to the next start', async () => {
    const during: Job[] = [];
    await withJobs(async (context, state) => {
      await runJobs(queueing(context, () => during.push(...rows(state))));
      // The queue has it; that the index has it, nobody has said.
      expect(rows(state)).toMatchObject([{ id: 'index_owed', attempts: 0 }]);
    });
    expect(during).toMatchObject([{ id: 'index' }, { id: 'index_owed' }]);
  });

  it('that fails is owed as before, and tried later', async () => {
    const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await withJobs(async (context, state) => {
      await runJobs(
        queueing(context, () => {
          throw new Error('no queue');
        }),
      );
      expect(rows(state)).toMatchObject([{ id: 'index', attempts: 1 }, { id: 'index_owed' }]);
    });
    expect(errors).toHaveBeenCalled();
  });

  it('that is owed anew while its work is under way is done again', async () => {
    await withJobs(async (context, state) => {
      const laterMs = Date.now() + 60_000;
      const again = (): void => void state.storage.sql.exec("UPDATE job SET due_ms = ? WHERE id = 'index'", laterMs);
      await runJobs(queueing(context, again));
      expect(rows(state)).toMatchObject([{ id: 'index', due_ms: laterMs, attempts: 0 }, { id: 'index_owed' }]);
    });
  });
});

function rows(state: DurableObjectState): Job[] {
  return state.storage.sql.exec<Job>('SELECT id, due_ms, attempts FROM job ORDER BY id').toArray();
}

/** With a queue that takes everything and delivers nothing. */
function queueing(context: Context, onSend: () => void): Context {
  const queue = Object.create(env.INDEX_QUEUE, {
    send: { value: async () => await Promise.resolve().then(onSend) },
  });
  return { ...context, env: { ...context.env, INDEX_QUEUE: queue } };
}

type Context = Parameters<typeof runJobs>[0];

/** Runs a test against a bout's jobs with one index job due. */
async function withJobs(test: (context: Context, state: DurableObjectState) => Promise<void>): Promise<void> {
  const bout = await newBout();
  await runInDurableObject(boutStub(bout.boutId), async (_instance, state) => {
    migrate(state.storage, BOUT_MIGRATIONS);
    const ledger = openLedger(state.storage);
    const context = {
      boutId: bout.boutId,
      ctx: state,
      env,
      ledger,
      fanOut: createFanOut(),
      offsets: new Map(),
      socketTaps: createSocketTaps(),
    };
    state.storage.sql.exec('INSERT OR REPLACE INTO job (id, due_ms, attempts) VALUES (?, ?, 0)', 'index', 1);
    await test(context, state);
  });
}

describe('a new bout', () => {
  it('is known to the platform and to its card', async () => {
    const cardId = freshId('card').slice(0, 40);
    const { supervisor: token } = await newBout();
    const card = { card_id: cardId, promotion: 'P', event: 'E' };
    expect(await call('POST', '/api/cards', { token, body: card })).toMatchObject({ status: 200 });
    const bout = await newBout({ card_id: cardId });
    expect(await platformOf(env).findBout(bout.boutId)).toMatchObject({ boutId: bout.boutId, cardId });
    const read = await call('GET', `/api/cards/${cardId}`, { token });
    expect(listOf(read.json, 'bouts')).toEqual([{ bout_id: bout.boutId, position: 1 }]);
    expect(await jobs(bout)).toEqual([]);
  });

  it('is made once, however often its request comes', async () => {
    const boutId = freshId('bout').slice(0, 40);
    const { supervisor: token } = await newBout();
    const body = { ...boutBody(boutId), event_id: freshId('e') };
    const answers = await Promise.all(Array.from({ length: 8 }, () => call('POST', '/api/bouts', { token, body })));
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
    for (const answer of answers) {
      expect(answer.json).toMatchObject({ success: true, bout_id: boutId, sequence_index: 0 });
      expect(answer.json['is_duplicate']).toBe(answer.status === 409);
    }
    const other = await call('POST', '/api/bouts', { token, body: { ...body, scheduled_rounds: 5 } });
    expect(other).toMatchObject({ status: 409, json: { success: false, code: 'conflict' } });
    expect(numberOf((await call('GET', `/api/bouts/${boutId}`)).json, 'cursor')).toBe(1);
  });

  it('is not made on a card that is not there, nor twice on two cards', async () => {
    const { supervisor: token } = await newBout();
    const boutId = freshId('bout').slice(0, 40);
    const answer = await call('POST', '/api/bouts', { token, body: { ...boutBody(boutId), card_id: freshId('none') } });
    expect(answer).toMatchObject({ status: 404, json: { errors: [{ field: 'card_id' }] } });
    expect(await call('GET', `/api/bouts/${boutId}`)).toMatchObject({ status: 404 });
  });
});
