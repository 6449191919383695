import type * as z from 'zod';
import { type Refusal, refuse } from '../../domain/refusal.ts';
import type { Caller } from '../../domain/roles/index.ts';
import type { PersonOfPlatform } from '../../objects/platform/index.ts';
import { actorOf, platformOf } from '../auth/platform.ts';
import { json } from '../bouts.ts';
import type { Env } from '../env.ts';
import { driveErasure } from '../people/erase.ts';
import { findPerson } from '../people/find.ts';
import { planErasure } from '../people/plan.ts';
import { NOT_SEARCHED, STAYS } from '../people/stays.ts';
import { defineRoute, NO_BODY, NO_QUERY, type Route } from '../route.ts';
import { eraseSchema, erasureSchema, personParams, personQuery, personSchema } from '../schemas/people.ts';

const NO_TOKEN = refuse('unauthorized', 'This needs a token; none was sent.', 'Authorization');

const read = defineRoute({
  method: 'get',
  path: '/api/people/{person_id}',
  tag: 'People',
  summary: 'Everything that is held about a person',
  description:
    'One document to hand over: by the id of a fighter, a judge or a token’s subject. It is complete, or says what it could not reach. A token for a card sees the people of that card.',
  permission: 'people.read',
  params: personParams,
  query: personQuery,
  body: NO_BODY,
  responses: {
    200: { description: 'The document, as an attachment.', schema: personSchema },
    404: { description: 'Nothing is held about such a person within the caller’s reach.' },
  },
  handle: async ({ env, caller, params, query }) => {
    if (caller === null) return NO_TOKEN;
    const personId = params.person_id;
    const found = await findPerson(env, caller, personId, query.before ?? null);
    const { bouts, devices, platform, index, notReached, nextBefore } = found;
    const isComplete = notReached.length === 0 && nextBefore === null && platform?.truncated !== true;
    const isKnown =
      bouts.length + devices.length > 0 ||
      (platform !== null && platform.tokens.length + platform.entries + platform.shadow.length > 0);
    // A later page without the person says nothing of the pages before it.
    if (isComplete && !isKnown && query.before === undefined) {
      return refuse('not_found', `Nothing is held about '${personId}' within reach.`, 'person_id');
    }
    const document: z.infer<typeof personSchema> = {
      person_id: personId,
      as_of_ms: Date.now(),
      scope: scopeOf(caller),
      complete: isComplete,
      not_reached: [...notReached],
      next_before: nextBefore,
      bouts: bouts.map((bout) => ({
        ...bout,
        entries: [...bout.entries],
        exports: [...bout.exports],
        index_names: bout.index_names === null ? null : [...bout.index_names],
      })),
      devices: [...devices],
      judged_scorecards: index?.judgedScorecards ?? null,
      platform: platform === null ? null : wirePlatform(platform),
      not_searched: [...NOT_SEARCHED],
    };
    return new Response(JSON.stringify(document, null, 2), {
      headers: {
        'content-type': 'application/json',
        'content-disposition': `attachment; filename="person-${personId.replaceAll(':', '-')}.json"`,
        'cache-control': 'no-store',
      },
    });
  },
});

function scopeOf({ boutId, cardId }: Caller): string {
  if (boutId !== null) return `bout ${boutId}`;
  return cardId === null ? 'deployment' : `card ${cardId}`;
}

function wirePlatform({ entries, tokens, shadow, erasures, truncated }: PersonOfPlatform) {
  return {
    entries,
    tokens: tokens.map((token) => ({
      token_id: token.tokenId,
      role: token.role,
      device_id: token.deviceId,
      bout_id: token.boutId,
      card_id: token.cardId,
      expires_ms: token.expiresMs,
    })),
    shadow_scorecards: shadow.map(({ boutId, round, redX10, blueX10 }) => ({
      bout_id: boutId,
      round_id: round,
      red: redX10 / 10,
      blue: blueX10 / 10,
    })),
    erasures: erasures.map(({ index, receivedMs, done }) => ({ index, received_ms: receivedMs, done })),
    truncated,
  };
}

const erase = defineRoute({
  method: 'post',
  path: '/api/people/{person_id}/erase',
  tag: 'People',
  summary: 'Take a person’s name out of every bout, or show where it stands',
  description:
    'Name, salt, particulars and photograph leave the bouts’ objects, metadata.json of their archives, the exports and the index; ids and entries stay, and the archives still verify. It goes on by itself until it is done: send it again to see how far it is.',
  permission: 'people.erase',
  params: personParams,
  query: NO_QUERY,
  body: eraseSchema,
  responses: {
    200: { description: 'The plan, or how far the erasure is.', schema: erasureSchema },
    409: { description: 'The same erasure again (is_duplicate), with how far it is now.' },
  },
  handle: async ({ env, caller, params, body }) => {
    if (caller === null) return NO_TOKEN;
    if (caller.boutId !== null || caller.cardId !== null) {
      return refuse('forbidden', 'A person is erased from every bout; this token is for a card or a bout alone.');
    }
    return body.dry_run
      ? await showPlan(env, params.person_id)
      : await eraseNow(env, caller, params.person_id, body.reason, body.event_id ?? null);
  },
});

async function showPlan(env: Env, personId: string): Promise<Response> {
  const { bouts, hasMore, notReached } = await planErasure(env, personId);
  return json({
    success: true,
    dry_run: true,
    person_id: personId,
    event_id: null,
    client_event_id: null,
    is_duplicate: false,
    status: 'plan',
    // How many there are beyond those, only the walk itself counts.
    unseen_bouts: hasMore ? null : 0,
    bouts: bouts.map(({ boutId, here: { taken, archive } }) => ({
      bout_id: boutId,
      done: false,
      detail: null,
      ...taken,
      archive,
    })),
    not_reached: [...notReached],
    stays: [...STAYS],
  } satisfies z.infer<typeof erasureSchema>);
}

async function eraseNow(
  env: Env,
  caller: Caller,
  personId: string,
  reason: string,
  clientEventId: string | null,
): Promise<Response | Refusal> {
  const begun = await platformOf(env).beginErasure({ personId, reason, by: actorOf(caller), eventId: clientEventId });
  if (!begun.ok) return begun;
  const { answer, isDuplicate } = begun.value;
  const erasure = await driveErasure(env, answer.erasureId);
  if (erasure === null) return refuse('not_found', `There is no erasure ${answer.erasureId}.`, 'event_id');
  const wire: z.infer<typeof erasureSchema> = {
    success: true,
    dry_run: false,
    person_id: erasure.personId,
    event_id: erasure.erasureId,
    client_event_id: clientEventId,
    is_duplicate: isDuplicate,
    status: erasure.doneMs === null ? 'in_progress' : 'done',
    unseen_bouts: erasure.unseen,
    bouts: erasure.bouts.map(({ boutId, done, detail }) => ({ bout_id: boutId, done, detail })),
    not_reached: [],
    stays: [...STAYS],
  };
  return json(wire, isDuplicate ? 409 : 200);
}

export const peopleRoutes: readonly Route[] = [read, erase];
