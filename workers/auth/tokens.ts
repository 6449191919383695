import { decodeProtectedHeader, errors, jwtVerify, SignJWT } from 'jose';
import * as z from 'zod';
import { CORNERS } from '../../domain/corner.ts';
import { ID_PATTERN } from '../../domain/ids.ts';
import { ok, type Outcome, refuse } from '../../domain/refusal.ts';
import { ASPECTS, type Caller, ROLES } from '../../domain/roles/index.ts';
import type { TokenGrant } from '../../objects/platform/index.ts';
import type { KeyRing } from './keys.ts';

export const ISSUER = 'fightjudge';

/** Far above any token of ours; a longer text is not looked at. */
const MAX_TOKEN_CHARS = 4_096;

/** Verified tokens that an isolate remembers; beyond it the oldest is verified anew when it comes again. */
const MAX_VERIFIED = 10_000;

const id = z.string().regex(ID_PATTERN);

const claims = z.object({
  sub: id,
  role: z.enum(ROLES),
  jti: id,
  iat: z.int(),
  exp: z.int(),
  seat: id.optional(),
  device: id.optional(),
  bout_id: id.optional(),
  card_id: id.optional(),
  corners: z.array(z.enum(CORNERS)).min(1).optional(),
  aspects: z.array(z.enum(ASPECTS)).min(1).optional(),
});

/** Signs a grant. The same grant under the same key is always the same token, byte for byte. */
export async function signGrant(ring: KeyRing, grant: TokenGrant): Promise<string> {
  const payload = {
    iss: ISSUER,
    sub: grant.subject,
    role: grant.role,
    ...(grant.seat === null ? {} : { seat: grant.seat }),
    ...(grant.device === null ? {} : { device: grant.device }),
    ...(grant.boutId === null ? {} : { bout_id: grant.boutId }),
    ...(grant.cardId === null ? {} : { card_id: grant.cardId }),
    ...(grant.corners === null ? {} : { corners: [...grant.corners] }),
    ...(grant.aspects === null ? {} : { aspects: [...grant.aspects] }),
    jti: grant.tokenId,
    iat: grant.issuedS,
    exp: grant.expiresS,
  };
  return await new SignJWT(payload).setProtectedHeader({ alg: 'EdDSA', kid: ring.kid, typ: 'JWT' }).sign(ring.signing);
}

/**
 * Who a token speaks for, or why it speaks for nobody: `unauthorized`, with `field` (the header that carried it) at
 * fault. A token that was verified before is looked up, as verifying costs a sixth of the throughput; it still expires
 * to the second.
 */
export async function verifyToken(
  ring: KeyRing,
  token: string,
  field: string,
  nowMs: number,
): Promise<Outcome<Caller>> {
  const known = ring.verified.get(token);
  if (known !== undefined) {
    if (nowMs < known.expiresMs) return ok(known);
    ring.verified.delete(token);
    return expired(field);
  }
  const verified = await verifyAfresh(ring, token, field, nowMs);
  if (!verified.ok) return verified;
  if (ring.verified.size >= MAX_VERIFIED) {
    const [oldest] = ring.verified.keys();
    if (oldest !== undefined) ring.verified.delete(oldest);
  }
  ring.verified.set(token, verified.value);
  return verified;
}

async function verifyAfresh(ring: KeyRing, token: string, field: string, nowMs: number): Promise<Outcome<Caller>> {
  if (token.length > MAX_TOKEN_CHARS) return refuse('unauthorized', 'The token is too long to be one.', field);
  const header = headerOf(token);
  if (header === null) return refuse('unauthorized', 'The token is malformed: it is no JSON Web Token.', field);
  if (header.alg !== 'EdDSA') {
    return refuse('unauthorized', 'The token is signed with another algorithm than EdDSA, or not at all.', field);
  }
  const key = header.kid === undefined ? undefined : ring.verifying.get(header.kid);
  if (key === undefined)
    return refuse('unauthorized', 'The token was signed with a key that is not in use here.', field);
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['EdDSA'],
      issuer: ISSUER,
      requiredClaims: ['exp'],
      currentDate: new Date(nowMs),
    });
    const read = claims.safeParse(payload);
    if (!read.success) return refuse('unauthorized', 'The token lacks a claim or has a wrong one.', field);
    return ok(callerOf(read.data));
  } catch (error) {
    if (error instanceof errors.JWTExpired) return expired(field);
    if (error instanceof errors.JWSSignatureVerificationFailed) {
      return refuse('unauthorized', 'The token was tampered with: its signature does not hold.', field);
    }
    if (error instanceof errors.JWTClaimValidationFailed) {
      return refuse('unauthorized', 'The token lacks a claim or has a wrong one.', field);
    }
    return refuse('unauthorized', 'The token is malformed: it is no JSON Web Token.', field);
  }
}

function expired(field: string): Outcome<never> {
  return refuse('unauthorized', 'The token has expired.', field);
}

function headerOf(token: string): { alg: string | undefined; kid: string | undefined } | null {
  if (token.split('.').length !== 3) return null;
  try {
    const { alg, kid } = decodeProtectedHeader(token);
    return { alg, kid };
  } catch {
    return null;
  }
}

function callerOf(read: z.infer<typeof claims>): Caller {
  return {
    subject: read.sub,
    role: read.role,
    seat: read.seat ?? null,
    device: read.device ?? null,
    boutId: read.bout_id ?? null,
    cardId: read.card_id ?? null,
    corners: read.corners ?? null,
    aspects: read.aspects ?? null,
    tokenId: read.jti,
    expiresMs: read.exp * 1000,
  };
}
