import { betaI } from './special.ts';

/** Exact chances of at most and of at least what was seen; both count what was seen, so they sum to more than 1. */
export type Tails = { readonly lower: number; readonly upper: number };

/** The two tails of a binomial count, by the incomplete beta function (DLMF 8.17.5). `hits` of `n`, chance `p` each. */
export function binomialTails(hits: number, n: number, p: number): Tails {
  return {
    lower: hits >= n ? 1 : betaI(1 - p, n - hits, hits + 1),
    upper: hits <= 0 ? 1 : betaI(p, hits, n - hits + 1),
  };
}

/**
 * The two tails of a sum of independent trials that differ in their chances, by convolution, one trial at a time.
 * Source: Wang, Y. H. (1993), "On the number of successes in independent trials", Statistica Sinica 3, 295-312.
 */
export function poissonBinomialTails(hits: number, chances: readonly number[]): Tails {
  const mass = new Float64Array(chances.length + 1);
  mass[0] = 1;
  for (const [done, p] of chances.entries()) {
    for (let k = done + 1; k >= 0; k -= 1) {
      mass[k] = (mass[k] ?? 0) * (1 - p) + (k === 0 ? 0 : (mass[k - 1] ?? 0) * p);
    }
  }
  let [lower, upper] = [0, 0];
  for (const [k, share] of mass.entries()) {
    if (k <= hits) lower += share;
    if (k >= hits) upper += share;
  }
  return { lower: Math.min(1, lower), upper: Math.min(1, upper) };
}

/** Twice the smaller tail, at most 1: the two-sided chance that Clopper and Pearson's intervals go with. */
export function twoSided({ lower, upper }: Tails): number {
  return Math.min(1, 2 * Math.min(lower, upper));
}
