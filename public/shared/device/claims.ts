import type { Corner } from '../../../domain/corner.ts';
import { ASPECTS, type Aspect, type Role, ROLES } from '../../../domain/roles/index.ts';
import { list, literal, nullable, number, object, otherwise, parseJson, text } from '../wire/decode.ts';

/** Who somebody is, as their token says. Read here only to show it: the server alone believes a token. */
export type Claims = {
  readonly subject: string;
  readonly role: Role;
  readonly seat: string | null;
  readonly device: string | null;
  readonly boutId: string | null;
  readonly cardId: string | null;
  readonly corners: readonly Corner[] | null;
  readonly aspects: readonly Aspect[] | null;
  readonly issuedMs: number;
  readonly expiresMs: number;
};

const decodePayload = object({
  sub: text,
  role: literal(...ROLES),
  seat: otherwise(nullable(text), null),
  device: otherwise(nullable(text), null),
  bout_id: otherwise(nullable(text), null),
  card_id: otherwise(nullable(text), null),
  corners: otherwise(nullable(list(literal('red', 'blue'))), null),
  aspects: otherwise(nullable(list(literal(...ASPECTS))), null),
  iat: number,
  exp: number,
});

/** Null for what is no token of this product. */
export function readClaims(token: string): Claims | null {
  const [, middle] = token.split('.');
  const payload = middle === undefined ? undefined : decodePayload(parseJson(fromBase64Url(middle)));
  if (payload === undefined) return null;
  return {
    subject: payload.sub,
    role: payload.role,
    seat: payload.seat,
    device: payload.device,
    boutId: payload.bout_id,
    cardId: payload.card_id,
    corners: payload.corners,
    aspects: payload.aspects,
    issuedMs: payload.iat * 1_000,
    expiresMs: payload.exp * 1_000,
  };
}

/** Whose work it is: taps of one person and place are never sent as another's. */
export function ownerOf(claims: Claims | null): string {
  return claims === null ? 'public' : `${claims.role}|${claims.subject}|${claims.seat ?? ''}`;
}

function fromBase64Url(encoded: string): string {
  try {
    const binary = atob(encoded.replaceAll('-', '+').replaceAll('_', '/'));
    return new TextDecoder().decode(Uint8Array.from(binary, (char) => char.charCodeAt(0)));
  } catch {
    return '';
  }
}
