import * as z from 'zod';
import { DEFAULT_RELEASE } from '../../domain/bout/index.ts';
import { ok, type Outcome, refuse } from '../../domain/refusal.ts';
import { RULE_INFO, RULE_SET_IDS, type Rules, rulesOf, withOverrides } from '../../domain/rules/index.ts';
import { BUILD } from '../build.ts';
import { answerDelivery, answerText, boutOf, callerFor, json, mutateBout } from '../bouts.ts';
import { limitsFromLeaf } from '../../domain/validator/index.ts';
import { boutScopeRefusal } from '../auth/scope.ts';
import { defineRoute, NO_BODY, NO_PARAMS, NO_QUERY, type Route } from '../route.ts';
import { releasedTo } from '../search/released.ts';
import { indexNow } from '../search/index-now.ts';
import { boutParams, configureSchema, createBoutSchema, loggedSchema, viewSchema } from '../schemas/bout.ts';
import { idSchema } from '../schemas/common.ts';
import { overridesOf } from '../schemas/rules.ts';

const create = defineRoute({
  method: 'post',
  path: '/api/bouts',
  tag: 'Bouts',
  summary: 'Set a bout up',
  description: 'Everything here is frozen into the first entry of the bout’s ledger; names stand beside it.',
  permission: 'bout.create',
  params: NO_PARAMS,
  query: NO_QUERY,
  body: createBoutSchema,
  responses: {
    200: { description: 'Created.', schema: loggedSchema.extend({ bout_id: idSchema }) },
    404: { description: 'There is no such card.' },
    409: { description: 'The same bout again (is_duplicate), or another bout of this id.' },
  },
  handle: async ({ env, caller, body }) => {
    const boutId = body.bout_id ?? `bout_${body.event_id ?? crypto.randomUUID()}`.slice(0, 64);
    const member = callerFor(caller, boutId);
    if (!member.ok) return member;
    const { card_id: cardId = null } = body;
    if (cardId !== null && (await env.CARD.getByName(cardId).view()) === null) {
      return refuse('not_found', `There is no card '${cardId}'.`, 'card_id');
    }
    const rules = rulesFor(body);
    if (!rules.ok) return rules;
    const bout = boutOf(env, boutId);
    const outcome = await bout.create(member.value, {
      cardId,
      promotion: body.promotion,
      event: body.event,
      date: body.date ?? null,
      timeZone: body.time_zone ?? null,
      sport: body.sport,
      ruleset: body.ruleset ?? defaultRuleset(body.sport),
      rules: rules.value,
      validator: limitsFromLeaf(body.validator ?? null),
      scheduledRounds: body.scheduled_rounds,
      roundLengthMs: body.round_length_s * 1000,
      fighter1: { id: body.fighter1.id ?? 'fighter1', name: body.fighter1.name },
      fighter2: { id: body.fighter2.id ?? 'fighter2', name: body.fighter2.name },
      judges: body.judges.map((judge) => ({
        id: judge.judge_id,
        name: judge.judge_name,
        person: judge.person_id ?? null,
      })),
      release: {
        statistics: body.release_policy?.statistics ?? DEFAULT_RELEASE.statistics,
        scorecards: body.release_policy?.scorecards ?? DEFAULT_RELEASE.scorecards,
        recommendation: body.release_policy?.recommendation ?? DEFAULT_RELEASE.recommendation,
      },
      delayMs: body.delay_ms,
      simulated: body.simulated,
      judgesLog: body.judges_log,
      build: BUILD,
      eventId: body.event_id ?? null,
    });
    // The bout owes its card and the index the news and would deliver it by its alarm; this is sooner.
    if (outcome.ok) {
      await bout.settle();
      await indexNow(env, boutId);
    }
    return answerDelivery(outcome, { bout_id: boutId });
  },
});

/** The rule set with the jurisdiction's choices. */
function rulesFor(body: z.infer<typeof createBoutSchema>): Outcome<Rules> {
  const name = body.ruleset ?? defaultRuleset(body.sport);
  const rules = rulesOf(name);
  if (rules === null) {
    return refuse('bad_request', `ruleset: one of ${RULE_SET_IDS.join(', ')}.`, 'ruleset');
  }
  if (RULE_INFO[rules.id].sport !== body.sport) {
    return refuse('bad_request', `ruleset: '${name}' is not for ${body.sport}.`, 'ruleset');
  }
  return body.rules === undefined ? ok(rules) : withOverrides(rules, overridesOf(body.rules));
}

function defaultRuleset(sport: string): string {
  return sport === 'mma' ? 'mma-unified' : sport;
}

const listSchema = z.object({
  bouts: z.array(
    z.object({
      bout_id: idSchema,
      card_id: idSchema.nullable(),
      promotion: z.string(),
      event: z.string(),
      date: z.string().nullable(),
      fighter1: z.string(),
      fighter2: z.string(),
      status: z.string(),
      round_id: z.int(),
      scheduled_rounds: z.int(),
      simulated: z.boolean(),
      updated_ms: z.int(),
    }),
  ),
});

type Line = {
  bout_id: string;
  card_id: string | null;
  promotion: string;
  event: string;
  date: string | null;
  fighter1: string;
  fighter2: string;
  status: string;
  round_id: number;
  scheduled_rounds: number;
  simulated: number;
  updated_ms: number;
};

const list = defineRoute({
  method: 'get',
  path: '/api/bouts',
  tag: 'Bouts',
  summary: 'The newest bouts whose statistics the caller may see',
  description: 'From the index, which follows the bouts by about a second.',
  permission: 'read.bout',
  params: NO_PARAMS,
  query: z.object({ card_id: idSchema.optional() }),
  body: NO_BODY,
  responses: { 200: { description: 'At most 50, newest first.', schema: listSchema } },
  handle: async ({ env, caller, query }) => {
    const { results } = await env.INDEX.prepare(
      `SELECT bout_id, card_id, promotion, event, date, fighter1, fighter2, status, round_id, scheduled_rounds,
         simulated, updated_ms
       FROM bout
       WHERE released_to IN (SELECT value FROM json_each(?1)) AND (?2 IS NULL OR card_id = ?2)
         AND (?3 IS NULL OR bout_id = ?3) AND (?4 IS NULL OR card_id = ?4)
       ORDER BY created_ms DESC, bout_id DESC LIMIT 50`,
    )
      .bind(JSON.stringify(releasedTo(caller)), query.card_id ?? null, caller?.boutId ?? null, caller?.cardId ?? null)
      .all<Line>();
    return json({ bouts: results.map((line) => ({ ...line, simulated: line.simulated === 1 })) });
  },
});

const read = defineRoute({
  method: 'get',
  path: '/api/bouts/{bout_id}',
  tag: 'Bouts',
  summary: 'A bout as the caller may see it',
  permission: 'read.bout',
  params: boutParams,
  query: NO_QUERY,
  body: NO_BODY,
  responses: { 200: { description: 'The bout.', schema: viewSchema }, 404: { description: 'There is none.' } },
  handle: async ({ env, caller, params }) => {
    const outside = boutScopeRefusal(caller, params.bout_id);
    return outside ?? answerText(await boutOf(env, params.bout_id).view(caller));
  },
});

const configure = defineRoute({
  method: 'patch',
  path: '/api/bouts/{bout_id}',
  tag: 'Bouts',
  summary: 'Change who sees what, or how late',
  permission: 'bout.configure',
  params: boutParams,
  query: NO_QUERY,
  body: configureSchema,
  responses: {
    200: { description: 'Changed, from this entry on.', schema: loggedSchema },
    409: { description: 'The same change again.' },
  },
  handle: async ({ env, caller, params, body }) =>
    await mutateBout(
      env,
      caller,
      params.bout_id,
      async (bout, member) =>
        await bout.configure(member, {
          release: body.release_policy ?? null,
          delayMs: body.delay_ms ?? null,
          reason: body.reason ?? null,
          eventId: body.event_id ?? null,
        }),
    ),
});

export const boutRoutes: readonly Route[] = [create, list, read, configure];
