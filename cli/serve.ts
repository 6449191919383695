import { buildIfStale } from './build.ts';
import { parseServeFlags, SERVE_USAGE, type ServeFlags } from './flags.ts';
import { PROJECT_ROOT, runMain } from './project.ts';
import { loadSecrets, type Secrets, secretVars } from './secrets.ts';
import { releaseFolder, takeFolder } from './server/lock.ts';
import { keepToLog } from './server/log-mark.ts';
import { startRuntime } from './server/runtime.ts';

export type Served = {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly secrets: Secrets;
  /** Resolves when the port is free again. */
  readonly stop: () => Promise<void>;
  /** Never resolves; rejects with one line when the server cannot serve any more. */
  readonly lost: Promise<never>;
};

/** Builds what is stale, then serves the product from a data folder that is this process's alone. */
export async function serve(flags: ServeFlags): Promise<Served> {
  if (flags.build) await buildIfStale();
  takeFolder(flags.persistTo);
  try {
    const { others, ...secrets } = loadSecrets({
      env: process.env,
      projectRoot: PROJECT_ROOT,
      dataDir: flags.persistTo,
    });
    await keepToLog(flags.persistTo, secrets.logKey, secrets.logRotations);
    const vars = { ...others, ...secretVars(secrets) };
    const runtime = await startRuntime({ port: flags.port, dataDir: flags.persistTo, vars });
    const stop = async (): Promise<void> => {
      await runtime.stop();
      releaseFolder(flags.persistTo);
    };
    return { url: runtime.url, secrets, stop, lost: runtime.lost };
  } catch (error) {
    releaseFolder(flags.persistTo);
    throw error;
  }
}

/** Ends the process with 0 after `stop`, on Ctrl-C, on SIGTERM and when the npm that started it is killed. */
export function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  const end = (): void => {
    // A second signal does not wait.
    if (stopping) process.exit(0);
    stopping = true;
    void stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, 500).unref();
}

async function main(): Promise<void> {
  const flags = parseServeFlags(process.argv.slice(2));
  if (flags === null) {
    process.stdout.write(`npm run serve -- [flags]\n${SERVE_USAGE}\n`);
    return;
  }
  const served = await serve(flags);
  stopOnSignal(served.stop);
  process.stdout.write(`FightJudge is ready at ${served.url}\n`);
  // Whoever watches over this process sees it end, instead of one that lives on behind a dead port.
  await served.lost;
}

if (process.argv[1] === import.meta.filename) await runMain(main);
