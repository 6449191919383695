import { accessSync, constants, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import type { D1Database } from '@cloudflare/workers-types';
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare';
import { CLIENT_DIR, SETTINGS_FILE, WORKER_DIR } from '../build.ts';
import { PROJECT_ROOT, QUIET_ENV } from '../project.ts';
import { noteRuntime, runtimePidFile } from './lock.ts';
import { migrate, type Migration } from './migrate.ts';

const HOST = '127.0.0.1';
const INDEX = 'INDEX';
const WORKER_NAME = 'fightjudge';
/** The worker's entry for a server that has nothing in front of it. */
const ENTRY = 'direct';

export type Runtime = { readonly url: string; readonly stop: () => Promise<void> };

/**
 * Starts the built worker in the Workers runtime, without a development server in front, applies the
 * index's migrations and resolves when the port answers.
 * @throws Error with one line that says what to do, for instance when the port is taken
 */
export async function startRuntime(settings: {
  readonly port: number;
  readonly dataDir: string;
  readonly vars: Readonly<Record<string, string>>;
  /** A module to stand in front of the bundle's own entry, `./index.js`, which it re-exports. */
  readonly entry?: string;
}): Promise<Runtime> {
  Object.assign(process.env, QUIET_ENV, runtimeEnv(settings.dataDir), { TMPDIR: freshTemp(settings.dataDir) });
  const { options, migrations } = readSettings();
  const { bindings, d1Databases, assets, modulesRules: _, ...others } = options;
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      ...others,
      name: WORKER_NAME,
      rootPath: PROJECT_ROOT,
      modules: [...entryModule(settings.entry), ...bundledModules()],
      modulesRoot: WORKER_DIR,
      bindings: { ...bindings, ...settings.vars },
      // Named by the binding: the id of a deployment's database must not decide which local file is read.
      d1Databases: Object.fromEntries(Object.keys(d1Databases).map((name) => [name, { id: name }])),
      assets: { ...assets, directory: CLIENT_DIR },
      // The port leads straight to the worker's code. Miniflare's own entry, on a port that nobody is told,
      // offers the data to whoever asks, and it and its server of pages make an append cost twice as much.
      unsafeDirectSockets: [{ host: HOST, port: settings.port, entrypoint: ENTRY }],
      host: HOST,
      port: 0,
      unsafeLocalExplorer: false,
      resourcePersistencePath: settings.dataDir,
      log: new Log(LogLevel.ERROR),
      handleStructuredLogs: ({ message }) => {
        process.stderr.write(`${message}\n`);
      },
      // The runtime was killed and started again: the folder's lock has to name the new one.
      unsafeHandleRuntimeRestart: () => {
        noteRuntime(settings.dataDir);
        process.stderr.write('The runtime ended unexpectedly and was started again.\n');
      },
      logRequests: false,
      telemetry: { enabled: false },
    }),
  );
  forgetSignalHandlers();
  try {
    await miniflare.ready;
    noteRuntime(settings.dataDir);
    const database: D1Database = await miniflare.getD1Database(INDEX);
    await migrate(database, migrations);
    const { port } = await miniflare.unsafeGetDirectURL(WORKER_NAME, ENTRY);
    const url = `http://${HOST}:${port}`;
    await awaitHealth(url);
    return { url, stop: () => miniflare.dispose() };
  } catch (error) {
    // A runtime that never became ready says so a second time here.
    await miniflare.dispose().catch(() => undefined);
    throw explain(error, settings.port);
  }
}

/** Miniflare ends the process at once with 143 on a signal; the caller decides when and how it ends here. */
function forgetSignalHandlers(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(signal);
}

/** What the build left: wrangler.toml in Miniflare's words, and the index's migrations. */
type WorkerSettings = {
  readonly options: {
    readonly bindings: Readonly<Record<string, string>>;
    readonly d1Databases: Readonly<Record<string, unknown>>;
    readonly assets: Readonly<Record<string, unknown>>;
    readonly modulesRules: unknown;
  };
  readonly migrations: readonly Migration[];
};

function readSettings(): WorkerSettings {
  try {
    const settings: WorkerSettings = JSON.parse(readFileSync(SETTINGS_FILE, 'utf8'));
    return settings;
  } catch {
    throw new Error('There is no build to serve; leave out --no-build.');
  }
}

/** wrangler's default rules, by which it left these files beside the bundle instead of inside it. */
const MODULE_TYPES = {
  '.js': 'ESModule',
  '.wasm': 'CompiledWasm',
  '.bin': 'Data',
  '.txt': 'Text',
  '.html': 'Text',
  '.sql': 'Text',
} as const;

function entryModule(contents: string | undefined): { type: 'ESModule'; path: string; contents: string }[] {
  return contents === undefined ? [] : [{ type: 'ESModule', path: join(WORKER_DIR, 'entry.js'), contents }];
}

/** Every module of the bundle, its entry first. */
function bundledModules(): { type: (typeof MODULE_TYPES)[keyof typeof MODULE_TYPES]; path: string }[] {
  const entry = 'index.js';
  const names = [entry, ...readdirSync(WORKER_DIR).filter((name) => name !== entry)];
  return names.flatMap((name) =>
    Object.entries(MODULE_TYPES)
      .filter(([extension]) => extname(name) === extension)
      .map(([, type]) => ({ type, path: join(WORKER_DIR, name) })),
  );
}

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
    const answer = await fetch(`${url}/api/health`).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.ok === true) return;
    if (Date.now() > giveUp) {
      throw new Error(`The server started, but /api/health answers ${answer?.status ?? 'nothing'}.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function explain(error: unknown, port: number): Error {
  const code = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  if (code === 'ERR_ADDRESS_IN_USE') return new Error(`Port ${port} is in use; choose another with --port.`);
  return error instanceof Error ? error : new Error(String(error));
}
