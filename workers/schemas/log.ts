import * as z from 'zod';
import { idSchema } from './common.ts';

const vkeySchema = z.string().describe('`name+<key id>+<base64>` (c2sp.org/signed-note).');

export const logKeysSchema = z.object({
  notice: z.string(),
  name: z.string().describe('What every origin begins with.'),
  key: vkeySchema,
  key_id: z.string().describe('8 hexadecimal digits.'),
  origins: z.object({
    log: z.string().describe('The log of checkpoints.'),
    ledger: z.string().describe('The deployment’s own ledger.'),
    bout: z.string().describe('A bout; its id stands in place of `{bout_id}`.'),
  }),
  previous: z.array(vkeySchema).describe('Keys that signed before this one, the latest first.'),
  rotations: z.array(z.string()).describe('Rotation notes, each signed by the key before and the key after it.'),
});

/** A path of c2sp.org/tlog-tiles below the log's address; which of them there are, the log knows. */
export const tilePathSchema = z.string().max(64).describe('`tile/<level>/<index>[.p/<width>]` or `tile/entries/…`.');

export const logProofParams = z.object({
  bout_id: idSchema,
  size: z
    .string()
    .regex(/^[1-9][0-9]{0,8}$/, 'must be the number of entries in a checkpoint, its second line')
    .transform(Number),
});
