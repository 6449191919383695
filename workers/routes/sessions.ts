import * as z from 'zod';
import { type Outcome, type Refusal, refuse } from '../../domain/refusal.ts';
import { boutOf, callerFor, json, timed } from '../bouts.ts';
import { defineRoute, NO_BODY, NO_PARAMS, NO_QUERY, type Route } from '../route.ts';
import { roundSchema } from '../schemas/bout.ts';
import { idSchema, instantSchema } from '../schemas/common.ts';

const stateSchema = z.enum(['OPEN', 'LOCKED', 'SYNCED']);

const sessionSchema = z.object({
  judge_session_id: idSchema,
  judge_id: idSchema,
  bout_id: idSchema,
  round_id: z.int(),
  last_event_sequence: z.int().describe('The last entry of this seat in the ledger; 0 while there is none.'),
  session_state: stateSchema,
  unsent_event_queue: z.array(z.json()).describe('As the seat’s device last reported it.'),
  last_updated: instantSchema,
  reported_last_event_sequence: z.int().nullable(),
  device_id: idSchema.nullable(),
  device_epoch: z.int(),
});

const answerSchema = z.object({ success: z.literal(true), session: sessionSchema, performance_ms: z.number() });

const MAX_QUEUE = 500;

const create = defineRoute({
  method: 'post',
  path: '/api/judge-session/create',
  tag: 'Judge sessions',
  summary: 'Create or update a judge’s session',
  description:
    'A session belongs to the seat. From another device this takes the seat over, and the former device is fenced.',
  permission: 'session',
  params: NO_PARAMS,
  query: NO_QUERY,
  body: z.strictObject({
    judge_session_id: idSchema,
    judge_id: idSchema,
    bout_id: idSchema,
    round_id: roundSchema,
    last_event_sequence: z.int().min(0).default(0).describe('A report; the ledger knows better.'),
    session_state: stateSchema.default('OPEN'),
    unsent_event_queue: z.array(z.json()).max(MAX_QUEUE).default([]),
    last_updated: z.string().max(40).optional().describe('Ignored: the server’s own time stands in the answer.'),
    device_id: idSchema.optional().describe('Where the token names no device.'),
    take_over: z.boolean().default(false).describe('Needed to go back to a device that has handed over.'),
  }),
  bodyLimit: 262_144,
  responses: {
    200: { description: 'The session as it stands.', schema: answerSchema },
    404: { description: 'There is no such bout.' },
  },
  handle: async ({ env, caller, body }) => {
    const member = callerFor(caller, body.bout_id);
    if (!member.ok) return member;
    const outcome = await timed(
      async () =>
        await boutOf(env, body.bout_id).openSession(member.value, {
          sessionId: body.judge_session_id,
          judgeId: body.judge_id,
          roundId: body.round_id,
          lastEventSequence: body.last_event_sequence,
          sessionState: body.session_state,
          unsentEventQueue: body.unsent_event_queue,
          deviceId: body.device_id ?? null,
          takeOver: body.take_over,
        }),
    );
    return sessionAnswer(outcome);
  },
});

function sessionAnswer(outcome: Outcome<{ value: string; performance_ms: number }>): Response | Refusal {
  if (!outcome.ok) return outcome;
  const session: unknown = JSON.parse(outcome.value.value);
  return json({ success: true, session, performance_ms: outcome.value.performance_ms });
}

const restore = defineRoute({
  method: 'get',
  path: '/api/judge-session/{judge_session_id}',
  tag: 'Judge sessions',
  summary: 'Restore a session, also on a new device',
  description: 'The seat’s holder on another paired device takes the seat over by this very call.',
  permission: 'session',
  params: z.object({ judge_session_id: idSchema }),
  query: z.object({
    bout_id: idSchema.optional().describe('Where the token is not for one bout.'),
    take_over: z.enum(['true', 'false']).default('false'),
  }),
  body: NO_BODY,
  responses: {
    200: { description: 'The session.', schema: answerSchema },
    404: { description: 'There is no such session or bout.' },
  },
  handle: async ({ env, caller, params, query }) => {
    const boutId = caller?.boutId ?? query.bout_id ?? null;
    if (boutId === null) {
      return refuse('bad_request', 'bout_id: this token is not for one bout; say which in the query.', 'bout_id');
    }
    const member = callerFor(caller, boutId);
    if (!member.ok) return member;
    const outcome = await timed(
      async () =>
        await boutOf(env, boutId).restoreSession(member.value, params.judge_session_id, query.take_over === 'true'),
    );
    return sessionAnswer(outcome);
  },
});

export const sessionRoutes: readonly Route[] = [create, restore];
