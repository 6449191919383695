import * as z from 'zod';
import { INPUT_GROUPS } from '../../domain/scoring/index.ts';
import { roundStatusSchema } from './bout.ts';
import { idSchema } from './common.ts';

const cornerSchema = z.enum(['red', 'blue']);
const pointsPairSchema = z.object({ red: z.number(), blue: z.number() });

export const findingsSchema = z.object({
  bout_id: idSchema,
  round_id: z.int(),
  locked: z.boolean(),
  findings: z.array(
    z.object({
      code: z.string(),
      severity: z.enum(['critical', 'warning']),
      detail: z.string(),
      facts: z.record(z.string(), z.json()),
    }),
  ),
});

export const recommendationsSchema = z.object({
  bout_id: idSchema,
  rounds: z.array(
    z.object({
      round_id: z.int(),
      status: roundStatusSchema,
      complete: z.boolean().describe('Whether the round is over: before, it speaks of the round so far.'),
      p_red: z.number().describe('Probability that judges give the round to red.'),
      p_two_points: z.number().describe('Probability of a margin of two points or more, for either corner.'),
      scorecard: z
        .string()
        .nullable()
        .describe('Red-blue, as most judges would score it; null where the rule set has no such score.'),
      too_close: z.boolean(),
      reasons: z.array(
        z.object({
          corner: cornerSchema,
          input: z.string(),
          words: z.string(),
          log_odds: z.number().describe('How strongly it speaks for that corner.'),
        }),
      ),
      lacked: z.array(z.enum(INPUT_GROUPS)).describe('What nobody logged; the doubt is wider for it.'),
      model: z.string(),
      fitted: z.boolean().describe('False: a published formula, not fitted on real judges’ scores.'),
      notes: z.array(z.string()),
    }),
  ),
});

const cardFactsSchema = z.object({
  round_id: z.int(),
  judge_name: z.string().describe('Who gave it, where the seat has changed hands.'),
  submitted: z.boolean(),
  red: z.number().nullable().describe('Raw, before deductions; null while it is open.'),
  blue: z.number().nullable(),
  sequence_index: z.int(),
  paper: z.boolean(),
  earlier: z.array(z.object({ red: z.number(), blue: z.number(), sequence_index: z.int(), reopened_at: z.int() })),
  deductions: pointsPairSchema,
});

const computedSchema = z.object({
  winner: z.enum(['red', 'blue', 'draw', 'no_contest']),
  method: z.string(),
  decision: z.string().nullable(),
  round_id: z.int().nullable(),
  time_ms: z.int().nullable(),
  reason: z.string().nullable(),
});

const seatRoundSchema = z.object({ judge_id: idSchema, round_id: z.int() });

/** Everything after `rulings` is for supervisors. */
export const scorecardsSchema = z.object({
  bout_id: idSchema,
  rules: z.record(z.string(), z.json()).describe('What the bout is judged by, as frozen into its ledger.'),
  seats: z.array(
    z.object({
      judge_id: idSchema,
      judge_name: z.string(),
      absent: z.boolean(),
      rounds: z.array(cardFactsSchema),
      total: pointsPairSchema.optional().describe('Deductions applied; where every round of the seat may be seen.'),
      signed: z.boolean().optional(),
    }),
  ),
  rulings: z.array(
    z.object({
      round_id: z.int(),
      sequence_index: z.int(),
      event_id: z.string().nullable().describe('What another ruling names as its target.'),
      target_event_id: z.string().nullable(),
      foul: z.string().nullable(),
      time_ms: z.int().nullable().describe('Of a stoppage: its official time.'),
      kind: z.string(),
      corner: cornerSchema.nullable(),
      intent: z.enum(['accidental', 'intentional']).nullable(),
      points: z.number(),
      method: z.string().nullable(),
      rescinded: z.boolean(),
      told: z.boolean().optional().describe('For a judge: whether the own seat has acknowledged it.'),
    }),
  ),
  missing: z.array(seatRoundSchema).optional(),
  extension_due: z.boolean().optional(),
  unsigned: z.array(idSchema).optional(),
  told: z.array(z.object({ sequence_index: z.int(), judges: z.array(idSchema) })).optional(),
  notices: z.array(z.object({ round_id: z.int(), words: z.string() })).optional(),
  hints: z.array(seatRoundSchema.extend({ words: z.string() })).optional(),
  proposals: z
    .array(
      z
        .object({
          proposal_index: z.int(),
          proposed_by: z.string(),
          kind: z.enum(['paper', 'substitute', 'absent', 'present']),
          judge_id: idSchema,
        })
        .loose(),
    )
    .optional(),
  computed: computedSchema.nullable().optional(),
  not_computed: z.string().nullable().optional(),
});
