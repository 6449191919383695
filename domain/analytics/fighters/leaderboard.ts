import { rateOf } from '../interval.ts';
import { type Exposure, PER_MINUTES, RATE_MEASURES, type RateMeasure } from './measures.ts';
import { credible, type Prior, priorOf, shrunk, together } from './shrink.ts';

/** Nobody with fewer bouts is ranked. */
export const MIN_BOUTS = 3;

/** Nobody is ranked among fewer fighters who have bouts enough: how they differ would be a guess. */
export const MIN_FIGHTERS = 10;

/** A fighter's bouts, as far as they say anything of the measure. */
export type Candidate = { readonly fighter: string; readonly bouts: readonly Exposure[] };

export type Ranked = {
  readonly fighter: string;
  /** From 1; equals share it. */
  readonly rank: number;
  readonly bouts: number;
  readonly minutes: number;
  /** What the fighter's bouts alone say, per 15 minutes, and what it is ranked by. */
  readonly raw: number;
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
};

export type Leaderboard = {
  /** Fighters of whom anything is known, and those with bouts enough. */
  readonly fighters: number;
  readonly qualified: number;
  /** Of all together, per 15 minutes. */
  readonly mean: number | null;
  /** Minutes that a fighter must have fought to weigh as much as the mean of all; null where nobody is ranked. */
  readonly halfWeightMinutes: number | null;
  /** Why nobody is ranked. */
  readonly unranked: 'too_few_fighters' | 'no_difference' | null;
  readonly ranked: readonly Ranked[];
};

/**
 * Fighters by their rate as shrunk towards the population (`shrunk`): a newcomer with one great night stands near the
 * mean. All fighters inform the prior; only those with at least `minBouts` bouts are ranked.
 * @param order `low` where less is better
 * @param most so many are listed
 */
export function rateLeaderboard(
  measure: RateMeasure,
  candidates: readonly Candidate[],
  order: 'high' | 'low',
  { minBouts = MIN_BOUTS, most = 100 }: { readonly minBouts?: number; readonly most?: number } = {},
): Leaderboard {
  const known = candidates
    .filter(({ bouts }) => bouts.length > 0)
    // Sums of fractions depend on their order.
    .map(({ fighter, bouts }) => ({
      fighter,
      bouts: bouts.toSorted(byExposure),
      ...together(bouts.toSorted(byExposure)),
    }))
    .toSorted((a, b) => (a.fighter < b.fighter ? -1 : 1));
  const all = together(known);
  const qualified = known.filter(({ bouts }) => bouts.length >= Math.max(MIN_BOUTS, minBouts));
  const basis = {
    fighters: known.length,
    qualified: qualified.length,
    mean: all.minutes > 0 ? (all.total / all.minutes) * PER_MINUTES : null,
  };
  if (qualified.length < MIN_FIGHTERS) return { ...basis, ...NOBODY, unranked: 'too_few_fighters' };
  const prior = priorOf(
    known.map(({ bouts }) => bouts),
    RATE_MEASURES[measure].kind,
  );
  if (prior === null) return { ...basis, ...NOBODY, unranked: 'no_difference' };
  const sign = order === 'high' ? -1 : 1;
  const estimates = qualified
    .map((one) => ({ one, estimate: shrunk(prior, one) }))
    .toSorted((a, b) => sign * (a.estimate - b.estimate));
  return {
    ...basis,
    halfWeightMinutes: prior.minutes,
    unranked: null,
    ranked: estimates.slice(0, most).map(({ one, estimate }) => rankedOf(prior, one, estimate, estimates, sign)),
  };
}

const NOBODY = { halfWeightMinutes: null, ranked: [] } as const;

function byExposure(a: Exposure, b: Exposure): number {
  return a.minutes - b.minutes || a.total - b.total;
}

function rankedOf(
  prior: Prior,
  one: Candidate & Exposure,
  estimate: number,
  all: readonly { readonly estimate: number }[],
  sign: number,
): Ranked {
  const { low, high } = credible(prior, one);
  return {
    fighter: one.fighter,
    rank: 1 + all.filter((other) => sign * (other.estimate - estimate) < 0).length,
    bouts: one.bouts.length,
    minutes: one.minutes,
    raw: (one.total / one.minutes) * PER_MINUTES,
    estimate: estimate * PER_MINUTES,
    low: low * PER_MINUTES,
    high: high * PER_MINUTES,
  };
}

/** So many hits of so many bouts. */
export type ShareCandidate = { readonly fighter: string; readonly hits: number; readonly of: number };

export type RankedShare = {
  readonly fighter: string;
  readonly rank: number;
  readonly of: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
};

/**
 * Fighters by the lower end of Wilson's interval of a share (see `rateOf`): what is at least so with 97.5 %. One win of
 * one counts as 21 %, nine of ten as 60 %.
 */
export function shareLeaderboard(
  candidates: readonly ShareCandidate[],
  { minBouts = MIN_BOUTS, most = 100 }: { readonly minBouts?: number; readonly most?: number } = {},
): { readonly fighters: number; readonly qualified: number; readonly ranked: readonly RankedShare[] } {
  const rated = candidates
    .filter(({ of }) => of >= Math.max(MIN_BOUTS, minBouts))
    .flatMap(({ fighter, hits, of }) => {
      const { rate, low, high } = rateOf(hits, of);
      return rate === null || low === null || high === null ? [] : [{ fighter, of, share: rate, low, high }];
    })
    .toSorted((a, b) => b.low - a.low || (a.fighter < b.fighter ? -1 : 1));
  return {
    fighters: candidates.length,
    qualified: rated.length,
    ranked: rated.slice(0, most).map((one) => ({ ...one, rank: 1 + rated.filter(({ low }) => low > one.low).length })),
  };
}
