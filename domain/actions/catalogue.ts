import type { Aspect } from '../roles/index.ts';

/** Tiers of one action, as in {@link Action.tier}; which of them a type has, and in what order, says its definition. */
export const TIERS = ['light', 'deep', 'solid', 'flash', 'hard', 'near_finish'] as const;

export type Tier = (typeof TIERS)[number];

export const CONTROL_KINDS = ['top', 'back', 'cage'] as const;

export type ControlKind = (typeof CONTROL_KINDS)[number];

export const TARGETS = ['head', 'body', 'leg'] as const;

export type Target = (typeof TARGETS)[number];

export const POSITIONS = ['distance', 'clinch', 'ground'] as const;

export type Position = (typeof POSITIONS)[number];

/** What is known of a type of action besides its id. */
export type ActionDefinition = {
  /** As written in `event_type` by our own pages and in every answer. */
  readonly wire: string;
  readonly aspect: Aspect | null;
  /** Whether it can be significant, also by an `SS` before its name. */
  readonly significance: boolean;
  /** From the lowest (taken where none is given) to the highest; empty where it has none. */
  readonly tiers: readonly Tier[];
  /** Other names, besides the wire name; letter case, spaces and punctuation do not matter. */
  readonly aliases: readonly string[];
  /** What its name alone says of the target, and where it most likely happened. */
  readonly target: Target | null;
  readonly position: Position | null;
};

type Extra = Partial<Pick<ActionDefinition, 'aliases' | 'target' | 'position'>>;

function define(wire: string, aspect: Aspect | null, significance: boolean, tiers: readonly Tier[], extra: Extra) {
  return { wire, aspect, significance, tiers, aliases: [], target: null, position: null, ...extra } as const;
}

function strike(wire: string, extra: Extra = {}): ActionDefinition {
  return define(wire, 'damage', true, [], extra);
}

function damage(wire: string, tiers: readonly Tier[], extra: Extra = {}): ActionDefinition {
  return define(wire, 'damage', false, tiers, extra);
}

function grappling(wire: string, tiers: readonly Tier[] = [], extra: Extra = {}): ActionDefinition {
  return define(wire, 'grappling', false, tiers, extra);
}

function control(wire: string, aliases: readonly string[]): ActionDefinition {
  return define(wire, 'control', false, [], { aliases });
}

function official(wire: string): ActionDefinition {
  return define(wire, null, false, [], {});
}

/** The one table of action types, by id. */
export const ACTIONS = {
  jab: strike('Jab'),
  cross: strike('Cross'),
  hook: strike('Hook'),
  uppercut: strike('Uppercut'),
  elbow: strike('Elbow'),
  knee: strike('Knee'),
  kick: strike('Kick'),
  head_kick: strike('Head Kick', { target: 'head' }),
  body_kick: strike('Body Kick', { target: 'body' }),
  low_kick: strike('Low Kick', { target: 'leg', aliases: ['Leg Kick'] }),
  front_kick: strike('Front Kick'),
  overhand: strike('Overhand'),
  spinning_backfist: strike('Spinning Backfist'),
  ground_strike: define('Ground Strike', 'damage', true, ['light', 'solid'], { position: 'ground' }),
  rocked: damage('Rocked', [], { aliases: ['Rocked/Stunned'] }),
  kd: damage('KD', ['flash', 'hard', 'near_finish'], { aliases: ['Knockdown'] }),
  takedown_landed: grappling('Takedown Landed', [], { aliases: ['Takedown', 'TD'] }),
  takedown_stuffed: grappling('Takedown Stuffed'),
  submission_attempt: grappling('Submission Attempt', ['light', 'deep', 'near_finish']),
  sweep_reversal: grappling('Sweep/Reversal'),
  guard_passing: grappling('Guard Passing'),
  control_start: control('Control Start', ['CTRL_START']),
  control_stop: control('Control Stop', ['CTRL_STOP', 'CTRL_END', 'Control End']),
  point_deduction: official('Point Deduction'),
  warning: official('Warning'),
  medical_timeout: official('Medical Timeout'),
} as const satisfies Readonly<Record<string, ActionDefinition>>;

export type ActionType = keyof typeof ACTIONS;

export const ACTION_TYPES: readonly ActionType[] = Object.keys(ACTIONS).filter(isActionType);

export function isActionType(value: unknown): value is ActionType {
  return typeof value === 'string' && Object.hasOwn(ACTIONS, value);
}

/** What is known of a type; null for what is none. */
export function typeFacts(type: ActionType): ActionDefinition;
export function typeFacts(type: string): ActionDefinition | null;
export function typeFacts(type: string): ActionDefinition | null {
  return isActionType(type) ? ACTIONS[type] : null;
}

/** `KD`, `Sweep/Reversal`, ...: the `event_type` of every answer. */
export function wireName(type: ActionType): string {
  return ACTIONS[type].wire;
}

const WIRE_TIERS: Readonly<Record<Tier, string>> = {
  light: 'Light',
  deep: 'Deep',
  solid: 'Solid',
  flash: 'Flash',
  hard: 'Hard',
  near_finish: 'Near-Finish',
};

/** `Near-Finish`, ...: `metadata.tier` and `severity` of every answer. An unknown tier stays as it is. */
export function tierName(tier: string): string {
  return isTier(tier) ? WIRE_TIERS[tier] : tier;
}

export function isTier(value: unknown): value is Tier {
  return TIERS.some((tier) => tier === value);
}

/** `Top`, `Back`, `Cage`: `metadata.control` of every answer. */
export function controlName(kind: ControlKind): string {
  return kind.charAt(0).toUpperCase() + kind.slice(1);
}
