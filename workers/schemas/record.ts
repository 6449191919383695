import * as z from 'zod';
import { placeIdSchema, idSchema, eventIdSchema, reasonSchema } from './common.ts';
import { releasePolicySchema } from './bout.ts';

export const sealSchema = z.strictObject({
  declare_missing: z
    .boolean()
    .default(false)
    .describe('Give up what devices have not delivered; the seal lists it. Without it, gaps keep the bout open.'),
  reason: reasonSchema.optional(),
  event_id: eventIdSchema.optional(),
});

export const proofParams = z.object({
  bout_id: idSchema,
  index: z
    .string()
    .regex(/^(0|[1-9][0-9]{0,8})$/, 'must be the index of an entry, from 0')
    .transform(Number),
});

export const archiveParams = z.object({ bout_id: placeIdSchema });

/**
 * Every file that an archive can hold, and nothing else: what does not match is never looked for. A tile's index is in
 * groups of three digits, all but the last beginning with x.
 */
const FILE =
  /^(?:event_log\.json|hash_chain\.json|round_summaries\.json|judge_scorecards\.json|replay_data\.json|metadata\.json|checkpoint|checkpoint\.tsr|log\.tlog-proof|rotations|tile\/(?:entries|[0-9]|[1-5][0-9]|6[0-3])\/(?:x[0-9]{3}\/){0,5}[0-9]{3}(?:\.p\/[1-9][0-9]{0,2})?)$/;

export const archiveFileParams = z.object({
  bout_id: placeIdSchema,
  path: z.string().max(100).regex(FILE, 'must be the path of a file within an archive'),
});

const personSchema = z.string().describe('The name; the id of somebody who has been erased.');

export const archiveSchema = z.object({
  bout_id: idSchema,
  card_id: idSchema.nullable(),
  promotion: z.string(),
  event: z.string(),
  date: z.string().nullable(),
  sport: z.string(),
  ruleset: z.string(),
  simulated: z.boolean(),
  release_policy: releasePolicySchema,
  fighters: z.object({ red: personSchema, blue: personSchema }),
  judges: z.array(z.object({ judge_id: idSchema, judge_name: personSchema })),
  versions: z.object({ model: z.string(), values: z.string(), build: z.string() }),
  created_ms: z.int(),
  sealed_ms: z.int(),
  entries: z.int().describe('The seal among them.'),
  checkpoint_size: z.int().nullable().describe('Null until the seal’s checkpoint is signed.'),
  archived_ms: z.int().nullable().describe('Null until every file is in its place.'),
  conflict: z.string().nullable().describe('Why the archive will not be completed.'),
  files: z.array(
    z.object({
      path: z.string(),
      size: z.int(),
      sha256: z.string().nullable().describe('As the store keeps it; null where it was not told.'),
    }),
  ),
});
