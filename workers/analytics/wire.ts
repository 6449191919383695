import type * as z from 'zod';
import {
  type Flag,
  type JudgedRecommendation,
  type JudgedScorecard,
  type JudgeSummary,
  type PanelFigures,
  SHADOW_SEAT,
  type ShadowComparison,
} from '../../domain/analytics/index.ts';
import type {
  comparisonSchema,
  flagsSchema,
  judgedCardSchema,
  panelSchema,
  recommendationSchema,
  summarySchema,
} from '../schemas/analytics.ts';

/** The domain's figures in the wire's words; points instead of tenths. */
export function wireSummary(one: JudgeSummary): z.infer<typeof summarySchema> {
  const { agreement, recommendation, bias, twoPoint } = one;
  return {
    judge_id: one.judge,
    rounds: one.rounds,
    bouts: one.bouts,
    enough_rounds: one.isEnough,
    agreement: {
      majority: agreement.majority,
      exact: agreement.exact,
      colleagues: agreement.colleagues,
      colleagues_exact: agreement.colleaguesExact,
    },
    recommendation: {
      favourite: recommendation.favourite,
      favourite_expected: recommendation.favouriteExpected,
      chosen: recommendation.chosen,
      chosen_expected: recommendation.chosenExpected,
      even_rounds: recommendation.evenRounds,
    },
    bias: {
      red: bias.red,
      colleagues_red: bias.colleaguesRed,
      red_against_colleagues: bias.redAgainstColleagues,
      margin_against_colleagues: bias.marginAgainstColleagues,
    },
    two_point: {
      given: twoPoint.given,
      colleagues_given: twoPoint.colleaguesGiven,
      concurred: twoPoint.concurred,
      alone: twoPoint.alone,
      given_where_recommended: twoPoint.givenWhereRecommended,
      recommended_expected: twoPoint.recommendedExpected,
    },
    even: one.even,
  };
}

export function wirePanel(panel: PanelFigures): z.infer<typeof panelSchema> {
  return {
    rounds: panel.rounds,
    same_winner: panel.sameWinner,
    same_score: panel.sameScore,
    unanimous: panel.unanimous,
    two_point_concurred: panel.twoPointConcurred,
    by_size: [...panel.bySize],
  };
}

export function wireCard({ judge, seat, redX10, blueX10 }: JudgedScorecard): z.infer<typeof judgedCardSchema> {
  return { judge_id: judge, seat: seat === SHADOW_SEAT ? null : seat, red: redX10 / 10, blue: blueX10 / 10 };
}

export function wireRecommendation(one: JudgedRecommendation | null): z.infer<typeof recommendationSchema> | null {
  return one === null ? null : { p_red: one.pRed, margin2: one.margin2, model: one.model };
}

export function wireFlags(flags: readonly Flag[]): z.infer<typeof flagsSchema> {
  return flags.map((flag) => ({
    kind: flag.kind,
    bout_id: flag.boutId,
    round_id: flag.round,
    judges: [...flag.judges],
    scorecards: flag.scorecards.map(wireCard),
    recommendation: wireRecommendation(flag.recommendation),
    question: flag.question,
  }));
}

type Scored = {
  readonly boutId: string;
  readonly round: number;
  readonly redX10: number;
  readonly blueX10: number;
};

export function wireComparison(scored: Scored, one: ShadowComparison): z.infer<typeof comparisonSchema> {
  return {
    bout_id: scored.boutId,
    round_id: scored.round,
    red: scored.redX10 / 10,
    blue: scored.blueX10 / 10,
    winner: one.winner,
    official: one.official.map((card) => ({
      judge_id: card.judge,
      seat: card.seat,
      winner: card.winner,
      margin: card.marginX10 / 10,
      same_winner: card.sameWinner,
      same_score: card.sameScore,
    })),
    majority: one.majority,
    with_majority: one.withMajority,
    with_majority_score: one.withMajorityScore,
    recommendation: wireRecommendation(one.recommendation),
    flags: wireFlags(one.flags),
  };
}
