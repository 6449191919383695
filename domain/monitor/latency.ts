/** Upper bounds of the latency buckets, in ms: about six to a decade, with every documented ceiling among them. */
export const BOUNDS_MS = [
  0.5, 0.7, 1, 1.5, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700, 1_000, 1_500, 2_000, 3_000, 5_000,
  7_000, 10_000, 15_000, 30_000,
] as const;

/** `within[i]` counts what took at most `BOUNDS_MS[i]` and more than the bound before it; the last, what took longer. */
export type Within = readonly number[];

export function noneWithin(): number[] {
  return Array.from({ length: BOUNDS_MS.length + 1 }, () => 0);
}

/** The bucket that a time falls into. */
export function bucketOf(ms: number): number {
  let index = 0;
  while (index < BOUNDS_MS.length && ms > (BOUNDS_MS[index] ?? 0)) index += 1;
  return index;
}

/** Counts one time where it belongs. */
export function countWithin(within: number[], ms: number): void {
  const index = bucketOf(ms);
  within[index] = (within[index] ?? 0) + 1;
}

/**
 * The time, in ms, within which a share of all stayed; null where there was none. Read off the buckets, so it is right
 * to within the bucket, whose times are taken as evenly spread. Beyond the last bound no more is known than that.
 */
export function quantile(within: Within, share: number): number | null {
  const count = within.reduce((sum, one) => sum + one, 0);
  if (count === 0) return null;
  const wanted = share * count;
  let below = 0;
  for (const [index, here] of within.entries()) {
    if (here > 0 && below + here >= wanted) {
      const from = index === 0 ? 0 : (BOUNDS_MS[index - 1] ?? 0);
      const to = BOUNDS_MS[index] ?? from;
      return Math.round((from + (to - from) * Math.max(0, (wanted - below) / here)) * 100) / 100;
    }
    below += here;
  }
  return BOUNDS_MS.at(-1) ?? null;
}
