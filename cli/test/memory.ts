import { statfsSync } from 'node:fs';
import { tempFolder, type TempFolder } from '../temp.ts';

/** Where Linux keeps files in memory. */
const MEMORY = '/dev/shm';

/** What a suite's servers and browsers write at most, several times over. */
const ENOUGH_BYTES = 4 * 1024 ** 3;

/**
 * A folder in memory for what a suite's servers and browsers write: most of what they wait for on a disk is that it has
 * written. Null where there is no such place, or little room. Not for tests of what a disk keeps.
 */
export function memoryFolder(): TempFolder | null {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize < ENOUGH_BYTES ? null : tempFolder('fightjudge-', MEMORY);
  } catch {
    return null;
  }
}
