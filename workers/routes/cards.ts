import { createHash } from 'node:crypto';
import * as z from 'zod';
import { refuse } from '../../domain/refusal.ts';
import type { Caller } from '../../domain/roles/index.ts';
import type { CardView } from '../../objects/card/index.ts';
import { actorOf, platformOf } from '../auth/platform.ts';
import { cardScopeRefusal } from '../auth/scope.ts';
import { defineRoute, NO_BODY, NO_PARAMS, NO_QUERY, type Route } from '../route.ts';
import {
  aspectsSchema,
  cornersSchema,
  dateSchema,
  deliverySchema,
  eventIdSchema,
  idSchema,
  instantSchema,
  nameSchema,
  placeIdSchema,
  roleSchema,
  timeZoneSchema,
} from '../schemas/common.ts';
import { positionsNow } from '../search/index-now.ts';
import { listCards } from './card-list.ts';

const cardParams = z.object({ card_id: idSchema });

const createSchema = z.strictObject({
  card_id: placeIdSchema.optional(),
  promotion: nameSchema,
  event: nameSchema,
  date: dateSchema.optional().describe('At the venue.'),
  time_zone: timeZoneSchema.optional(),
  venue: nameSchema.optional(),
  event_id: eventIdSchema.optional(),
});

const create = defineRoute({
  method: 'post',
  path: '/api/cards',
  tag: 'Cards',
  summary: 'Make a card: one night',
  permission: 'card.write',
  params: NO_PARAMS,
  query: NO_QUERY,
  body: createSchema,
  responses: {
    200: { description: 'Made.', schema: deliverySchema.extend({ card_id: idSchema }) },
    409: { description: 'The same card again (is_duplicate), or another card of this id.' },
  },
  handle: async ({ env, caller, body }) => {
    if (caller === null) return refuse('unauthorized', 'This needs a token.', 'Authorization');
    const cardId = body.card_id ?? idOf(body.event_id);
    const outside = cardScopeRefusal(caller, cardId);
    if (outside !== null) return outside;
    const facts = {
      cardId,
      promotion: body.promotion,
      event: body.event,
      date: body.date ?? null,
      timeZone: body.time_zone ?? null,
      venue: body.venue ?? null,
    };
    const created = await env.CARD.getByName(cardId).create({ facts, eventId: body.event_id ?? null });
    if (!created.ok) return created;
    // Again on a duplicate: whoever crashed between the two calls brings the record up to date by asking again.
    const { promotion, event, date } = facts;
    const recorded = await platformOf(env).recordCard({ cardId, promotion, event, date, by: actorOf(caller) });
    if (!recorded.ok) return recorded;
    return delivered(created.value, body.event_id, { card_id: cardId });
  },
});

/** A repeated request without a card id must find the card that the first one made. */
function idOf(eventId: string | undefined): string {
  if (eventId === undefined) return `card_${crypto.randomUUID()}`;
  return `card_${createHash('sha256').update(`card|${eventId}`).digest('hex').slice(0, 32)}`;
}

const deviceSchema = z.object({
  device_id: idSchema,
  device_epoch: z.int(),
  role: roleSchema,
  subject: idSchema,
  judge_id: idSchema.nullable(),
  corners: cornersSchema.nullable(),
  aspects: aspectsSchema.nullable(),
  paired_at: instantSchema,
  revoked: z.boolean(),
  current: z
    .boolean()
    .describe('Whether it is the newest device of its seat, or of its subject where there is no seat.'),
});

const cardSchema = z.object({
  card_id: idSchema,
  promotion: z.string(),
  event: z.string(),
  date: dateSchema.nullable(),
  time_zone: z.string().nullable(),
  venue: z.string().nullable(),
  created_at: instantSchema,
  current_bout_id: idSchema.nullable(),
  bouts: z.array(z.object({ bout_id: idSchema, position: z.int() })),
  seats: z.array(
    z.object({ judge_id: idSchema, subject: idSchema, device_id: idSchema.nullable(), device_epoch: z.int() }),
  ),
  devices: z.array(deviceSchema),
});

const read = defineRoute({
  method: 'get',
  path: '/api/cards/{card_id}',
  tag: 'Cards',
  summary: 'A card: its bouts in order, the current one, seats and devices',
  description: 'A judge is shown the own seat and its devices, and no other judge’s.',
  permission: 'card.read',
  params: cardParams,
  query: NO_QUERY,
  body: NO_BODY,
  responses: { 200: { description: 'The card.', schema: cardSchema }, 404: { description: 'There is none.' } },
  handle: async ({ env, caller, params }) => {
    const outside = cardScopeRefusal(caller, params.card_id);
    if (outside !== null) return outside;
    const view = await env.CARD.getByName(params.card_id).view();
    if (view === null) return refuse('not_found', `There is no card ${params.card_id}.`, 'card_id');
    return Response.json(cardOf(shownTo(caller, view)), { headers: { 'cache-control': 'no-store' } });
  },
});

/** Judges sit apart: of the others they are told neither who has come nor on what device. */
function shownTo(caller: Caller | null, view: CardView): CardView {
  if (caller?.role !== 'judge') return view;
  return {
    ...view,
    seats: view.seats.filter(({ seat }) => seat === caller.seat),
    devices: view.devices.filter(({ role, seat }) => role !== 'judge' || seat === caller.seat),
  };
}

function cardOf(view: CardView): z.infer<typeof cardSchema> {
  return {
    card_id: view.cardId,
    promotion: view.promotion,
    event: view.event,
    date: view.date,
    time_zone: view.timeZone,
    venue: view.venue,
    created_at: new Date(view.createdMs).toISOString(),
    current_bout_id: view.currentBoutId,
    bouts: view.bouts.map(({ boutId, position }) => ({ bout_id: boutId, position })),
    seats: view.seats.map(({ seat, subject, deviceId, deviceEpoch }) => ({
      judge_id: seat,
      subject,
      device_id: deviceId,
      device_epoch: deviceEpoch,
    })),
    devices: view.devices.map((device) => ({
      device_id: device.deviceId,
      device_epoch: device.deviceEpoch,
      role: device.role,
      subject: device.subject,
      judge_id: device.seat,
      corners: device.corners === null ? null : [...device.corners],
      aspects: device.aspects === null ? null : [...device.aspects],
      paired_at: new Date(device.pairedMs).toISOString(),
      revoked: device.revokedMs !== null,
      current: device.current,
    })),
  };
}

const addBout = defineRoute({
  method: 'post',
  path: '/api/cards/{card_id}/bouts',
  tag: 'Cards',
  summary: "Put a bout into the card's order, or move it",
  description:
    'The order may be planned before the bouts are made. A bout that exists must have been made for this card: that is where its officials get their tokens from.',
  permission: 'card.write',
  params: cardParams,
  query: NO_QUERY,
  body: z.strictObject({
    bout_id: idSchema,
    position: z.int().min(1).max(200).optional().describe('From 1; the end where left out.'),
    event_id: eventIdSchema.optional(),
  }),
  responses: {
    200: {
      description: 'It stands there now.',
      schema: deliverySchema.extend({ card_id: idSchema, bout_id: idSchema, position: z.int() }),
    },
    409: { description: 'It stands there already (is_duplicate), or it belongs elsewhere.' },
  },
  handle: async ({ env, caller, params, body, waitUntil }) => {
    const outside = cardScopeRefusal(caller, params.card_id);
    if (outside !== null) return outside;
    const known = await platformOf(env).findBout(body.bout_id);
    if (known !== null && known.cardId !== params.card_id) {
      const place = known.cardId === null ? 'no card' : `card ${known.cardId}`;
      return refuse('conflict', `Bout ${body.bout_id} was made for ${place}.`, 'bout_id');
    }
    const added = await env.CARD.getByName(params.card_id).addBout({
      boutId: body.bout_id,
      position: body.position ?? null,
      eventId: body.event_id ?? null,
    });
    if (!added.ok) return added;
    waitUntil(positionsNow(env, params.card_id));
    const { boutId, position } = added.value.answer;
    return delivered(added.value, body.event_id, { card_id: params.card_id, bout_id: boutId, position });
  },
});

const setCurrent = defineRoute({
  method: 'post',
  path: '/api/cards/{card_id}/current',
  tag: 'Cards',
  summary: "Name the bout that the night's devices follow",
  permission: 'card.write',
  params: cardParams,
  query: NO_QUERY,
  body: z.strictObject({ bout_id: idSchema, event_id: eventIdSchema.optional() }),
  responses: {
    200: {
      description: 'It is the current one.',
      schema: deliverySchema.extend({ card_id: idSchema, bout_id: idSchema }),
    },
    404: { description: 'It is not on this card.' },
  },
  handle: async ({ env, caller, params, body }) => {
    const outside = cardScopeRefusal(caller, params.card_id);
    if (outside !== null) return outside;
    const set = await env.CARD.getByName(params.card_id).setCurrent({
      boutId: body.bout_id,
      eventId: body.event_id ?? null,
    });
    if (!set.ok) return set;
    return delivered(set.value, body.event_id, { card_id: params.card_id, bout_id: set.value.answer.boutId });
  },
});

/** 200 for the first delivery, 409 with the same body for every other. */
export function delivered(
  delivery: { readonly eventId: string; readonly isDuplicate: boolean },
  clientEventId: string | undefined,
  fields: Readonly<Record<string, unknown>>,
): Response {
  return Response.json(
    {
      success: true,
      event_id: delivery.eventId,
      client_event_id: clientEventId ?? null,
      is_duplicate: delivery.isDuplicate,
      ...fields,
    },
    { status: delivery.isDuplicate ? 409 : 200, headers: { 'cache-control': 'no-store' } },
  );
}

export const cardRoutes: readonly Route[] = [create, listCards, read, addBout, setCurrent];
