import * as z from 'zod';
import { isSamePerson } from '../../domain/bout/index.ts';
import { refuse } from '../../domain/refusal.ts';
import { ROLES } from '../../domain/roles/index.ts';
import type { ListedPairing } from '../../objects/card/index.ts';
import { noteRevoked } from '../auth/authorize.ts';
import { keyRing } from '../auth/keys.ts';
import { pairingCode } from '../auth/pairing-code.ts';
import { hangUp } from '../auth/hang-up.ts';
import { actorOf, platformOf } from '../auth/platform.ts';
import { cardScopeRefusal } from '../auth/scope.ts';
import { defineRoute, NO_BODY, NO_PARAMS, NO_QUERY, type Route } from '../route.ts';
import { aspectsSchema, cornersSchema, eventIdSchema, idSchema, instantSchema, roleSchema } from '../schemas/common.ts';
import { codeAnswer, codeSchema } from './pairing-answer.ts';
import { pairingDeviceRoutes } from './pairing-devices.ts';
import { handOver } from './pairing-handover.ts';

const DEFAULT_TTL_S = 3_600;

const cardQuery = z.object({ card_id: idSchema });

const create = defineRoute({
  method: 'post',
  path: '/api/pairings',
  tag: 'Pairings',
  summary: 'Make a one-time pairing code',
  description:
    'The link carries the code behind #, where no server logs it. Anybody who opens it first gets the place: show it to one person.',
  permission: 'pairing.create',
  params: NO_PARAMS,
  query: NO_QUERY,
  body: z.strictObject({
    card_id: idSchema,
    role: z
      .enum(ROLES)
      .exclude(['admin'])
      .describe('A supervisor is paired by an administrator: nobody makes their own second person.'),
    subject: idSchema.describe('Who will hold the device, by id; never a name.'),
    judge_id: idSchema.optional().describe("A judge's seat; required for judges, refused for everybody else."),
    corners: cornersSchema.optional(),
    aspects: aspectsSchema.optional(),
    ttl_s: z.int().min(10).max(172_800).optional().describe(`Seconds; ${DEFAULT_TTL_S} where left out.`),
    event_id: eventIdSchema.optional(),
  }),
  responses: {
    200: { description: 'The code and its link.', schema: codeSchema },
    404: { description: 'There is no such card.' },
    409: { description: 'The same delivery again: the first code.' },
  },
  handle: async ({ env, caller, body, request }) => {
    const outside = cardScopeRefusal(caller, body.card_id);
    if (outside !== null) return outside;
    if (body.role === 'supervisor' && caller?.role !== 'admin') {
      return refuse('forbidden', 'role: a supervisor is paired by an administrator.', 'role');
    }
    if (body.role === 'judge' && isSamePerson(body.subject, caller?.subject ?? '')) {
      return refuse('forbidden', 'subject: nobody seats themselves as a judge.', 'subject');
    }
    if (body.role === 'judge' && body.judge_id === undefined) {
      return refuse('bad_request', "judge_id: a judge's pairing names the judge's seat", 'judge_id');
    }
    if (body.role !== 'judge' && body.judge_id !== undefined) {
      return refuse('bad_request', 'judge_id: only judges have a seat', 'judge_id');
    }
    const ring = await keyRing(env);
    if (!ring.ok) return ring;
    const code = pairingCode(ring.value, body.card_id, body.event_id);
    const created = await env.CARD.getByName(body.card_id).createPairing({
      code,
      badge: {
        role: body.role,
        subject: body.subject,
        seat: body.judge_id ?? null,
        corners: body.corners ?? null,
        aspects: body.aspects ?? null,
      },
      ttlS: body.ttl_s ?? DEFAULT_TTL_S,
      eventId: body.event_id ?? null,
    });
    if (!created.ok) return created;
    return codeAnswer(request, created.value, code, { cardId: body.card_id, eventId: body.event_id });
  },
});

const pairingSchema = z.object({
  role: roleSchema,
  subject: idSchema,
  judge_id: idSchema.nullable(),
  corners: cornersSchema.nullable(),
  aspects: aspectsSchema.nullable(),
  created_at: instantSchema,
  expires_at: instantSchema,
  status: z.enum(['open', 'claimed', 'expired']),
  device_id: idSchema.nullable(),
});

const list = defineRoute({
  method: 'get',
  path: '/api/pairings',
  tag: 'Pairings',
  summary: "A card's pairings, oldest first",
  description: 'Without codes: those are shown once. The devices themselves are in the card.',
  permission: 'pairing.read',
  params: NO_PARAMS,
  query: cardQuery,
  body: NO_BODY,
  responses: {
    200: { description: 'The pairings.', schema: z.object({ pairings: z.array(pairingSchema) }) },
    404: { description: 'There is no such card.' },
  },
  handle: async ({ env, caller, query }) => {
    const outside = cardScopeRefusal(caller, query.card_id);
    if (outside !== null) return outside;
    const pairings = await env.CARD.getByName(query.card_id).pairings();
    if (pairings === null) return refuse('not_found', `There is no card ${query.card_id}.`, 'card_id');
    const nowMs = Date.now();
    return Response.json(
      { pairings: pairings.map((pairing) => pairingOf(pairing, nowMs)) },
      { headers: { 'cache-control': 'no-store' } },
    );
  },
});

function pairingOf(pairing: ListedPairing, nowMs: number): z.infer<typeof pairingSchema> {
  return {
    role: pairing.role,
    subject: pairing.subject,
    judge_id: pairing.seat,
    corners: pairing.corners === null ? null : [...pairing.corners],
    aspects: pairing.aspects === null ? null : [...pairing.aspects],
    created_at: new Date(pairing.createdMs).toISOString(),
    expires_at: new Date(pairing.expiresMs).toISOString(),
    status: pairing.deviceId !== null ? 'claimed' : nowMs < pairing.expiresMs ? 'open' : 'expired',
    device_id: pairing.deviceId,
  };
}

const revoke = defineRoute({
  method: 'delete',
  path: '/api/pairings/{device_id}',
  tag: 'Pairings',
  summary: 'Revoke a device',
  description: 'It gets no token any more, and those it has are refused within 10 s. A new pairing code readmits it.',
  permission: 'pairing.revoke',
  params: z.object({ device_id: idSchema }),
  query: cardQuery,
  body: NO_BODY,
  responses: {
    200: {
      description: 'Revoked.',
      schema: z.object({ success: z.literal(true), device_id: idSchema, is_duplicate: z.boolean() }),
    },
    409: { description: 'It was revoked before.' },
  },
  handle: async ({ env, caller, params, query, waitUntil }) => {
    if (caller === null) return refuse('unauthorized', 'This needs a token.', 'Authorization');
    const outside = cardScopeRefusal(caller, query.card_id);
    if (outside !== null) return outside;
    const revoked = await env.CARD.getByName(query.card_id).revokeDevice(params.device_id);
    if (!revoked.ok) return revoked;
    const { deviceId, isDuplicate, tokens } = revoked.value;
    // Also where the device was revoked before: whoever crashed here finishes by asking again.
    for (const { tokenId, expiresS } of tokens) {
      const outcome = await platformOf(env).revoke({
        tokenId,
        reason: 'device revoked',
        by: actorOf(caller),
        eventId: null,
        expiresS,
      });
      if (!outcome.ok) return outcome;
      noteRevoked(tokenId, expiresS * 1000);
    }
    waitUntil(
      hangUp(
        env,
        tokens.map((token) => token.tokenId),
      ),
    );
    return Response.json(
      { success: true, device_id: deviceId, is_duplicate: isDuplicate },
      { status: isDuplicate ? 409 : 200, headers: { 'cache-control': 'no-store' } },
    );
  },
});

export const pairingRoutes: readonly Route[] = [create, handOver, ...pairingDeviceRoutes, list, revoke];
