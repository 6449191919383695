import type * as z from 'zod';
import { ok, type Outcome, type Refusal, refuse } from '../../domain/refusal.ts';
import type { Caller } from '../../domain/roles/index.ts';
import type { FoundHere } from '../../objects/bout/index.ts';
import { actorOf, platformOf } from '../auth/platform.ts';
import { boutScopeRefusal } from '../auth/scope.ts';
import { boutOf, json } from '../bouts.ts';
import type { Env } from '../env.ts';
import { personDocument } from '../people/document.ts';
import { driveErasure } from '../people/erase.ts';
import { type Found, findInBout, findPerson } from '../people/find.ts';
import { planErasure, planInBout } from '../people/plan.ts';
import { STAYS } from '../people/stays.ts';
import { defineRoute, NO_BODY, NO_QUERY, type Route } from '../route.ts';
import { eraseSchema, erasureSchema, personParams, personQuery, personSchema } from '../schemas/people.ts';

const NO_TOKEN = refuse('unauthorized', 'This needs a token; none was sent.', 'Authorization');

const read = defineRoute({
  method: 'get',
  path: '/api/people/{person_id}',
  tag: 'People',
  summary: 'Everything that is held about a person',
  description:
    'One document to hand over: by the id of a fighter, a judge or a token’s subject. It is complete, or says what it could not reach. A token for a card sees the people of that card. Somebody without an id of their own is found in one bout (`bout_id`) by their place there.',
  permission: 'people.read',
  params: personParams,
  query: personQuery,
  body: NO_BODY,
  responses: {
    200: { description: 'The document, as an attachment.', schema: personSchema },
    404: { description: 'Nothing is held about such a person within the caller’s reach, or there is no such bout.' },
    409: { description: 'In this bout the id means more than one person.' },
  },
  handle: async ({ env, caller, params, query }) => {
    if (caller === null) return NO_TOKEN;
    const { person_id: personId } = params;
    const { bout_id: boutId, before } = query;
    const outcome = await find(env, caller, personId, boutId ?? null, before ?? null);
    if (!outcome.ok) return outcome;
    const { bouts, devices, platform, notReached, nextBefore } = outcome.value;
    const isComplete = notReached.length === 0 && nextBefore === null && platform?.truncated !== true;
    const isKnown =
      bouts.length + devices.length > 0 ||
      (platform !== null && platform.tokens.length + platform.entries + platform.shadow.length > 0);
    // A later page without the person says nothing of the pages before it.
    if (isComplete && !isKnown && before === undefined) {
      return refuse('not_found', `Nothing is held about '${personId}' within reach.`, 'person_id');
    }
    const document = personDocument(outcome.value, { personId, boutId: boutId ?? null, caller, isComplete });
    return new Response(JSON.stringify(document, null, 2), {
      headers: {
        'content-type': 'application/json',
        'content-disposition': `attachment; filename="${fileName(personId, boutId ?? null)}"`,
        'cache-control': 'no-store',
      },
    });
  },
});

async function find(
  env: Env,
  caller: Caller,
  personId: string,
  boutId: string | null,
  before: number | null,
): Promise<Outcome<Found>> {
  if (boutId === null) return cornerAlone(personId) ?? ok(await findPerson(env, caller, personId, before));
  if (before !== null) return refuse('bad_request', 'before: one bout has no older page; leave it out.', 'before');
  return boutScopeRefusal(caller, boutId) ?? (await findInBout(env, caller, personId, boutId));
}

/** The words for the corners are nobody's own id: every bout may have them. */
function cornerAlone(personId: string): Refusal | null {
  if (!['fighter1', 'fighter2'].includes(personId.toLowerCase())) return null;
  return refuse(
    'bad_request',
    'person_id: fighter1 and fighter2 name the corners of any bout; say which one with bout_id, or give the person’s own id.',
    'person_id',
  );
}

function fileName(personId: string, boutId: string | null): string {
  const name = boutId === null ? personId : `${personId}-in-${boutId}`;
  return `person-${name.replaceAll(':', '-')}.json`;
}

const erase = defineRoute({
  method: 'post',
  path: '/api/people/{person_id}/erase',
  tag: 'People',
  summary: 'Take a person’s name out of every bout, or of one, or show where it stands',
  description:
    'Name, salt, particulars and photograph leave the bouts’ objects, metadata.json of their archives, the exports and the index; ids and entries stay, and the archives still verify. It goes on by itself until it is done: send it again to see how far it is. Somebody without an id of their own is erased from one bout (`bout_id`) by their place there.',
  permission: 'people.erase',
  params: personParams,
  query: NO_QUERY,
  body: eraseSchema,
  responses: {
    200: { description: 'The plan, or how far the erasure is.', schema: erasureSchema },
    404: { description: 'There is no such bout, or nobody in it goes by the id.' },
    409: {
      description:
        'The same erasure again (is_duplicate), with how far it is now; or, in this bout, an id that means more than one person.',
    },
  },
  handle: async ({ env, caller, params: { person_id: personId }, body }) => {
    if (caller === null) return NO_TOKEN;
    const erasing = { personId, boutId: body.bout_id ?? null, reason: body.reason, eventId: body.event_id ?? null };
    const refused = refuseReach(caller, personId, erasing.boutId);
    if (refused !== null) return refused;
    return body.dry_run ? await showPlan(env, caller, erasing) : await eraseNow(env, caller, erasing);
  },
});

function refuseReach(caller: Caller, personId: string, boutId: string | null): Refusal | null {
  if (boutId !== null) return boutScopeRefusal(caller, boutId);
  return caller.boutId !== null || caller.cardId !== null
    ? refuse('forbidden', 'This erases from every bout; a token for a card or a bout must say which.', 'bout_id')
    : cornerAlone(personId);
}

type Erasing = {
  readonly personId: string;
  readonly boutId: string | null;
  readonly reason: string;
  readonly eventId: string | null;
};

/** Nothing is begun in a bout out of reach, or for nobody. */
async function refuseInBout(env: Env, caller: Caller, { personId, boutId, eventId }: Erasing): Promise<Refusal | null> {
  if (boutId === null) return null;
  const here = await boutOf(env, boutId).planErasure(caller, personId);
  if (here.ok) return null;
  // One that was begun is told of for ever, whoever the place has come to mean since.
  const isBegun = eventId !== null && (await platformOf(env).erasure(eventId)) !== null;
  return isBegun && here.errors.some(({ field }) => field === 'person_id') ? null : here;
}

async function showPlan(env: Env, caller: Caller, { personId, boutId }: Erasing): Promise<Response | Refusal> {
  const plan = boutId === null ? ok(await planErasure(env, personId)) : await planInBout(env, caller, personId, boutId);
  if (!plan.ok) return plan;
  const { bouts, hasMore, notReached } = plan.value;
  return json({
    success: true,
    dry_run: true,
    person_id: personId,
    bout_id: boutId,
    event_id: null,
    client_event_id: null,
    is_duplicate: false,
    status: 'plan',
    // How many there are beyond those, only the walk itself counts.
    unseen_bouts: hasMore ? null : 0,
    bouts: bouts.map(({ boutId: id, here: { places, taken, archive } }) => ({
      bout_id: id,
      done: false,
      detail: null,
      places: places.map(wirePlace),
      ...taken,
      archive,
    })),
    not_reached: [...notReached],
    stays: [...STAYS],
  } satisfies z.infer<typeof erasureSchema>);
}

function wirePlace(place: FoundHere['places'][number]) {
  return place.as === 'fighter'
    ? { as: place.as, key: place.key, corner: place.corner }
    : { as: place.as, key: place.key, judge_id: place.judge_id };
}

async function eraseNow(env: Env, caller: Caller, erasing: Erasing): Promise<Response | Refusal> {
  const refused = await refuseInBout(env, caller, erasing);
  if (refused !== null) return refused;
  const begun = await platformOf(env).beginErasure({ ...erasing, by: actorOf(caller) });
  if (!begun.ok) return begun;
  const { answer, isDuplicate } = begun.value;
  const erasure = await driveErasure(env, answer.erasureId);
  if (erasure === null) return refuse('not_found', `There is no erasure ${answer.erasureId}.`, 'event_id');
  const wire: z.infer<typeof erasureSchema> = {
    success: true,
    dry_run: false,
    person_id: erasure.personId,
    bout_id: erasure.boutId,
    event_id: erasure.erasureId,
    client_event_id: erasing.eventId,
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
