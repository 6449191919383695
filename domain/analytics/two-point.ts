import { average, meanShare, type Rate, rateOf, shareOf } from './interval.ts';
import { callOf, isTwoPoint, type JudgedRound, type JudgedScorecard, sightingsOf } from './judged.ts';

/** How readily a judge gives a 10-8 or wider. */
export type TwoPointHabits = {
  /** Share of the judge's rounds. */
  readonly given: Rate;
  /** The colleagues' share in the same rounds. */
  readonly colleaguesGiven: Rate;
  /** In rounds where the judge gave one: mean share of the colleagues who gave one too, to the same corner. */
  readonly concurred: Rate;
  /** Of those with at least two colleagues, the share in which nobody else gave one. */
  readonly alone: Rate;
  /** Over the rounds with a recommendation: how many the judge gave, and the mean stated probability of such a margin. */
  readonly givenWhereRecommended: Rate;
  readonly recommendedExpected: number | null;
};

export function twoPointHabits(judge: string, rounds: readonly JudgedRound[]): TwoPointHabits {
  const sightings = sightingsOf(judge, rounds);
  const shared = sightings.filter(({ others }) => others.length > 0);
  const given = shared.filter(({ own }) => isTwoPoint(own));
  const panels = given.filter(({ others }) => others.length >= 2);
  const recommended = sightings.flatMap(({ round, own }) =>
    round.recommendation === null ? [] : [{ isWide: isTwoPoint(own), margin2: round.recommendation.margin2 }],
  );
  return {
    given: shareOf(sightings, ({ own }) => isTwoPoint(own)),
    colleaguesGiven: meanShare(shared.map(({ others }) => others.filter(isTwoPoint).length / others.length)),
    concurred: meanShare(
      given.map(({ own, others }) => others.filter((other) => concurs(own, other)).length / others.length),
    ),
    alone: rateOf(panels.filter(({ others }) => !others.some(isTwoPoint)).length, panels.length),
    givenWhereRecommended: shareOf(recommended, ({ isWide }) => isWide),
    recommendedExpected: average(recommended.map(({ margin2 }) => margin2)),
  };
}

/** Whether the second scorecard has the wide margin of the first, to the same corner. */
export function concurs(wide: JudgedScorecard, other: JudgedScorecard): boolean {
  return isTwoPoint(other) && callOf(other) === callOf(wide);
}
