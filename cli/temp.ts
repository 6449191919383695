import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What is left to do when the process ends, in the order in which it came up. */
const left = new Set<() => void>();

/**
 * Does something when the process ends, also by a signal; the last one asked for comes first. It has to be done when it
 * returns: nothing is waited for. Only SIGKILL leaves it undone.
 * @returns takes it back
 */
export function atEnd(work: () => void): () => void {
  listen();
  left.add(work);
  return () => void left.delete(work);
}

export type TempFolder = {
  /** Without symbolic links. */
  readonly path: string;
  readonly remove: () => void;
};

/** A new folder whose name begins with `name`, which is gone at the latest when the process has ended. */
export function tempFolder(name: string, under = tmpdir()): TempFolder {
  const path = realpathSync(mkdtempSync(join(under, name)));
  // A server that is just being killed may still write into it.
  const clear = (): void => rmSync(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  const forget = atEnd(clear);
  return {
    path,
    remove: () => {
      forget();
      clear();
    },
  };
}

let listens = false;

function listen(): void {
  if (listens) return;
  listens = true;
  process.once('exit', finish);
  for (const signal of SIGNALS) process.on(signal, endBy);
  // A worker whose parent was killed hears of it in no other way, and would go on alone.
  if (process.connected) process.once('disconnect', () => endBy('SIGTERM'));
}

function endBy(signal: NodeJS.Signals): void {
  finish();
  for (const name of SIGNALS) process.removeListener(name, endBy);
  listens = false;
  // Dies of the signal as it would have without us; who else listens to it decides for themselves.
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}

function finish(): void {
  const works = [...left].toReversed();
  left.clear();
  for (const work of works) {
    try {
      work();
    } catch {
      // One that cannot be done keeps none of the others from being done.
    }
  }
}
