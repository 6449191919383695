import * as z from 'zod';
import { ANOMALY_KINDS, ANOMALY_METHODS, SUBJECT_TYPES } from '../../domain/analytics/index.ts';
import { filterSchema } from './analytics.ts';
import { idSchema } from './common.ts';

export const anomaliesQuery = filterSchema.extend({
  kind: z
    .enum(SUBJECT_TYPES)
    .optional()
    .describe('Of whom: devices, those who log (`operator`), or judges on a panel. All where left out.'),
});

const shareSchema = z.number().min(0).max(1);

const kindSchema = z.enum(ANOMALY_KINDS);

export const anomaliesSchema = z.object({
  max_false_discovery_rate: shareSchema.describe('What is flagged is expected to hold so many false ones at most.'),
  tested: z.int().describe('How many tests this answer made; each raises the bar for all.'),
  truncated: z.boolean().describe('Whether older bouts were left out.'),
  anomalies: z.array(
    z.object({
      kind: kindSchema,
      subject: z.object({ type: z.enum(SUBJECT_TYPES), id: idSchema }),
      population: z.string(),
      peers: z.int().describe('The population without the subject.'),
      method: z.enum(ANOMALY_METHODS),
      unit: z.enum(['ms', 'per_minute', 'share']),
      measured: z.number(),
      usual: z.number(),
      n: z.int().describe('Bouts, taps, deliveries, numbers or divided rounds that were measured.'),
      score: z.number().nullable().describe('The modified z-score; null for exact tests.'),
      chance: shareSchema.describe('Of something at least so unusual, taken alone.'),
      false_discovery_rate: shareSchema,
      bouts: z.array(idSchema).describe('Some of those it was measured in.'),
      question: z.string().describe('A question for people, never a verdict.'),
    }),
  ),
  left_out: z.int().describe('Anomalies beyond those listed.'),
  not_asked: z
    .array(
      z.object({
        kind: kindSchema,
        population: z.string(),
        reason: z.enum(['too_few_peers', 'too_little_data']),
        needed: z.int(),
        subjects: z.int().describe('Of whom nothing is said for it.'),
      }),
    )
    .describe('What there was too little for.'),
});
