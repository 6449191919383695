import { CORNERS, type Corner } from '../../domain/corner.ts';
import { ASPECTS, type Aspect, type Role, ROLES } from '../../domain/roles/index.ts';
import type { TokenGrant } from '../platform/index.ts';

/** Tokens of paired devices live this long; the device renews by its signature. */
const DEVICE_TOKEN_S = 900;

/** What somebody with a paired device is on this card: the part of a token that does not change. */
export type Badge = {
  readonly role: Role;
  readonly subject: string;
  readonly seat: string | null;
  readonly corners: readonly Corner[] | null;
  readonly aspects: readonly Aspect[] | null;
};

export type BadgeRow = {
  role: string;
  subject: string;
  seat: string | null;
  corners: string | null;
  aspects: string | null;
};

export function badgeOf(row: BadgeRow): Badge {
  const role = ROLES.find((known) => known === row.role);
  if (role === undefined) throw new Error(`the stored role ${row.role} is none`);
  return {
    role,
    subject: row.subject,
    seat: row.seat,
    corners: listOf(CORNERS, row.corners),
    aspects: listOf(ASPECTS, row.aspects),
  };
}

export function listText(list: readonly string[] | null): string | null {
  return list === null ? null : JSON.stringify(list);
}

function listOf<T extends string>(known: readonly T[], text: string | null): readonly T[] | null {
  if (text === null) return null;
  const stored: unknown = JSON.parse(text);
  return Array.isArray(stored) ? known.filter((value) => stored.includes(value)) : null;
}

/** Whose device epoch counts: the seat's, or the person's where there is no seat. */
export function holderOf(badge: Badge): string {
  return badge.seat === null ? `subject:${badge.subject}` : `seat:${badge.seat}`;
}

/** A new token for a device, not yet signed. It is remembered, so that revoking the device reaches it. */
export function grantFor(
  sql: SqlStorage,
  input: { readonly badge: Badge; readonly cardId: string; readonly deviceId: string; readonly nowMs: number },
): TokenGrant {
  const issuedS = Math.floor(input.nowMs / 1000);
  const grant = {
    ...input.badge,
    tokenId: crypto.randomUUID(),
    device: input.deviceId,
    boutId: null,
    cardId: input.cardId,
    issuedS,
    expiresS: issuedS + DEVICE_TOKEN_S,
  };
  sql.exec('DELETE FROM granted WHERE expires_s <= ?', issuedS);
  sql.exec(
    'INSERT INTO granted (token_id, device_id, expires_s) VALUES (?, ?, ?)',
    grant.tokenId,
    input.deviceId,
    grant.expiresS,
  );
  return grant;
}
