import { setTimeout as sleep } from 'node:timers/promises';
import { createActor } from './actor.ts';
import { ensureCard, putOn } from './card.ts';
import { createLink, type Link } from './link.ts';
import { playBout } from './player.ts';
import { type BoutRounds, loadRounds } from './rounds.ts';
import { stampedId } from './stamped-id.ts';

export type DemoOptions = {
  /** `http://127.0.0.1:8787` */
  readonly baseUrl: string;
  readonly adminSecret: string;
  /** Ends the demo. */
  readonly signal: AbortSignal;
  /** Simulated seconds per real second; 1 if left out, so that the clock on the pages runs as a clock does. */
  readonly speed?: number;
  /** Told the id of each bout as soon as it can be watched. */
  readonly onBout?: (boutId: string) => void;
  /** Gets a line only when there is trouble and when it is over; stderr if left out. */
  readonly log?: (line: string) => void;
};

export const DEMO_CARD = 'demo';
const DEMO_SPEED = 1;
const REST_MS = 10_000;
/** After a bout that could not be played, so that a server that refuses everything is not flooded. */
const AFTER_TROUBLE_MS = 10_000;

/** Plays the fixture's bout again and again on the card `demo`, each time under a new id, until the signal aborts. */
export async function runDemo(options: DemoOptions): Promise<void> {
  const { baseUrl, signal } = options;
  const log = options.log ?? ((line: string) => void process.stderr.write(`demo: ${line}\n`));
  const rounds = loadRounds();
  const link = createLink({ baseUrl, signal, log });
  for (let seed = 1; !signal.aborted; seed += 1) {
    try {
      if (seed === 1) await closeWhatWasLeft(options, link);
      await playDemoBout(options, link, rounds, seed, log);
      await sleep(REST_MS, undefined, { signal });
    } catch (error) {
      if (signal.aborted) return;
      log(error instanceof Error ? error.message : String(error));
      await sleep(AFTER_TROUBLE_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

/**
 * Sees to it that the archive holds a demo bout: plays one as fast as it goes and seals it, where none is sealed yet.
 * One that a stop cut short is left as it is; the next start plays another.
 */
export async function ensureSealedBout({ baseUrl, adminSecret, signal, log }: DemoOptions): Promise<void> {
  const link = createLink({ baseUrl, signal, log: log ?? (() => undefined) });
  const supervisor = createActor(link, adminSecret, { role: 'supervisor', subject: 'simulated-supervisor' });
  const { body } = await supervisor.send('GET', `/api/search?card_id=${SEALED_CARD}&sealed=true&limit=1`);
  if (Array.isArray(body['hits']) && body['hits'].length > 0) return;
  const rounds = loadRounds();
  const { promotion, event, date } = rounds.bout;
  await ensureCard(supervisor, { cardId: SEALED_CARD, promotion, event, date });
  const boutId = stampedId(SEALED_CARD, Date.now());
  await playBout({
    link,
    adminSecret,
    rounds,
    boutId,
    cardId: SEALED_CARD,
    seed: 1,
    speed: 1000,
    restMs: 0,
    onCreated: async (maker) => await putOn(maker, SEALED_CARD, boutId),
  });
  await supervisor.command(`/api/bouts/${boutId}/seal`, { reason: 'a demo of the record' });
}

/** Not the demo's own card: whoever follows that one waits for the bout that is being played. */
const SEALED_CARD = 'demo-record';

async function playDemoBout(
  { adminSecret, speed = DEMO_SPEED, onBout }: DemoOptions,
  link: Link,
  rounds: BoutRounds,
  seed: number,
  log: (line: string) => void,
): Promise<void> {
  // Asked for again before each bout: the server may have come back with another folder.
  await ensureCard(createActor(link, adminSecret, { role: 'supervisor', subject: 'simulated-supervisor' }), {
    cardId: DEMO_CARD,
    promotion: rounds.bout.promotion,
    event: rounds.bout.event,
    date: rounds.bout.date,
  });
  const boutId = stampedId('demo', Date.now());
  await playBout({
    link,
    adminSecret,
    rounds,
    boutId,
    cardId: DEMO_CARD,
    seed,
    speed,
    restMs: REST_MS,
    log,
    onCreated: async (supervisor) => {
      await putOn(supervisor, DEMO_CARD, boutId);
      onBout?.(boutId);
    },
  });
}

/**
 * A demo that was stopped leaves its bout under way for ever: nobody is there to end it. It is closed as what it is, and
 * its record says why.
 */
async function closeWhatWasLeft({ adminSecret }: DemoOptions, link: Link): Promise<void> {
  const supervisor = createActor(link, adminSecret, { role: 'supervisor', subject: 'simulated-supervisor' });
  const second = createActor(link, adminSecret, { role: 'supervisor', subject: 'simulated-second-supervisor' });
  const { body } = await supervisor.send('GET', `/api/bouts?card_id=${DEMO_CARD}`);
  for (const bout of Array.isArray(body['bouts']) ? body['bouts'] : []) {
    const { bout_id: boutId, status, simulated } = bout;
    if (typeof boutId !== 'string' || status === 'FINAL' || simulated !== true) continue;
    const path = `/api/bouts/${boutId}/finalize`;
    const proposal = { method: 'NC', winner: 'no_contest', reason: 'the simulator was stopped' };
    const { sequence_index: index } = await supervisor.command(path, proposal);
    await second.command(path, { confirm: true, proposal_index: index });
  }
}
