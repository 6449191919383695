import type { CornerFacts } from '../facts/index.ts';
import type { Fight, FightRound } from './fight.ts';

/**
 * What is measured per 15 minutes. `count`s are of events; `amount`s are seconds or category points, which have no
 * chance distribution of their own: how much they vary is read off the bouts.
 */
export const RATE_MEASURES = {
  significant_strikes: { kind: 'count', read: ({ damage }) => damage?.significant ?? null },
  strikes: { kind: 'count', read: ({ damage }) => damage?.strikes ?? null },
  head_strikes: { kind: 'count', read: ({ damage }) => damage?.head ?? null },
  body_strikes: { kind: 'count', read: ({ damage }) => damage?.body ?? null },
  leg_strikes: { kind: 'count', read: ({ damage }) => damage?.leg ?? null },
  knockdowns: { kind: 'count', read: ({ damage }) => damage?.knockdowns ?? null },
  rocked: { kind: 'count', read: ({ damage }) => damage?.rocked ?? null },
  takedowns: { kind: 'count', read: ({ grappling }) => grappling?.takedowns ?? null },
  submission_attempts: { kind: 'count', read: ({ grappling }) => grappling?.submissions ?? null },
  reversals: { kind: 'count', read: ({ grappling }) => grappling?.reversals ?? null },
  control_seconds: { kind: 'amount', read: ({ control }) => (control === null ? null : control.ms / 1000) },
  damage: { kind: 'amount', read: ({ damage }) => (damage === null ? null : damage.microPoints / 1e6) },
  grappling: { kind: 'amount', read: ({ grappling }) => (grappling === null ? null : grappling.microPoints / 1e6) },
} as const satisfies Readonly<
  Record<string, { readonly kind: 'count' | 'amount'; readonly read: (corner: CornerFacts) => number | null }>
>;

export type RateMeasure = keyof typeof RATE_MEASURES;

export const RATE_MEASURE_NAMES: readonly RateMeasure[] = Object.keys(RATE_MEASURES).filter(isRateMeasure);

export function isRateMeasure(name: string): name is RateMeasure {
  return Object.hasOwn(RATE_MEASURES, name);
}

/** Whose doing is measured: the fighter's own, or what the opponent did to the fighter. */
export type Side = 'own' | 'absorbed';

/** What one bout says of a measure: so much in so many minutes of rounds that were both counted and timed. */
export type Exposure = { readonly total: number; readonly minutes: number };

/** Null where no round of the bout was both counted and timed. */
export function exposureOf(fight: Fight, measure: RateMeasure, side: Side): Exposure | null {
  const { read } = RATE_MEASURES[measure];
  let [total, minutes] = [0, 0];
  for (const one of fight.rounds) {
    const value = read(cornerOn(one, side));
    if (value === null || one.foughtMs === null || one.foughtMs <= 0) continue;
    total += value;
    minutes += one.foughtMs / 60_000;
  }
  return minutes > 0 ? { total, minutes } : null;
}

export function cornerOn(round: FightRound, side: Side): CornerFacts {
  return side === 'own' ? round.own : round.other;
}

/** The minutes that rates are per. */
export const PER_MINUTES = 15;

export function per15({ total, minutes }: Exposure): number {
  return (total / minutes) * PER_MINUTES;
}
