import { setTimeout as sleep } from 'node:timers/promises';
import { PROJECT_ROOT, runMain } from './project.ts';
import {
  createLink,
  createProgressDisplay,
  isSound,
  loadRounds,
  parseSimulateFlags,
  playBout,
  SIMULATE_USAGE,
  type SimulateOptions,
  stampedId,
  summaryOf,
} from './simulator/index.ts';

const REST_S = 60;

async function main(): Promise<void> {
  const options = parseSimulateFlags(process.argv.slice(2), { env: process.env, projectRoot: PROJECT_ROOT });
  if (options === null) {
    process.stdout.write(`${SIMULATE_USAGE}\n`);
    return;
  }
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => interrupted.abort(new Error(`ended by ${signal}`)));
  }
  if (!(await simulate(options, interrupted.signal))) process.exitCode = 1;
}

/** Plays until told to stop; true if every bout that was played is sound. */
async function simulate(options: SimulateOptions, signal: AbortSignal): Promise<boolean> {
  const rounds = loadRounds(options.roundsFile ?? undefined);
  const display = createProgressDisplay(process.stderr);
  const { url: baseUrl, patienceMs, adminSecret, speed } = options;
  let sound = true;
  for (let played = 0; ; played += 1) {
    // A link of its own for each bout, so that its retries are that bout's.
    const link = createLink({ baseUrl, signal, patienceMs, log: display.note });
    try {
      const report = await playBout({
        link,
        adminSecret,
        rounds,
        boutId: options.boutId ?? stampedId('sim', Date.now()),
        seed: options.seed + played,
        speed,
        restMs: (REST_S * 1000) / speed,
        onProgress: display.show,
        log: display.note,
      });
      display.done();
      process.stdout.write(`${summaryOf(report)}\n`);
      sound &&= isSound(report);
      if (options.once) return sound;
      // Ids carry whole seconds; bouts at high speed must not share one.
      await sleep(Math.max(1000, (REST_S * 1000) / speed), undefined, { signal });
    } catch (error) {
      display.done();
      // Bout after bout has no other end than this one.
      if (signal.aborted && !options.once) return sound;
      throw signal.aborted ? signal.reason : error;
    }
  }
}

await runMain(main);
