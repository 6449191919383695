import * as z from 'zod';
import { eventIdSchema, idSchema, reasonSchema } from './common.ts';

/** The words for the corners are no person's id: every bout may have them. */
export const personParams = z.object({
  person_id: idSchema.refine(
    (id) => !['fighter1', 'fighter2'].includes(id.toLowerCase()),
    'must be a person’s own id; fighter1 and fighter2 name the corners of any bout',
  ),
});

export const personQuery = z.object({
  before: z
    .string()
    .regex(/^[0-9]{1,15}$/, 'must be `next_before` of the answer before')
    .transform(Number)
    .optional(),
});

const placeSchema = z.object({
  as: z.enum(['fighter', 'judge']),
  key: z.string(),
  corner: z.enum(['red', 'blue']).optional(),
  fighter_id: z.string().optional(),
  judge_id: z.string().optional(),
  known_by: z.enum(['ledger', 'scorecards']).optional(),
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
        role: z.string(),
        kind: z.string(),
        entries: z.int(),
        device_id: z.string().nullable(),
        first_index: z.int(),
        last_index: z.int(),
      }),
    )
    .describe('Of the bout’s ledger, sent with a token of this subject.'),
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
  judged_scorecards: z.int().nullable().describe('Lines of the index under this id.'),
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
      erasures: z.array(z.object({ index: z.int(), received_ms: z.int(), done: z.boolean() })),
      truncated: z.boolean(),
    })
    .nullable()
    .describe('Of the whole deployment: null for a token that is for a card or a bout.'),
  not_searched: z.array(z.string()),
});

export const eraseSchema = z.strictObject({
  reason: reasonSchema.describe('Stands in the deployment’s ledger for ever: write no name into it.'),
  dry_run: z.boolean().default(true).describe('True shows what would be erased; false erases it.'),
  event_id: eventIdSchema.optional(),
});

export const erasureSchema = z.object({
  success: z.literal(true),
  dry_run: z.boolean(),
  person_id: idSchema,
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
      names: z.int().optional(),
      particulars: z.int().optional(),
      photos: z.int().optional(),
      archive: z.enum(['none', 'making', 'made']).optional(),
    }),
  ),
  not_reached: z.array(z.object({ what: z.string(), detail: z.string() })),
  stays: z.array(z.string()).describe('What cannot be erased.'),
});
