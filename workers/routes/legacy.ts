import * as z from 'zod';
import type { Refusal } from '../../domain/refusal.ts';
import { readLegacyEvent } from '../../domain/wire/legacy-event.ts';
import { MAX_INSTANT_MS, MAX_ROUNDS } from '../../domain/wire/log-body.ts';
import type { BatchItem } from '../../objects/bout/index.ts';
import { answerDelivery, boutOf, callerFor, json } from '../bouts.ts';
import { defineHotRoute, defineRoute, NO_PARAMS, NO_QUERY, type Route } from '../route.ts';
import { loggedSchema, refusedItemSchema } from '../schemas/bout.ts';
import { idSchema } from '../schemas/common.ts';
import { check } from '../validate.ts';
import { wireResult } from './events.ts';

const legacySchema = z
  .object({
    bout_id: idSchema,
    round_num: z.int().min(1).max(MAX_ROUNDS),
    fighter: z
      .string()
      .trim()
      .min(1)
      .max(120)
      .describe('red, blue, fighter1, fighter2, the fighter’s own id, or the name registered with the bout.'),
    event_type: z.string().min(1).max(64),
    timestamp: z.number().min(0).max(MAX_INSTANT_MS).describe('Below 1,000,000 a second of the round, else epoch ms.'),
    metadata: z.record(z.string(), z.json()).nullish(),
  })
  // Old clients and exports carry whatever their database did.
  .loose();

const log = defineRoute({
  method: 'post',
  path: '/api/log-event',
  tag: 'Legacy',
  summary: 'Log an event in the original form',
  description: 'Read by the same systems as any other; used in totals and replay only where a round has no v2 action.',
  permission: 'log',
  params: NO_PARAMS,
  query: NO_QUERY,
  body: legacySchema,
  responses: {
    200: { description: 'Recorded.', schema: loggedSchema },
    404: { description: 'There is no such bout.' },
    409: { description: 'The same event again.' },
  },
  handle: async ({ env, caller, body }) => {
    const input = readLegacyEvent(body);
    if (!input.ok) return input;
    const member = callerFor(caller, body.bout_id);
    if (!member.ok) return member;
    const outcome = await boutOf(env, body.bout_id).logAction(member.value, input.value);
    return outcome.ok ? answerDelivery(outcome) : inItsWords(outcome);
  },
});

const ITS_WORDS: Readonly<Record<string, string>> = { fighter_id: 'fighter', round_id: 'round_num' };

/** A refusal names the fields as the caller wrote them. */
function inItsWords(refusal: Refusal): Refusal {
  const word = (text: string) => text.replace(/^(fighter_id|round_id)\b/, (name) => ITS_WORDS[name] ?? name);
  const errors = refusal.errors.map(({ field, detail }) => ({ field: word(field), detail: word(detail) }));
  return { ...refusal, detail: word(refusal.detail), errors };
}

const MAX_IMPORT = 500;

const importSchema = z.strictObject({
  bout_id: idSchema,
  events: z.array(z.unknown()).min(1).max(MAX_IMPORT),
});

/** For the documentation: a line that is wrong is answered for itself and does not stop the others. */
const importDocument = importSchema.extend({
  events: z
    .array(legacySchema.partial({ bout_id: true }))
    .min(1)
    .max(MAX_IMPORT),
});

const importEvents = defineHotRoute({
  method: 'post',
  path: '/api/legacy/import',
  tag: 'Legacy',
  summary: 'Import exported legacy events of a bout',
  description: 'At most 500 a call, each judged for itself. The same export again adds nothing.',
  permission: 'legacy.import',
  body: importDocument,
  readBody: (value) => check(importSchema, value, ''),
  bodyLimit: 1_048_576,
  responses: {
    200: {
      description: 'Each event’s own answer, in order.',
      schema: z.object({
        imported: z.int(),
        duplicates: z.int(),
        refused: z.int(),
        results: z.array(z.union([loggedSchema.extend({ status: z.int() }), refusedItemSchema])),
      }),
    },
    404: { description: 'There is no such bout.' },
  },
  handle: async ({ env, caller, body }) => {
    const member = callerFor(caller, body.bout_id);
    if (!member.ok) return member;
    const items = body.events.map((event, i): BatchItem => {
      const at = `events[${i}]`;
      // An export may leave the bout out of each line.
      const line = check(legacySchema, typeof event === 'object' ? { bout_id: body.bout_id, ...event } : event, at);
      if (!line.ok) return line;
      return line.value.bout_id === body.bout_id
        ? readLegacyEvent(line.value, `${at}.`)
        : {
            ok: false,
            code: 'bad_request',
            detail: 'An import is for one bout.',
            errors: [{ field: `${at}.bout_id`, detail: 'another bout' }],
          };
    });
    const outcome = await boutOf(env, body.bout_id).logBatch(member.value, items);
    if (!outcome.ok) return outcome;
    const results = outcome.value.map((result, i) => wireResult(result, i));
    return json({
      imported: results.filter((result) => result.status === 200).length,
      duplicates: results.filter((result) => result.status === 409 && result.success).length,
      refused: results.filter((result) => !result.success).length,
      results,
    });
  },
});

export const legacyRoutes: readonly Route[] = [log, importEvents];
