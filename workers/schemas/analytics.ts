import * as z from 'zod';
import { CALLS, FLAG_KINDS } from '../../domain/analytics/index.ts';
import { SPORTS } from '../../domain/bout/index.ts';
import { dateSchema, idSchema } from './common.ts';

/** In a query everything is text. */
const flagSchema = z
  .enum(['true', 'false'])
  .default('false')
  .transform((text) => text === 'true');

export const filterSchema = z.object({
  from: dateSchema.optional().describe('Venue-local date of the bout, included.'),
  to: dateSchema.optional().describe('Venue-local date of the bout, included.'),
  sport: z.enum(SPORTS).optional(),
  ruleset: idSchema.optional(),
  include_simulated: flagSchema.describe('Whether bouts that were simulated count, too.'),
});

export const simulatedQuery = z.object({ include_simulated: flagSchema });

export const cursorSchema = z
  .string()
  .regex(/^[0-9]{1,15}~[A-Za-z0-9_.:-]{1,64}$/, 'must be the next_cursor of an answer')
  .describe('`next_cursor` of the page before.');

/** A number would be what its text is made into: `0x1` and ` 1` and an empty one would be numbers, too. */
export const nearCertainSchema = z
  .string()
  .regex(/^(?:0\.[5-9][0-9]{0,9}|1(?:\.0{1,10})?)$/, 'must be a probability from 0.5 to 1')
  .transform(Number)
  .default(0.95)
  .describe('From which probability on a recommendation counts as near-certain.');

const shareSchema = z.number().min(0).max(1);

export const rateSchema = z.object({
  n: z.int().describe('How many cases.'),
  rate: shareSchema.nullable(),
  low: shareSchema.nullable().describe('Lower end of the 95 % interval.'),
  high: shareSchema.nullable(),
});

export const meanSchema = z.object({
  n: z.int(),
  mean: z.number().nullable(),
  low: z.number().nullable().describe('Lower end of the 95 % interval.'),
  high: z.number().nullable(),
});

export const kappaSchema = z.object({
  n: z.int(),
  kappa: z.number().min(-1).max(1).nullable().describe('Null where it is not defined.'),
  low: z.number().nullable(),
  high: z.number().nullable(),
  observed: shareSchema.nullable(),
  expected: shareSchema.nullable(),
});

const analyticsJudge = idSchema.describe('The person’s id where it is known, else the seat’s.');

export const recommendationSchema = z.object({ p_red: shareSchema, margin2: shareSchema, model: z.string() });

export const judgedCardSchema = z.object({
  judge_id: analyticsJudge,
  seat: idSchema.nullable().describe('Null for a trainee’s, beside the panel’s.'),
  red: z.number(),
  blue: z.number(),
});

export const flagsSchema = z.array(
  z.object({
    kind: z.enum(FLAG_KINDS),
    bout_id: idSchema,
    round_id: z.int().nullable().describe('Null where it is about the totals of the bout.'),
    judges: z.array(analyticsJudge).describe('Whom the question is put to.'),
    scorecards: z.array(judgedCardSchema),
    recommendation: recommendationSchema.nullable(),
    question: z.string().describe('A question for people, never a verdict.'),
  }),
);

export const summarySchema = z.object({
  judge_id: analyticsJudge,
  rounds: z.int(),
  bouts: z.int(),
  enough_rounds: z.boolean().describe('Whether there are rounds enough to compare with anybody.'),
  agreement: z.object({
    majority: rateSchema,
    exact: rateSchema,
    colleagues: rateSchema,
    colleagues_exact: rateSchema,
  }),
  recommendation: z.object({
    favourite: rateSchema,
    favourite_expected: shareSchema.nullable(),
    chosen: shareSchema.nullable(),
    chosen_expected: shareSchema.nullable(),
    even_rounds: z.int(),
  }),
  bias: z.object({
    red: rateSchema,
    colleagues_red: shareSchema.nullable(),
    red_against_colleagues: meanSchema,
    margin_against_colleagues: meanSchema,
  }),
  two_point: z.object({
    given: rateSchema,
    colleagues_given: rateSchema,
    concurred: rateSchema,
    alone: rateSchema,
    given_where_recommended: rateSchema,
    recommended_expected: shareSchema.nullable(),
  }),
  even: rateSchema,
});

export const panelSchema = z.object({
  rounds: z.int(),
  same_winner: rateSchema,
  same_score: rateSchema,
  unanimous: rateSchema,
  two_point_concurred: rateSchema,
  by_size: z.array(z.object({ judges: z.int(), kappa: kappaSchema })),
});

const basis = {
  min_rounds: z.int().describe('Below so many rounds nobody is ranked.'),
  truncated: z.boolean().describe('Whether older bouts were left out.'),
};

export const judgesSchema = z.object({
  ...basis,
  panel: panelSchema,
  judges: z.array(summarySchema.extend({ rank: z.int().nullable().describe('By agreement with the majority.') })),
});

export const judgeSchema = z.object({
  ...basis,
  summary: summarySchema,
  colleagues: z.array(z.object({ judge_id: analyticsJudge, kappa: kappaSchema })),
  panels: z.array(z.object({ judges: z.array(analyticsJudge), kappa: kappaSchema })),
  flags: flagsSchema,
  flags_left_out: z.int(),
});

export const discrepanciesSchema = z.object({ flags: flagsSchema, next_cursor: cursorSchema.nullable() });

export const boutAnalyticsSchema = z.object({
  bout_id: idSchema,
  date: dateSchema.nullable(),
  sport: z.string(),
  ruleset: z.string(),
  simulated: z.boolean(),
  rounds: z.array(
    z.object({
      round_id: z.int(),
      deductions: z.object({ red: z.number(), blue: z.number() }),
      scorecards: z.array(judgedCardSchema),
      recommendation: recommendationSchema.nullable(),
    }),
  ),
  panel: panelSchema,
  pairs: z.array(z.object({ judges: z.array(analyticsJudge), kappa: kappaSchema })),
  flags: flagsSchema,
});

export const comparisonSchema = z.object({
  bout_id: idSchema,
  round_id: z.int(),
  red: z.number(),
  blue: z.number(),
  winner: z.enum(CALLS),
  official: z.array(
    z.object({
      judge_id: analyticsJudge,
      seat: idSchema,
      winner: z.enum(CALLS),
      margin: z.number().describe('Red’s lead in points; negative where blue leads.'),
      same_winner: z.boolean(),
      same_score: z.boolean(),
    }),
  ),
  majority: z.enum(CALLS).nullable(),
  with_majority: z.boolean().nullable(),
  with_majority_score: z.boolean().nullable(),
  recommendation: recommendationSchema.nullable(),
  flags: flagsSchema,
});

export const traineeSchema = z.object({
  ...basis,
  trainee: idSchema,
  summary: summarySchema,
  panel_kappa: kappaSchema,
  missing_rounds: z.int().describe('How many are missing until the figures may be compared.'),
  not_compared: z.int().describe('Rounds scored whose official scorecards are not to be had (any more).'),
});
