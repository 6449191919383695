import * as z from 'zod';
import { CLOCK_ACTIONS, METHODS, RULING_KINDS } from '../../domain/bout/index.ts';
import type { LeafObject } from '../../domain/ledger/index.ts';
import { mutateBout } from '../bouts.ts';
import { defineRoute, NO_QUERY, type Route } from '../route.ts';
import { boutParams, loggedSchema, roundSchema } from '../schemas/bout.ts';
import {
  elapsedMsSchema,
  eventIdSchema,
  idSchema,
  reasonSchema,
  textSchema,
  timestampMsSchema,
} from '../schemas/common.ts';

const RECORDED = { description: 'Recorded.', schema: loggedSchema };
const CONFLICT = { description: 'The bout’s rules forbid it now, or the same request again (is_duplicate).' };

const clock = defineRoute({
  method: 'post',
  path: '/api/bouts/{bout_id}/clock',
  tag: 'Officials',
  summary: 'Start, pause, resume, end or adjust the clock of a round',
  description:
    'The bout has one clock authority. A round is over at start + length + pauses, whether or not anybody says so.',
  permission: 'clock',
  params: boutParams,
  query: NO_QUERY,
  body: z.strictObject({
    action: z.enum(CLOCK_ACTIONS),
    round_id: roundSchema,
    timestamp_ms: timestampMsSchema.optional().describe('When it happened; taken if at most a minute ago.'),
    elapsed_ms: elapsedMsSchema.optional().describe('For adjust: where the clock is to stand.'),
    reason: reasonSchema.optional().describe('For adjust: why.'),
    event_id: eventIdSchema.optional(),
  }),
  responses: { 200: RECORDED, 409: CONFLICT },
  handle: async ({ env, caller, params, body }) =>
    await mutateBout(
      env,
      caller,
      params.bout_id,
      async (bout, member) =>
        await bout.setClock(member, {
          action: body.action,
          roundId: body.round_id,
          timestampMs: body.timestamp_ms ?? null,
          elapsedMs: body.elapsed_ms ?? null,
          reason: body.reason ?? null,
          eventId: body.event_id ?? null,
        }),
    ),
});

const lock = defineRoute({
  method: 'post',
  path: '/api/bouts/{bout_id}/lock-round',
  tag: 'Officials',
  summary: 'Close a round’s statistics',
  description:
    'What arrives later is kept as late; it counts once a supervisor lets it in with include_late and a reason.',
  permission: 'lock_round',
  params: boutParams,
  query: NO_QUERY,
  body: z.strictObject({
    round_id: roundSchema,
    override_reason: reasonSchema.optional(),
    include_late: z.boolean().default(false),
    event_id: eventIdSchema.optional(),
  }),
  responses: { 200: RECORDED, 409: CONFLICT },
  handle: async ({ env, caller, params, body }) =>
    await mutateBout(
      env,
      caller,
      params.bout_id,
      async (bout, member) =>
        await bout.lockRound(member, {
          roundId: body.round_id,
          overrideReason: body.override_reason ?? null,
          includeLate: body.include_late,
          eventId: body.event_id ?? null,
        }),
    ),
});

const rulingSchema = z.strictObject({
  kind: z.enum(RULING_KINDS),
  round_id: roundSchema,
  fighter_id: idSchema.optional().describe('Whom it is about; for a foul, warning or deduction, who fouled.'),
  target_event_id: idSchema.optional().describe('The knockdown that is confirmed, or was a slip.'),
  points: z.int().min(1).max(3).optional().describe('For a deduction.'),
  foul: textSchema(80).optional(),
  intent: z.enum(['accidental', 'intentional']).optional(),
  method: z.enum(METHODS).optional().describe('For a stoppage.'),
  footage_ms: z.int().min(0).max(86_400_000).optional().describe('For a replay review: where in the footage.'),
  note: textSchema(500).optional(),
  timestamp_ms: timestampMsSchema.optional(),
  event_id: eventIdSchema.optional(),
});

function detailsOf(body: z.infer<typeof rulingSchema>): LeafObject {
  return {
    foul: body.foul ?? null,
    intent: body.intent ?? null,
    method: body.method ?? null,
    footage_ms: body.footage_ms ?? null,
    note: body.note ?? null,
  };
}

const ruling = defineRoute({
  method: 'post',
  path: '/api/bouts/{bout_id}/rulings',
  tag: 'Officials',
  summary: 'Record what the referee ruled',
  permission: 'ruling',
  params: boutParams,
  query: NO_QUERY,
  body: rulingSchema,
  responses: { 200: RECORDED, 404: { description: 'There is no such target.' }, 409: CONFLICT },
  handle: async ({ env, caller, params, body }) =>
    await mutateBout(
      env,
      caller,
      params.bout_id,
      async (bout, member) =>
        await bout.rule(member, {
          kind: body.kind,
          roundId: body.round_id,
          fighterId: body.fighter_id ?? null,
          targetEventId: body.target_event_id ?? null,
          pointsX10: body.points === undefined ? null : body.points * 10,
          details: detailsOf(body),
          timestampMs: body.timestamp_ms ?? null,
          eventId: body.event_id ?? null,
        }),
    ),
});

/** Half points are a matter of the rule set, which the bout knows. */
const pointsSchema = z.number().min(0).max(10).multipleOf(0.5);

const scorecard = defineRoute({
  method: 'post',
  path: '/api/bouts/{bout_id}/scorecards',
  tag: 'Officials',
  summary: 'Submit one’s own scorecard for a round',
  description: 'Submitting locks it; only a supervisor reopens it. Nothing else is asked.',
  permission: 'scorecard',
  params: boutParams,
  query: NO_QUERY,
  body: z.strictObject({
    judge_id: idSchema,
    round_id: roundSchema,
    red: pointsSchema,
    blue: pointsSchema,
    event_id: eventIdSchema.optional(),
  }),
  responses: { 200: RECORDED, 409: CONFLICT },
  handle: async ({ env, caller, params, body }) =>
    await mutateBout(
      env,
      caller,
      params.bout_id,
      async (bout, member) =>
        await bout.submitScorecard(member, {
          judgeId: body.judge_id,
          roundId: body.round_id,
          redX10: Math.round(body.red * 10),
          blueX10: Math.round(body.blue * 10),
          eventId: body.event_id ?? null,
        }),
    ),
});

const reopen = defineRoute({
  method: 'post',
  path: '/api/bouts/{bout_id}/scorecards/reopen',
  tag: 'Officials',
  summary: 'Reopen a judge’s scorecard for a round, with a reason',
  description: 'Both values stay in the ledger.',
  permission: 'scorecard.reopen',
  params: boutParams,
  query: NO_QUERY,
  body: z.strictObject({
    judge_id: idSchema,
    round_id: roundSchema,
    reason: reasonSchema,
    event_id: eventIdSchema.optional(),
  }),
  responses: { 200: RECORDED, 409: CONFLICT },
  handle: async ({ env, caller, params, body }) =>
    await mutateBout(
      env,
      caller,
      params.bout_id,
      async (bout, member) =>
        await bout.reopenScorecard(member, {
          judgeId: body.judge_id,
          roundId: body.round_id,
          reason: body.reason,
          eventId: body.event_id ?? null,
        }),
    ),
});

const finalize = defineRoute({
  method: 'post',
  path: '/api/bouts/{bout_id}/finalize',
  tag: 'Officials',
  summary: 'Propose the result, or confirm the one that is proposed',
  description: 'By the cards, the winner is computed. It is official once a second person has confirmed it.',
  permission: 'finalize',
  params: boutParams,
  query: NO_QUERY,
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
  responses: { 200: RECORDED, 409: CONFLICT },
  handle: async ({ env, caller, params, body }) =>
    await mutateBout(
      env,
      caller,
      params.bout_id,
      async (bout, member) =>
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
    ),
});

export const officialRoutes: readonly Route[] = [clock, lock, ruling, scorecard, reopen, finalize];
