import * as z from 'zod';
import { DEFAULT_REEL, FRAME_RATE_IDS } from '../../domain/export/index.ts';
import { idSchema } from './common.ts';

/** How moments are laid over somebody's footage. */
export const footageQuery = z
  .object({
    fps: z
      .enum(FRAME_RATE_IDS)
      .default('25')
      .describe('Frames a second; `df` is drop-frame timecode, without it every frame is numbered.'),
    reel: z
      .string()
      .regex(/^[A-Za-z0-9]{1,8}$/, 'must be 1 to 8 letters and digits')
      .default(DEFAULT_REEL)
      .describe('Name of the tape or file.'),
    timecode: z
      .string()
      .regex(/^\d{2}:\d{2}:\d{2}[:;]\d{2}$/, 'must read HH:MM:SS:FF, or HH:MM:SS;FF for drop-frame')
      .optional()
      .describe('What the recorder showed at `at_ms`. Without the two, time counts from the first bell.'),
    at_ms: z
      .string()
      .regex(/^\d{1,15}$/, 'must be UTC epoch milliseconds')
      .transform(Number)
      .optional()
      .describe('Server time (UTC epoch ms) at which the recorder showed `timecode`.'),
  })
  .refine(({ timecode, at_ms }) => at_ms === undefined || timecode !== undefined, {
    path: ['timecode'],
    message: 'a mapping needs timecode and at_ms',
  })
  .refine(({ timecode, at_ms }) => timecode === undefined || at_ms !== undefined, {
    path: ['at_ms'],
    message: 'a mapping needs timecode and at_ms',
  });

const pointsSchema = z.object({ red: z.number(), blue: z.number() });

/** What a reader of the JSON document can rely on; more members may come. */
export const boutDocumentSchema = z.looseObject({
  format: z.string(),
  bout: z.looseObject({ bout_id: idSchema }),
  people: z.array(
    z.object({ id: z.string(), name: z.string().nullable(), salt: z.string().nullable(), commitment: z.string() }),
  ),
  rounds: z.array(z.looseObject({ round_id: z.int(), fought: z.boolean(), counts: z.boolean() })),
  scorecards: z.array(z.looseObject({ judge_id: idSchema, total: pointsSchema.nullable() })),
  rulings: z.array(z.looseObject({ round: z.int(), kind: z.string(), sequence_index: z.int() })),
  result: z.looseObject({ status: z.string(), winner: z.string(), method: z.string() }).nullable(),
  moments: z.array(z.looseObject({ kind: z.string(), round: z.int(), server_ms: z.int() })),
  sealed_ms: z.int().nullable(),
  checkpoint: z.string().describe('The signed note.'),
  entries: z
    .array(z.object({ hash: z.string(), leaf: z.looseObject({}) }))
    .describe('Each leaf is written with its exact bytes; hash is their RFC 6962 leaf hash.'),
});
