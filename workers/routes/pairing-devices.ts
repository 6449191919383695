import * as z from 'zod';
import { isId } from '../../domain/ids.ts';
import { type Outcome, type Refusal, refuse } from '../../domain/refusal.ts';
import type { Claimed } from '../../objects/card/index.ts';
import { keyRing } from '../auth/keys.ts';
import { CODE_SEPARATOR } from '../auth/pairing-code.ts';
import { actorOf, platformOf } from '../auth/platform.ts';
import { signGrant } from '../auth/tokens.ts';
import type { Env } from '../env.ts';
import { addressOf, failedAttempts } from '../rate.ts';
import { defineRoute, NO_PARAMS, NO_QUERY, type Route } from '../route.ts';
import {
  aspectsSchema,
  cornersSchema,
  idSchema,
  instantSchema,
  roleSchema,
  timestampMsSchema,
} from '../schemas/common.ts';

const publicKeySchema = z
  .discriminatedUnion('kty', [
    z.object({
      kty: z.literal('OKP'),
      crv: z.literal('Ed25519'),
      x: z.string().length(43),
      d: z.undefined().optional(),
    }),
    z.object({
      kty: z.literal('EC'),
      crv: z.literal('P-256'),
      x: z.string().length(43),
      y: z.string().length(43),
      d: z.undefined().optional(),
    }),
  ])
  .describe('JWK of an Ed25519 or P-256 public key; other public members are ignored, a private one is refused.');

const deviceTokenSchema = z.object({
  token: z.string(),
  token_id: idSchema,
  expires_at: instantSchema,
  device_id: idSchema,
  device_epoch: z.int(),
  role: roleSchema,
  subject: idSchema,
  judge_id: idSchema.nullable(),
  corners: cornersSchema.nullable(),
  aspects: aspectsSchema.nullable(),
  card_id: idSchema,
  bout_id: idSchema.nullable(),
});

const claim = defineRoute({
  method: 'post',
  path: '/api/pairings/claim',
  tag: 'Pairings',
  summary: 'Take a pairing code with a device',
  description:
    'Once. The same device with the same key may ask again and gets the same answer; another device gets 409.',
  permission: 'pairing.claim',
  params: NO_PARAMS,
  query: NO_QUERY,
  body: z.strictObject({ code: z.string().min(1).max(128), device_id: idSchema, public_key: publicKeySchema }),
  responses: {
    200: { description: "The device's first token.", schema: deviceTokenSchema },
    401: { description: 'There is no such code, or it has expired.' },
    409: { description: 'Another device took the code, or the device_id has another key.' },
  },
  handle: async ({ env, body, request }) => {
    const nowMs = Date.now();
    const key = `claim|${addressOf(request)}`;
    if (!failedAttempts.has(key, nowMs)) {
      return refuse('too_many_requests', 'Too many failed claims came from this address; wait a minute.');
    }
    const claimed = await claimAt(env, body);
    // A key that is none says nothing about the code.
    if (!claimed.ok && claimed.code !== 'bad_request') failedAttempts.take(key, nowMs);
    return claimed.ok ? await deviceToken(env, claimed.value) : claimed;
  },
});

async function claimAt(
  env: Env,
  body: { code: string; device_id: string; public_key: z.infer<typeof publicKeySchema> },
): Promise<Outcome<Claimed>> {
  const [cardId] = body.code.split(CODE_SEPARATOR);
  if (!isId(cardId)) return refuse('unauthorized', 'There is no such pairing code.', 'code');
  const { public_key: sent } = body;
  const publicKey =
    sent.kty === 'OKP'
      ? { kty: sent.kty, crv: sent.crv, x: sent.x }
      : { kty: sent.kty, crv: sent.crv, x: sent.x, y: sent.y };
  return await env.CARD.getByName(cardId).claim({ code: body.code, deviceId: body.device_id, publicKey });
}

/**
 * Records the grant, then signs it. A crash between the card's commit and this leaves a grant without a record; the
 * device asks again, gets the same grant, and the record is made then.
 */
async function deviceToken(env: Env, claimed: Claimed): Promise<Response | Refusal> {
  const { grant } = claimed;
  const ring = await keyRing(env);
  if (!ring.ok) return ring;
  const recorded = await platformOf(env).recordToken({ grant, by: actorOf(grant), eventId: null });
  if (!recorded.ok) return recorded;
  return Response.json(
    {
      token: await signGrant(ring.value, grant),
      token_id: grant.tokenId,
      expires_at: new Date(grant.expiresS * 1000).toISOString(),
      device_id: grant.device,
      device_epoch: claimed.deviceEpoch,
      role: grant.role,
      subject: grant.subject,
      judge_id: grant.seat,
      corners: grant.corners,
      aspects: grant.aspects,
      card_id: claimed.cardId,
      bout_id: claimed.boutId,
    },
    { headers: { 'cache-control': 'no-store' } },
  );
}

const renew = defineRoute({
  method: 'post',
  path: '/api/pairings/renew',
  tag: 'Pairings',
  summary: "Renew a paired device's token by its signature",
  description:
    'The device signs `fightjudge-renew|{card_id}|{device_id}|{at_ms}` (Ed25519, or ECDSA P-256 with SHA-256 as r and s; base64url). Every at_ms is later than the last and within five minutes of the time here. Possible until 24 h after the date of the card has ended at the venue, or 24 h after the card was made where it has no date.',
  permission: 'pairing.renew',
  params: NO_PARAMS,
  query: NO_QUERY,
  body: z.strictObject({
    card_id: idSchema,
    device_id: idSchema,
    at_ms: timestampMsSchema,
    signature: z.string().min(1).max(128),
  }),
  responses: {
    200: { description: 'A new token.', schema: deviceTokenSchema },
    401: { description: 'The device is not paired, or the signature is not its own.' },
    403: { description: 'The device was revoked, or the card is over.' },
    409: { description: 'This signature, or a later one, was used already.' },
  },
  handle: async ({ env, body, request }) => {
    const nowMs = Date.now();
    // By device and address: neither a venue's other devices nor a stranger can use up a device's attempts.
    const key = `renew|${addressOf(request)}|${body.card_id}|${body.device_id}`;
    if (!failedAttempts.has(key, nowMs)) {
      return refuse('too_many_requests', 'Too many failed renewals of this device; wait a minute.');
    }
    const renewed = await env.CARD.getByName(body.card_id).renew({
      deviceId: body.device_id,
      atMs: body.at_ms,
      signature: body.signature,
    });
    if (renewed.ok) return await deviceToken(env, renewed.value);
    failedAttempts.take(key, nowMs);
    return renewed;
  },
});

/** What a device itself does: it has no token yet, or one that is about to expire. */
export const pairingDeviceRoutes: readonly Route[] = [claim, renew];
