import * as z from 'zod';
import { ACTION_TYPES } from '../../domain/actions/index.ts';
import { FIGHTER_OUTCOMES, MIN_BOUTS, RATE_MEASURE_NAMES } from '../../domain/analytics/index.ts';
import { CORNERS } from '../../domain/corner.ts';
import { FIGHTER_SORTS } from '../analytics/read-fighters.ts';
import { filterSchema, rateSchema } from './analytics.ts';
import { dateSchema, idSchema } from './common.ts';

/** A whole number in a query, where everything is text. */
function countSchema(least: number, most: number, otherwise: number) {
  return z
    .string()
    .regex(/^[0-9]{1,4}$/, 'must be a whole number')
    .transform(Number)
    .refine((count) => count >= least && count <= most, `must be from ${least} to ${most}`)
    .default(otherwise);
}

/** Measures of a leaderboard that are shares of bouts. */
export const SHARE_MEASURES = ['win_share', 'finish_share'] as const;

export const SIDES = ['own', 'absorbed'] as const;

export const fighterCursorSchema = z
  .string()
  .regex(/^[0-9]{1,15}~[A-Za-z0-9_.:-]{1,64}$/, 'must be the next_cursor of an answer')
  .describe('`next_cursor` of the page before, of the same sort.');

export const fightersQuery = filterSchema.extend({
  sort: z.enum(FIGHTER_SORTS).default('recent').describe('`recent`, `bouts` and `wins`: the most first.'),
  min_bouts: countSchema(1, 1_000, 1),
  limit: countSchema(1, 100, 50),
  cursor: fighterCursorSchema.optional(),
});

export const leaderboardQuery = filterSchema.extend({
  measure: z.enum([...RATE_MEASURE_NAMES, ...SHARE_MEASURES]).default('significant_strikes'),
  side: z
    .enum(SIDES)
    .optional()
    .describe('What the fighter did (taken where none is given), or what opponents did to the fighter: least first.'),
  min_bouts: countSchema(MIN_BOUTS, 1_000, MIN_BOUTS),
  limit: countSchema(1, 100, 20),
});

export const damageQuery = filterSchema.extend({
  bout_id: idSchema.optional().describe('One bout, round by round; the other filters do not apply to it.'),
  fighter_id: idSchema.optional().describe('One fighter, bout by bout.'),
});

const instantMs = z.int().describe('UTC ms.');

const recordFields = { wins: z.int(), losses: z.int(), draws: z.int(), no_contests: z.int() };

export const fightersSchema = z.object({
  fighters: z.array(
    z.object({
      fighter_id: idSchema,
      bouts: z.int(),
      ...recordFields,
      finishes: z.int().describe('Wins by KO, TKO or submission.'),
      last_bout_ms: instantMs,
      last_bout_date: dateSchema.nullable(),
    }),
  ),
  next_cursor: fighterCursorSchema.nullable(),
});

export const per15Schema = z.object({
  bouts: z.int().describe('Those with a round that was both counted and timed.'),
  minutes: z.number(),
  total: z.number(),
  per_15_min: z.number().nullable(),
  low: z.number().nullable().describe('Lower end of the 95 % interval.'),
  high: z.number().nullable(),
  dispersion: z
    .number()
    .nullable()
    .describe('How much more it varies between bouts than by chance; null of one bout, whose interval is too narrow.'),
});

const sideTotalsSchema = z.object({
  damage: z
    .object({
      points: z.number(),
      strikes: z.int(),
      significant_strikes: z.int(),
      by_target: z.object({ head: z.int(), body: z.int(), leg: z.int() }),
      by_position: z.object({ distance: z.int(), clinch: z.int(), ground: z.int() }),
      by_type: z.partialRecord(z.enum(ACTION_TYPES), z.int()),
      knockdowns: z.int(),
      knockdowns_by_tier: z.object({ flash: z.int(), hard: z.int(), near_finish: z.int() }),
      rocked: z.int(),
    })
    .nullable()
    .describe('Null where nobody who counts logged it. Targets and positions are of significant strikes.'),
  grappling: z
    .object({
      points: z.number(),
      takedowns: z.int(),
      takedowns_stuffed: z.int(),
      submission_attempts: z.int(),
      reversals: z.int(),
    })
    .nullable(),
  control: z.object({ points: z.number(), seconds: z.number() }).nullable(),
  deductions: z.number(),
});

export const trendSchema = z.object({
  measure: z.enum(RATE_MEASURE_NAMES),
  side: z.enum(SIDES),
  points: z.array(z.object({ bout_id: idSchema, at_ms: instantMs, per_15_min: z.number() })),
  change_per_year: z.number().nullable().describe('Per 15 minutes and year; null below the minimum of bouts.'),
  low: z.number().nullable(),
  high: z.number().nullable(),
});

const endingFields = {
  outcome: z.enum(FIGHTER_OUTCOMES),
  method: z.string(),
  decision: z.string().nullable(),
  ended_round: z.int().nullable().describe('Of a stoppage.'),
  ended_ms: z.int().nullable().describe('Official time of a stoppage, elapsed in its round.'),
};

export const profileSchema = z.object({
  fighter_id: idSchema,
  truncated: z.boolean().describe('Whether older bouts were left out.'),
  record: z.object({
    bouts: z.int(),
    ...recordFields,
    wins_by: z.record(z.string(), z.int()),
    losses_by: z.record(z.string(), z.int()),
    win_share: rateSchema,
    finish_share: rateSchema.describe('Wins by KO, TKO or submission, of all wins.'),
    finished_share: rateSchema.describe('Losses likewise.'),
    minutes: z.number().nullable().describe('Null where the fought time of a bout is not known.'),
  }),
  rates: z.array(z.object({ measure: z.enum(RATE_MEASURE_NAMES), own: per15Schema, absorbed: per15Schema })),
  totals: z.object({ own: sideTotalsSchema, absorbed: sideTotalsSchema }),
  min_trend_bouts: z.int(),
  trends: z.array(trendSchema),
  bouts: z.array(
    z.object({
      bout_id: idSchema,
      date: dateSchema.nullable(),
      official_ms: instantMs,
      sport: z.string(),
      ruleset: z.string(),
      corner: z.enum(CORNERS),
      opponent_id: idSchema.nullable().describe('Null where the bout does not say who it was.'),
      ...endingFields,
      rounds: z.int(),
      own: sideTotalsSchema,
      absorbed: sideTotalsSchema,
    }),
  ),
});

const damagePointSchema = z.object({
  damage: z.number().nullable().describe('Category points; null where nobody who counts logged it.'),
  cumulative: z.number().nullable().describe('Null from the first round on that is not known.'),
});

const damageSumSchema = z.object({
  rounds: z.int().describe('Those that are known.'),
  damage: z.number().nullable(),
  per_15_min: z.number().nullable(),
  cumulative: z.number().describe('With all bouts before, as far as they are known.'),
});

const roundFields = { round_id: z.int(), fought_ms: z.int().nullable() };

export const damageSchema = z.object({
  bout: z
    .object({
      bout_id: idSchema,
      date: dateSchema.nullable(),
      values_version: z.string(),
      red_id: idSchema.nullable(),
      blue_id: idSchema.nullable(),
      rounds: z.array(z.object({ ...roundFields, red: damagePointSchema, blue: damagePointSchema })),
    })
    .nullable(),
  fighter: z
    .object({
      fighter_id: idSchema,
      truncated: z.boolean(),
      values_versions: z.array(z.string()).describe('Points of two tables of values do not compare.'),
      min_trend_bouts: z.int(),
      trends: z.array(trendSchema),
      bouts: z.array(
        z.object({
          bout_id: idSchema,
          at_ms: instantMs,
          opponent_id: idSchema.nullable(),
          values_version: z.string(),
          dealt: damageSumSchema,
          absorbed: damageSumSchema,
          rounds: z.array(z.object({ ...roundFields, dealt: damagePointSchema, absorbed: damagePointSchema })),
        }),
      ),
    })
    .nullable(),
});

export const leaderboardSchema = z.object({
  measure: z.enum([...RATE_MEASURE_NAMES, ...SHARE_MEASURES]),
  side: z.enum(SIDES),
  method: z.enum(['empirical_bayes', 'wilson_low']).describe('What is ranked by: docs/analytics.md.'),
  unit: z.enum(['per_15_min', 'share']),
  min_bouts: z.int(),
  min_fighters: z.int().nullable(),
  truncated: z.boolean(),
  values_versions: z.array(z.string()).describe('Of points: those of two tables of values do not compare.'),
  fighters: z.int(),
  qualified: z.int().describe('Those with bouts enough.'),
  mean: z.number().nullable().describe('Of all fighters together; null for shares.'),
  half_weight_minutes: z.number().nullable().describe('Minutes after which a fighter weighs as much as the mean.'),
  unranked: z.enum(['too_few_fighters', 'no_difference']).nullable().describe('Why nobody is ranked.'),
  ranked: z.array(
    z.object({
      fighter_id: idSchema,
      rank: z.int(),
      bouts: z.int(),
      minutes: z.number().nullable(),
      raw: z.number().describe('What these bouts alone say. Nobody is ranked by it.'),
      ranked_by: z.number(),
      low: z.number(),
      high: z.number(),
    }),
  ),
});
