import * as z from 'zod';
import {
  AGGRAVATED_ENDINGS,
  EARLY_ENDINGS,
  EXTENSION_DECIDES,
  JURISDICTION_NAMES,
  KNOCKDOWN_AUTHORITIES,
  MISSING_JUDGE,
  MOST_ROUNDS,
  type RuleOverrides,
  THRESHOLDS,
} from '../../domain/rules/index.ts';

const pointsSchema = z.int().min(1).max(5);

const accidentalFoulSchema = z
  .strictObject({
    from: z
      .enum(THRESHOLDS)
      .optional()
      .describe('From when on the scorecards decide. `half_completed`: at least half; `majority_completed`: more.'),
    rounds: z
      .int()
      .min(1)
      .max(MOST_ROUNDS)
      .optional()
      .describe('What `rounds_completed` and `round_begun` count to; means nothing with the others.'),
    before: z.enum(EARLY_ENDINGS).optional().describe('The result of a bout that ends before that.'),
    aggravated: z
      .enum(AGGRAVATED_ENDINGS)
      .optional()
      .describe('An injury that fair blows make worse: the same threshold, or scored whenever that is.'),
    score_partial_round: z.boolean().optional().describe('Whether the round that was stopped is scored.'),
    recovery_s: z.int().min(0).max(1800).nullable().optional().describe('Longest pause to recover; null: no rule.'),
  })
  .describe('A bout that an accidental foul ends.');

const extensionSchema = z
  .strictObject({
    rounds: z.int().min(0).max(3).optional().describe('Rounds after a draw; 0: none.'),
    decides: z.enum(EXTENSION_DECIDES).optional().describe('The last extension round alone, or the sum of all rounds.'),
    even_allowed: z.boolean().optional().describe('Whether an extension round may be scored 10-10.'),
  })
  .describe('Extension rounds.');

/**
 * What a bout is judged by otherwise than its rule set says. What cannot be said of one field alone, such as a
 * contradiction between two, `withOverrides` refuses.
 */
export const rulesOverridesSchema = z.strictObject({
  jurisdiction: z
    .enum(JURISDICTION_NAMES)
    .optional()
    .describe('A rule-maker’s choices for this rule set; the other fields come on top.'),
  rest_s: z.int().min(0).max(600).optional().describe('Rest between rounds.'),
  lowest_score: z.number().multipleOf(0.5).min(0).max(9.5).optional().describe('The lowest raw score of a round.'),
  half_points: z.boolean().optional().describe('Whether 10-9.5 is a score.'),
  even_rounds: z.boolean().optional().describe('Whether 10-10 is a score.'),
  must_have_ten: z.boolean().optional().describe('Ten-point must: whoever has more has ten.'),
  knockdown_authority: z.enum(KNOCKDOWN_AUTHORITIES).optional().describe('Who says what a knockdown was.'),
  knockdown_points: z
    .int()
    .min(1)
    .max(3)
    .nullable()
    .optional()
    .describe('Points that a knockdown is worth by rule; null: the judge’s discretion.'),
  count_s: z.literal(8).nullable().optional().describe('The mandatory count; null: none.'),
  standing_count: z.boolean().optional().describe('Whether the referee may count over who still stands.'),
  knockdown_limit: z
    .int()
    .min(1)
    .max(10)
    .nullable()
    .optional()
    .describe('Knockdowns in one round that end the bout; null: no such rule.'),
  deduction_points: z
    .array(pointsSchema)
    .min(1)
    .max(5)
    .optional()
    .describe('Whole points that the referee may take for a foul, ascending.'),
  intentional_injury_points: pointsSchema
    .nullable()
    .optional()
    .describe('Points that an intentional foul which injures must cost; null: the referee’s discretion.'),
  accidental_foul: accidentalFoulSchema.optional(),
  extension: extensionSchema.optional(),
  missing_judge: z
    .enum(MISSING_JUDGE)
    .optional()
    .describe('The remaining judges decide, or the absent seat gets the mean of theirs.'),
  panels: z.array(z.int().min(1).max(9)).min(1).max(9).optional().describe('Usual sizes of a panel, ascending.'),
  rounds_allowed: z
    .array(z.int().min(1).max(MOST_ROUNDS))
    .min(1)
    .max(MOST_ROUNDS)
    .optional()
    .describe('Usual numbers of scheduled rounds, ascending.'),
  round_lengths_s: z
    .array(z.int().min(30).max(1800))
    .min(1)
    .max(10)
    .optional()
    .describe('Usual lengths of a round, ascending.'),
});

export type RulesOverridesBody = z.output<typeof rulesOverridesSchema>;

/** The body in the domain's words. */
export function overridesOf(body: RulesOverridesBody): RuleOverrides {
  const { accidental_foul: foul, extension } = body;
  return {
    jurisdiction: body.jurisdiction,
    restS: body.rest_s,
    lowestX10: body.lowest_score === undefined ? undefined : Math.round(body.lowest_score * 10),
    halfPoints: body.half_points,
    evenRounds: body.even_rounds,
    mustHaveTen: body.must_have_ten,
    knockdownAuthority: body.knockdown_authority,
    knockdownPoints: body.knockdown_points,
    countS: body.count_s,
    standingCount: body.standing_count,
    knockdownLimit: body.knockdown_limit,
    deductionPoints: body.deduction_points,
    intentionalInjuryPoints: body.intentional_injury_points,
    accidentalFoul: foul && {
      from: foul.from,
      rounds: foul.rounds,
      before: foul.before,
      aggravated: foul.aggravated,
      scorePartialRound: foul.score_partial_round,
      recoveryS: foul.recovery_s,
    },
    extension: extension && {
      rounds: extension.rounds,
      decides: extension.decides,
      evenAllowed: extension.even_allowed,
    },
    missingJudge: body.missing_judge,
    panels: body.panels,
    roundsAllowed: body.rounds_allowed,
    roundLengthsS: body.round_lengths_s,
  };
}
