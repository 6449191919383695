import { readFileSync } from 'node:fs';
import { generateTokenKey } from '../../cli/secrets.ts';
import { runtimePidFile } from '../../cli/server/lock.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { createClient } from './client.ts';
import { readDocument } from './document.ts';
import { endingOf } from './ending.ts';
import { protocolOf } from './messages.ts';
import { type Outcome, perform, type Plan, type Stage } from './perform.ts';
import { createPlans, planOf, type Plans } from './plans.ts';
import type { Options } from './settings.ts';
import { smallest } from './shrink.ts';
import { newTally, type Tally } from './tally.ts';
import { closeConnections } from './wire.ts';
import { createWorld, type Secrets, type World } from './world.ts';

export type Settings = Options & { readonly progress: (tally: Tally) => void };

/** Cases run side by side in worlds of their own, so that what changes in one was done by its own cases. */
const LANES = 8;

/** Cases that one world sees: later, most of its rounds would be locked and its results final. */
const CASES_OF_A_WORLD = 150;

/** Every so many cases everything is looked at, also what no request has named. */
const CASES_BETWEEN_LOOKS = 25;

/** More different faults than anybody reads at once. */
const MOST_FINDINGS = 12;

type Run = Settings & {
  readonly stage: Stage;
  readonly plans: Plans;
  readonly secrets: Secrets;
  readonly tally: Tally;
  readonly isAlive: () => boolean;
};

/**
 * Starts the built product and sends it `count` cases. The tally says what came of them; a fault ends nothing, so that
 * one run finds what there is. @throws Error where the server's document is not understood
 */
export async function fuzz(settings: Settings): Promise<Tally> {
  const tokenKey = generateTokenKey();
  const server = await startServer({ env: { TOKEN_KEY: tokenKey } });
  try {
    const client = createClient(server.url);
    const document = readDocument(await client.look('/api/openapi.json', server.adminSecret));
    const stage = { url: server.url, document, protocol: protocolOf(document), bouts: new Set<string>() };
    const plans = createPlans(document, settings.only);
    const tally = newTally(plans.keys);
    const secrets = { adminSecret: server.adminSecret, tokenKey };
    const run: Run = { ...settings, stage, plans, secrets, tally, isAlive: watchProcess(server) };
    await Promise.all(Array.from({ length: LANES }, async (_, lane) => await runLane(run, lane)));
    tally.end(await endingOf(server, [...stage.bouts]));
    return tally;
  } finally {
    closeConnections();
    await server.stop();
  }
}

async function runLane(run: Run, lane: number): Promise<void> {
  const client = createClient(run.stage.url);
  let recent: Case[] = [];
  let world: World | null = null;
  for (let number = lane + 1, done = 0; number <= run.count; number += LANES, done += 1) {
    if (run.tally.findings.length >= MOST_FINDINGS || !run.isAlive()) break;
    if (world === null || done % CASES_OF_A_WORLD === 0) {
      if (world !== null) await lookAround(run, world, recent);
      world = await createWorld(client, run.stage.document, run.secrets, [lane, done]);
      for (const bout of world.bouts) run.stage.bouts.add(bout);
      recent = [];
    }
    recent.push(await runCase(run, world, number));
    if (recent.length < CASES_BETWEEN_LOOKS) continue;
    await lookAround(run, world, recent);
    recent = [];
  }
  if (world !== null) await lookAround(run, world, recent);
}

type Case = { readonly number: number; readonly plan: Plan; readonly outcome: Outcome };

async function runCase(run: Run, world: World, number: number): Promise<Case> {
  const source = run.plans.of(run.seed, number);
  const plan = planOf(source);
  const outcome = await performWatched(run, world, plan);
  run.tally.note(outcome);
  run.progress(run.tally);
  for (const fault of outcome.faults) {
    if (!run.tally.isNew(outcome.what, fault)) continue;
    const finding = run.tally.find({ number, what: outcome.what, fault, again: outcome.again, shrunk: false });
    const small = await smallest(source, fault, async (other) => await performWatched(run, world, other));
    if (small !== null) finding.become(small);
  }
  if (!run.isAlive()) {
    const fault = { check: 'server gone', detail: 'the server process ended, or the runtime in it did' };
    run.tally.find({ number, what: outcome.what, fault, again: outcome.again, shrunk: false });
  }
  return { number, plan, outcome };
}

/** A case, and then a look at everything that it named: a refusal must have left that as it was. */
async function performWatched(run: Run, world: World, plan: Plan): Promise<Outcome> {
  const outcome = await perform(plan, world, run.stage);
  const changed = await world.watch.changed(outcome.naming);
  if (!outcome.refused || changed.length === 0) return outcome;
  const fault = { check: 'written by a refusal', detail: `${outcome.status}, and yet ${changed.join('; ')}` };
  return { ...outcome, faults: [...outcome.faults, fault] };
}

/**
 * Looks at what no case has named. Where something of it has changed, the refused cases are sent once more, one by
 * one, to find out whose doing it was.
 */
async function lookAround(run: Run, world: World, recent: readonly Case[]): Promise<void> {
  const changed = await world.watch.allChanged();
  if (changed.length === 0) return;
  for (const { number, plan, outcome } of recent.filter((one) => one.outcome.refused)) {
    const again = await perform(plan, world, run.stage);
    const now = await world.watch.allChanged();
    if (!again.refused || now.length === 0) continue;
    const fault = { check: 'written elsewhere by a refusal', detail: now.join('; ') };
    run.tally.find({ number, what: outcome.what, fault, again: again.again, shrunk: false });
    return;
  }
  const fault = { check: 'changed unnamed', detail: changed.join('; ') };
  const again = recent.map(({ outcome }) => `${outcome.status} ${outcome.again}`).join('\n');
  run.tally.find({ number: recent[0]?.number ?? 0, what: 'one of several cases', fault, again, shrunk: false });
}

/** Whether both processes that ran at the beginning still do. */
function watchProcess(server: TestServer): () => boolean {
  const runtime = (): number => Number(readFileSync(runtimePidFile(server.dataDir), 'utf8').trim());
  const [pid, first] = [server.pid, runtime()];
  const lives = (one: number): boolean => {
    try {
      return process.kill(one, 0);
    } catch {
      return false;
    }
  };
  return () => lives(pid) && runtime() === first && lives(first);
}
