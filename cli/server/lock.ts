import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A process as the system knows it: an id alone may have passed to another process since. */
type ProcessMark = { readonly pid: number; readonly started: string };

type Lock = { readonly server: ProcessMark; readonly runtime: ProcessMark | null };

/**
 * Two runtimes over one data folder would give one bout two heads, so a folder has one server.
 * Takes the folder for this process, and first ends a runtime that a killed server left behind.
 * @throws Error when a living server holds the folder
 */
export function takeFolder(dataDir: string): void {
  makeFolder(dataDir);
  const held = readLock(dataDir);
  if (held !== null && held.server.pid !== process.pid && isAlive(held.server)) {
    throw new Error(`${dataDir} is in use by another server (process ${held.server.pid}).`);
  }
  if (held?.runtime != null && isAlive(held.runtime)) endRuntime(held.runtime);
  // What a killed server left there says nothing about the runtime that is started now.
  rmSync(runtimePidFile(dataDir), { force: true });
  writeLock(dataDir, { server: markOfSelf(), runtime: null });
}

function makeFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true });
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new Error(
      why === 'EEXIST' ? `${dataDir} is not a folder.` : `The folder ${dataDir} cannot be made (${why}).`,
      { cause: error },
    );
  }
}

/** Notes the runtime that serves the folder. */
export function noteRuntime(dataDir: string): void {
  writeLock(dataDir, { server: markOfSelf(), runtime: runtimeOf(dataDir) });
}

/**
 * Whether the process is gone that was started last as the folder's runtime. False where nobody knows, because there is
 * no workerd.sh on this system.
 */
export function runtimeIsGone(dataDir: string): boolean {
  return readOrEmpty(runtimePidFile(dataDir)).trim() !== '' && runtimeOf(dataDir) === null;
}

/** As workerd.sh has written it. */
function runtimeOf(dataDir: string): ProcessMark | null {
  const pid = Number(readOrEmpty(runtimePidFile(dataDir)).trim());
  const started = pid > 0 ? startOf(pid) : null;
  return started === null ? null : { pid, started };
}

export function releaseFolder(dataDir: string): void {
  rmSync(lockFile(dataDir), { force: true });
  rmSync(runtimePidFile(dataDir), { force: true });
}

export function runtimePidFile(dataDir: string): string {
  return join(dataDir, 'runtime.pid');
}

function lockFile(dataDir: string): string {
  return join(dataDir, 'server.json');
}

function endRuntime(runtime: ProcessMark): void {
  process.kill(runtime.pid, 'SIGKILL');
  const giveUp = Date.now() + 5000;
  while (isAlive(runtime)) {
    if (Date.now() > giveUp) throw new Error(`An earlier runtime (process ${runtime.pid}) does not end.`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  }
}

function isAlive(mark: ProcessMark): boolean {
  return startOf(mark.pid) === mark.started;
}

function markOfSelf(): ProcessMark {
  return { pid: process.pid, started: startOf(process.pid) ?? '' };
}

/** When the process started, in whatever form the system tells it; null when there is no such process. */
function startOf(pid: number): string | null {
  if (process.platform === 'linux') {
    const stat = readOrEmpty(`/proc/${pid}/stat`);
    // The second field is the program's name in brackets and may hold anything; fields are counted after it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const isZombie = fields[0] === 'Z';
    return isZombie ? null : (fields[19] ?? null);
  }
  const asked = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
  return asked.status === 0 ? asked.stdout.trim() : null;
}

function readLock(dataDir: string): Lock | null {
  try {
    const value: unknown = JSON.parse(readFileSync(lockFile(dataDir), 'utf8'));
    const server = markOf(value, 'server');
    return server === null ? null : { server, runtime: markOf(value, 'runtime') };
  } catch {
    return null;
  }
}

function markOf(lock: unknown, name: string): ProcessMark | null {
  if (typeof lock !== 'object' || lock === null) return null;
  const mark: unknown = Reflect.get(lock, name);
  if (typeof mark !== 'object' || mark === null || !('pid' in mark) || !('started' in mark)) return null;
  const { pid, started } = mark;
  return typeof pid === 'number' && pid > 0 && typeof started === 'string' ? { pid, started } : null;
}

function writeLock(dataDir: string, lock: Lock): void {
  const beside = `${lockFile(dataDir)}.${process.pid}`;
  writeFileSync(beside, JSON.stringify(lock));
  renameSync(beside, lockFile(dataDir));
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
