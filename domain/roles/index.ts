import type { Corner } from '../corner.ts';

/** Everybody who can hold a token. */
export const ROLES = [
  'admin',
  'supervisor',
  'operator',
  'judge',
  'timekeeper',
  'referee',
  'broadcaster',
  'camera',
  'analyst',
  'viewer',
] as const;

export type Role = (typeof ROLES)[number];

/** What an operator's eyes are on; the same three words as the category totals. */
export const ASPECTS = ['damage', 'grappling', 'control'] as const;

export type Aspect = (typeof ASPECTS)[number];

/**
 * Who is calling, as the edge read it from a verified token.
 * `seat` is a judge's place at the table (`judge_id` on the wire), never a person or a device.
 * `corners` and `aspects` are null where the token does not restrict them.
 */
export type Caller = {
  readonly subject: string;
  readonly role: Role;
  readonly seat: string | null;
  readonly device: string | null;
  readonly boutId: string | null;
  readonly cardId: string | null;
  readonly corners: readonly Corner[] | null;
  readonly aspects: readonly Aspect[] | null;
  readonly tokenId: string;
  readonly expiresMs: number;
};

/** The widest circle that may see a part of a bout; each circle includes those before it. */
export const AUDIENCES = ['none', 'commission', 'broadcast', 'corners', 'public'] as const;

export type Audience = (typeof AUDIENCES)[number];

const CIRCLE: Readonly<Record<Role, Audience>> = {
  admin: 'none',
  supervisor: 'commission',
  analyst: 'commission',
  broadcaster: 'broadcast',
  // Those who work the bout see its parts as its work needs (see the bout's own filter), not by release.
  operator: 'corners',
  judge: 'corners',
  timekeeper: 'corners',
  referee: 'corners',
  camera: 'corners',
  viewer: 'public',
};

/**
 * Whether somebody of this role (null: no token) stands inside the circle that `released` names.
 * `none` releases to nobody but an administrator. Judges are filtered further by the bout itself.
 */
export function inAudience(role: Role | null, released: Audience): boolean {
  const circle = role === null ? 'public' : CIRCLE[role];
  return AUDIENCES.indexOf(circle) <= AUDIENCES.indexOf(released);
}
