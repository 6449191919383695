import * as z from 'zod';
import { CORNERS } from '../../domain/corner.ts';
import { ID_PATTERN } from '../../domain/ids.ts';
import { ASPECTS, ROLES } from '../../domain/roles/index.ts';

/** The last instant of the year 9999: beyond it nothing is a time any more. */
const LAST_MS = 253_402_300_799_999;

export const idSchema = z.string().regex(ID_PATTERN, 'must be 1 to 64 of A-Z a-z 0-9 _ . : -');

/** An id that names a place of its own: `.` and `..` in a path would lead elsewhere. */
export const placeIdSchema = idSchema.refine((id) => id !== '.' && id !== '..', 'must not be . or ..');

/** The caller's own id of a mutation; a UUIDv7 is a good one. */
export const eventIdSchema = idSchema.describe('Names this delivery: sent again, it gets the first answer.');

/** UTC epoch milliseconds. */
export const timestampMsSchema = z.int().min(0).max(LAST_MS);

/** An elapsed time in milliseconds, at most a day. */
export const elapsedMsSchema = z.int().min(0).max(86_400_000);

/** Text for people. It may stand in a leaf, which holds no lone surrogates. */
export function textSchema(maxLength: number): z.ZodString {
  return z
    .string()
    .min(1)
    .max(maxLength)
    .refine((text) => text.isWellFormed(), 'must be well-formed text')
    .refine((text) => text.trim() !== '', 'must not be blank');
}

/** Why somebody did something unusual; kept with it. */
export const reasonSchema = textSchema(500);

/**
 * Characters that break a line, turn the direction of what follows, or that nobody sees. Joiners, marks of direction and
 * variation selectors are left, which some scripts and pictures need; they are none without something that is seen.
 */
const UNSEEN =
  /[\p{Cc}\p{Noncharacter_Code_Point}\u2028\u2029\u2800\uFFF9-\uFFFB]|(?![\u061C\u200C-\u200F\p{Variation_Selector}])\p{Default_Ignorable_Code_Point}/u;

const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** One line of text for screens, at most so long. */
export function lineSchema(maxLength: number): z.ZodString {
  return textSchema(maxLength).refine(
    // What is blank has been told so.
    (line) => !UNSEEN.test(line) && (SEEN.test(line) || line.trim() === ''),
    'must be one line without control, direction or invisible characters',
  );
}

/** What stands on screens and scorecards as one line, in which such a character would make another name of it. */
export const nameSchema = lineSchema(120);

/** A date at the venue, `YYYY-MM-DD`. */
export const dateSchema = z.iso.date('must be a day of the calendar as YYYY-MM-DD');

/** An IANA time zone. */
export const timeZoneSchema = z
  .string()
  .max(64)
  .refine(isTimeZone, 'must be an IANA time zone, such as America/Los_Angeles');

function isTimeZone(name: string): boolean {
  // An offset ("+02:00") is no zone: it does not know when summer ends.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

export const roleSchema = z.enum(ROLES);

export const cornersSchema = z.array(z.enum(CORNERS)).min(1).max(CORNERS.length).refine(allDiffer, 'must differ');

export const aspectsSchema = z.array(z.enum(ASPECTS)).min(1).max(ASPECTS.length).refine(allDiffer, 'must differ');

function allDiffer(list: readonly string[]): boolean {
  return new Set(list).size === list.length;
}

/** An instant in an answer. */
export const instantSchema = z.iso.datetime().describe('ISO 8601, UTC');

/** What every accepted mutation answers, besides its own fields. */
export const deliverySchema = z.object({
  success: z.literal(true),
  event_id: idSchema,
  client_event_id: idSchema.nullable(),
  is_duplicate: z.boolean(),
});
