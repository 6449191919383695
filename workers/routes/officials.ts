import * as z from 'zod';
import { CLOCK_ACTIONS, METHODS } from '../../domain/bout/index.ts';
import { boutScopeRefusal } from '../auth/scope.ts';
import { answerText, boutOf, callerFor } from '../bouts.ts';
import { defineRoute, NO_BODY, NO_QUERY, type Route } from '../route.ts';
import { roundParams, roundSchema } from '../schemas/bout.ts';
import { elapsedMsSchema, eventIdSchema, reasonSchema, timestampMsSchema } from '../schemas/common.ts';
import { findingsSchema } from '../schemas/judging.ts';
import { mutationRoute } from './mutation.ts';

const clock = mutationRoute({
  path: '/clock',
  tag: 'Officials',
  summary: 'Start, pause, resume, end or adjust the clock of a round',
  description:
    'The bout has one clock authority. A round is over at start + length + pauses, whether or not anybody says so. After a draw, an extension round is started like any other, where the rule set has one.',
  permission: 'clock',
  body: z.strictObject({
    action: z.enum(CLOCK_ACTIONS),
    round_id: roundSchema,
    timestamp_ms: timestampMsSchema.optional().describe('When it happened; taken if at most a minute ago.'),
    elapsed_ms: elapsedMsSchema.optional().describe('For adjust: where the clock is to stand.'),
    reason: reasonSchema.optional().describe('For adjust: why.'),
    event_id: eventIdSchema.optional(),
  }),
  act: async (bout, member, body) =>
    await bout.setClock(member, {
      action: body.action,
      roundId: body.round_id,
      timestampMs: body.timestamp_ms ?? null,
      elapsedMs: body.elapsed_ms ?? null,
      reason: body.reason ?? null,
      eventId: body.event_id ?? null,
    }),
});

const lock = mutationRoute({
  path: '/lock-round',
  tag: 'Officials',
  summary: 'Close a round’s statistics',
  description:
    'The round is looked at first; what is critical (too few actions, gaps, unsent work, a wrong length) blocks the lock, and `errors` names each finding, until override_reason says why it is locked all the same. What arrives later is kept as late; it counts once a supervisor lets it in with include_late and a reason.',
  permission: 'lock_round',
  body: z.strictObject({
    round_id: roundSchema,
    override_reason: reasonSchema.optional(),
    include_late: z.boolean().default(false),
    event_id: eventIdSchema.optional(),
  }),
  act: async (bout, member, body) =>
    await bout.lockRound(member, {
      roundId: body.round_id,
      overrideReason: body.override_reason ?? null,
      includeLate: body.include_late,
      eventId: body.event_id ?? null,
    }),
});

const findings = defineRoute({
  method: 'get',
  path: '/api/bouts/{bout_id}/findings/{round_id}',
  tag: 'Officials',
  summary: 'What the validator would say if the round were locked now',
  permission: 'lock_round',
  params: roundParams,
  query: NO_QUERY,
  body: NO_BODY,
  responses: {
    200: { description: 'The findings; critical ones would block the lock.', schema: findingsSchema },
    404: { description: 'There is no such bout, or no such round in it.' },
  },
  handle: async ({ env, caller, params }) => {
    const outside = boutScopeRefusal(caller, params.bout_id);
    if (outside !== null) return outside;
    const member = callerFor(caller, params.bout_id);
    if (!member.ok) return member;
    return answerText(await boutOf(env, params.bout_id).findings(member.value, params.round_id));
  },
});

const finalize = mutationRoute({
  path: '/finalize',
  tag: 'Officials',
  summary: 'Propose the result, or confirm the one that is proposed',
  description:
    'Without a method the result is computed from the rulings and the scorecards. A proposal that departs from the record, or that judges have not signed for, needs a reason. It is official once a second person has confirmed it.',
  permission: 'finalize',
  body: z.strictObject({
    confirm: z.boolean().default(false),
    proposal_index: z
      .int()
      .min(0)
      .optional()
      .describe('Which proposal was read. Needed once there has been more than one.'),
    method: z.enum(METHODS).optional(),
    winner: z.enum(['red', 'blue', 'draw', 'no_contest']).optional(),
    round_id: roundSchema.optional(),
    time_ms: elapsedMsSchema.optional().describe('Official time of a stoppage, elapsed in the round.'),
    reason: reasonSchema.optional(),
    event_id: eventIdSchema.optional(),
  }),
  act: async (bout, member, body) =>
    await bout.finalize(member, {
      confirm: body.confirm,
      method: body.method ?? null,
      winner: body.winner ?? null,
      roundId: body.round_id ?? null,
      timeMs: body.time_ms ?? null,
      reason: body.reason ?? null,
      proposalIndex: body.proposal_index ?? null,
      eventId: body.event_id ?? null,
    }),
});

export const officialRoutes: readonly Route[] = [clock, lock, findings, finalize];
