/** The value below which a share of all lies, interpolated between neighbours (type 7 of Hyndman and Fan 1996). */
export function quantileOf(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return below === undefined || above === undefined ? null : below + (above - below) * (at - Math.floor(at));
}

export function medianOf(values: readonly number[]): number | null {
  return quantileOf(values, 0.5);
}

/** Middle and width of a population, neither moved by a few that are far off. */
export type Spread = {
  readonly median: number;
  /** What one standard deviation would be, were the population normal; 0 where all are alike. */
  readonly scale: number;
};

/** Φ⁻¹(¾): the MAD of a standard normal population. */
const MAD_OF_NORMAL = 0.674_489_750_196_081_7;

/** √(π/2): a normal standard deviation in mean absolute deviations. */
const SD_PER_MEAN_DEVIATION = Math.sqrt(Math.PI / 2);

/**
 * Median, and the median absolute deviation over 0.6745. Where more than half are alike that is 0: then the mean
 * absolute deviation times √(π/2), which is 0 only where all are alike.
 * Source: Iglewicz, B., Hoaglin, D. (1993), "How to Detect and Handle Outliers", ASQC.
 */
export function spreadOf(values: readonly number[]): Spread | null {
  const median = medianOf(values);
  if (median === null) return null;
  const deviations = values.map((value) => Math.abs(value - median));
  const mad = medianOf(deviations) ?? 0;
  if (mad > 0) return { median, scale: mad / MAD_OF_NORMAL };
  const mean = deviations.reduce((total, one) => total + one, 0) / deviations.length;
  return { median, scale: mean * SD_PER_MEAN_DEVIATION };
}

/** The modified z-score M = 0.6745 (x − median) / MAD of Iglewicz and Hoaglin; 0 where all are alike. */
export function modifiedZ(value: number, { median, scale }: Spread): number {
  return scale === 0 ? 0 : (value - median) / scale;
}

/** A robust slope with its 95 % interval, which is null where so few points cannot bound it. */
export type Slope = { readonly slope: number; readonly low: number | null; readonly high: number | null };

/** Z at 97.5 %. */
const Z = 1.959_963_984_540_054;

/**
 * The median of the slopes of all pairs of points with different x, and Sen's interval: the slopes ranked (N ∓ C) / 2,
 * where N is the number of pairs and C = z √Var(S) of Kendall's S, points of equal x corrected for. Null without a pair.
 * Sources: Theil, H. (1950), Proc. Kon. Ned. Akad. Wetensch. 53; Sen, P. K. (1968), J. Am. Stat. Assoc. 63, 1379-1389.
 */
export function theilSen(points: readonly { readonly x: number; readonly y: number }[]): Slope | null {
  const slopes: number[] = [];
  for (const [at, one] of points.entries()) {
    for (const other of points.slice(at + 1)) {
      if (one.x !== other.x) slopes.push((other.y - one.y) / (other.x - one.x));
    }
  }
  slopes.sort((a, b) => a - b);
  const slope = medianOf(slopes);
  if (slope === null) return null;
  const ties = new Map<number, number>();
  for (const { x } of points) ties.set(x, (ties.get(x) ?? 0) + 1);
  const part = (n: number): number => n * (n - 1) * (2 * n + 5);
  const variance = (part(points.length) - [...ties.values()].reduce((total, n) => total + part(n), 0)) / 18;
  const reach = Z * Math.sqrt(variance);
  // Sen's ranks count from 1; one is taken outwards where it falls between two slopes.
  const low = slopes[Math.floor((slopes.length - reach) / 2) - 1];
  const high = slopes[Math.ceil((slopes.length + reach) / 2)];
  return low === undefined || high === undefined ? { slope, low: null, high: null } : { slope, low, high };
}
