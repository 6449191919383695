import { theilSen } from '../math/robust.ts';
import { type Fight, inOrder, whenFought } from './fight.ts';
import { exposureOf, per15, type RateMeasure, type Side } from './measures.ts';

/** Below so many bouts no trend is told: of five, Sen's interval is as wide as the pairs go. */
export const MIN_TREND_BOUTS = 6;

/** A year in ms: 365.25 days. */
const YEAR_MS = 31_557_600_000;

export type TrendPoint = { readonly boutId: string; readonly atMs: number; readonly per15: number };

/** A measure bout by bout, oldest first, and how it has changed. */
export type Trend = {
  readonly measure: RateMeasure;
  readonly side: Side;
  readonly points: readonly TrendPoint[];
  /** Change per 15 minutes and year, the median over all pairs of bouts; null below {@link MIN_TREND_BOUTS}. */
  readonly perYear: number | null;
  readonly low: number | null;
  readonly high: number | null;
};

/**
 * Theil and Sen's slope over the time between bouts: one bout in four may be anything without moving it far. Opponents
 * differ from bout to bout, so a trend is of the bouts, not of the fighter alone.
 */
export function trendOf(fights: readonly Fight[], measure: RateMeasure, side: Side): Trend {
  const points = inOrder(fights).flatMap((fight): TrendPoint[] => {
    const exposure = exposureOf(fight, measure, side);
    return exposure === null ? [] : [{ boutId: fight.boutId, atMs: whenFought(fight), per15: per15(exposure) }];
  });
  const firstMs = points[0]?.atMs ?? 0;
  const slope =
    points.length < MIN_TREND_BOUTS
      ? null
      : theilSen(points.map((point) => ({ x: (point.atMs - firstMs) / YEAR_MS, y: point.per15 })));
  return {
    measure,
    side,
    points,
    perYear: slope?.slope ?? null,
    low: slope?.low ?? null,
    high: slope?.high ?? null,
  };
}
