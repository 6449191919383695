import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ask } from '../run/http.ts';
import { type Json, listOf } from '../run/reply.ts';
import { found } from './run/archive.ts';
import { type Bout, eventually, seal } from './run/bout.ts';
import { GO, type Word } from './run/gate.ts';
import { openStage, type Stage } from './run/stage.ts';
import { settled } from './run/stops.ts';
import { areWhole, decided, endAndDecide, fought } from './run/whole.ts';

describe('messages of the index’s queue', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  beforeEach(() => stage.gate.rule(GO));
  afterAll(async () => await stage.end());

  it('leave the newest line, in whatever order and however often they are carried out', async () => {
    const { gate } = stage;
    const bout = await fought(stage, 'order');
    await settled(stage, [bout], true);
    // What the queue itself does is kept out, so that the order is the test's alone.
    const early = Promise.withResolvers<Word>();
    let held = 0;
    gate.rule(({ who, name, at }) => {
      if (who === 'queue') return 'fail';
      if (who !== `queue:${bout.id}` || name !== 'INDEX.batch' || at !== 'before' || held > 0) return 'go';
      held += 1;
      return early.promise;
    });
    // It has read the round, and comes to write it when the bout has long been sealed.
    await endAndDecide(stage, bout);
    const first = deliver(stage, bout.id);
    await eventually('the first message at the index', () => (held > 0 ? true : null));
    await seal(stage, bout);
    await settled(stage, [bout]);
    expect(await deliver(stage, bout.id)).toEqual({ acked: 1, retried: 0 });
    const newest = await lineOf(stage, bout);
    expect(newest).toMatchObject({ sealed: true, archived: true });
    early.resolve('go');
    expect(await first).toEqual({ acked: 1, retried: 0 });
    expect(await lineOf(stage, bout)).toEqual(newest);
    expect(await deliver(stage, bout.id, bout.id, bout.id)).toEqual({ acked: 3, retried: 0 });
    expect(await lineOf(stage, bout)).toEqual(newest);
    await areWhole(stage, [bout], true);
  });

  it('are asked for again where one was lost, and tried again where the index failed', async () => {
    const { gate } = stage;
    const bout = await decided(stage, 'lost');
    await settled(stage, [bout], true);
    let lost = 0;
    gate.rule(({ who, key }) => {
      if (who !== 'queue' || key !== bout.id) return 'go';
      lost += 1;
      return 'fail';
    });
    await seal(stage, bout);
    await settled(stage, [bout]);
    await eventually('a lost message', () => (lost > 0 ? true : null));
    expect(await lineOf(stage, bout)).toMatchObject({ sealed: false });
    gate.rule(({ who, name }) => (who === `queue:${bout.id}` && name === 'INDEX.batch' ? 'fail' : 'go'));
    expect(await deliver(stage, bout.id)).toEqual({ acked: 0, retried: 1 });
    expect(await lineOf(stage, bout)).toMatchObject({ sealed: false });
    gate.rule(GO);
    await found(stage, bout);
  });
});

/** Delivers a message for each of these bouts, as the queue might. */
async function deliver({ url }: Stage, ...boutIds: readonly string[]): Promise<unknown> {
  return await (await fetch(`${url}/faults/queue/${boutIds.join('/')}`)).json();
}

async function lineOf({ url, people }: Stage, bout: Bout): Promise<Json> {
  const hits = listOf(await ask(`${url}/api/search?bout_id=${bout.id}`, 'GET', people.supervisor), 'hits');
  expect(hits).toHaveLength(1);
  return hits[0] ?? {};
}
