import * as z from 'zod';
import { CLEANABLE_CLASSES, KEY_CLASSES, MAX_AGE_DAYS, MAX_RULES } from '../../domain/storage/index.ts';
import { deliverySchema, eventIdSchema, idSchema, nameSchema, reasonSchema } from './common.ts';

const ruleSchema = z.strictObject({
  class: z.enum(CLEANABLE_CLASSES).describe('Sealed archives and anchors are no class that a rule can name.'),
  promotion: nameSchema.nullable().describe('Null for every promotion without a rule of its own.'),
  max_age_days: z.int().min(0).max(MAX_AGE_DAYS).describe('Days of 24 hours since the object was written.'),
});

const versionSchema = z.int().min(0).describe('Counts the changes; 0 where no rule was ever set.');

export const rulesSchema = z.object({
  version: versionSchema,
  changed_ms: z.int().nullable(),
  rules: z.array(ruleSchema),
});

export const changeRulesSchema = z.strictObject({
  version: versionSchema.describe('The version that you have read; another one is refused.'),
  rules: z.array(ruleSchema).max(MAX_RULES).describe('All of them: they replace those before.'),
  reason: reasonSchema,
  event_id: eventIdSchema.optional(),
});

export const changedRulesSchema = rulesSchema.extend(deliverySchema.shape);

const keySchema = z.string().min(1).max(1024);

export const usageQuery = z.object({
  after: keySchema.optional().describe('`next` of the answer before.'),
});

const orphanSchema = z.object({ key: z.string(), bytes: z.int(), bout_id: z.string() });

export const usageSchema = z.object({
  as_of_ms: z.int(),
  after: z.string().nullable(),
  next: z.string().nullable().describe('Ask again with it as `after` and add up; null at the end of the bucket.'),
  usage: z.array(
    z.object({
      class: z.enum(KEY_CLASSES),
      promotion: z.string().nullable().describe('As keys spell it; null where they name none.'),
      objects: z.int(),
      bytes: z.int(),
      oldest_ms: z.int(),
      newest_ms: z.int(),
    }),
  ),
  orphans: z.object({
    count: z.int(),
    bytes: z.int(),
    first: z.array(orphanSchema).describe('At most 100.'),
  }),
  index_bytes: z.int().nullable(),
  platform: z.object({ database_bytes: z.int(), bouts: z.int(), entries: z.int() }).nullable(),
  bout_objects_bytes: z.null().describe('Not known without waking every bout; GET /api/monitor has those of now.'),
});

export const cleanSchema = z.strictObject({
  dry_run: z.boolean().default(true).describe('True shows the plan; false carries it out.'),
  promotion: nameSchema.optional(),
  after: keySchema.optional().describe('`next` of the page before.'),
  limit: z.int().min(1).max(500).default(200).describe('So many objects go at most.'),
  event_id: eventIdSchema.optional(),
});

export const cleanedSchema = z.object({
  success: z.literal(true),
  dry_run: z.boolean(),
  run_id: idSchema.nullable().describe('Null for a plan.'),
  is_duplicate: z.boolean(),
  rules_version: z.int(),
  objects: z.int().describe('Deleted; in a plan, to be deleted.'),
  bytes: z.int(),
  items: z.array(
    z.object({
      key: z.string(),
      bytes: z.int(),
      age_days: z.int().nullable().describe('Null in a run that was taken up again.'),
      rule: ruleSchema.nullable(),
    }),
  ),
  orphans: z.array(orphanSchema).describe('Objects of bouts that nobody knows, at most 100: never deleted here.'),
  next: z.string().nullable().describe('Where the next page begins; null at the end.'),
});
