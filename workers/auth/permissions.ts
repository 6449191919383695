import { type Role, ROLES } from '../../domain/roles/index.ts';

/** Who may do something: the roles, and whether somebody without a token may too. */
export type Rule = { readonly roles: readonly Role[]; readonly anonymous: boolean };

const SUPERVISORS = ['admin', 'supervisor'] as const satisfies readonly Role[];
const LOGGERS = ['admin', 'supervisor', 'operator', 'judge'] as const satisfies readonly Role[];
const WATCHERS = ['admin', 'supervisor', 'analyst'] as const satisfies readonly Role[];
const DEVICE_HOLDERS = [
  'admin',
  'supervisor',
  'operator',
  'judge',
  'timekeeper',
  'referee',
  'camera',
] as const satisfies readonly Role[];

function only(...roles: readonly Role[]): Rule {
  return { roles, anonymous: false };
}

/** Everybody may ask; what the answer holds is up to the bout's release policy, or a credential in the body. */
const EVERYBODY: Rule = { roles: ROLES, anonymous: true };

/** The one place that says who may do what. Every route names one of these. */
export const PERMISSIONS = {
  public: EVERYBODY,
  /** Every caller with a token, about itself. */
  self: only(...ROLES),
  'read.bout': EVERYBODY,
  'read.events': EVERYBODY,
  log: only(...LOGGERS),
  void: only(...LOGGERS),
  clock: only(...SUPERVISORS, 'timekeeper'),
  lock_round: only(...SUPERVISORS),
  ruling: only(...SUPERVISORS, 'referee'),
  'ruling.acknowledge': only('judge'),
  /** Only the judges themselves: nobody else writes a card, an administrator least of all. */
  scorecard: only('judge'),
  'scorecard.reopen': only(...SUPERVISORS),
  /** Two of them: one enters what stands on paper, another confirms. */
  'scorecard.paper': only(...SUPERVISORS),
  panel: only(...SUPERVISORS),
  finalize: only(...SUPERVISORS),
  'bout.create': only(...SUPERVISORS, 'operator'),
  'bout.configure': only(...SUPERVISORS),
  'bout.seal': only(...SUPERVISORS),
  /** What the whole record holds is released part by part; the bout asks for all of them. */
  'archive.read': EVERYBODY,
  session: only(...SUPERVISORS, 'judge'),
  'telemetry.report': only(...DEVICE_HOLDERS),
  'telemetry.read': only(...WATCHERS, 'operator'),
  'legacy.import': only(...SUPERVISORS),
  'card.write': only(...SUPERVISORS),
  /** Whoever can hold a device of the night follows its current bout. */
  'card.read': only(...ROLES.filter((role) => role !== 'viewer')),
  'pairing.create': only(...SUPERVISORS),
  /** Whoever holds a place may take it to another device: the code is for the very same place. */
  'pairing.handover': only('judge', 'operator', 'timekeeper', 'referee', 'broadcaster', 'camera'),
  'pairing.read': only(...SUPERVISORS),
  'pairing.revoke': only(...SUPERVISORS),
  /** The one-time code is the credential. */
  'pairing.claim': EVERYBODY,
  /** The device's signature is the credential. */
  'pairing.renew': EVERYBODY,
  'token.mint': only('admin'),
  'token.revoke': only('admin'),
  'analytics.read': only(...WATCHERS),
  'statistics.read': EVERYBODY,
  'export.read': EVERYBODY,
  /** Scoring past rounds to learn. */
  shadow: only(...WATCHERS, 'judge'),
  'storage.read': only(...WATCHERS),
  'storage.write': only('admin'),
  'people.read': only(...SUPERVISORS),
  'people.erase': only('admin'),
  'index.read': only(...WATCHERS),
  'index.rebuild': only('admin'),
  metrics: only(...WATCHERS),
  'platform.read': only(...WATCHERS),
} as const satisfies Record<string, Rule>;

export type Permission = keyof typeof PERMISSIONS;

/** Whether a caller of this role (null: without a token) has a permission. */
export function permits(permission: Permission, role: Role | null): boolean {
  const rule: Rule = PERMISSIONS[permission];
  return role === null ? rule.anonymous : rule.roles.includes(role);
}
