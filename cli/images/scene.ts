import {
  type Actor,
  type BoutRounds,
  createActor,
  createLink,
  ensureCard,
  type Link,
  loadRounds,
  playBout,
  RefusedError,
} from '../simulator/index.ts';
import { playIncidents } from './incidents.ts';
import { giveParticulars } from './particulars.ts';

/** The bouts of the night that the pictures show. Every name in it is made up, and every bout is marked as simulated. */
export const SCENE = {
  card: 'demo-night',
  finished: 'demo-bout-1',
  running: 'demo-bout-2',
  next: 'demo-bout-3',
  planned: 'demo-bout-4',
} as const;

const NIGHT = { promotion: 'Demo Promotion', event: 'Demo Night' } as const;

/** Simulated seconds per real second: a whole bout takes some seconds. */
const FINISHED_SPEED = 200;
/** Slow enough that the bout can be left in the middle of a round. */
const RUNNING_SPEED = 30;
const LEFT_IN_ROUND = 2;
const LEFT_AT_MS = 110_000;

export type SceneOptions = {
  readonly baseUrl: string;
  readonly adminSecret: string;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
};

/** Plays the night through the public API: a bout that is over and sealed, one in its second round, one to come. */
export async function playScene(options: SceneOptions): Promise<void> {
  const { adminSecret, log } = options;
  const link = createLink({ ...options, patienceMs: 30_000 });
  const supervisor = createActor(link, adminSecret, { role: 'supervisor', subject: 'demo-supervisor' });
  const rounds = loadRounds();

  await ensureCard(supervisor, { cardId: SCENE.card, ...NIGHT, date: today() });
  log('the first bout, from bell to result');
  await playFinished(options, link, named(rounds, 'Rosa Example', 'Bella Sample'), supervisor);
  log('the second bout, until the middle of its second round');
  await playRunning(options, named(rounds, 'Max Example', 'Tom Sample'), supervisor);
  await playIncidents(link, adminSecret, SCENE.running, LEFT_IN_ROUND);
  log('the bouts to come');
  await makeNext(supervisor);
  for (const bout of [SCENE.running, SCENE.next]) await giveParticulars(supervisor, bout);
}

async function playFinished(options: SceneOptions, link: Link, rounds: BoutRounds, supervisor: Actor): Promise<void> {
  await playBout({
    link,
    adminSecret: options.adminSecret,
    rounds,
    boutId: SCENE.finished,
    cardId: SCENE.card,
    seed: 1,
    speed: FINISHED_SPEED,
    restMs: 0,
    onCreated: async () => await putOnCard(supervisor, SCENE.finished),
  });
  const seal = { declare_missing: true, reason: 'the demo bout is over' };
  await supervisor.command(`/api/bouts/${SCENE.finished}/seal`, seal);
}

/** Its officials leave in the middle of a round, as if somebody had pressed a button: the bout goes on without them. */
async function playRunning(options: SceneOptions, rounds: BoutRounds, supervisor: Actor): Promise<void> {
  const left = new AbortController();
  const signal = AbortSignal.any([options.signal, left.signal]);
  const playing = playBout({
    link: createLink({ ...options, signal, patienceMs: 30_000 }),
    adminSecret: options.adminSecret,
    rounds,
    boutId: SCENE.running,
    cardId: SCENE.card,
    seed: 7,
    speed: RUNNING_SPEED,
    restMs: 0,
    onCreated: async () => {
      await putOnCard(supervisor, SCENE.running);
      await supervisor.command(`/api/cards/${SCENE.card}/current`, { bout_id: SCENE.running });
    },
    onProgress: ({ phase, roundId, clockMs }) => {
      if (phase === 'round' && roundId === LEFT_IN_ROUND && clockMs >= LEFT_AT_MS) left.abort();
    },
  });
  try {
    await playing;
  } catch (error) {
    options.signal.throwIfAborted();
    if (!left.signal.aborted || error instanceof RefusedError) throw error;
  }
}

async function makeNext(supervisor: Actor): Promise<void> {
  await supervisor.command('/api/bouts', {
    bout_id: SCENE.next,
    card_id: SCENE.card,
    ...NIGHT,
    date: today(),
    sport: 'mma',
    scheduled_rounds: 5,
    fighter1: { name: 'Konstantin Placeholder' },
    fighter2: { name: 'Juan Muster' },
    judges: [1, 2, 3].map((seat) => ({ judge_id: `JUDGE${seat}`, judge_name: `Demo judge ${seat}` })),
    simulated: true,
  });
  await putOnCard(supervisor, SCENE.next);
  await putOnCard(supervisor, SCENE.planned);
}

async function putOnCard(supervisor: Actor, boutId: string): Promise<void> {
  await supervisor.command(`/api/cards/${SCENE.card}/bouts`, { bout_id: boutId });
}

/** The statistics of the fixture under made-up names. */
function named(rounds: BoutRounds, red: string, blue: string): BoutRounds {
  return { ...rounds, bout: { ...rounds.bout, ...NIGHT, date: today(), red, blue } };
}

/** Devices renew until a day after the card's date, so a fixed one would end one day. */
function today(): string {
  return new Date().toISOString().slice(0, 10);
}
