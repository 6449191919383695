import { accessSync, constants, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Miniflare } from 'miniflare';
import { QUIET_ENV } from '../project.ts';
import { everyMinute } from './every-minute.ts';
import { keepRunning, whenUp } from './keep-running.ts';
import { noteRuntime, runtimeIsGone, runtimePidFile } from './lock.ts';
import { ENTRY, HOST, optionsOf, readSettings, type RuntimeSettings, SCHEDULED_URL, WORKER_NAME } from './options.ts';

export type Runtime = {
  readonly url: string;
  readonly stop: () => Promise<void>;
  /** Never resolves; rejects with one line when the runtime has ended and cannot be started again. */
  readonly lost: Promise<never>;
};

/**
 * Starts the built worker in the Workers runtime, without a development server in front, and resolves when the port
 * answers, which it does once the index's migrations are applied.
 * @throws Error with one line that says what to do, for instance when the port is taken
 */
export async function startRuntime(settings: RuntimeSettings): Promise<Runtime> {
  const { dataDir } = settings;
  Object.assign(process.env, QUIET_ENV, runtimeEnv(dataDir), { TMPDIR: freshTemp(dataDir) });
  // The runtime was killed and started again: the folder's lock has to name the new one.
  const noteRestart = (): void => {
    noteRuntime(dataDir);
    process.stderr.write('The runtime ended unexpectedly and was started again.\n');
  };
  const worker = readSettings();
  const start = (port: number): Miniflare => createMiniflare(optionsOf(worker, { ...settings, port }, noteRestart));
  const isUp = async (one: Miniflare): Promise<void> => await whenUp(one.ready, () => runtimeIsGone(dataDir));
  let miniflare = start(settings.port);
  let dismiss = (): void => undefined;
  const stop = async (): Promise<void> => {
    dismiss();
    await dispose(miniflare);
  };
  try {
    await isUp(miniflare);
    noteRuntime(dataDir);
    const { port: text } = await miniflare.unsafeGetDirectURL(WORKER_NAME, ENTRY);
    const port = Number(text);
    const keeper = keepRunning({
      isUp: async () => await isUp(miniflare),
      restart: async () => {
        await dispose(miniflare);
        miniflare = start(port);
        await isUp(miniflare);
        noteRestart();
      },
      explain: (error) => explain(error, port).message,
    });
    const looks = everyMinute(
      async (signal) => await runScheduled(miniflare, signal),
      (line) => process.stderr.write(`${line}\n`),
    );
    dismiss = () => {
      looks.stop();
      keeper.dismiss();
    };
    const url = `http://${HOST}:${port}`;
    await Promise.race([awaitHealth(url), keeper.lost]);
    return { url, stop, lost: keeper.lost };
  } catch (error) {
    await stop();
    throw explain(error, settings.port);
  }
}

const SCHEDULED_LIMIT_MS = 20_000;

/** Not by `getWorker`, whose way to the worker blocks this process: then nobody empties the runtime's log. */
async function runScheduled(miniflare: Miniflare, stopped: AbortSignal): Promise<void> {
  const signal = AbortSignal.any([stopped, AbortSignal.timeout(SCHEDULED_LIMIT_MS)]);
  const answer = await miniflare.dispatchFetch(SCHEDULED_URL, { signal });
  const outcome = await answer.text();
  if (!answer.ok) throw new Error(`it answered ${answer.status} ${outcome}`);
}

/** Miniflare ends the process at once with 143 on a signal; the caller decides when and how it ends here. */
function createMiniflare(options: ReturnType<typeof optionsOf>): Miniflare {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const before = new Set(signals.flatMap((signal) => process.listeners(signal)));
  const miniflare = new Miniflare(options);
  for (const signal of signals) {
    for (const listener of process.listeners(signal)) {
      if (!before.has(listener)) process.removeListener(signal, listener);
    }
  }
  return miniflare;
}

/** One that is stuck never says that it has ended, and one that never became ready says that a second time. */
async function dispose(miniflare: Miniflare): Promise<void> {
  const ended = new AbortController();
  const limit = pause(DISPOSE_LIMIT_MS, undefined, { signal: ended.signal });
  await Promise.race([miniflare.dispose(), limit]).catch(() => undefined);
  ended.abort();
  await limit.catch(() => undefined);
}

const DISPOSE_LIMIT_MS = 3_000;

/** Miniflare's temporary files lie with the data, where the next start clears what a killed server left. */
function freshTemp(dataDir: string): string {
  const temp = join(dataDir, 'tmp');
  rmSync(temp, { recursive: true, force: true });
  mkdirSync(temp, { recursive: true });
  return temp;
}

/** The environment that puts workerd.sh in the runtime's place where there is a shell to run it. */
export function runtimeEnv(dataDir: string): Record<string, string> {
  const wrapper = join(import.meta.dirname, 'workerd.sh');
  try {
    accessSync(wrapper, constants.X_OK);
    if (process.platform === 'win32') return {};
  } catch {
    return {};
  }
  // workerd is Miniflare's own dependency: the version that it was made for.
  const fromMiniflare = createRequire(createRequire(import.meta.url).resolve('miniflare'));
  const { default: workerd } = fromMiniflare('workerd');
  return {
    MINIFLARE_WORKERD_PATH: wrapper,
    FIGHTJUDGE_WORKERD: workerd,
    FIGHTJUDGE_RUNTIME_PID_FILE: runtimePidFile(dataDir),
  };
}

async function awaitHealth(url: string): Promise<void> {
  const giveUp = Date.now() + 20_000;
  for (;;) {
    const answer = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.ok === true) return;
    if (Date.now() > giveUp) {
      throw new Error(`The server started, but /api/health answers ${answer?.status ?? 'nothing'}.`);
    }
    await pause(50);
  }
}

/** In one line: what the runtime said besides has been written as it came. */
function explain(error: unknown, port: number): Error {
  const code = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  if (code === 'ERR_ADDRESS_IN_USE') return new Error(`Port ${port} is in use; choose another with --port.`);
  const text = error instanceof Error ? error.message : String(error);
  return new Error(text.split('\n', 1)[0], { cause: error });
}
