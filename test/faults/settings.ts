import { MAX_SEED, roundSeed } from '../../cli/simulator/random.ts';

export type Settings = {
  /** Decides everything that is sent, killed and broken; how these meet is up to the machine. */
  readonly seed: number;
  /** How long chapters go on; null for the one chapter of every `npm test`. */
  readonly durationMs: number | null;
};

/**
 * `FIGHTJUDGE_SEED` (or `--seed`) repeats a run's schedule, `FIGHTJUDGE_DURATION` (or `--duration`) makes it long.
 * @throws Error that names what is wrong
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const { FIGHTJUDGE_SEED: seed, FIGHTJUDGE_DURATION: duration } = env;
  return {
    seed: seed === undefined ? (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) : readSeed(seed),
    durationMs: duration === undefined ? null : readDuration(duration),
  };
}

function readSeed(text: string): number {
  const seed = Number(text);
  if (/^\d{1,10}$/.test(text) && seed <= MAX_SEED) return seed;
  throw new Error(`--seed is a whole number from 0 to ${MAX_SEED}, not "${text}".`);
}

const UNITS_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

function readDuration(text: string): number {
  const { count, unit } = /^(?<count>\d{1,5})(?<unit>[smh])$/.exec(text)?.groups ?? {};
  const unitMs = UNITS_MS[unit ?? ''];
  if (unitMs !== undefined && Number(count) > 0) return Number(count) * unitMs;
  throw new Error(`--duration is a number with s, m or h, such as 90s or 10m, not "${text}".`);
}

/** Chapters of one run are unlike each other; the first has a seed of its own as well, so that all are made alike. */
export function chapterSeed(seed: number, chapter: number): number {
  return roundSeed(seed, chapter);
}
