import * as z from 'zod';
import { METHODS, SPORTS } from '../../domain/bout/index.ts';
import { wordsOf } from '../search/fold-text.ts';
import { MAX_WORDS } from '../search/match.ts';
import { dateSchema, idSchema } from './common.ts';

/** A text to look for: whatever stands in it is data. */
const lookFor = z
  .string()
  .max(200)
  .refine((text) => wordsOf(text).length > 0, 'must hold a letter or a digit')
  .refine((text) => wordsOf(text).length <= MAX_WORDS, `must be at most ${MAX_WORDS} words`);

const FLAGS = ['true', 'false'] as const;

export const SORTS = ['date', 'created', 'updated', 'promotion', 'event', 'status', 'relevance'] as const;

const DECISIONS = ['UD', 'SD', 'MD', 'D-U', 'D-S', 'D-M'] as const;

export const RESULTS = [...METHODS, ...DECISIONS, 'none'] as const;

const STATUSES = ['NOT_STARTED', 'IN_PROGRESS', 'PAUSED', 'ENDED', 'LOCKED', 'FINAL'] as const;

/** `total` counts no further. */
export const MAX_TOTAL = 1_000;

export const searchQuery = z.object({
  q: lookFor
    .optional()
    .describe(
      'Every word has to occur, in names, promotion, event, ids, sport or result; the last one may be the beginning of a word. Accents and case do not matter. Names of judges are searched for the commission alone.',
    ),
  fighter: lookFor.optional().describe('Words of one fighter’s name, or a fighter’s id.'),
  promotion: lookFor.optional(),
  event: lookFor.optional(),
  bout_id: idSchema.optional(),
  card_id: idSchema.optional(),
  bout_number: z
    .string()
    .regex(/^[1-9][0-9]{0,2}$/, 'must be a place on a card, from 1')
    .transform(Number)
    .optional()
    .describe('The bout’s place on its card.'),
  judge: lookFor.optional().describe('Id of a seat or a person; for the commission also words of a judge’s name.'),
  from: dateSchema.optional().describe('Venue-local date of the bout, included.'),
  to: dateSchema.optional().describe('Venue-local date of the bout, included.'),
  sport: z.enum(SPORTS).optional(),
  result: z.enum(RESULTS).optional().describe('A method or a decision of the official result; `none`: without one.'),
  status: z.enum(STATUSES).optional(),
  simulated: z.enum(FLAGS).optional(),
  sealed: z.enum(FLAGS).optional(),
  sort: z
    .enum(SORTS)
    .optional()
    .describe('`relevance` where there is a `q`, else `date`; equals by creation, then id.'),
  order: z.enum(['asc', 'desc']).optional().describe('`asc` for promotion, event and status, else `desc`.'),
  limit: z
    .string()
    .regex(/^(?:[1-9][0-9]?|100)$/, 'must be 1 to 100')
    .transform(Number)
    .default(25),
  cursor: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,1000}$/, 'must be the next_cursor of an answer')
    .optional()
    .describe('`next_cursor` of the page before, with all else as it was.'),
});

export type SearchQuery = z.infer<typeof searchQuery>;

const fighterSchema = z.object({ id: z.string(), name: z.string() });

export const hitSchema = z.object({
  bout_id: idSchema,
  card_id: idSchema.nullable(),
  bout_number: z.int().nullable().describe('The bout’s place on its card; null on none, or where it is not known yet.'),
  promotion: z.string(),
  event: z.string(),
  date: z.string().nullable(),
  sport: z.string().nullable(),
  ruleset: z.string().nullable(),
  fighter1: fighterSchema,
  fighter2: fighterSchema,
  status: z.string(),
  round_id: z.int(),
  scheduled_rounds: z.int(),
  simulated: z.boolean(),
  result: z
    .object({
      winner: z.string().describe('A name, `Draw` or `No Contest`.'),
      winner_corner: z.enum(['red', 'blue']).nullable(),
      method: z.string(),
      decision: z.string().nullable(),
      round_id: z.int().nullable(),
      time_ms: z.int().nullable(),
    })
    .nullable()
    .describe('Official, and outside the release delay.'),
  sealed: z.boolean(),
  archived: z.boolean().nullable().describe('Whether the record lies in the archive; null where nobody knows.'),
  source: z.enum(['object', 'archive']).describe('`archive` where the bout’s object is lost.'),
  entries: z.int().describe('Entries of the ledger that the line knows of, outside the release delay.'),
  created_ms: z.int(),
  updated_ms: z.int(),
  indexed_ms: z.int().describe('When the line was written.'),
});

export const searchSchema = z.object({
  hits: z.array(hitSchema),
  total: z.int().describe(`How many there are in all; counted up to ${MAX_TOTAL}.`),
  total_is_capped: z.boolean(),
  next_cursor: z.string().nullable(),
  as_of_ms: z.int().describe('When the index was asked.'),
  pending: z
    .int()
    .nullable()
    .describe('Bouts whose news wait in the queue, as far as it says; null where it cannot be asked.'),
});

export const rebuildSchema = z.strictObject({
  scope: z
    .union([z.literal('all'), idSchema])
    .default('all')
    .describe('`all`, or the id of one bout.'),
  dry_run: z.boolean().default(false).describe('Say how many, and queue nothing.'),
  cursor: z
    .string()
    .regex(/^(?:archive|ledger|lines)~[0-9]{1,15}~[\x21-\x7d]{0,1200}$/, 'must be the next_cursor of an answer')
    .optional()
    .describe('`next_cursor` of the call before: a rebuild is walked page by page.'),
});

export const rebuiltSchema = z.object({
  run: z.int().describe('Names the rebuild: when it began, UTC ms.'),
  queued: z.int().describe('Bouts that this call has queued, or would.'),
  next_cursor: z.string().nullable().describe('Null at the end; else call again with it.'),
});

export const indexStateSchema = z.object({
  bouts: z.int().describe('Lines of the index.'),
  pending: z.int().nullable(),
  as_of_ms: z.int(),
  rebuild: z
    .object({
      run: z.int(),
      queued: z.int(),
      done: z.int(),
      failing: z.int().describe('Not done, and tried without success at least once.'),
      failures: z.array(z.object({ bout_id: idSchema, attempts: z.int(), error: z.string() })).describe('At most 20.'),
      done_by_ms: z
        .int()
        .nullable()
        .describe('When it will be done at the pace so far; when it was done; null where nobody knows.'),
    })
    .nullable()
    .describe('The newest rebuild; null where there was none.'),
});
