import { type Fight, inOrder } from './fight.ts';
import { exposureOf, RATE_MEASURE_NAMES, type RateMeasure, type Side } from './measures.ts';
import { type Per15, rateOver } from './rates.ts';
import { type FightRecord, recordOf } from './record.ts';
import { type Trend, trendOf } from './trend.ts';

/** What the bouts of one fighter say, as far as they may be seen. */
export type FighterProfile = {
  readonly fighter: string;
  readonly record: FightRecord;
  readonly rates: readonly { readonly measure: RateMeasure; readonly own: Per15; readonly absorbed: Per15 }[];
  readonly trends: readonly Trend[];
  /** Oldest first. */
  readonly fights: readonly Fight[];
};

/** Of what a trend is told: the measures that a chart is asked for. */
const TRENDS: readonly (readonly [RateMeasure, Side])[] = [
  ['significant_strikes', 'own'],
  ['significant_strikes', 'absorbed'],
  ['damage', 'own'],
  ['damage', 'absorbed'],
  ['takedowns', 'own'],
  ['takedowns', 'absorbed'],
  ['control_seconds', 'own'],
  ['control_seconds', 'absorbed'],
];

/** `fights` are all of one fighter, in any order. */
export function fighterProfile(fighter: string, fights: readonly Fight[]): FighterProfile {
  // Sums of fractions depend on their order; in the order of the bouts they are always the same.
  const ordered = inOrder(fights);
  const rate = (measure: RateMeasure, side: Side): Per15 =>
    rateOver(
      measure,
      ordered.flatMap((fight) => exposureOf(fight, measure, side) ?? []),
    );
  return {
    fighter,
    record: recordOf(ordered),
    rates: RATE_MEASURE_NAMES.map((measure) => ({
      measure,
      own: rate(measure, 'own'),
      absorbed: rate(measure, 'absorbed'),
    })),
    trends: TRENDS.map(([measure, side]) => trendOf(ordered, measure, side)),
    fights: ordered,
  };
}
