import { setTimeout as pause } from 'node:timers/promises';
import type { TestServer } from '../../support/server.ts';
import type { Life } from '../plan/lives-plan.ts';
import type { Injector } from './injector.ts';
import { insist, type Journal } from './journal.ts';

/** Nothing that the server does to recover takes a fraction of this. */
const RECOVERY_LIMIT_MS = 20_000;

/**
 * Lets the server, which runs, live `lives` times and ends each life by kill -9; it is down at the end. After a fault at
 * the disk somebody must get through again before that: the product has to recover by itself.
 * @param probe tries to log something new under a name; true where it was answered
 */
export async function liveAndDie(
  server: TestServer,
  injector: Injector | null,
  plan: Iterator<Life>,
  lives: number,
  journal: Journal,
  probe: (name: string) => Promise<boolean>,
): Promise<void> {
  // What has gone wrong once is enough.
  for (let number = 1; number <= lives && journal.oddities.length === 0; number += 1) {
    const { value: life } = plan.next();
    if (life === undefined) return;
    let killed = false;
    const faulty = injector !== null && life.faults.length > 0;
    const amidFaults = faulty && life.fromStart && number > 1;
    const started =
      number === 1
        ? Promise.resolve()
        : amidFaults
          ? startAmidFaults(server, injector, life.faults, journal, () => killed)
          : startInPeace(server, injector, journal);
    await Promise.race([started, somebodyIsAnswered(journal)]);
    if (faulty && !amidFaults) {
      await started;
      journal.disturbed = true;
      injector.order(life.faults);
    }
    await pause(life.aliveMs);
    if (injector !== null) await recover(injector, journal, async () => await probe(`probe-${number}`));
    killed = true;
    await server.kill9();
    // It serves for a moment before it says that it is ready, and may have been killed before that.
    await started.catch(() => undefined);
    journal.counts.kills += 1;
    await pause(life.downMs);
    if (life.stillbornMs !== null) await dieAtBirth(server, injector, life.stillbornMs, journal);
  }
}

/**
 * Starts the server with a disk that fails. A runtime that has no disk does not come up, and the server ends: then it is
 * started again, as a supervisor would.
 */
async function startAmidFaults(
  server: TestServer,
  injector: Injector,
  faults: Life['faults'],
  journal: Journal,
  isKilled: () => boolean,
): Promise<void> {
  injector.forget();
  journal.disturbed = true;
  injector.order(faults);
  let excused = 0;
  for (;;) {
    try {
      await server.restart();
      return;
    } catch (error) {
      // Each fault excuses one start.
      const struck = injector.struck().length;
      if (isKilled() || struck <= excused) throw error;
      excused = struck;
    }
  }
}

/** A server serves a moment before it says that it is ready. */
async function somebodyIsAnswered({ counts, receipts, oddities }: Journal): Promise<void> {
  const answers = () => counts.repeats + counts.refusals + receipts.size + oddities.length;
  const before = answers();
  while (answers() === before) await pause(20);
}

async function recover(injector: Injector, journal: Journal, probe: () => Promise<boolean>): Promise<void> {
  const struck = injector.struck();
  journal.counts.struck += struck.length;
  if (struck.length === 0) return;
  if (await insist({ ...journal, giveUpMs: Date.now() + RECOVERY_LIMIT_MS }, probe)) return;
  journal.oddities.push(`after ${struck.join(', ')} nobody was answered for ${RECOVERY_LIMIT_MS} ms`);
}

/** Starts the server and kills it before, or just after, it could serve. */
async function dieAtBirth(
  server: TestServer,
  injector: Injector | null,
  afterMs: number,
  journal: Journal,
): Promise<void> {
  injector?.forget();
  const started = server.restart().catch(() => undefined);
  await pause(afterMs);
  await server.kill9();
  await started;
  journal.counts.kills += 1;
}

/** Starts the server with a disk that does not fail. */
export async function startInPeace(server: TestServer, injector: Injector | null, journal: Journal): Promise<void> {
  injector?.forget();
  journal.disturbed = false;
  await server.restart();
}
