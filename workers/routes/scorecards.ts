import * as z from 'zod';
import { PANEL_CHANGES } from '../../domain/bout/index.ts';
import { boutScopeRefusal } from '../auth/scope.ts';
import { answerText, boutOf } from '../bouts.ts';
import { defineRoute, NO_BODY, NO_QUERY, type Route } from '../route.ts';
import { boutParams, roundSchema } from '../schemas/bout.ts';
import { eventIdSchema, idSchema, nameSchema, reasonSchema } from '../schemas/common.ts';
import { recommendationsSchema, scorecardsSchema } from '../schemas/judging.ts';
import { mutationRoute } from './mutation.ts';

/** Half points are a matter of the rule set, which the bout knows. */
const pointsSchema = z.number().min(0).max(10).multipleOf(0.5);

/** A sum of rounds, points taken: at worst every round of a long bout. */
const totalSchema = z.number().min(-1000).max(1000).multipleOf(0.5);

const tenths = (points: number): number => Math.round(points * 10);

const scoreSchema = z.strictObject({
  judge_id: idSchema,
  round_id: roundSchema,
  red: pointsSchema,
  blue: pointsSchema,
  event_id: eventIdSchema.optional(),
});

const submit = mutationRoute({
  path: '/scorecards',
  tag: 'Scorecards',
  summary: 'Submit one’s own scorecard for a round',
  description: 'Submitting locks it; only a supervisor reopens it. Nothing else is asked.',
  permission: 'scorecard',
  body: scoreSchema,
  act: async (bout, member, body) =>
    await bout.submitScorecard(member, {
      judgeId: body.judge_id,
      roundId: body.round_id,
      redX10: tenths(body.red),
      blueX10: tenths(body.blue),
      eventId: body.event_id ?? null,
    }),
});

const reopen = mutationRoute({
  path: '/scorecards/reopen',
  tag: 'Scorecards',
  summary: 'Reopen a judge’s scorecard for a round, with a reason',
  description: 'Both values stay in the ledger.',
  permission: 'scorecard.reopen',
  body: z.strictObject({
    judge_id: idSchema,
    round_id: roundSchema,
    reason: reasonSchema,
    event_id: eventIdSchema.optional(),
  }),
  act: async (bout, member, body) =>
    await bout.reopenScorecard(member, {
      judgeId: body.judge_id,
      roundId: body.round_id,
      reason: body.reason,
      eventId: body.event_id ?? null,
    }),
});

const sign = mutationRoute({
  path: '/scorecards/sign',
  tag: 'Scorecards',
  summary: 'Sign one’s own scorecard at the end of the bout',
  description:
    'With the totals, points taken by the referee deducted: others than the ledger adds up are refused. A scorecard that is reopened, or a deduction that changes the total, needs another signature.',
  permission: 'scorecard',
  body: z.strictObject({
    judge_id: idSchema,
    red: totalSchema,
    blue: totalSchema,
    event_id: eventIdSchema.optional(),
  }),
  act: async (bout, member, body) =>
    await bout.signScorecard(member, {
      judgeId: body.judge_id,
      redX10: tenths(body.red),
      blueX10: tenths(body.blue),
      eventId: body.event_id ?? null,
    }),
});

const paper = mutationRoute({
  path: '/scorecards/paper',
  tag: 'Scorecards',
  summary: 'Enter what a judge wrote on paper',
  description: 'It counts once a second person has confirmed it by its sequence_index.',
  permission: 'scorecard.paper',
  body: scoreSchema.extend({ reason: reasonSchema }),
  act: async (bout, member, body) =>
    await bout.proposePaper(member, {
      judgeId: body.judge_id,
      roundId: body.round_id,
      redX10: tenths(body.red),
      blueX10: tenths(body.blue),
      reason: body.reason,
      eventId: body.event_id ?? null,
    }),
});

const panel = mutationRoute({
  path: '/panel',
  tag: 'Scorecards',
  summary: 'Put another judge into a seat, or record a seat as absent',
  description:
    'It takes effect once a second person has confirmed it by its sequence_index. From then on only person_id, as subject of a token, acts for the seat; what the former judge submitted stands.',
  permission: 'panel',
  body: z
    .strictObject({
      change: z.enum(PANEL_CHANGES),
      judge_id: idSchema.describe('The seat.'),
      person_id: idSchema.optional().describe('For substitute: the subject of the new judge’s token.'),
      person_name: nameSchema.optional(),
      from_round: roundSchema.optional().describe('For substitute; the current round where it is left out.'),
      reason: reasonSchema,
      event_id: eventIdSchema.optional(),
    })
    .refine(({ change, person_id }) => change !== 'substitute' || person_id !== undefined, {
      path: ['person_id'],
      message: 'say who takes the seat',
    })
    .refine(({ change, person_name }) => change !== 'substitute' || person_name !== undefined, {
      path: ['person_name'],
      message: 'say who takes the seat',
    }),
  act: async (bout, member, body) =>
    await bout.proposePanel(member, {
      change: body.change,
      judgeId: body.judge_id,
      person:
        body.person_id === undefined || body.person_name === undefined
          ? null
          : { id: body.person_id, name: body.person_name },
      fromRound: body.from_round ?? null,
      reason: body.reason,
      eventId: body.event_id ?? null,
    }),
});

const confirm = mutationRoute({
  path: '/confirm',
  tag: 'Scorecards',
  summary: 'Confirm or reject, as a second person, a paper scorecard or a change of the panel',
  permission: 'panel',
  body: z.strictObject({
    proposal_index: z.int().min(0).describe('The sequence_index of the proposal.'),
    accept: z.boolean(),
    reason: reasonSchema.optional(),
    event_id: eventIdSchema.optional(),
  }),
  notFound: 'No such proposal waits.',
  act: async (bout, member, body) =>
    await bout.confirmProposal(member, {
      proposalIndex: body.proposal_index,
      accept: body.accept,
      reason: body.reason ?? null,
      eventId: body.event_id ?? null,
    }),
});

const read = defineRoute({
  method: 'get',
  path: '/api/bouts/{bout_id}/scorecards',
  tag: 'Scorecards',
  summary: 'The scorecards as the caller may see them',
  description:
    'A judge sees the own seat’s, and another’s of a round only if they are released and the own one for that round is in. Supervisors see besides what is missing, what waits for a second person, and the result as it computes.',
  permission: 'read.bout',
  params: boutParams,
  query: NO_QUERY,
  body: NO_BODY,
  responses: {
    200: { description: 'By seat.', schema: scorecardsSchema },
    404: { description: 'There is no such bout.' },
  },
  handle: async ({ env, caller, params }) => {
    const outside = boutScopeRefusal(caller, params.bout_id);
    return outside ?? answerText(await boutOf(env, params.bout_id).scorecards(caller));
  },
});

const recommendations = defineRoute({
  method: 'get',
  path: '/api/bouts/{bout_id}/recommendations',
  tag: 'Scorecards',
  summary: 'What the statistical judge would give each round, with its reasons and its doubt',
  description:
    'It never writes a scorecard. A judge is shown a round’s once the own scorecard for it is in and the round is over; everybody else by the bout’s release policy. A round of which nothing is known is left out.',
  permission: 'read.bout',
  params: boutParams,
  query: NO_QUERY,
  body: NO_BODY,
  responses: {
    200: { description: 'By round.', schema: recommendationsSchema },
    404: { description: 'There is no such bout.' },
  },
  handle: async ({ env, caller, params }) => {
    const outside = boutScopeRefusal(caller, params.bout_id);
    return outside ?? answerText(await boutOf(env, params.bout_id).recommendations(caller));
  },
});

export const scorecardRoutes: readonly Route[] = [submit, reopen, sign, paper, panel, confirm, read, recommendations];
