/** A stream of repeatable numbers: the same seed gives the same stream on every machine. */
export type Random = {
  /** A number in [0, 1). */
  readonly unit: () => number;
  /** A whole number in [0, n); 0 where n is below 1. */
  readonly below: (n: number) => number;
  /** A copy in another order. */
  readonly shuffle: <T>(list: readonly T[]) => T[];
};

export const MAX_SEED = 0xffff_ffff;

/** mulberry32: small, quick and good enough to place punches; never a source of secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const unit = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const below = (n: number) => Math.floor(unit() * Math.max(0, n));
  const shuffle = <T>(list: readonly T[]): T[] => {
    const left = [...list];
    const mixed: T[] = [];
    while (left.length > 0) mixed.push(...left.splice(below(left.length), 1));
    return mixed;
  };
  return { unit, below, shuffle };
}

/** One seed for each round of a bout, so that rounds of one seed are unlike each other. */
export function roundSeed(seed: number, roundId: number): number {
  return (Math.imul(seed >>> 0, 0x9e37_79b1) ^ Math.imul(roundId, 0x85eb_ca6b)) >>> 0;
}

/**
 * Splits a whole total into `parts` whole pieces of at least `least` each, which add up to it again.
 * Where `least` cannot be kept the pieces are as even as they can be.
 */
export function splitWhole(total: number, parts: number, least: number, random: Random): number[] {
  if (parts < 1) return [];
  const floor = Math.min(least, Math.floor(total / parts));
  const rest = total - floor * parts;
  const cuts = Array.from({ length: parts - 1 }, () => random.below(rest + 1)).toSorted((a, b) => a - b);
  return [...cuts, rest].map((cut, i) => floor + cut - (cuts[i - 1] ?? 0));
}
