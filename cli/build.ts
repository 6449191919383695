import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Migration } from '../workers/migrate.ts';
import { PROJECT_ROOT, QUIET_ENV } from './project.ts';
import { runTool } from './tool.ts';

export type BundleSize = { readonly raw: string; readonly gzip: string };

/** What each half of the product is made from; a change in any of these makes the build stale. */
const SHARED_INPUTS = ['domain', 'objects', 'workers', 'package-lock.json', 'tsconfig.base.json'];
const CLIENT_INPUTS = ['public', 'vite.config.ts', ...SHARED_INPUTS];
const WORKER_INPUTS = ['wrangler.toml', 'migrations', 'cli/build.ts', ...SHARED_INPUTS];

const DIST = join(PROJECT_ROOT, 'dist');
export const CLIENT_DIR = join(DIST, 'client');
export const WORKER_DIR = join(DIST, 'worker');
/** What a server reads beside the bundle: `WorkerSettings`. */
export const SETTINGS_FILE = join(DIST, 'worker.json');

/** Builds the pages and the worker, each only if something that it is made from has changed. */
export async function buildIfStale(): Promise<void> {
  mkdirSync(CLIENT_DIR, { recursive: true });
  // wrangler counts the pages, so these come first.
  await onceFor('client', CLIENT_INPUTS, buildClient);
  await onceFor('worker', WORKER_INPUTS, async () => {
    await buildWorker();
  });
}

/** Builds the pages if they are stale and the worker in any case, as a deployment would, and weighs the bundle. */
export async function deployDryRun(): Promise<BundleSize> {
  mkdirSync(CLIENT_DIR, { recursive: true });
  await onceFor('client', CLIENT_INPUTS, buildClient);
  const hash = hashInputs(WORKER_INPUTS);
  const size = await buildWorker();
  writeFileSync(stampFile('worker'), hash);
  return size;
}

async function buildClient(): Promise<void> {
  await runBuildTool('vite', ['build', '--logLevel', 'warn']);
}

async function buildWorker(): Promise<BundleSize> {
  // Beside and then moved, so that a server which starts meanwhile never reads half a bundle.
  const beside = `${WORKER_DIR}.${process.pid}`;
  rmSync(beside, { recursive: true, force: true });
  const output = await runBuildTool('wrangler', ['deploy', '--dry-run', '--outdir', beside]);
  const size = /Total Upload: (?<raw>.+?) \/ gzip: (?<gzip>.+)/.exec(output)?.groups;
  const { raw, gzip } = size ?? {};
  if (raw === undefined || gzip === undefined) throw new Error(`wrangler did not tell the bundle's size:\n${output}`);
  await writeSettings();
  rmSync(WORKER_DIR, { recursive: true, force: true });
  renameSync(beside, WORKER_DIR);
  return { raw, gzip };
}

/** Importing wrangler takes most of a second, so it is done here and not at every start of a server. */
async function writeSettings(): Promise<void> {
  Object.assign(process.env, QUIET_ENV, { WRANGLER_LOG: 'error' });
  const wrangler = await import('wrangler');
  const config = wrangler.unstable_readConfig({ config: join(PROJECT_ROOT, 'wrangler.toml') });
  const { vars }: { readonly vars: unknown } = config;
  const { workerOptions } = wrangler.unstable_getMiniflareWorkerOptions(config);
  const settings = {
    // Only what wrangler.toml says: the options hold .dev.vars too, and secrets do not belong into a build.
    options: { ...workerOptions, bindings: vars },
    migrations: readMigrations(wrangler.unstable_splitSqlQuery),
  };
  writeFileSync(SETTINGS_FILE, JSON.stringify(settings, null, 1));
}

function readMigrations(split: (sql: string) => string[]): Migration[] {
  const folder = join(PROJECT_ROOT, 'migrations');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .map((name) => ({ name, statements: split(readFileSync(join(folder, name), 'utf8')) }));
}

async function onceFor(part: string, inputs: readonly string[], build: () => Promise<void>): Promise<void> {
  const hash = hashInputs(inputs);
  const stamp = stampFile(part);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  // Gone before the build starts: a build cut short is built again.
  rmSync(stamp, { force: true });
  await build();
  writeFileSync(stamp, hash);
}

function stampFile(part: string): string {
  return join(DIST, `${part}.sha256`);
}

function hashInputs(inputs: readonly string[]): string {
  const hash = createHash('sha256');
  for (const input of inputs) {
    for (const file of filesOf(join(PROJECT_ROOT, input))) {
      hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
    }
  }
  return hash.digest('hex');
}

/** The file itself, or all files of the folder and its subfolders, in a fixed order. */
function filesOf(path: string): string[] {
  const entries = readdirSyncOrNull(path);
  if (entries === null) return existsSync(path) ? [path] : [];
  return entries.toSorted().flatMap((name) => filesOf(join(path, name)));
}

function readdirSyncOrNull(path: string): string[] | null {
  try {
    return readdirSync(path);
  } catch {
    return null;
  }
}

/** Tests build too, and must not get a build for tests; wrangler tells the bundle's size only when it may log. */
const BUILD_ENV = { NODE_ENV: 'production', WRANGLER_LOG: 'log', NO_COLOR: '1', FORCE_COLOR: '0' };

/** Gives what the tool printed. */
async function runBuildTool(tool: string, args: readonly string[]): Promise<string> {
  const { ok, output } = await runTool(tool, args, BUILD_ENV);
  if (!ok) throw new Error(`${tool} ${args[0] ?? ''} failed:\n${output}`);
  return output;
}
