import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../cli/simulator/random.ts';
import { readSettings } from '../settings.ts';
import { download, each } from './run/archive.ts';
import { type Bout, eventually, seal } from './run/bout.ts';
import { GO, never } from './run/gate.ts';
import { hurry, openStage, type Stage } from './run/stage.ts';
import { fileOf, settled, stopAt, UNINDEXED } from './run/stops.ts';
import { areFound, areWhole, decided, endAndDecide, fought, say } from './run/whole.ts';

const { seed, durationMs } = readSettings(process.env);
const random = seededRandom(seed);
/** So many places of each stretch where no time is given; otherwise all of them. */
const SAMPLE = 4;

describe(`a server that is killed while it makes records (--seed ${seed})`, () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  beforeEach(() => stage.gate.rule(GO));
  afterAll(async () => await stage.end());

  it('completes each from whatever call it was killed at, to the same bytes', async () => {
    const { gate, server } = stage;
    gate.rule(UNINDEXED);
    const ended = await placed('round', ROUND_CALLS, async (id) => await fought(stage, id));
    const sealed = await placed(
      'seal',
      [...ROUND_CALLS, ...FILES.map((file) => `ARCHIVE.put ${file}`)],
      async (id) => await decided(stage, id),
    );
    const bouts = [...ended, ...sealed];
    await settled(
      stage,
      bouts.map(({ bout }) => bout),
    );
    const stopped = stopAt(gate, new Map(bouts.map(({ bout, place }) => [bout.id, place])));
    // Whatever the stores do: nothing of this waits for them.
    await each(ended, async ({ bout }) => await endAndDecide(stage, bout), 16);
    await each(sealed, async ({ bout }) => await seal(stage, bout), 16);
    // The queue's own batches are held up by those that hang; one that is delivered beside them is not.
    const help = async (id: string, place: string): Promise<void> => {
      const isConsumers = place.includes('BOUT.') || place.includes('INDEX.');
      if (isConsumers) void fetch(`${stage.url}/faults/queue/${id}`).catch(() => undefined);
      else await hurry(stage, id);
    };
    await each(
      bouts,
      async ({ bout: { id }, place }) => {
        const isThere = () => (stopped.has(id) ? true : null);
        await eventually(`${id} at ${place}`, isThere, async () => await help(id, place));
      },
      bouts.length,
    );
    await server.kill9();
    gate.rule(GO);
    await server.restart();
    await each(ended, async ({ bout }) => await seal(stage, bout));
    const all = bouts.map(({ bout }) => bout);
    await areWhole(stage, all);
    await areFound(stage, all);
    const files = [...(await download(stage, all[0] ?? fail())).keys()].map(fileOf);
    expect(files.toSorted()).toEqual(FILES.toSorted());
    say(
      `${all.length} bouts whole that were each stopped at another call of ${(ROUND_CALLS.length * 2 + FILES.length) * 2} ends`,
    );
  }, 120_000);

  // A start of the server for each place: for runs that are given their time.
  it.runIf(durationMs !== null)(
    'publishes the log of checkpoints, wherever its own object was stopped',
    async () => {
      const { gate, server } = stage;
      // The anchor is compared once since the object woke, and put: each a call with two ends.
      const all = [1, 2, 3, 4];
      const places = random.shuffle(all);
      for (const place of places) {
        gate.rule(UNINDEXED);
        const bout = await decided(stage, `log-${place}`);
        await settled(stage, [bout]);
        gate.rule(GO);
        await server.restart();
        let seen = 0;
        gate.rule(({ who }) => {
          if (who !== 'platform') return 'go';
          seen += 1;
          return seen < place ? 'go' : never();
        });
        await seal(stage, bout);
        await eventually(`place ${place} of the log`, () => (seen >= place ? true : null));
        await server.kill9();
        gate.rule(GO);
        await server.restart();
        await areWhole(stage, [bout]);
      }
      say(`the log stopped at ${places.length} of its ${all.length} places (${places.join(', ')})`);
    },
    120_000,
  );

  it.runIf(durationMs !== null)(
    'completes each from whatever statement it was killed before',
    async () => {
      const { server, url, gate } = stage;
      const until = Date.now() + (durationMs ?? 0);
      const statements = await countStatements(stage);
      const places = random.shuffle(Array.from({ length: statements }, (_, i) => i + 1));
      let [kills, stuck] = [0, 0];
      for (const place of places) {
        gate.rule(UNINDEXED);
        const bout = await decided(stage, `statement-${place}`);
        await settled(stage, [bout]);
        gate.rule(GO);
        await fetch(`${url}/faults/spin/${place}`);
        // Its answer may be among what is lost.
        const sealing = seal(stage, bout).catch(() => undefined);
        stuck += (await spun(stage, bout)) ? 1 : 0;
        await server.kill9();
        gate.rule(GO);
        await server.restart();
        await sealing;
        await seal(stage, bout);
        await areWhole(stage, [bout]);
        kills += 1;
        if (Date.now() >= until) break;
      }
      say(`killed ${kills} times, ${stuck} of them before one of the ${statements} statements that a seal leads to`);
    },
    120_000 + (durationMs ?? 0) * 2,
  );
});

/** What the end of a round, the result and the seal all lead to. */
const ROUND_CALLS = [
  'ARCHIVE.get anchor',
  'ARCHIVE.put anchor',
  'PLATFORM.addCheckpoint',
  'INDEX_QUEUE.send',
  'BOUT.indexed',
  'INDEX.batch',
  'BOUT.confirmIndexed',
];

const FILES = [
  'tile/entries',
  'tile/0',
  'event_log.json',
  'hash_chain.json',
  'round_summaries.json',
  'judge_scorecards.json',
  'replay_data.json',
  'metadata.json',
  'log.tlog-proof',
  'checkpoint',
];

type Placed = { readonly bout: Bout; readonly place: string };

/** A bout for each end of each call. */
async function placed(
  name: string,
  calls: readonly string[],
  makeBout: (id: string) => Promise<Bout>,
): Promise<readonly Placed[]> {
  const all = calls.flatMap((call) => [`before ${call}`, `after ${call}`]);
  const places = durationMs === null ? random.shuffle(all).slice(0, SAMPLE) : all;
  const numbers = places.map((place, i) => ({ place, id: `${name}-${i + 1}` }));
  return await each(numbers, async ({ place, id }) => ({ place, bout: await makeBout(id) }));
}

function fail(): never {
  throw new Error('There is no bout.');
}

/** How many statements it takes to seal a bout and to do what that owes. */
async function countStatements(stage: Stage): Promise<number> {
  const many = 1_000_000_000;
  const bout = await decided(stage, 'counted');
  await settled(stage, [bout], true);
  await fetch(`${stage.url}/faults/spin/${many}`);
  await seal(stage, bout);
  await settled(stage, [bout], true);
  const { statements }: { statements: number } = await (await fetch(`${stage.url}/faults/left`)).json();
  return many - statements;
}

const STUCK_MS = 700;

/** A runtime that goes in circles answers nobody; there is no other sign of it. False where it came to its end before. */
async function spun(stage: Stage, bout: Bout): Promise<boolean> {
  const before = bout.receipts.length;
  return await eventually('the runtime stuck', async () => {
    const answer = await fetch(`${stage.url}/faults/owed/${bout.id}`, { signal: AbortSignal.timeout(STUCK_MS) }).catch(
      () => null,
    );
    if (answer === null) return { is: true };
    const owed: unknown = await answer.json();

    return Array.isArray(owed) && owed.length === 0 && bout.receipts.length > before ? { is: false } : null;
  }).then(({ is }) => is);
}
