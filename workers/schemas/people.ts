import * as z from 'zod';
import { eventIdSchema, idSchema, reasonSchema } from './common.ts';

export const personParams = z.object({
  person_id: idSchema.describe(
    'The person’s own id; with `bout_id` also a place of that bout: `fighter1`, `fighter2`, a judge’s seat.',
  ),
});

const aloneSchema = idSchema.describe(
  'This bout alone: for somebody who was registered without an id of their own. No other bout is looked into.',
);

export const personQuery = z.object({
  before: z
    .string()
    .regex(/^[0-9]{1,15}$/, 'must be `next_before` of the answer before')
    .transform(Number)
    .optional(),
  bout_id: aloneSchema.optional(),
});

const placeSchema = z.object({
  as: z.enum(['fighter', 'judge']),
  key: z.string(),
  corner: z.enum(['red', 'blue']).optional(),
  fighter_id: z.string().optional(),
  judge_id: z.string().optional(),
  known_by: z.enum(['ledger', 'scorecards', 'seat']).optional(),
  substitute: z.object({ from_round: z.int().nullable(), taken: z.boolean() }).nullable().optional(),
  name_commitment: z.string().describe('What the ledger has in place of the name.'),
  name: z.string().nullable(),
  salt: z.string().nullable(),
  name_is_bound: z.boolean().nullable().describe('Whether the ledger’s commitment is to this name.'),
  particulars: z
    .record(z.string(), z.union([z.string(), z.number(), z.null()]))
    .nullable()
    .optional(),
  photo: z.object({ type: z.string(), sha256: z.string(), bytes: z.int() }).nullable().optional(),
});

const heldBoutSchema = z.object({
  bout_id: idSchema,
  card_id: idSchema.nullable(),
  promotion: z.string(),
  event: z.string(),
  date: z.string().nullable(),
  sealed: z.boolean(),
  places: z.array(placeSchema),
  scorecards: z.array(
    z.object({
      judge_id: z.string(),
      round_id: z.int(),
      red: z.number(),
      blue: z.number(),
      submitted: z.boolean(),
      sequence_index: z.int(),
    }),
  ),
  scorecards_withheld: z.int().describe('Written by the person and not released to the caller yet.'),
  entries: z
    .array(
      z.object({
        subject: z.string().describe('Of the token.'),
        role: z.string(),
        kind: z.string(),
        entries: z.int(),
        device_id: z.string().nullable(),
        first_index: z.int(),
        last_index: z.int(),
      }),
    )
    .describe('Of the bout’s ledger, sent with a token of this subject; where a seat was asked for, of that seat.'),
  archive: z
    .object({ status: z.enum(['making', 'made']), folder: z.string() })
    .nullable()
    .describe('The sealed record, which holds the entries themselves.'),
  exports: z.array(z.string()),
  index_names: z.array(z.string()).nullable(),
});

export const personSchema = z.object({
  person_id: idSchema,
  as_of_ms: z.int(),
  scope: z.string(),
  complete: z.boolean(),
  not_reached: z.array(z.object({ what: z.string(), detail: z.string() })),
  next_before: z.int().nullable().describe('Older bouts have not been looked into: ask again with it as `before`.'),
  bouts: z.array(heldBoutSchema),
  devices: z.array(
    z.object({
      card_id: z.string(),
      device_id: z.string(),
      role: z.string(),
      judge_id: z.string().nullable(),
      paired_ms: z.int(),
      revoked_ms: z.int().nullable(),
    }),
  ),
  judged_scorecards: z.int().nullable().describe('Lines of the index under this id; null with `bout_id`.'),
  platform: z
    .object({
      entries: z.int(),
      tokens: z.array(
        z.object({
          token_id: z.string(),
          role: z.string(),
          device_id: z.string().nullable(),
          bout_id: z.string().nullable(),
          card_id: z.string().nullable(),
          expires_ms: z.int(),
        }),
      ),
      shadow_scorecards: z.array(
        z.object({ bout_id: z.string(), round_id: z.int(), red: z.number(), blue: z.number() }),
      ),
      erasures: z.array(
        z.object({
          index: z.int(),
          received_ms: z.int(),
          done: z.boolean(),
          bout_id: idSchema
            .nullable()
            .describe('It was of this bout alone, where the id may be another person’s place.'),
        }),
      ),
      truncated: z.boolean(),
    })
    .nullable()
    .describe('Of the whole deployment: null for a token that is for a card or a bout, and with `bout_id`.'),
  not_searched: z.array(z.string()),
});

export const eraseSchema = z.strictObject({
  reason: reasonSchema.describe('Stands in the deployment’s ledger for ever: write no name into it.'),
  dry_run: z.boolean().default(true).describe('True shows what would be erased; false erases it.'),
  bout_id: aloneSchema.optional(),
  event_id: eventIdSchema.optional(),
});

export const erasureSchema = z.object({
  success: z.literal(true),
  dry_run: z.boolean(),
  person_id: idSchema,
  bout_id: idSchema.nullable().describe('The one bout that was meant; null for every one.'),
  event_id: idSchema.nullable().describe('Names the erasure; null for a plan.'),
  client_event_id: idSchema.nullable(),
  is_duplicate: z.boolean(),
  status: z.enum(['plan', 'in_progress', 'done']),
  unseen_bouts: z.int().nullable().describe('Recorded bouts that have not been looked into yet.'),
  bouts: z.array(
    z.object({
      bout_id: idSchema,
      done: z.boolean(),
      detail: z.string().nullable(),
      places: z
        .array(placeSchema.pick({ as: true, key: true, corner: true, judge_id: true }))
        .optional()
        .describe('In a plan: whose names they are.'),
      names: z.int().optional(),
      particulars: z.int().optional(),
      photos: z.int().optional(),
      archive: z.enum(['none', 'making', 'made']).optional(),
    }),
  ),
  not_reached: z.array(z.object({ what: z.string(), detail: z.string() })),
  stays: z.array(z.string()).describe('What cannot be erased.'),
});
