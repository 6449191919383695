import { ok, refuse } from '../refusal.ts';
import type { Outcome } from '../refusal.ts';
import { ACTION_TYPES, CONTROL_KINDS, typeFacts } from './catalogue.ts';
import type { ActionType, ControlKind } from './catalogue.ts';
import type { Action } from './normalise.ts';

/**
 * What actions are worth in the category totals, by {@link valueKey}: whole micro-points (0.10 is 100000) per action,
 * and for `control.*` whole micro-points per millisecond (0.012 a second is 12).
 */
export type Values = Readonly<Record<string, number>>;

/** Names {@link DEFAULT_VALUES}; a change of any value is a new version. */
export const VALUES_VERSION = 'category-values.1';

export const DEFAULT_VALUES: Values = Object.freeze({
  jab: 50_000,
  'jab.significant': 100_000,
  cross: 70_000,
  'cross.significant': 140_000,
  hook: 70_000,
  'hook.significant': 140_000,
  uppercut: 70_000,
  'uppercut.significant': 140_000,
  elbow: 70_000,
  'elbow.significant': 140_000,
  knee: 50_000,
  'knee.significant': 100_000,
  kick: 60_000,
  'kick.significant': 120_000,
  head_kick: 80_000,
  'head_kick.significant': 150_000,
  body_kick: 60_000,
  'body_kick.significant': 120_000,
  low_kick: 50_000,
  'low_kick.significant': 100_000,
  front_kick: 40_000,
  'front_kick.significant': 80_000,
  overhand: 70_000,
  'overhand.significant': 140_000,
  spinning_backfist: 70_000,
  'spinning_backfist.significant': 140_000,
  'ground_strike.light': 40_000,
  'ground_strike.solid': 80_000,
  rocked: 300_000,
  'kd.flash': 400_000,
  'kd.hard': 700_000,
  'kd.near_finish': 1_000_000,
  takedown_landed: 250_000,
  takedown_stuffed: 40_000,
  'submission_attempt.light': 250_000,
  'submission_attempt.deep': 600_000,
  'submission_attempt.near_finish': 1_000_000,
  sweep_reversal: 50_000,
  guard_passing: 50_000,
  'control.top': 10,
  'control.back': 12,
  'control.cage': 6,
});

/** No single action is worth more than ten points, no second of control more than one. */
const MOST_PER_ACTION = 10_000_000;
const MOST_PER_MS = 1_000;

/** Keys that were put together before: looking a member up by a text that is made anew costs ten times the look-up. */
const keys = new WeakMap<Action, string | null>();

/** The key of an action's value; null where it has none (a control stop, a deduction, a warning, a timeout). */
export function valueKey(action: Action): string | null {
  let key = keys.get(action);
  if (key === undefined) {
    key = keyFor(action);
    keys.set(action, key);
  }
  return key;
}

function keyFor(action: Action): string | null {
  const { type, aspect, tier, control, significant } = action;
  if (aspect === 'control') return type === 'control_start' && control !== null ? controlKey(control) : null;
  return aspect === null ? null : keyOf(type, tier, significant);
}

export function controlKey(kind: ControlKind): string {
  return `control.${kind}`;
}

function keyOf(type: ActionType, tier: string | null, significant: boolean): string {
  if (tier !== null) return `${type}.${tier}`;
  return significant ? `${type}.significant` : type;
}

/** Every key that a table of values must have. */
export const VALUE_KEYS: readonly string[] = [...ACTION_TYPES.flatMap(actionKeys), ...CONTROL_KINDS.map(controlKey)];

function actionKeys(type: ActionType): readonly string[] {
  const { aspect, tiers, significance } = typeFacts(type);
  if (aspect === null || aspect === 'control') return [];
  if (tiers.length > 0) return tiers.map((tier) => keyOf(type, tier, false));
  return significance ? [keyOf(type, null, false), keyOf(type, null, true)] : [keyOf(type, null, false)];
}

/**
 * Micro-points of one action. Control has none here: it is worth its length (see `controlTotals`). Throws a RangeError
 * where the table lacks the key, which `validateValues` rules out: an action silently worth 0 would be a wrong total.
 */
export function valueOf(values: Values, action: Action): { readonly damage: number; readonly grappling: number } {
  const { aspect } = action;
  const key = aspect === 'damage' || aspect === 'grappling' ? valueKey(action) : null;
  if (key === null) return NOTHING;
  const worth = pointsOf(values, key);
  return aspect === 'damage' ? { damage: worth, grappling: 0 } : { damage: 0, grappling: worth };
}

const NOTHING = Object.freeze({ damage: 0, grappling: 0 });

/** One value of the table; throws a RangeError where it is missing. */
export function pointsOf(values: Values, key: string): number {
  const worth = values[key];
  if (worth === undefined) throw new RangeError(`the table of values lacks ${key}`);
  return worth;
}

/** A table from outside: complete, nothing unknown, each value a whole number from 0. Refusals name `values.<key>`. */
export function validateValues(values: unknown): Outcome<Values> {
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    return refuse('bad_request', 'values must be an object', 'values');
  }
  const given = new Map<string, unknown>(Object.entries(values));
  for (const key of given.keys()) {
    if (!VALUE_KEYS.includes(key)) return refuse('bad_request', `values.${key} is not known`, `values.${key}`);
  }
  const table: Record<string, number> = {};
  for (const key of VALUE_KEYS) {
    const worth = given.get(key);
    const most = key.startsWith('control.') ? MOST_PER_MS : MOST_PER_ACTION;
    if (typeof worth !== 'number' || !Number.isSafeInteger(worth) || worth < 0 || worth > most) {
      return refuse('bad_request', `values.${key} must be a whole number from 0 to ${most}`, `values.${key}`);
    }
    // Adding 0 turns -0 into 0, which alone has a canonical form.
    table[key] = worth + 0;
  }
  return ok(Object.freeze(table));
}
