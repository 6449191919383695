import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { convertV4MiniflareOptions, Log, LogLevel } from 'miniflare';
import type { Migration } from '../../workers/migrate.ts';
import { CLIENT_DIR, SETTINGS_FILE, WORKER_DIR } from '../build.ts';
import { PROJECT_ROOT } from '../project.ts';

export const HOST = '127.0.0.1';
export const WORKER_NAME = 'fightjudge';
/** The worker's entry for a server that has nothing in front of it. */
export const ENTRY = 'direct';

/** Where Miniflare's own entry runs the worker's scheduled handler. */
export const SCHEDULED_URL = 'http://localhost/cdn-cgi/local/scheduled';

export type RuntimeSettings = {
  readonly port: number;
  readonly dataDir: string;
  readonly vars: Readonly<Record<string, string>>;
  /** A module to stand in front of the bundle's own entry, `./index.js`, which it re-exports. */
  readonly entry?: string;
};

/** @param noteRestart called when Miniflare has started the runtime again by itself */
export function optionsOf(
  { options, migrations }: WorkerSettings,
  settings: RuntimeSettings,
  noteRestart: () => void,
): ReturnType<typeof convertV4MiniflareOptions> {
  const { bindings, d1Databases, assets, modulesRules: _, ...others } = options;
  return convertV4MiniflareOptions({
    ...others,
    name: WORKER_NAME,
    rootPath: PROJECT_ROOT,
    modules: [...entryModule(settings.entry), ...bundledModules()],
    modulesRoot: WORKER_DIR,
    bindings: {
      ...bindings,
      ...settings.vars,
      MIGRATIONS: migrations.map(({ name, statements }) => ({ name, statements: [...statements] })),
    },
    // Named by the binding: the id of a deployment's database must not decide which local file is read.
    d1Databases: Object.fromEntries(Object.keys(d1Databases).map((name) => [name, { id: name }])),
    assets: { ...assets, directory: CLIENT_DIR },
    // The port leads straight to the worker's code. Miniflare's own entry, on a port that nobody is told,
    // offers the data to whoever asks, and it and its server of pages make an append cost twice as much.
    unsafeDirectSockets: [{ host: HOST, port: settings.port, entrypoint: ENTRY }],
    host: HOST,
    port: 0,
    unsafeLocalExplorer: false,
    // On Miniflare's own entry only; the port leads past it.
    unsafeTriggerHandlers: true,
    resourcePersistencePath: settings.dataDir,
    log: new Log(LogLevel.ERROR),
    handleStructuredLogs: ({ message }) => {
      process.stderr.write(`${message}\n`);
    },
    unsafeHandleRuntimeRestart: noteRestart,
    logRequests: false,
    telemetry: { enabled: false },
  });
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

export function readSettings(): WorkerSettings {
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
