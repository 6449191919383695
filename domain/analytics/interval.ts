/** How often something was so: `n` cases, the share of them, and its 95 % interval. All null where `n` is 0. */
export type Rate = {
  readonly n: number;
  readonly rate: number | null;
  readonly low: number | null;
  readonly high: number | null;
};

/** A mean over `n` rounds with its 95 % interval, which is null where it cannot be estimated. */
export type Mean = {
  readonly n: number;
  readonly mean: number | null;
  readonly low: number | null;
  readonly high: number | null;
};

/** The 97.5th percentile of the standard normal distribution. */
export const Z_95 = 1.959_963_984_540_054;

/**
 * A share with Wilson's score interval, (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n).
 *
 * `hits` may be a sum of shares within rounds (two of three colleagues agreed): what happened within a round hangs
 * together, so a round counts once, and as the variance of a share is at most p(1−p) the interval is rather too wide
 * than too narrow.
 * Source: Wilson, E. B. (1927), J. Am. Stat. Assoc. 22, 209-212; Brown, Cai, DasGupta (2001), Stat. Sci. 16, 101-133.
 */
export function rateOf(hits: number, n: number): Rate {
  if (n === 0) return { n, rate: null, low: null, high: null };
  const rate = Math.min(1, hits / n);
  const z2 = Z_95 * Z_95;
  const middle = rate + z2 / (2 * n);
  const reach = Z_95 * Math.sqrt((rate * (1 - rate)) / n + z2 / (4 * n * n));
  const scale = 1 + z2 / n;
  return {
    n,
    rate,
    low: Math.min(rate, Math.max(0, (middle - reach) / scale)),
    high: Math.max(rate, Math.min(1, (middle + reach) / scale)),
  };
}

/** The share of `items` for which `holds`. */
export function shareOf<T>(items: readonly T[], holds: (item: T) => boolean): Rate {
  return rateOf(items.filter(holds).length, items.length);
}

/** The mean of shares, one for each round. */
export function meanShare(shares: readonly number[]): Rate {
  return rateOf(sum(shares), shares.length);
}

/**
 * The mean with Student's interval, m ± t s/√n. Where all values are alike, or there is one, the spread is not known
 * and there is no interval.
 */
export function meanOf(values: readonly number[]): Mean {
  const n = values.length;
  if (n === 0) return { n, mean: null, low: null, high: null };
  const mean = sum(values) / n;
  const squares = sum(values.map((value) => (value - mean) ** 2));
  // Below this, what differs is the rounding of a sum.
  if (n < 2 || squares < 1e-18) return { n, mean, low: null, high: null };
  const reach = studentT(n - 1) * Math.sqrt(squares / (n - 1) / n);
  return { n, mean, low: mean - reach, high: mean + reach };
}

/** The plain mean; null of nothing. */
export function average(values: readonly number[]): number | null {
  return values.length === 0 ? null : sum(values) / values.length;
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/**
 * The 97.5th percentile of Student's t. With one and two degrees of freedom it has a closed form; above, the expansion
 * in 1/ν is within 1 %. Source: Abramowitz and Stegun (1964), 26.7.5.
 */
export function studentT(degrees: number): number {
  if (degrees === 1) return Math.tan(Math.PI * 0.475);
  if (degrees === 2) return 0.95 / Math.sqrt(2 * 0.975 * 0.025);
  const z = Z_95;
  return (
    z +
    (z ** 3 + z) / (4 * degrees) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * degrees ** 3)
  );
}
