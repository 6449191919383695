import * as z from 'zod';
import { compareShadow, MIN_ROUNDS, satOnPanel, type Trainee, traineeSummary } from '../../domain/analytics/index.ts';
import { type Refusal, refuse } from '../../domain/refusal.ts';
import type { Caller } from '../../domain/roles/index.ts';
import { type ScorecardProblem, scorecardProblem } from '../../domain/rules/index.ts';
import type { ShadowEntry } from '../../objects/platform/index.ts';
import { cursorOf, cursorText, type IndexedRound, readFighters, readJudged, readRules } from '../analytics/read.ts';
import { wireComparison, wireSummary } from '../analytics/wire.ts';
import { actorOf, platformOf } from '../auth/platform.ts';
import { boutScopeRefusal } from '../auth/scope.ts';
import { json } from '../bouts.ts';
import type { Env } from '../env.ts';
import { defineRoute, NO_BODY, NO_PARAMS, NO_QUERY, type Route } from '../route.ts';
import { comparisonSchema, cursorSchema, simulatedQuery, traineeSchema } from '../schemas/analytics.ts';
import { roundSchema } from '../schemas/bout.ts';
import { dateSchema, deliverySchema, eventIdSchema, idSchema } from '../schemas/common.ts';

/** Scorecards that one page of rounds is made from, and how many pages are looked through for a round that is left. */
const PAGE_SCORECARDS = 500;
const MAX_PAGES = 10;

/** A trainee's newest scorecards that a summary is made from. */
const MAX_SHADOW = 2_000;

/** Half points are a matter of the rule set, which the bout knows. */
const pointsSchema = z.number().min(0).max(10).multipleOf(0.5);

const NO_TOKEN = refuse('unauthorized', 'This needs a token.', 'Authorization');

function traineeOf(caller: Caller): Trainee {
  // Whatever a confined token reaches is the table that it was made for.
  const isAtTable = caller.boutId !== null || caller.cardId !== null;
  return { subject: caller.subject, seat: caller.seat, isAtTable };
}

const rounds = defineRoute({
  method: 'get',
  path: '/api/shadow/rounds',
  tag: 'Shadow judging',
  summary: 'Past rounds that the caller may score to learn',
  description:
    'Rounds of bouts with an official result whose scorecards are released to the caller, and which the caller has neither judged nor scored here. No scorecard and no recommendation is shown before the caller’s own is in. A page may hold nothing though more follow.',
  permission: 'shadow',
  params: NO_PARAMS,
  query: simulatedQuery.extend({ cursor: cursorSchema.optional() }),
  body: NO_BODY,
  responses: {
    200: {
      description: 'Newest first.',
      schema: z.object({
        rounds: z.array(
          z.object({
            bout_id: idSchema,
            round_id: z.int(),
            date: dateSchema.nullable(),
            sport: z.string(),
            ruleset: z.string(),
            corners: z
              .object({ red: z.string(), blue: z.string() })
              .nullable()
              .describe('Who fought from which corner.'),
          }),
        ),
        next_cursor: cursorSchema.nullable(),
      }),
    },
  },
  handle: async ({ env, caller, query }) => {
    if (caller === null) return NO_TOKEN;
    const includeSimulated = query.include_simulated;
    let after = cursorOf(query.cursor);
    let open: readonly IndexedRound[] = [];
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const { rounds: past, next } = await readJudged(env.INDEX, caller, { includeSimulated, after }, PAGE_SCORECARDS);
      open = await notScored(env, caller, past);
      after = next ?? undefined;
      if (open.length > 0 || next === null) break;
    }
    const fighters = await readFighters(env.INDEX, [...new Set(open.map(({ boutId }) => boutId))]);
    return json({
      rounds: open.map((round) => ({
        bout_id: round.boutId,
        round_id: round.round,
        date: round.date,
        sport: round.sport,
        ruleset: round.ruleset,
        corners: fighters.get(round.boutId) ?? null,
      })),
      next_cursor: cursorText(after ?? null),
    });
  },
});

/** Without the bouts that the caller judged and the rounds that the caller has scored. */
async function notScored(env: Env, caller: Caller, past: readonly IndexedRound[]): Promise<readonly IndexedRound[]> {
  const trainee = traineeOf(caller);
  const judged = new Set(past.filter(({ panel }) => satOnPanel(trainee, panel)).map(({ boutId }) => boutId));
  const foreign = past.filter(({ boutId }) => !judged.has(boutId));
  const places = foreign.map(({ boutId, round }) => ({ boutId, round }));
  const scored = await platformOf(env).shadowScored(caller.subject, places);
  const done = new Set(scored.map(({ boutId, round }) => `${boutId}|${round}`));
  return foreign.filter(({ boutId, round }) => !done.has(`${boutId}|${round}`));
}

const scorecards = defineRoute({
  method: 'post',
  path: '/api/shadow/scorecards',
  tag: 'Shadow judging',
  summary: 'Score a past round, and see how the panel scored it',
  description:
    'The first answer counts: the same again is a duplicate, another one a conflict. It stands in the deployment’s own ledger and never in the bout’s. Who sat on the bout’s panel is refused.',
  permission: 'shadow',
  params: NO_PARAMS,
  query: NO_QUERY,
  body: z.strictObject({
    bout_id: idSchema,
    round_id: roundSchema,
    red: pointsSchema,
    blue: pointsSchema,
    event_id: eventIdSchema.optional(),
  }),
  responses: {
    200: { description: 'The comparison.', schema: deliverySchema.extend(comparisonSchema.shape) },
    403: { description: 'The caller sat on that panel, or the token does not reach the bout.' },
    404: { description: 'No such round with an official result and scorecards released to the caller.' },
    409: { description: 'The round was scored already.' },
  },
  handle: async ({ env, caller, body }) => {
    if (caller === null) return NO_TOKEN;
    const { bout_id: boutId, round_id: number } = body;
    const outside = boutScopeRefusal(caller, boutId);
    if (outside !== null) return outside;
    const { rounds: past } = await readJudged(env.INDEX, caller, { boutIds: [boutId], includeSimulated: true });
    if (past.some(({ panel }) => satOnPanel(traineeOf(caller), panel))) {
      return refuse('forbidden', 'Who judged a bout does not score it again to learn.', 'bout_id');
    }
    const round = past.find((one) => one.round === number);
    if (round === undefined) return noSuchRound(boutId, number, past.length > 0);
    const scored = { boutId, round: number, redX10: body.red * 10, blueX10: body.blue * 10 };
    const problem = await problemOf(env, scored);
    if (problem !== null) return refuse('bad_request', problem.detail, problem.field);
    const comparison = wireComparison(scored, compareShadow(round, { trainee: caller.subject, ...scored }));
    const recorded = await platformOf(env).recordShadow({
      ...scored,
      by: actorOf(caller),
      comparison: JSON.stringify(comparison),
      eventId: body.event_id ?? null,
    });
    if (!recorded.ok) return recorded;
    const { answer, eventId, isDuplicate } = recorded.value;
    // What was answered first, as it was.
    const first: z.infer<typeof comparisonSchema> = JSON.parse(answer);
    const delivery = {
      success: true,
      event_id: eventId,
      client_event_id: body.event_id ?? null,
      is_duplicate: isDuplicate,
    };
    return json({ ...delivery, ...first }, isDuplicate ? 409 : 200);
  },
});

/** By the rules that were frozen into the bout, as for the panel. */
async function problemOf(env: Env, { boutId, round, redX10, blueX10 }: ShadowEntry): Promise<ScorecardProblem | null> {
  const { rules, isExtension } = await readRules(env.INDEX, boutId, round);
  return scorecardProblem(rules, redX10, blueX10, { extension: isExtension });
}

function noSuchRound(boutId: string, number: number, isKnown: boolean): Refusal {
  return isKnown
    ? refuse('not_found', `Nobody scored round ${number} of bout '${boutId}'.`, 'round_id')
    : refuse('not_found', `There is no past bout '${boutId}' to score.`, 'bout_id');
}

const me = defineRoute({
  method: 'get',
  path: '/api/shadow/me',
  tag: 'Shadow judging',
  summary: 'How the caller’s own shadow scorecards stand to the panels’',
  permission: 'shadow',
  params: NO_PARAMS,
  query: simulatedQuery,
  body: NO_BODY,
  responses: { 200: { description: 'One’s own figures.', schema: traineeSchema } },
  handle: async ({ env, caller, query }) =>
    caller === null ? NO_TOKEN : json(await summaryOf(env, caller, caller.subject, query.include_simulated)),
});

const trainee = defineRoute({
  method: 'get',
  path: '/api/shadow/trainees/{subject}',
  tag: 'Shadow judging',
  summary: 'How a trainee’s shadow scorecards stand to the panels’',
  permission: 'analytics.read',
  params: z.object({ subject: idSchema }),
  query: simulatedQuery,
  body: NO_BODY,
  responses: {
    200: { description: 'The trainee’s figures.', schema: traineeSchema },
    404: { description: 'Nobody of that id has scored a round that the caller may see.' },
  },
  handle: async ({ env, caller, params, query }) => {
    if (caller === null) return NO_TOKEN;
    const found = await summaryOf(env, caller, params.subject, query.include_simulated);
    return found.summary.rounds + found.not_compared > 0
      ? json(found)
      : refuse('not_found', `There are no shadow scorecards of '${params.subject}' to show.`, 'subject');
  },
});

async function summaryOf(
  env: Env,
  caller: Caller,
  subject: string,
  includeSimulated: boolean,
): Promise<z.infer<typeof traineeSchema>> {
  const entries = await platformOf(env).shadowScorecards(subject, MAX_SHADOW + 1);
  const newest = entries.slice(0, MAX_SHADOW);
  const boutIds = [...new Set(newest.map(({ boutId }) => boutId))];
  const { rounds: past, next } = await readJudged(env.INDEX, caller, { boutIds, includeSimulated });
  const byPlace = new Map(past.map((round) => [`${round.boutId}|${round.round}`, round]));
  const compared = newest.flatMap(({ boutId, round: number, redX10, blueX10 }) => {
    const round = byPlace.get(`${boutId}|${number}`);
    return round === undefined ? [] : [{ round, shadow: { trainee: subject, redX10, blueX10 } }];
  });
  const { panelKappa, missing, ...summary } = traineeSummary(subject, compared);
  // A confined token is told nothing of other bouts, not even that there are any.
  const isConfined = caller.boutId !== null || caller.cardId !== null;
  return {
    min_rounds: MIN_ROUNDS,
    truncated: next !== null || entries.length > MAX_SHADOW,
    trainee: subject,
    summary: wireSummary(summary),
    panel_kappa: panelKappa,
    missing_rounds: missing,
    not_compared: isConfined ? 0 : newest.length - compared.length,
  };
}

export const shadowRoutes: readonly Route[] = [rounds, scorecards, me, trainee];
