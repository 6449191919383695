import {
  type PanelAgreement,
  panelAgreement,
  type RecommendationAgreement,
  recommendationAgreement,
} from './agreement.ts';
import { type CornerBias, cornerBias } from './bias.ts';
import { type Rate, shareOf } from './interval.ts';
import { callOf, type JudgedRound, sightingsOf } from './judged.ts';
import { type TwoPointHabits, twoPointHabits } from './two-point.ts';

/** Below so many rounds nobody is ranked: the interval of an agreement of 85 % is then some 25 points wide. */
export const MIN_ROUNDS = 30;

/** What the scorecards say about one judge. Not a mark: agreement with a panel is no measure of having been right. */
export type JudgeSummary = {
  readonly judge: string;
  readonly rounds: number;
  readonly bouts: number;
  /** Whether there are rounds enough to compare this judge with others at all. */
  readonly isEnough: boolean;
  readonly agreement: PanelAgreement;
  readonly recommendation: RecommendationAgreement;
  readonly bias: CornerBias;
  readonly twoPoint: TwoPointHabits;
  /** Rounds scored even. */
  readonly even: Rate;
};

/** `rounds` may hold rounds of others; those that the judge did not score are passed over. */
export function judgeSummary(judge: string, rounds: readonly JudgedRound[], minRounds = MIN_ROUNDS): JudgeSummary {
  const sightings = sightingsOf(judge, rounds);
  return {
    judge,
    rounds: sightings.length,
    bouts: new Set(sightings.map(({ round }) => round.boutId)).size,
    isEnough: sightings.length >= minRounds,
    agreement: panelAgreement(judge, rounds),
    recommendation: recommendationAgreement(judge, rounds),
    bias: cornerBias(judge, rounds),
    twoPoint: twoPointHabits(judge, rounds),
    even: shareOf(sightings, ({ own }) => callOf(own) === 'even'),
  };
}

/** A judge's place by agreement with the majority of the others, from 1; equals share it. Null below the minimum. */
export type RankedSummary = JudgeSummary & { readonly rank: number | null };

/**
 * Every judge of these rounds, by id. Ranked are those alone whose rounds with a majority of the others reach the
 * minimum, by that agreement.
 */
export function judgeSummaries(rounds: readonly JudgedRound[], minRounds = MIN_ROUNDS): readonly RankedSummary[] {
  const byJudge = new Map<string, JudgedRound[]>();
  for (const round of rounds) {
    for (const judge of new Set(round.scorecards.map((card) => card.judge))) {
      const list = byJudge.get(judge);
      if (list === undefined) byJudge.set(judge, [round]);
      else list.push(round);
    }
  }
  const summaries = [...byJudge]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([judge, own]) => judgeSummary(judge, own, minRounds));
  const ranked = summaries.flatMap((one) => rankedRate(one, minRounds) ?? []);
  return summaries.map((one) => {
    const rate = rankedRate(one, minRounds);
    return { ...one, rank: rate === null ? null : 1 + ranked.filter((other) => other > rate).length };
  });
}

function rankedRate({ agreement }: JudgeSummary, minRounds: number): number | null {
  return agreement.majority.n >= minRounds ? agreement.majority.rate : null;
}
