import { type ActionType, type ControlKind, type Tier, typeFacts } from '../../domain/actions/index.ts';
import type { Aspect } from '../../domain/roles/index.ts';

/** What one key says: a type of action with its tier. */
type Spec = { readonly group: Group; readonly type: ActionType; readonly tier: Tier | null };

export const GROUPS = ['punches', 'ground', 'kicks', 'hurt', 'submissions', 'grappling'] as const;

export type Group = (typeof GROUPS)[number];

function spec(group: Group, type: ActionType, tier: Tier | null = null): Spec {
  return { group, type, tier };
}

/** Every action that has a button, in the order of the screen. */
export const PALETTE = {
  jab: spec('punches', 'jab'),
  cross: spec('punches', 'cross'),
  hook: spec('punches', 'hook'),
  uppercut: spec('punches', 'uppercut'),
  elbow: spec('punches', 'elbow'),
  knee: spec('punches', 'knee'),
  overhand: spec('punches', 'overhand'),
  spinning_backfist: spec('punches', 'spinning_backfist'),
  kick: spec('kicks', 'kick'),
  head_kick: spec('kicks', 'head_kick'),
  body_kick: spec('kicks', 'body_kick'),
  low_kick: spec('kicks', 'low_kick'),
  front_kick: spec('kicks', 'front_kick'),
  rocked: spec('hurt', 'rocked'),
  kd_flash: spec('hurt', 'kd', 'flash'),
  kd_hard: spec('hurt', 'kd', 'hard'),
  kd_near_finish: spec('hurt', 'kd', 'near_finish'),
  ground_solid: spec('ground', 'ground_strike', 'solid'),
  ground_light: spec('ground', 'ground_strike', 'light'),
  takedown_landed: spec('grappling', 'takedown_landed'),
  takedown_stuffed: spec('grappling', 'takedown_stuffed'),
  sweep_reversal: spec('grappling', 'sweep_reversal'),
  guard_passing: spec('grappling', 'guard_passing'),
  submission_light: spec('submissions', 'submission_attempt', 'light'),
  submission_deep: spec('submissions', 'submission_attempt', 'deep'),
  submission_near_finish: spec('submissions', 'submission_attempt', 'near_finish'),
} as const satisfies Readonly<Record<string, Spec>>;

export type ActionId = keyof typeof PALETTE;

export const ACTION_IDS: readonly ActionId[] = Object.keys(PALETTE).filter(isActionId);

export function isActionId(value: string): value is ActionId {
  return Object.hasOwn(PALETTE, value);
}

export function aspectOf(id: ActionId): Aspect | null {
  return typeFacts(PALETTE[id].type).aspect;
}

export const HOLDS = { control_back: 'back', control_top: 'top', control_cage: 'cage' } as const satisfies Readonly<
  Record<string, ControlKind>
>;

export type HoldId = keyof typeof HOLDS;

export function isHoldId(value: string): value is HoldId {
  return Object.hasOwn(HOLDS, value);
}

/** How much control one press reports after the fact. */
export const BACKFILLS = { backfill_10: 10, backfill_20: 20, backfill_30: 30 } as const;

export type BackfillId = keyof typeof BACKFILLS;

export function isBackfillId(value: string): value is BackfillId {
  return Object.hasOwn(BACKFILLS, value);
}
