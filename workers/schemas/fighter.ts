import * as z from 'zod';
import { CORNERS } from '../../domain/corner.ts';
import { eventIdSchema, idSchema, lineSchema, nameSchema } from './common.ts';

export const fighterParams = z.object({ bout_id: idSchema, corner: z.enum(CORNERS) });

const STANCES = ['orthodox', 'southpaw', 'switch'] as const;

/** What graphics say of a fighter besides the name. */
export const particularsSchema = z.strictObject({
  nickname: lineSchema(60).optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2,3}$/, 'must be an ISO 3166 code in capitals, such as USA or US')
    .optional()
    .describe('ISO 3166, two or three letters.'),
  record: lineSchema(20).optional().describe('Wins-losses-draws, such as 12-3-0.'),
  age: z.int().min(10).max(100).optional(),
  height_cm: z.int().min(50).max(300).optional(),
  reach_cm: z.int().min(50).max(300).optional(),
  weight_kg: z
    .number()
    .min(20)
    .max(400)
    .refine((kg) => Number(kg.toFixed(1)) === kg, 'must have one decimal at most')
    .optional()
    .describe('One decimal at most.'),
  stance: z.enum(STANCES).optional(),
  team: nameSchema.optional(),
  event_id: eventIdSchema.optional(),
});

const fighterSchema = z.object({
  fighter_id: idSchema,
  name: z.string(),
  photo_url: z.string().nullable().describe('Another one with every photograph.'),
  nickname: z.string().nullable(),
  country: z.string().nullable(),
  record: z.string().nullable(),
  age: z.int().nullable(),
  height_cm: z.int().nullable(),
  reach_cm: z.int().nullable(),
  weight_kg: z.number().nullable(),
  stance: z.enum(STANCES).nullable(),
  team: z.string().nullable(),
});

export const fightersSchema = z.object({ bout_id: idSchema, red: fighterSchema, blue: fighterSchema });
