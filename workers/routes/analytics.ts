import * as z from 'zod';
import {
  colleagueKappas,
  FLAG_KINDS,
  flagsOf,
  judgeSummaries,
  judgeSummary,
  MIN_ROUNDS,
  pairKappa,
  panelFigures,
  panelKappas,
} from '../../domain/analytics/index.ts';
import { refuse } from '../../domain/refusal.ts';
import { cursorOf, cursorText, readJudged } from '../analytics/read.ts';
import { wireCard, wireFlags, wirePanel, wireRecommendation, wireSummary } from '../analytics/wire.ts';
import { boutScopeRefusal } from '../auth/scope.ts';
import { json } from '../bouts.ts';
import { defineRoute, NO_BODY, NO_PARAMS, NO_QUERY, type Route } from '../route.ts';
import {
  boutAnalyticsSchema,
  cursorSchema,
  discrepanciesSchema,
  filterSchema,
  judgeSchema,
  judgesSchema,
  nearCertainSchema,
} from '../schemas/analytics.ts';
import { boutParams } from '../schemas/bout.ts';
import { idSchema } from '../schemas/common.ts';

/** Scorecards that one page of discrepancies looks through. */
const PAGE_SCORECARDS = 1_500;

/** Flags that one judge's page shows. */
const MAX_FLAGS = 200;

/** Judges of one list: those with the most rounds. */
const MAX_JUDGES = 1_000;

const OF_WHAT =
  'Computed from the scorecards of bouts whose result is official, as far as they are released to the caller; the index follows the bouts by about a second. Docs: `docs/analytics.md`.';

const NO_TOKEN = refuse('unauthorized', 'This needs a token.', 'Authorization');

const judges = defineRoute({
  method: 'get',
  path: '/api/analytics/judges',
  tag: 'Analytics',
  summary: 'What the scorecards say about each judge',
  description: `Agreement, bias by corner and two-point habits, each with its number of cases and 95 % interval. ${OF_WHAT}`,
  permission: 'analytics.read',
  params: NO_PARAMS,
  query: filterSchema,
  body: NO_BODY,
  responses: { 200: { description: 'By id; nobody below the minimum has a rank.', schema: judgesSchema } },
  handle: async ({ env, caller, query }) => {
    if (caller === null) return NO_TOKEN;
    const { include_simulated: includeSimulated, ...filter } = query;
    const { rounds, next } = await readJudged(env.INDEX, caller, { ...filter, includeSimulated });
    const all = judgeSummaries(rounds);
    const busiest = all.toSorted((a, b) => b.rounds - a.rounds).slice(0, MAX_JUDGES);
    const listed = new Set(busiest.map(({ judge }) => judge));
    return json({
      min_rounds: MIN_ROUNDS,
      truncated: next !== null || all.length > MAX_JUDGES,
      panel: wirePanel(panelFigures(rounds)),
      judges: all.filter(({ judge }) => listed.has(judge)).map((one) => ({ ...wireSummary(one), rank: one.rank })),
    });
  },
});

const judge = defineRoute({
  method: 'get',
  path: '/api/analytics/judges/{judge_id}',
  tag: 'Analytics',
  summary: 'What the scorecards say about one judge',
  description: `With κ for each colleague and each panel, and the questions put to this judge, newest first. ${OF_WHAT}`,
  permission: 'analytics.read',
  params: z.object({ judge_id: idSchema }),
  query: filterSchema.extend({ near_certain: nearCertainSchema }),
  body: NO_BODY,
  responses: {
    200: { description: 'The judge.', schema: judgeSchema },
    404: { description: 'No scorecard of theirs that the caller may see.' },
  },
  handle: async ({ env, caller, params, query }) => {
    if (caller === null) return NO_TOKEN;
    const { judge_id: id } = params;
    const { include_simulated: includeSimulated, near_certain: nearCertain, ...filter } = query;
    const { rounds, next } = await readJudged(env.INDEX, caller, { ...filter, judge: id, includeSimulated });
    const own = rounds.filter(({ scorecards }) => scorecards.some((card) => card.judge === id));
    if (own.length === 0) return refuse('not_found', `There are no scorecards of judge '${id}' to show.`, 'judge_id');
    const flags = flagsOf(rounds, { nearCertain }).filter((flag) => flag.judges.includes(id));
    return json({
      min_rounds: MIN_ROUNDS,
      truncated: next !== null,
      summary: wireSummary(judgeSummary(id, own)),
      colleagues: colleagueKappas(id, own).map((one) => ({ judge_id: one.judge, kappa: one.kappa })),
      panels: panelKappas(own),
      flags: wireFlags(flags.slice(0, MAX_FLAGS)),
      flags_left_out: Math.max(0, flags.length - MAX_FLAGS),
    });
  },
});

const discrepancies = defineRoute({
  method: 'get',
  path: '/api/analytics/discrepancies',
  tag: 'Analytics',
  summary: 'Rounds and bouts that are worth a question',
  description: `Opposite winners, a lone 10-8, a lone dissent, a scorecard against a near-certain recommendation. A flag is a question, never a verdict. A page looks through some hundred bouts and may hold nothing though more follow. ${OF_WHAT}`,
  permission: 'analytics.read',
  params: NO_PARAMS,
  query: filterSchema.extend({
    bout_id: idSchema.optional(),
    judge: idSchema.optional().describe('Flags whose question is put to this judge.'),
    kind: z.enum(FLAG_KINDS).optional(),
    near_certain: nearCertainSchema,
    cursor: cursorSchema.optional(),
  }),
  body: NO_BODY,
  responses: { 200: { description: 'Newest bout first.', schema: discrepanciesSchema } },
  handle: async ({ env, caller, query }) => {
    if (caller === null) return NO_TOKEN;
    const { include_simulated: includeSimulated, near_certain: nearCertain, bout_id: boutId, cursor, ...rest } = query;
    const outside = boutId === undefined ? null : boutScopeRefusal(caller, boutId);
    if (outside !== null) return outside;
    const { kind, judge: of, ...filter } = rest;
    const { rounds, next } = await readJudged(
      env.INDEX,
      caller,
      {
        ...filter,
        judge: of,
        boutIds: boutId === undefined ? undefined : [boutId],
        includeSimulated,
        after: cursorOf(cursor),
      },
      PAGE_SCORECARDS,
    );
    const flags = flagsOf(rounds, { nearCertain }).filter(
      (flag) => (kind === undefined || flag.kind === kind) && (of === undefined || flag.judges.includes(of)),
    );
    return json({ flags: wireFlags(flags), next_cursor: cursorText(next) });
  },
});

const bout = defineRoute({
  method: 'get',
  path: '/api/analytics/bouts/{bout_id}',
  tag: 'Analytics',
  summary: 'A bout’s scorecards beside each other',
  description: OF_WHAT,
  permission: 'analytics.read',
  params: boutParams,
  query: NO_QUERY,
  body: NO_BODY,
  responses: {
    200: { description: 'The bout.', schema: boutAnalyticsSchema },
    404: { description: 'None with an official result and scorecards that the caller may see.' },
  },
  handle: async ({ env, caller, params }) => {
    if (caller === null) return NO_TOKEN;
    const outside = boutScopeRefusal(caller, params.bout_id);
    if (outside !== null) return outside;
    const { rounds } = await readJudged(env.INDEX, caller, { boutIds: [params.bout_id], includeSimulated: true });
    const [first] = rounds;
    if (first === undefined) {
      return refuse('not_found', `There are no scorecards of bout '${params.bout_id}' to show.`, 'bout_id');
    }
    const panel = [...new Set(rounds.flatMap(({ scorecards }) => scorecards.map((card) => card.judge)))].toSorted();
    return json({
      bout_id: first.boutId,
      date: first.date,
      sport: first.sport,
      ruleset: first.ruleset,
      simulated: first.simulated,
      rounds: rounds.map((round) => ({
        round_id: round.round,
        deductions: { red: round.deductions.red / 10, blue: round.deductions.blue / 10 },
        scorecards: round.scorecards.map(wireCard),
        recommendation: wireRecommendation(round.recommendation),
      })),
      panel: wirePanel(panelFigures(rounds)),
      pairs: panel.flatMap((one, at) =>
        panel.slice(at + 1).map((other) => ({ judges: [one, other], kappa: pairKappa(one, other, rounds) })),
      ),
      flags: wireFlags(flagsOf(rounds)),
    });
  },
});

export const analyticsRoutes: readonly Route[] = [judges, judge, discrepancies, bout];
