import * as z from 'zod';
import { ok, type Outcome, refuse } from '../../domain/refusal.ts';
import { readLogBody } from '../../domain/wire/log-body.ts';
import { problemOf } from '../../domain/problem.ts';
import type { BatchItem, BatchResult } from '../../objects/bout/index.ts';
import { boutScopeRefusal } from '../auth/scope.ts';
import { answer, answerTap, answerText, boutOf, callerFor, json, mutateBout } from '../bouts.ts';
import { defineHotRoute, defineRoute, NO_BODY, NO_PARAMS, NO_QUERY, type Route } from '../route.ts';
import { eventSchema, loggedSchema, logSchema, refusedItemSchema, roundParams } from '../schemas/bout.ts';
import { eventIdSchema, idSchema, reasonSchema } from '../schemas/common.ts';

const REPEATED = {
  description: 'The same delivery again (success, is_duplicate), or other content under this event_id.',
};

const NO_BOUT = { description: 'There is no such bout.' };

const log = defineHotRoute({
  method: 'post',
  path: '/api/events/v2/log',
  tag: 'Events',
  summary: 'Log an action',
  description: 'Acknowledged means durable. Sent again, it is recognised by its event_id or its fingerprint.',
  permission: 'log',
  body: logSchema,
  readBody: (value) => readLogBody(value),
  responses: { 200: { description: 'Recorded.', schema: loggedSchema }, 404: NO_BOUT, 409: REPEATED },
  handle: async ({ env, caller, body }) => await answerTap(env, caller, body),
});

const MAX_BATCH = 500;

type Batch = { readonly boutId: string; readonly items: readonly BatchItem[] };

const batchSchema = z.strictObject({
  bout_id: idSchema,
  events: z
    .array(logSchema.extend({ bout_id: idSchema.nullish().describe('The batch’s own, or left out.') }))
    .min(1)
    .max(MAX_BATCH),
});

/** The frame is checked as a whole, each event for itself: one that is wrong stops no other. */
const frameSchema = z.strictObject({ bout_id: idSchema, events: z.array(z.unknown()).min(1).max(MAX_BATCH) });

function readBatch(value: unknown): Outcome<Batch> {
  const frame = frameSchema.safeParse(value);
  if (!frame.success) {
    const issue = frame.error.issues[0];
    const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
    const field = unknown ?? (issue?.path.join('.') || 'body');
    return refuse(
      'bad_request',
      `${field}: ${unknown === undefined ? (issue?.message ?? 'not valid') : 'unknown field'}`,
      field,
    );
  }
  const { bout_id: boutId, events } = frame.data;
  return ok({ boutId, items: events.map((event, i) => readItem(event, boutId, i)) });
}

function readItem(event: unknown, boutId: string, index: number): BatchItem {
  const at = `events[${index}].`;
  const input = readLogBody(event, { boutId, at });
  if (!input.ok) return { ...input, clientEventId: eventIdOf(event) };
  return input.value.boutId === boutId
    ? input
    : {
        ...refuse('bad_request', `${at}bout_id: a batch is for one bout.`, `${at}bout_id`),
        clientEventId: input.value.eventId,
      };
}

function eventIdOf(event: unknown): string | null {
  const id = typeof event === 'object' && event !== null && 'event_id' in event ? event.event_id : null;
  return typeof id === 'string' ? id : null;
}

const batch = defineHotRoute({
  method: 'post',
  path: '/api/events/v2/batch',
  tag: 'Events',
  summary: 'Bring up to 500 actions that waited for a network',
  description: 'Answers in the order of the events; one that is refused stops no other.',
  permission: 'log',
  body: batchSchema,
  readBody: readBatch,
  bodyLimit: 1_048_576,
  responses: {
    200: {
      description: 'Each event’s own answer, with the status it would have had alone.',
      schema: z.object({ results: z.array(z.union([loggedSchema.extend({ status: z.int() }), refusedItemSchema])) }),
    },
    404: NO_BOUT,
  },
  handle: async ({ env, caller, body }) => {
    const member = callerFor(caller, body.boutId);
    if (!member.ok) return member;
    const outcome = await boutOf(env, body.boutId).logBatch(member.value, body.items);
    return outcome.ok ? json({ results: outcome.value.map((result, i) => wireResult(result, i)) }) : outcome;
  },
});

/** An item's own answer. The object names fields as the item has them; the caller wants to know which item. */
export function wireResult(result: BatchResult, index: number) {
  if ('body' in result) return { status: result.status, ...result.body };
  const { status, code, detail, errors } = problemOf(result.refusal);
  const placed = errors.map((error) =>
    error.field.startsWith('events[') ? error : { ...error, field: `events[${index}].${error.field}` },
  );
  return { success: false as const, status, code, detail, errors: placed, client_event_id: result.clientEventId };
}

const replacementSchema = z.strictObject({
  event_type: logSchema.shape.event_type.optional(),
  fighter_id: idSchema.optional(),
  metadata: logSchema.shape.metadata,
});

const correct = defineRoute({
  method: 'post',
  path: '/api/events/v2/void',
  tag: 'Events',
  summary: 'Take an action back, or put another in its place',
  description: 'Nothing is deleted: the correction is an entry of its own.',
  permission: 'void',
  params: NO_PARAMS,
  query: NO_QUERY,
  body: z.strictObject({
    bout_id: idSchema,
    target_event_id: idSchema,
    reason: reasonSchema.optional(),
    replacement: replacementSchema.optional(),
    event_id: eventIdSchema.optional(),
  }),
  responses: {
    200: { description: 'Taken back.', schema: loggedSchema },
    404: { description: 'There is no such action.' },
    409: { description: 'It has been taken back already, its round is locked, or the same correction again.' },
  },
  handle: async ({ env, caller, body }) =>
    await mutateBout(
      env,
      caller,
      body.bout_id,
      async (bout, member) =>
        await bout.correct(member, {
          targetEventId: body.target_event_id,
          reason: body.reason ?? null,
          replacement:
            body.replacement === undefined
              ? null
              : {
                  eventType: body.replacement.event_type ?? null,
                  fighterId: body.replacement.fighter_id ?? null,
                  metadata: body.replacement.metadata ?? null,
                },
          eventId: body.event_id ?? null,
        }),
    ),
});

const verify = defineRoute({
  method: 'get',
  path: '/api/events/v2/verify/{bout_id}/{round_id}',
  tag: 'Events',
  summary: 'Verify the hash chain up to a round’s last entry',
  description: 'Recomputed from the stored bytes. The first entry that is wrong is named.',
  permission: 'read.events',
  params: roundParams,
  query: NO_QUERY,
  body: NO_BODY,
  responses: {
    200: {
      description: 'The verdict.',
      schema: z.object({
        bout_id: idSchema,
        round_id: z.int(),
        total_events: z.int(),
        chain_valid: z.boolean(),
        message: z.string(),
        verified_entries: z.int(),
        fault: z.object({ sequence_index: z.int(), reason: z.string(), detail: z.string() }).nullable(),
      }),
    },
    404: { description: 'There is no such bout, or no such round in it.' },
  },
  handle: async ({ env, caller, params }) => {
    const outside = boutScopeRefusal(caller, params.bout_id);
    return outside ?? answer(await boutOf(env, params.bout_id).verdict(caller, params.round_id));
  },
});

const events = defineRoute({
  method: 'get',
  path: '/api/events/v2/{bout_id}/{round_id}',
  tag: 'Events',
  summary: 'The actions of a round in sequence order',
  permission: 'read.events',
  params: roundParams,
  query: NO_QUERY,
  body: NO_BODY,
  responses: {
    200: {
      description: 'Voided ones included and marked.',
      schema: z.object({ bout_id: idSchema, round_id: z.int(), total_events: z.int(), events: z.array(eventSchema) }),
    },
    404: { description: 'There is no such bout, or no such round in it.' },
  },
  handle: async ({ env, caller, params }) => {
    const outside = boutScopeRefusal(caller, params.bout_id);
    return outside ?? answerText(await boutOf(env, params.bout_id).events(caller, params.round_id));
  },
});

export const eventRoutes: readonly Route[] = [log, batch, correct, verify, events];
