import * as z from 'zod';
import { boutScopeRefusal } from '../auth/scope.ts';
import { answer, answerText, boutOf, json, timed } from '../bouts.ts';
import { defineRoute, NO_BODY, NO_QUERY, type Route } from '../route.ts';
import {
  boutParams,
  redlineSchema,
  roundParams,
  roundStatusSchema,
  summarySchema,
  timelineSchema,
  totalsSchema,
} from '../schemas/bout.ts';
import { idSchema } from '../schemas/common.ts';

const DEFAULT_LENGTH_S = 300;

const replay = defineRoute({
  method: 'get',
  path: '/api/replay/{bout_id}/{round_id}',
  tag: 'Replay',
  summary: 'A round second by second',
  description:
    'Second s holds what happened in [s, s + 1) and the totals at its end. What lies beyond the length stands in the last second.',
  permission: 'read.events',
  params: roundParams,
  query: z.object({
    round_length: z
      .string()
      .regex(/^[1-9][0-9]{0,3}$/, 'must be a number of seconds from 1 to 3600')
      .transform(Number)
      .refine((seconds) => seconds <= 3_600, 'must be a number of seconds from 1 to 3600')
      .default(DEFAULT_LENGTH_S)
      .describe('Round duration in seconds.'),
  }),
  body: NO_BODY,
  responses: {
    200: {
      description: 'The timeline.',
      schema: z.object({
        bout_id: idSchema,
        round_id: z.int(),
        timeline: timelineSchema,
        round_summary: summarySchema,
        event_count: z.int(),
      }),
    },
    404: { description: 'There is no such bout, or no such round in it.' },
  },
  handle: async ({ env, caller, params, query }) => {
    const outside = boutScopeRefusal(caller, params.bout_id);
    return outside ?? answerText(await boutOf(env, params.bout_id).replay(caller, params.round_id, query.round_length));
  },
});

const liveRoute = defineRoute({
  method: 'get',
  path: '/api/live/{bout_id}',
  tag: 'Broadcast',
  summary: 'The bout as it stands now',
  permission: 'read.bout',
  params: boutParams,
  query: NO_QUERY,
  body: NO_BODY,
  responses: {
    200: {
      description: 'Totals are the current round’s; null for whoever may not see them.',
      schema: z.object({
        bout_id: idSchema,
        round_id: z.int(),
        round_status: roundStatusSchema,
        red_totals: totalsSchema.nullable(),
        blue_totals: totalsSchema.nullable(),
        time_remaining: z.string(),
        events_last_5_sec: z.int().nullable(),
        redline_moments: z.array(redlineSchema),
        performance_ms: z.number(),
      }),
    },
    404: { description: 'There is no such bout.' },
  },
  handle: async ({ env, caller, params }) => {
    const outside = boutScopeRefusal(caller, params.bout_id);
    if (outside !== null) return outside;
    const live = await timed(async () => await boutOf(env, params.bout_id).live(caller));
    return live.ok ? json({ ...live.value.value, performance_ms: live.value.performance_ms }) : live;
  },
});

const finalResultSchema = z.object({
  method: z.string(),
  decision: z.string().nullable(),
  round_id: z.int().nullable(),
  time_ms: z.int().nullable(),
  deductions: z.array(z.object({ round_id: z.int(), red: z.number(), blue: z.number() })),
  totals: z
    .array(z.object({ judge_id: idSchema, red: z.number(), blue: z.number() }))
    .describe('Of the scorecards that are shown: the rounds that count, deductions applied.'),
});

const final = defineRoute({
  method: 'get',
  path: '/api/final/{bout_id}',
  tag: 'Broadcast',
  summary: 'The result and the scorecards that are released',
  permission: 'read.bout',
  params: boutParams,
  query: NO_QUERY,
  body: NO_BODY,
  responses: {
    200: {
      description: 'winner is a name, `Draw`, `No Contest`, or null until a second person has confirmed it.',
      schema: z.object({
        bout_id: idSchema,
        fighter1: z.string(),
        fighter2: z.string(),
        final_scores: z.array(
          z.object({ judge_id: idSchema, judge_name: z.string(), scorecard: z.record(z.string(), z.string()) }),
        ),
        winner: z.string().nullable(),
        full_event_log_hash_chain_valid: z.boolean(),
        total_rounds: z.int(),
        result: finalResultSchema.optional().describe('Once it is official: how it came about.'),
      }),
    },
    404: { description: 'There is no such bout.' },
  },
  handle: async ({ env, caller, params }) => {
    const outside = boutScopeRefusal(caller, params.bout_id);
    return outside ?? answer(await boutOf(env, params.bout_id).final(caller));
  },
});

export const broadcastRoutes: readonly Route[] = [replay, liveRoute, final];
