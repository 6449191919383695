import * as z from 'zod';
import { SPORTS } from '../../domain/bout/index.ts';
import { ENTRY_KINDS, METADATA_KEY_PATTERN } from '../../domain/ledger/index.ts';
import { AUDIENCES } from '../../domain/roles/index.ts';
import { LOG_ANCHOR } from '../../domain/storage/index.ts';
import { DEFAULT_LIMITS } from '../../domain/validator/index.ts';
import {
  EVENT_TYPE_PATTERN,
  MAX_CLOCK_MS,
  MAX_INSTANT_MS,
  MAX_ROUNDS,
  SIGNATURE_PATTERN,
} from '../../domain/wire/log-body.ts';
import {
  dateSchema,
  deliverySchema,
  eventIdSchema,
  idSchema,
  nameSchema,
  placeIdSchema,
  reasonSchema,
  timeZoneSchema,
} from './common.ts';
import { rulesOverridesSchema } from './rules.ts';

export const boutParams = z.object({ bout_id: idSchema });

export const roundSchema = z.int().min(1).max(MAX_ROUNDS).describe('Rounds count from 1.');

/** In a path everything is text. */
export const roundParams = z.object({
  bout_id: idSchema,
  round_id: z
    .string()
    .regex(/^[1-9][0-9]?$/, 'must be the number of a round, from 1')
    .transform(Number),
});

/** The body of `log`: the words as received stand in the fingerprint. */
export const logSchema = z.strictObject({
  bout_id: idSchema,
  round_id: roundSchema,
  judge_id: idSchema.describe('The caller’s seat; who has none writes their subject.'),
  fighter_id: idSchema.describe('`fighter1` (red) or `fighter2` (blue), or the fighter’s own id.'),
  event_type: z
    .string()
    .regex(EVENT_TYPE_PATTERN)
    .describe('A name of the catalogue or an alias of one, such as `Jab`.'),
  timestamp_ms: z.int().min(0).max(MAX_INSTANT_MS).describe('Frozen at the tap, never stamped again. UTC epoch ms.'),
  device_id: idSchema,
  metadata: z
    .record(z.string().regex(METADATA_KEY_PATTERN), z.json())
    .nullish()
    .describe('significant, target, position, tier, quality, control, and more.'),
  event_id: eventIdSchema.nullish(),
  clock_ms: z
    .int()
    .min(0)
    .max(MAX_CLOCK_MS)
    .nullish()
    .describe('Elapsed time of the round, if the device shows its clock.'),
  device_epoch: z.int().min(0).max(1_000_000).nullish(),
  device_seq: z.int().min(0).nullish(),
  signature: z.string().regex(SIGNATURE_PATTERN).nullish().describe('Base64url.'),
  simulated: z.boolean().optional().describe('True for what no person saw; marked in the ledger for ever.'),
});

export const loggedSchema = deliverySchema.extend({
  sequence_index: z.int().describe('Gapless from 0 in the bout.'),
  event_hash: z.string().nullable().describe('SHA-256 of the fingerprint.'),
  chain_hash: z.string().describe('The receipt: hash of the stored entry, which holds the hash of the one before.'),
  message: z.string(),
});

export const refusedItemSchema = z.object({
  success: z.literal(false),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  errors: z.array(z.object({ field: z.string(), detail: z.string() })),
  client_event_id: z.string().nullable(),
});

const fighterSchema = z.strictObject({
  id: idSchema.optional(),
  name: nameSchema,
});

const judgeSchema = z.strictObject({
  judge_id: idSchema.describe('The seat.'),
  judge_name: nameSchema,
  person_id: idSchema
    .optional()
    .describe('The judge’s own id, by which their scorecards of many bouts are told apart.'),
});

const judgeViewSchema = z.object({
  judge_id: idSchema,
  judge_name: z.string(),
  absent: z.boolean(),
  person_id: idSchema.nullable().optional().describe('For supervisors: who sits there, where that is known.'),
});

const PER_ROUND = 'Beyond the commission each round once every seat has scored it';

export const releasePolicySchema = z.strictObject({
  statistics: z.enum(AUDIENCES),
  scorecards: z.enum(AUDIENCES).describe(`${PER_ROUND}; a judge, once the result is official.`),
  recommendation: z.enum(AUDIENCES).describe(`${PER_ROUND}; a judge, once the own scorecard is in.`),
});

const gapSchema = z.int().min(1_000).max(3_600_000);

const validatorSchema = z.strictObject({
  min_actions: z.int().min(0).max(1_000).default(DEFAULT_LIMITS.minActions),
  min_human: z.int().min(0).max(1_000).default(DEFAULT_LIMITS.minHuman).describe('Of those, how many a person logged.'),
  max_human_gap_ms: gapSchema.default(DEFAULT_LIMITS.maxHumanGapMs),
  max_camera_gap_ms: gapSchema.default(DEFAULT_LIMITS.maxCameraGapMs).describe('Where cameras are on.'),
});

export const createBoutSchema = z
  .strictObject({
    bout_id: placeIdSchema
      // Its anchor would stand where that of the log of checkpoints stands, and stop the log.
      .refine((id) => id !== LOG_ANCHOR, `must not be ${LOG_ANCHOR}`)
      .optional(),
    card_id: idSchema.optional(),
    promotion: nameSchema,
    event: nameSchema,
    date: dateSchema.optional().describe('At the venue.'),
    time_zone: timeZoneSchema.optional(),
    sport: z.enum(SPORTS),
    ruleset: idSchema.optional().describe('`mma-unified` for MMA, else the sport’s own, where it is left out.'),
    rules: rulesOverridesSchema.optional().describe('What the jurisdiction has chosen.'),
    scheduled_rounds: z.int().min(1).max(MAX_ROUNDS),
    round_length_s: z.int().min(30).max(1800).default(300),
    fighter1: fighterSchema.describe('Red.'),
    fighter2: fighterSchema.describe('Blue.'),
    judges: z.array(judgeSchema).max(9).default([]).describe('Seats in the order of the panel.'),
    validator: validatorSchema.optional().describe('What a round must hold before its statistics are locked.'),
    release_policy: releasePolicySchema.partial().optional(),
    delay_ms: z.int().min(0).max(600_000).default(0),
    simulated: z.boolean().default(false),
    judges_log: z
      .boolean()
      .default(true)
      .describe('Whether judges may log actions; where not, they only score and operators alone log.'),
    event_id: eventIdSchema.optional(),
  })
  .refine((bout) => new Set(bout.judges.map((judge) => judge.judge_id)).size === bout.judges.length, {
    path: ['judges'],
    message: 'seats must differ',
  })
  .refine((bout) => bout.fighter1.id === undefined || bout.fighter1.id !== bout.fighter2.id, {
    path: ['fighter2', 'id'],
    message: 'the fighters must differ',
  })
  .refine((bout) => bout.fighter1.id?.toLowerCase() !== 'fighter2' && bout.fighter2.id?.toLowerCase() !== 'fighter1', {
    path: ['fighter1', 'id'],
    message: 'fighter1 and fighter2 name the corners',
  });

export const configureSchema = z
  .strictObject({
    release_policy: releasePolicySchema.optional(),
    delay_ms: z.int().min(0).max(600_000).optional(),
    reason: reasonSchema.optional(),
    event_id: eventIdSchema.optional(),
  })
  .refine((change) => change.release_policy !== undefined || change.delay_ms !== undefined, {
    message: 'say what is to change: release_policy or delay_ms',
  });

const pairSchema = z.object({ red: z.number(), blue: z.number() });

export const totalsSchema = z.object({
  damage: z.number(),
  grappling: z.number(),
  control: z.number(),
  weighted_score: z.number(),
});

export const redlineSchema = z.object({
  timestamp: z.int(),
  fighter_id: z.string(),
  event_type: z.string(),
  severity: z.string().nullable(),
  pending: z.boolean().describe('A knockdown that the referee has not ruled on.'),
});

export const roundStatusSchema = z.enum(['NOT_STARTED', 'IN_PROGRESS', 'PAUSED', 'ENDED', 'LOCKED', 'FINAL']);

const fighterViewSchema = z.object({ id: idSchema, name: z.string() });

export const viewSchema = z.object({
  cursor: z.int(),
  server_ms: z.int(),
  bout: z.object({
    bout_id: idSchema,
    card_id: idSchema.nullable(),
    promotion: z.string(),
    event: z.string(),
    date: z.string().nullable(),
    time_zone: z.string().nullable(),
    sport: z.string(),
    ruleset: z.string(),
    scheduled_rounds: z.int(),
    round_length_s: z.number(),
    fighter1: fighterViewSchema,
    fighter2: fighterViewSchema,
    extension_rounds: z.int().describe('Rounds opened beyond the scheduled ones.'),
    judges: z.array(judgeViewSchema),
    release_policy: releasePolicySchema,
    delay_ms: z.int(),
    simulated: z.boolean(),
    judges_log: z.boolean(),
  }),
  round_id: z.int(),
  round_status: roundStatusSchema,
  clock: z.object({
    round_id: z.int(),
    length_ms: z.int(),
    elapsed_ms: z.int(),
    running_since_ms: z.int().nullable(),
    started: z.boolean().describe('False while the round counts from its first action, as nobody has rung the bell.'),
  }),
  red_totals: totalsSchema.nullable(),
  blue_totals: totalsSchema.nullable(),
  rounds: z.array(
    z.object({
      round_id: z.int(),
      status: roundStatusSchema,
      total_events: z.int().nullable(),
      red_totals: totalsSchema.nullable(),
      blue_totals: totalsSchema.nullable(),
      deductions: pairSchema,
    }),
  ),
  redline_moments: z.array(redlineSchema),
  result: z
    .object({
      status: z.enum(['pending', 'official']),
      winner: z.string().nullable(),
      winner_corner: z.enum(['red', 'blue']).nullable(),
      method: z.string(),
      decision: z.string().nullable(),
      round_id: z.int().nullable(),
      time_ms: z.int().nullable(),
      proposed_by: z.string().optional(),
      proposal_index: z.int().optional(),
    })
    .nullable(),
  sealed: z.boolean().describe('Nothing is written to a sealed bout any more.'),
  sealed_at: z.string().nullable().describe('RFC 3339, UTC.'),
  record: z
    .object({
      checkpoint_size: z
        .int()
        .nullable()
        .describe('Entries under the latest signed checkpoint; null before the first.'),
      archived: z.boolean().describe('Whether every file of the archive is in its place.'),
      conflict: z.string().nullable().describe('Why the archive will not be completed: something else lies there.'),
    })
    .optional()
    .describe('For supervisors.'),
});

export const eventSchema = z.object({
  sequence_index: z.int(),
  event_id: z.string(),
  kind: z.enum(ENTRY_KINDS),
  round_id: z.int().nullable(),
  timestamp_ms: z.int().nullable(),
  received_ms: z.int(),
  clock_ms: z.int().nullable(),
  clock_source: z.string().nullable(),
  actor: z.object({
    subject: z.string(),
    role: z.string(),
    seat: z.string().nullable(),
    device: z.string().nullable(),
  }),
  flags: z.array(z.string()),
  event_hash: z.string().nullable(),
  chain_hash: z.string(),
  event_type: z.string(),
  fighter_id: z.string(),
  judge_id: z.string(),
  device_id: z.string(),
  metadata: z.record(z.string(), z.json()),
  voided: z.boolean(),
});

export const timelineSchema = z.array(
  z.object({
    second: z.int(),
    events: z.array(
      z.object({ event_type: z.string(), fighter_id: z.string(), metadata: z.record(z.string(), z.json()) }).loose(),
    ),
    damage_totals: pairSchema,
    grappling_totals: pairSchema,
    control_totals: pairSchema,
  }),
);

export const summarySchema = z.object({
  damage_score: pairSchema,
  grappling_score: pairSchema,
  control_score: pairSchema,
  total_score: pairSchema,
  score_differential: z.number().describe('Red less blue.'),
  winner_recommendation: z.string().nullable().describe('Red-blue; null for whoever may not see it.'),
});
