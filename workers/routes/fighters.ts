import { createHash } from 'node:crypto';
import * as z from 'zod';
import { CORNERS } from '../../domain/corner.ts';
import { refuse } from '../../domain/refusal.ts';
import type { Photo } from '../../objects/bout/index.ts';
import { boutScopeRefusal } from '../auth/scope.ts';
import { answer, boutOf, callerFor, json } from '../bouts.ts';
import { IMAGE_TYPES, imageTypeOf } from '../image.ts';
import { defineBytesRoute, defineRoute, NO_BODY, NO_QUERY, type Route } from '../route.ts';
import { boutParams } from '../schemas/bout.ts';
import { deliverySchema, idSchema } from '../schemas/common.ts';
import { fighterParams, fightersSchema, particularsSchema } from '../schemas/fighter.ts';
import { delivered } from './cards.ts';

const TAG = 'Fighters';

const cornerSchema = z.enum(CORNERS);

const read = defineRoute({
  method: 'get',
  path: '/api/bouts/{bout_id}/fighters',
  tag: TAG,
  summary: 'What graphics show of the two fighters',
  description: 'null is what nobody has entered. Whoever may see the bout may see this.',
  permission: 'read.bout',
  params: boutParams,
  query: NO_QUERY,
  body: NO_BODY,
  responses: {
    200: { description: 'Both fighters.', schema: fightersSchema },
    404: { description: 'There is no such bout.' },
  },
  handle: async ({ env, caller, params }) => {
    const outside = boutScopeRefusal(caller, params.bout_id);
    return outside ?? answer(await boutOf(env, params.bout_id).fighters(caller));
  },
});

const describe = defineRoute({
  method: 'put',
  path: '/api/bouts/{bout_id}/fighters/{corner}',
  tag: TAG,
  summary: 'Enter what graphics show of a fighter',
  description:
    'It replaces everything entered before: what is left out is not known any more. It is personal data and no part of the ledger.',
  permission: 'bout.configure',
  params: fighterParams,
  query: NO_QUERY,
  body: particularsSchema,
  responses: {
    200: { description: 'Entered.', schema: deliverySchema.extend({ bout_id: idSchema, corner: cornerSchema }) },
    404: { description: 'There is no such bout.' },
  },
  handle: async ({ env, caller, params, body }) => {
    const member = callerFor(caller, params.bout_id);
    if (!member.ok) return member;
    const outcome = await boutOf(env, params.bout_id).setParticulars(member.value, {
      corner: params.corner,
      particulars: {
        nickname: body.nickname ?? null,
        country: body.country ?? null,
        record: body.record ?? null,
        age: body.age ?? null,
        height_cm: body.height_cm ?? null,
        reach_cm: body.reach_cm ?? null,
        weight_kg: body.weight_kg ?? null,
        stance: body.stance ?? null,
        team: body.team ?? null,
      },
      eventId: body.event_id ?? null,
    });
    return outcome.ok ? delivered(outcome.value, body.event_id, params) : outcome;
  },
});

/** Half a megabyte: a portrait for a full-height graphic needs less. */
const PHOTO_LIMIT = 524_288;

const photoAnswer = z.object({
  success: z.literal(true),
  bout_id: idSchema,
  corner: cornerSchema,
  photo_url: z.string().nullable(),
});

const putPhoto = defineBytesRoute({
  method: 'put',
  path: '/api/bouts/{bout_id}/fighters/{corner}/photo',
  tag: TAG,
  summary: 'Put up a photograph of a fighter',
  description: `At most ${PHOTO_LIMIT} bytes. The bytes must be what the Content-Type says. The same photograph again changes nothing.`,
  permission: 'bout.configure',
  bodyLimit: PHOTO_LIMIT,
  media: IMAGE_TYPES,
  params: fighterParams,
  query: NO_QUERY,
  responses: {
    200: { description: 'It stands there now.', schema: photoAnswer },
    404: { description: 'There is no such bout.' },
  },
  handle: async ({ env, caller, params, body: { type, bytes } }) => {
    const member = callerFor(caller, params.bout_id);
    if (!member.ok) return member;
    const found = imageTypeOf(bytes);
    if (found === null) return refuse('bad_request', `The body is none of ${IMAGE_TYPES.join(', ')}.`, 'body');
    if (found !== type) return refuse('bad_request', `The body is ${found}, not ${type}.`, 'Content-Type');
    const hash = createHash('sha256').update(new Uint8Array(bytes)).digest('hex');
    const { bout_id: boutId, corner } = params;
    const outcome = await boutOf(env, boutId).setPhoto(member.value, { corner, type, hash, bytes });
    return outcome.ok ? json({ success: true, ...params, photo_url: outcome.value }) : outcome;
  },
});

const removePhoto = defineRoute({
  method: 'delete',
  path: '/api/bouts/{bout_id}/fighters/{corner}/photo',
  tag: TAG,
  summary: 'Take the photograph of a fighter away',
  description: 'Whoever has been shown it may keep it for an hour.',
  permission: 'bout.configure',
  params: fighterParams,
  query: NO_QUERY,
  body: NO_BODY,
  responses: {
    200: { description: 'There is none now.', schema: photoAnswer },
    404: { description: 'There is no such bout.' },
  },
  handle: async ({ env, caller, params }) => {
    const member = callerFor(caller, params.bout_id);
    if (!member.ok) return member;
    const outcome = await boutOf(env, params.bout_id).removePhoto(member.value, params.corner);
    return outcome.ok ? json({ success: true, ...params, photo_url: null }) : outcome;
  },
});

const readPhoto = defineRoute({
  method: 'get',
  path: '/api/bouts/{bout_id}/fighters/{corner}/photo',
  tag: TAG,
  summary: 'The photograph of a fighter',
  description:
    'Whoever may see the bout may see it. Under the address that the fighters are given with, it may be kept.',
  permission: 'read.bout',
  params: fighterParams,
  query: z.object({
    v: z
      .string()
      .regex(/^[0-9a-f]{16}$/, 'must be the mark that photo_url has')
      .optional(),
  }),
  body: NO_BODY,
  responses: {
    200: { description: 'The photograph.', media: IMAGE_TYPES },
    304: { description: 'The caller has it already.' },
    404: { description: 'There is no such bout, or no photograph.' },
  },
  handle: async ({ env, caller, params, query, request }) => {
    const outside = boutScopeRefusal(caller, params.bout_id);
    if (outside !== null) return outside;
    const has = hashesIn(request.headers.get('if-none-match') ?? '');
    const photo = await boutOf(env, params.bout_id).photo(caller, params.corner, has);
    return photo.ok ? photoResponse(photo.value, query.v) : photo;
  },
});

/** The marks that a caller says it has; null for `*`, which is whatever there is. */
function hashesIn(header: string): readonly string[] | null {
  const tags = header.split(',').map((tag) => tag.trim());
  return tags.includes('*') ? null : tags.map((tag) => tag.replace(/^(?:W\/)?"(.*)"$/, '$1'));
}

function photoResponse({ type, hash, bytes, isPublic }: Photo, mark: string | undefined): Response {
  const whose = isPublic ? 'public' : 'private';
  const headers = {
    etag: `"${hash}"`,
    // Not for ever, though the address stays right: a person may want the photograph gone, or the bout may be closed.
    'cache-control': mark === hash.slice(0, 16) ? `${whose}, max-age=3600` : `${whose}, no-cache`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  };
  return bytes === null
    ? new Response(null, { status: 304, headers })
    : new Response(bytes, { headers: { ...headers, 'content-type': type } });
}

export const fighterRoutes: readonly Route[] = [read, describe, putPhoto, readPhoto, removePhoto];
