import { studentT, sum } from '../interval.ts';
import { gammaQuantile } from '../math/special.ts';
import { type Exposure, PER_MINUTES, RATE_MEASURES, type RateMeasure } from './measures.ts';

/** So much per 15 minutes, with its 95 % interval. */
export type Per15 = {
  /** Bouts with a round that was both counted and timed. */
  readonly bouts: number;
  readonly minutes: number;
  readonly total: number;
  readonly per15: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** How much more it varies from bout to bout than chance alone would have it, at least 1; null where unknown. */
  readonly dispersion: number | null;
};

/**
 * The rate of a measure over some bouts.
 *
 * Counts: Garwood's exact Poisson interval, χ²-quantiles as gamma ones, of the count and time over the dispersion
 * φ = max(1, Σ (y − r t)² / (r t) / (k − 1)) of k bouts, because strikes come in bouts that differ more than chance
 * alone makes them. Of a single bout φ is not known and 1 is taken: that interval is too narrow.
 * Amounts: r ± t √(s² / T), with s² = Σ t (y/t − r)² / (k − 1) and Student's t with k − 1; none for a single bout.
 * Sources: Garwood, F. (1936), Biometrika 28, 437-442; McCullagh, P., Nelder, J. (1989), Generalized Linear Models, 6.2.
 */
export function rateOver(measure: RateMeasure, exposures: readonly Exposure[]): Per15 {
  const bouts = exposures.length;
  const minutes = sum(exposures.map((one) => one.minutes));
  const total = sum(exposures.map((one) => one.total));
  const basis = { bouts, minutes, total };
  if (minutes === 0) return { ...basis, per15: null, low: null, high: null, dispersion: null };
  const rate = total / minutes;
  const s2 = bouts < 2 ? null : processVariance(exposures, rate) / (bouts - 1);
  const scaled = (low: number | null, high: number | null, dispersion: number | null): Per15 => ({
    ...basis,
    per15: rate * PER_MINUTES,
    low: low === null ? null : low * PER_MINUTES,
    high: high === null ? null : high * PER_MINUTES,
    dispersion,
  });
  if (RATE_MEASURES[measure].kind === 'count') {
    const dispersion = s2 === null ? null : rate === 0 ? 1 : Math.max(1, s2 / rate);
    const phi = dispersion ?? 1;
    const low = total === 0 ? 0 : (phi * gammaQuantile(total / phi, 0.025)) / minutes;
    return scaled(low, (phi * gammaQuantile(total / phi + 1, 0.975)) / minutes, dispersion);
  }
  // All alike says nothing of how much they differ.
  if (s2 === null || s2 < 1e-18) return scaled(null, null, null);
  const reach = studentT(bouts - 1) * Math.sqrt(s2 / minutes);
  return scaled(Math.max(0, rate - reach), rate + reach, null);
}

/** Σ t (y/t − r)²: how far bouts are from their common rate, each weighed by its time. */
export function processVariance(exposures: readonly Exposure[], rate: number): number {
  return sum(exposures.map(({ total, minutes }) => (total - rate * minutes) ** 2 / minutes));
}
