import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../cli/simulator/random.ts';
import { readSettings } from '../settings.ts';
import { each } from './run/archive.ts';
import { type Bout, eventually, get, seal, tap } from './run/bout.ts';
import { GO, type Moment, never, type Rule } from './run/gate.ts';
import { openStage, patience, type Stage } from './run/stage.ts';
import { boutOf, settled, UNINDEXED } from './run/stops.ts';
import { areFound, areWhole, decided, endAndDecide, fought, say } from './run/whole.ts';

const { seed, durationMs } = readSettings(process.env);

/** What a store does to a call: refuse it, never answer it, answer it late, do it and lose the answer. */
const MANNERS = ['fails', 'hangs', 'late', 'lost'] as const;
type Manner = (typeof MANNERS)[number];

const STORES = ['ARCHIVE', 'INDEX', 'INDEX_QUEUE', 'PLATFORM'] as const;
type Store = (typeof STORES)[number];

type Trouble = { readonly bout: Bout; readonly store: Store; readonly manner: Manner };

/** Every store in every manner; where no time is given, each manner once, of a store that the seed chooses. */
function troubles(): readonly Omit<Trouble, 'bout'>[] {
  const all = MANNERS.flatMap((manner) => STORES.map((store) => ({ manner, store })));
  if (durationMs !== null) return all;
  const stores = seededRandom(seed).shuffle(STORES);
  return MANNERS.flatMap((manner, i) => all.filter((one) => one.manner === manner && one.store === stores[i]));
}

describe(`stores that fail, hang, are late or lose their answers (--seed ${seed})`, () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  beforeEach(async () => {
    stage.gate.rule(GO);
    await patience(stage, 1);
  });
  afterAll(async () => await stage.end());

  it('keep no tap, clock, result or seal waiting, and get all of it when they are back', async () => {
    const { gate, server } = stage;
    gate.rule(UNINDEXED);
    const list = await each(troubles(), async (one): Promise<Trouble> => ({
      ...one,
      bout: await fought(stage, `${one.store}-${one.manner}`),
    }));
    await settled(
      stage,
      list.map(({ bout }) => bout),
    );
    // Whoever waited for a store would wait for hours: then nothing of this would be answered.
    await patience(stage, 1 / 10_000);
    const back = Promise.withResolvers<'go'>();
    const met = new Map<string, number>();
    const inTrouble: Rule = (moment) => {
      const trouble = list.find(({ bout }) => bout.id === boutOf(moment));
      if (trouble === undefined || !moment.name.startsWith(`${trouble.store}.`)) return 'go';
      met.set(trouble.bout.id, (met.get(trouble.bout.id) ?? 0) + 1);
      return wordOf(trouble.manner, moment, back.promise);
    };
    gate.rule(inTrouble);
    await each(list, async ({ bout }) => {
      await tap(stage, bout, 100);
      await endAndDecide(stage, bout);
      await seal(stage, bout);
    });
    await eventually('every bout in trouble', () => (list.every(({ bout }) => met.has(bout.id)) ? true : null));
    gate.rule(GO);
    back.resolve('go');
    await patience(stage, 1);
    // What was never answered is not waited for any longer by the next life.
    await server.restart();
    const all = list.map(({ bout }) => bout);
    await areWhole(stage, all, true);
    await areFound(stage, all);
    say(`${list.length} troubles of stores passed: ${list.map(({ bout }) => bout.id).join(', ')}`);
  }, 120_000);

  it('are not waited for for ever by what comes after', async () => {
    const { gate } = stage;
    await patience(stage, 20);
    const bout = await decided(stage, 'patient');
    await settled(stage, [bout]);
    let held = 0;
    gate.rule((moment) => {
      if (boutOf(moment) !== bout.id || moment.at === 'after' || held > 2) return 'go';
      held += 1;
      return never();
    });
    await seal(stage, bout);
    await areWhole(stage, [bout], true);
    expect(held).toBe(3);
  }, 60_000);

  it('say that there is no record yet, where it is not in the archive', async () => {
    const { gate, url, people } = stage;
    const bout = await decided(stage, 'unarchived');
    await settled(stage, [bout]);
    gate.rule(({ name, key }) => (name === 'ARCHIVE.put' && key.includes(`/${bout.id}/checkpoint`) ? 'fail' : 'go'));
    await seal(stage, bout);
    const address = `${url}/api/archive/${bout.id}`;
    await eventually('the tree in the archive', async () => {
      const { json } = await get(address, people.supervisor);
      return JSON.stringify(json['files'] ?? []).includes('metadata.json') ? true : null;
    });
    const { json } = await get(address, people.supervisor);
    expect(json['archived_ms']).toBeNull();
    expect(JSON.stringify(json['files'])).not.toContain('"checkpoint"');
    gate.rule(GO);
    await areWhole(stage, [bout], true);
  }, 60_000);
});

function wordOf(manner: Manner, { at }: Moment, back: Promise<'go'>): ReturnType<Rule> {
  switch (manner) {
    case 'fails':
      return at === 'before' ? 'fail' : 'go';
    case 'hangs':
      return never();
    case 'late':
      return at === 'before' ? back : 'go';
    case 'lost':
      return at === 'after' ? 'fail' : 'go';
  }
}
