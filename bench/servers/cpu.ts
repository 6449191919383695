import { readdirSync, readFileSync } from 'node:fs';

/** Milliseconds of processor time that a process has used so far, over all threads; null where the system does not say. */
export function cpuMs(pid: number): number | null {
  try {
    let ns = 0;
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      ns += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
    }
    return ns / 1e6;
  } catch {
    return null;
  }
}
