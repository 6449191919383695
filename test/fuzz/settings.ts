import { readCount, readSeed } from '../../cli/test/values.ts';

export type Options = {
  readonly seed: number;
  readonly count: number;
  /** The key of one operation (`POST /api/bouts`), or `raw`; null for everything. */
  readonly only: string | null;
};

/** As many as every run of all tests can wait for. */
const SHORT_COUNT = 700;

/**
 * What to send: `FIGHTJUDGE_SEED`, `FIGHTJUDGE_COUNT` and `FIGHTJUDGE_ONLY` (of the command line: `--seed`, `--count`,
 * `--only`). Without a seed each run has another, which it prints.
 * @throws Error naming what is wrong
 */
export function readOptions(env: Readonly<Record<string, string | undefined>>): Options {
  const seed = env['FIGHTJUDGE_SEED'];
  const freshSeed = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
  return {
    seed: seed === undefined ? freshSeed : readSeed(seed),
    count: readCount(env['FIGHTJUDGE_COUNT'] ?? String(SHORT_COUNT)),
    only: env['FIGHTJUDGE_ONLY'] ?? null,
  };
}
