import { roundSeed } from '../../cli/simulator/random.ts';
import { readCount, readDurationMs, readSeed } from '../../cli/test/values.ts';

export type Settings = {
  /** Decides everything that is sent, killed and broken; how these meet is up to the machine. */
  readonly seed: number;
  /** How long chapters go on; null for the one chapter of every `npm test`. */
  readonly durationMs: number | null;
  /** How many bits of an archive are flipped; null for the few of every `npm test`. */
  readonly count: number | null;
};

/**
 * `FIGHTJUDGE_SEED` (or `--seed`) repeats a run's schedule, `FIGHTJUDGE_DURATION` (or `--duration`) makes it long,
 * `FIGHTJUDGE_COUNT` (or `--count`) has more bits flipped.
 * @throws Error that names what is wrong
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const { FIGHTJUDGE_SEED: seed, FIGHTJUDGE_DURATION: duration, FIGHTJUDGE_COUNT: count } = env;
  return {
    seed: seed === undefined ? (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) : readSeed(seed),
    durationMs: duration === undefined ? null : readDurationMs(duration),
    count: count === undefined ? null : readCount(count),
  };
}

/** Chapters of one run are unlike each other; the first has a seed of its own as well, so that all are made alike. */
export function chapterSeed(seed: number, chapter: number): number {
  return roundSeed(seed, chapter);
}
