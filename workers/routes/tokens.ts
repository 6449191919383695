import * as z from 'zod';
import { type Outcome, type Refusal, refuse } from '../../domain/refusal.ts';
import type { Caller } from '../../domain/roles/index.ts';
import type { TokenGrant } from '../../objects/platform/index.ts';
import { noteRevoked } from '../auth/authorize.ts';
import { keyRing } from '../auth/keys.ts';
import { hangUp } from '../auth/hang-up.ts';
import { actorOf, platformOf } from '../auth/platform.ts';
import { cameWithSecret } from '../auth/secret.ts';
import { signGrant } from '../auth/tokens.ts';
import { readJson } from '../body.ts';
import { BODY_LIMIT, defineRoute, NO_BODY, NO_PARAMS, NO_QUERY, type Route } from '../route.ts';
import {
  aspectsSchema,
  cornersSchema,
  deliverySchema,
  eventIdSchema,
  idSchema,
  instantSchema,
  reasonSchema,
  roleSchema,
} from '../schemas/common.ts';
import { check } from '../validate.ts';

const DEFAULT_TTL_S = 900;
const MAX_TTL_S = 2 * 86_400;

const mintSchema = z.strictObject({
  role: roleSchema,
  subject: idSchema.describe('Whom the token speaks for, by id; never a name.'),
  bout_id: idSchema.optional().describe('Confines the token to one bout.'),
  card_id: idSchema.optional().describe('Confines the token to one card and its bouts.'),
  judge_id: idSchema.optional().describe("A judge's seat; required for judges, refused for everybody else."),
  device_id: idSchema.optional(),
  corners: cornersSchema.optional(),
  aspects: aspectsSchema.optional(),
  ttl_s: z.int().min(10).max(MAX_TTL_S).optional().describe(`Seconds; ${DEFAULT_TTL_S} where left out.`),
  event_id: eventIdSchema.optional(),
});

const mint = defineRoute({
  method: 'post',
  path: '/api/auth/tokens',
  tag: 'Tokens',
  summary: 'Mint a token',
  description:
    "With ADMIN_SECRET or an administrator's token as Bearer. An administrator's token is minted with ADMIN_SECRET alone. The token is recorded in the deployment's ledger, by id; the token itself is stored nowhere.",
  permission: 'token.mint',
  params: NO_PARAMS,
  query: NO_QUERY,
  body: mintSchema,
  responses: {
    200: {
      description: 'The token, ready for use as Bearer.',
      schema: deliverySchema.extend({ token: z.string(), token_id: idSchema, expires_at: instantSchema }),
    },
    409: { description: 'The same delivery again: the first token.' },
  },
  handle: async ({ env, caller, body }) => {
    if (caller === null) return refuse('unauthorized', 'This needs a token.', 'Authorization');
    const refusal = mintRefusal(caller, body);
    if (refusal !== null) return refusal;
    const ring = await keyRing(env);
    if (!ring.ok) return ring;
    // Before the token exists anywhere: a token that nobody recorded could not be revoked by its id.
    const recorded = await platformOf(env).recordToken({
      grant: grantOf(body),
      by: actorOf(caller),
      eventId: body.event_id ?? null,
    });
    if (!recorded.ok) return recorded;
    const { answer, eventId, isDuplicate } = recorded.value;
    return Response.json(
      {
        success: true,
        event_id: eventId,
        client_event_id: body.event_id ?? null,
        is_duplicate: isDuplicate,
        token: await signGrant(ring.value, answer),
        token_id: answer.tokenId,
        expires_at: new Date(answer.expiresS * 1000).toISOString(),
      },
      { status: isDuplicate ? 409 : 200, headers: { 'cache-control': 'no-store' } },
    );
  },
});

function mintRefusal(caller: Caller, body: z.infer<typeof mintSchema>): Refusal | null {
  if (body.role === 'judge' && body.judge_id === undefined) {
    return refuse('bad_request', "judge_id: a judge's token names the judge's seat", 'judge_id');
  }
  if (body.role !== 'judge' && body.judge_id !== undefined) {
    return refuse('bad_request', 'judge_id: only judges have a seat', 'judge_id');
  }
  if (body.role === 'admin' && !cameWithSecret(caller)) {
    return refuse('forbidden', "An administrator's token is minted with ADMIN_SECRET itself.", 'role');
  }
  // Nobody hands out more than they hold.
  if (caller.boutId !== null && body.bout_id !== caller.boutId) {
    return refuse('forbidden', `This token mints for bout ${caller.boutId} alone.`, 'bout_id');
  }
  if (caller.cardId !== null && body.card_id !== caller.cardId) {
    return refuse('forbidden', `This token mints for card ${caller.cardId} alone.`, 'card_id');
  }
  return null;
}

function grantOf(body: z.infer<typeof mintSchema>): TokenGrant {
  const issuedS = Math.floor(Date.now() / 1000);
  return {
    tokenId: crypto.randomUUID(),
    subject: body.subject,
    role: body.role,
    seat: body.judge_id ?? null,
    device: body.device_id ?? null,
    boutId: body.bout_id ?? null,
    cardId: body.card_id ?? null,
    corners: body.corners ?? null,
    aspects: body.aspects ?? null,
    issuedS,
    expiresS: issuedS + (body.ttl_s ?? DEFAULT_TTL_S),
  };
}

const revokeSchema = z.strictObject({ reason: reasonSchema.optional(), event_id: eventIdSchema.optional() });

const revoke = defineRoute({
  method: 'delete',
  path: '/api/auth/tokens/{token_id}',
  tag: 'Tokens',
  summary: 'Revoke a token',
  description:
    'The body may be left out, or be {reason?, event_id?}. The token is refused at once where this request was served and within 10 s everywhere. A token that was revoked before answers 409 with is_duplicate.',
  permission: 'token.revoke',
  params: z.object({ token_id: idSchema }),
  query: NO_QUERY,
  body: NO_BODY,
  responses: {
    200: { description: 'Revoked.', schema: deliverySchema.extend({ token_id: idSchema }) },
    409: { description: 'It was revoked before.' },
    413: { description: 'The body is larger than 64 KiB.' },
  },
  handle: async ({ env, caller, params, request, waitUntil }) => {
    if (caller === null) return refuse('unauthorized', 'This needs a token.', 'Authorization');
    if (caller.boutId !== null || caller.cardId !== null) {
      return refuse('forbidden', 'A token confined to a bout or a card revokes no tokens.', 'Authorization');
    }
    const body = await optionalBody(request);
    if (!body.ok) return body;
    const revoked = await platformOf(env).revoke({
      tokenId: params.token_id,
      reason: body.value.reason ?? null,
      by: actorOf(caller),
      eventId: body.value.event_id ?? null,
      expiresS: null,
    });
    if (!revoked.ok) return revoked;
    const { answer, eventId, isDuplicate } = revoked.value;
    noteRevoked(answer.tokenId, Date.now() + MAX_TTL_S * 1000);
    waitUntil(hangUp(env, [answer.tokenId]));
    return Response.json(
      {
        success: true,
        event_id: eventId,
        client_event_id: body.value.event_id ?? null,
        is_duplicate: isDuplicate,
        token_id: answer.tokenId,
      },
      { status: isDuplicate ? 409 : 200, headers: { 'cache-control': 'no-store' } },
    );
  },
});

/** A DELETE mostly has no body; one that is there is held to its schema like any other. */
async function optionalBody(request: Request): Promise<Outcome<z.infer<typeof revokeSchema>>> {
  if (request.body === null) return check(revokeSchema, {}, '');
  const json = await readJson(request, BODY_LIMIT);
  return json.ok ? check(revokeSchema, json.value, '') : json;
}

const me = defineRoute({
  method: 'get',
  path: '/api/auth/me',
  tag: 'Tokens',
  summary: 'What the token that was sent says',
  permission: 'self',
  params: NO_PARAMS,
  query: NO_QUERY,
  body: NO_BODY,
  responses: {
    200: {
      description: "The caller's own claims.",
      schema: z.object({
        subject: idSchema,
        role: roleSchema,
        judge_id: idSchema.nullable(),
        device_id: idSchema.nullable(),
        bout_id: idSchema.nullable(),
        card_id: idSchema.nullable(),
        corners: cornersSchema.nullable(),
        aspects: aspectsSchema.nullable(),
        token_id: idSchema,
        expires_at: instantSchema,
      }),
    },
  },
  handle: ({ caller }) => {
    if (caller === null) return refuse('unauthorized', 'This needs a token.', 'Authorization');
    return Response.json(
      {
        subject: caller.subject,
        role: caller.role,
        judge_id: caller.seat,
        device_id: caller.device,
        bout_id: caller.boutId,
        card_id: caller.cardId,
        corners: caller.corners,
        aspects: caller.aspects,
        token_id: caller.tokenId,
        expires_at: new Date(caller.expiresMs).toISOString(),
      },
      { headers: { 'cache-control': 'no-store' } },
    );
  },
});

export const tokenRoutes: readonly Route[] = [mint, revoke, me];
