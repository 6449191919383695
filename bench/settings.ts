import { parseArgs } from 'node:util';
import type { Servers } from './servers/index.ts';

/** How much is measured. */
export type Effort = {
  /** Pairs of slices (product, bare) for each line. */
  readonly rounds: number;
  /** How long writers write in a slice. */
  readonly sliceMs: number;
  /** Requests timed one by one for a percentile. */
  readonly samples: number;
  /** Entries of the bouts that growth is measured on; the first is what the others are held against. */
  readonly sizes: readonly number[];
  /** Cold starts. */
  readonly restarts: number;
  /** Actions that are sent to all sockets in a round. */
  readonly broadcasts: number;
};

const SHORT: Effort = {
  rounds: 3,
  sliceMs: 250,
  samples: 150,
  sizes: [100, 1_000, 10_000],
  restarts: 3,
  broadcasts: 8,
};
const FULL: Effort = {
  rounds: 7,
  sliceMs: 1_000,
  samples: 300,
  sizes: [100, 1_000, 10_000, 50_000],
  restarts: 9,
  broadcasts: 40,
};

export type Bench = {
  readonly servers: Servers;
  readonly effort: Effort;
  /** Says where the run is; nothing where nobody watches. */
  readonly progress: (what: string) => void;
};

export type Flags = { readonly effort: Effort; readonly only: string | null };

export const USAGE = `npm run bench -- [flags]
  --full        all sizes, more rounds: about twelve minutes (without it: a minute and a half)
  --only NAME   one part alone: log, rows, growth, broadcast, sessions, record or pages
  --help        show this

It reports, and ends with status 0 whatever it finds: kept (the median keeps its budget), MISSED (no round keeps
it) or unsure (the median misses it, and some round keeps it). Its figures mean something only where the machine has
nothing else to do.`;

/** null stands for `--help`. @throws Error naming the flag that is wrong */
export function parseFlags(args: readonly string[]): Flags | null {
  const { values } = parseArgs({
    args: [...args],
    options: { full: { type: 'boolean' }, only: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help === true) return null;
  return { effort: values.full === true ? FULL : SHORT, only: values.only ?? null };
}
