import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fault } from '../plan/lives-plan.ts';

/** Makes the disk fail under the server. */
export type Injector = {
  /** For the server's environment. */
  readonly env: Readonly<Record<string, string>>;
  /** What is to go wrong from now on. */
  readonly order: (faults: readonly Fault[]) => void;
  /** Takes back what has not gone wrong yet, for the server that is started next. */
  readonly forget: () => void;
  /** What has gone wrong since the last order, by kind. */
  readonly struck: () => readonly string[];
  /** Whether the runtime has taken it in: it would be of no use in a program that is linked otherwise. */
  readonly loaded: () => boolean;
};

/** Why disks cannot be made to fail here; null where they can. */
export function whyNot(): string | null {
  if (process.platform !== 'linux') return `this is ${process.platform}, not Linux`;
  try {
    execFileSync('cc', ['--version'], { stdio: 'ignore' });
    return null;
  } catch {
    return 'there is no C compiler (cc)';
  }
}

/**
 * Builds the library that stands between the runtime and its files.
 * @param dataDir the server's data folder, without symbolic links
 * @throws Error with what the compiler said
 */
export function buildInjector(folder: string, dataDir: string): Injector {
  mkdirSync(folder, { recursive: true });
  const library = join(folder, 'injector.so');
  const source = join(import.meta.dirname, '..', 'injector.c');
  execFileSync('cc', ['-shared', '-fPIC', '-O2', '-Wall', '-o', library, source, '-lpthread']);
  const ordersFile = join(folder, 'orders');
  const struckFile = join(folder, 'struck');
  writeFileSync(struckFile, '');
  return {
    env: { LD_PRELOAD: library, FIGHTJUDGE_FAULTS: folder, FIGHTJUDGE_FAULTS_DATA: dataDir },
    order: (faults) => {
      const lines = faults.map(({ after, calls, kind, times }) => `${after} ${calls} ${kind} ${times}\n`);
      // Moved into its place, so that nobody reads half of it.
      writeFileSync(`${ordersFile}.new`, lines.join(''));
      renameSync(`${ordersFile}.new`, ordersFile);
    },
    forget: () => {
      rmSync(ordersFile, { force: true });
      writeFileSync(struckFile, '');
    },
    struck: () => readFileSync(struckFile, 'utf8').split('\n').filter(Boolean),
    loaded: () => existsSync(join(folder, 'loaded')),
  };
}
