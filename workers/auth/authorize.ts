import { waitUntil } from 'cloudflare:workers';
import { ok, type Outcome, refuse } from '../../domain/refusal.ts';
import type { Caller } from '../../domain/roles/index.ts';
import type { Env } from '../env.ts';
import { addressOf, failedAttempts, tokenRequests } from '../rate.ts';
import { heldRing, keyRing } from './keys.ts';
import { type Permission, PERMISSIONS, permits } from './permissions.ts';
import { platformOf } from './platform.ts';
import { createRevokedTokens } from './revoked.ts';
import { isSecret, secretHolder } from './secret.ts';
import { verifyToken } from './tokens.ts';

/** The protocol that a socket speaks; the token is offered as the second one. */
export const SOCKET_PROTOCOL = 'fightjudge.v1';

const HEADER = 'Authorization';
const SOCKET_HEADER = 'Sec-WebSocket-Protocol';

const revokedTokens = createRevokedTokens();

/**
 * Who is calling and whether they may: null is a caller without a token, where the permission admits one. A token that
 * is wrong in any way is refused everywhere, never taken for none. Refusals: `unauthorized` (no token, or a bad one;
 * the header is the field), `forbidden` (the wrong role), `too_many_requests`, `unavailable` (keys not set up).
 */
export function authorize(
  request: Request,
  env: Env,
  permission: Permission,
): Outcome<Caller | null> | Promise<Outcome<Caller | null>> {
  const header = request.headers.get(HEADER);
  if (header === null) {
    if (permits(permission, null)) return ok(null);
    return refuse('unauthorized', `This needs a token (permission ${permission}); none was sent.`, HEADER);
  }
  const nowMs = Date.now();
  // A token that is known is told at once, without a promise on the way: it stands in front of every tap.
  const known = header.startsWith('Bearer ') ? knownCaller(header.slice(7), env, nowMs) : null;
  if (known !== null) return within(permission, known);
  const credential = /^Bearer +([^\s]+)$/i.exec(header)?.[1];
  if (credential === undefined) {
    return refuse('unauthorized', 'The header must read: Bearer, a space, and a token.', HEADER);
  }
  return looksLikeToken(credential)
    ? callerOfToken(credential, env, HEADER, nowMs).then((caller) => within(permission, caller))
    : within(permission, callerOfSecret(credential, request, env, nowMs));
}

function within(permission: Permission, caller: Outcome<Caller>): Outcome<Caller> {
  if (!caller.ok) return caller;
  if (!permits(permission, caller.value.role)) {
    const roles = PERMISSIONS[permission].roles.join(', ');
    return refuse('forbidden', `The role ${caller.value.role} lacks the permission ${permission}; it takes ${roles}.`);
  }
  return caller;
}

/** To be called once a revocation is recorded: this isolate refuses the token from now on, the others within 10 s. */
export function noteRevoked(tokenId: string, expiresMs: number): void {
  revokedTokens.note(tokenId, expiresMs);
}

/**
 * Who opens a socket: the protocols offered are `fightjudge.v1` and, for everybody but public viewers, a token.
 * ADMIN_SECRET opens no socket: it would stand in a header that proxies like to log.
 */
export async function authorizeSocket(request: Request, env: Env): Promise<Outcome<Caller | null>> {
  const offered = (request.headers.get(SOCKET_HEADER) ?? '').split(',').map((protocol) => protocol.trim());
  const [protocol, token, ...more] = offered;
  if (protocol !== SOCKET_PROTOCOL || more.length > 0) {
    return refuse('bad_request', `Offer the protocols ${SOCKET_PROTOCOL} and, as the second, a token.`, SOCKET_HEADER);
  }
  if (token === undefined) return ok(null);
  return await callerOfToken(token, env, SOCKET_HEADER, Date.now());
}

/** A JSON Web Token begins with `{"` in base64 and has two dots; anything else is a try at the secret. */
function looksLikeToken(credential: string): boolean {
  return credential.startsWith('eyJ') && credential.split('.').length === 3;
}

async function callerOfToken(token: string, env: Env, field: string, nowMs: number): Promise<Outcome<Caller>> {
  const ring = await keyRing(env);
  if (!ring.ok) return ring;
  const caller = await verifyToken(ring.value, token, field, nowMs);
  if (!caller.ok) return caller;
  const revoked = await revokedTokens.isRevoked(caller.value.tokenId, platformOf(env), nowMs, waitUntil);
  if (!revoked.ok) return revoked;
  if (revoked.value) return refuse('unauthorized', 'The token was revoked.', field);
  return withinRate(caller.value, nowMs);
}

/** The caller of a token that was verified before, while what was revoked is freshly known; null sends it the long way. */
function knownCaller(token: string, env: Env, nowMs: number): Outcome<Caller> | null {
  const caller = heldRing(env)?.verified.get(token);
  if (caller === undefined || caller.expiresMs <= nowMs) return null;
  return revokedTokens.surelyNot(caller.tokenId, nowMs) ? withinRate(caller, nowMs) : null;
}

function withinRate(caller: Caller, nowMs: number): Outcome<Caller> {
  return tokenRequests.take(caller.tokenId, nowMs)
    ? ok(caller)
    : refuse('too_many_requests', 'This token sends more than 1,000 requests a second.');
}

/** Counted when it fails: a secret can be guessed, a signature cannot. */
function callerOfSecret(secret: string, request: Request, env: Env, nowMs: number): Outcome<Caller> {
  const key = `secret|${addressOf(request)}`;
  if (!failedAttempts.has(key, nowMs)) {
    return refuse('too_many_requests', 'Too many wrong credentials came from this address; wait a minute.', HEADER);
  }
  if (isSecret(secret, env.ADMIN_SECRET)) return ok(secretHolder(nowMs));
  failedAttempts.take(key, nowMs);
  return refuse('unauthorized', 'The credential is malformed: it is neither a token nor the secret.', HEADER);
}
