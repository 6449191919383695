import { sum } from '../interval.ts';
import { gammaQuantile } from '../math/special.ts';
import type { Exposure } from './measures.ts';
import { processVariance } from './rates.ts';

/** What a population of fighters says of a rate per minute, before anything is known of one of them. */
export type Prior = {
  readonly mean: number;
  /** Variance of true rates between fighters, and of a fighter's own rate over one minute. */
  readonly between: number;
  readonly within: number;
  /** Minutes of a fighter that weigh as much as all that is known of the others: within / between. */
  readonly minutes: number;
};

/**
 * The prior of fighters' rates by Bühlmann and Straub's estimators, which need no bout to be as long as another:
 * mean m = Σy / Σt; within s² = Σ_i Σ_b t (y/t − r_i)² / Σ_i (k_i − 1), for counts at least m, their chance variance;
 * between A = (Σ_i t_i (r_i − m)² − (N − 1) s²) / (T − Σ t_i² / T).
 * Null where fighters differ no more than chance makes them (A ≤ 0), or where none has two bouts and s² is unknown.
 * Source: Bühlmann, H., Gisler, A. (2005), A Course in Credibility Theory, 4.2 and 4.8.
 * @param fighters each one's bouts
 */
export function priorOf(fighters: readonly (readonly Exposure[])[], kind: 'count' | 'amount'): Prior | null {
  const groups = fighters.map((bouts) => ({ bouts, ...together(bouts) })).filter(({ minutes }) => minutes > 0);
  const all = together(groups);
  if (groups.length < 2 || all.total <= 0) return null;
  const mean = all.total / all.minutes;
  const degrees = sum(groups.map(({ bouts }) => bouts.length - 1));
  if (degrees === 0 && kind === 'amount') return null;
  const scatter = sum(groups.map(({ bouts, total, minutes }) => processVariance(bouts, total / minutes)));
  const observed = degrees === 0 ? 0 : scatter / degrees;
  const within = kind === 'count' ? Math.max(mean, observed) : observed;
  const spread = processVariance(groups, mean) - (groups.length - 1) * within;
  const between = spread / (all.minutes - sum(groups.map(({ minutes }) => minutes ** 2)) / all.minutes);
  return between > 0 && within > 0 ? { mean, between, within, minutes: within / between } : null;
}

export function together(exposures: readonly Exposure[]): Exposure {
  return { total: sum(exposures.map(({ total }) => total)), minutes: sum(exposures.map(({ minutes }) => minutes)) };
}

/**
 * A fighter's rate per minute with the population's prior: (m κ + y) / (κ + t), κ the prior's minutes. It lies between
 * the fighter's own rate and the mean, the nearer to the former the more was fought. It is both Bühlmann's linear
 * estimate and the posterior mean of a gamma prior whose counts vary φ = s² / m times as much as Poisson's.
 */
export function shrunk({ mean, minutes }: Prior, own: Exposure): number {
  return (mean * minutes + own.total) / (minutes + own.minutes);
}

/** The middle 95 % of that posterior, Gamma((m κ + y) / φ, (κ + t) / φ). */
export function credible(
  { mean, minutes, within }: Prior,
  own: Exposure,
): { readonly low: number; readonly high: number } {
  const phi = within / mean;
  const shape = (mean * minutes + own.total) / phi;
  const rate = (minutes + own.minutes) / phi;
  return { low: gammaQuantile(shape, 0.025) / rate, high: gammaQuantile(shape, 0.975) / rate };
}
