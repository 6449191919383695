/** Actions: the one catalogue of types, what older names mean, what they are worth, and control as intervals. */
export {
  ACTION_TYPES,
  ACTIONS,
  CONTROL_KINDS,
  typeFacts,
  isActionType,
  isTier,
  POSITIONS,
  TARGETS,
  TIERS,
  controlName,
  wireName,
  tierName,
} from './catalogue.ts';
export type { ActionDefinition, ActionType, ControlKind, Position, Target, Tier } from './catalogue.ts';
export { MAX_BACKFILL_MS, normaliseAction } from './normalise.ts';
export type { Action } from './normalise.ts';
export { DEFAULT_VALUES, validateValues, VALUE_KEYS, valueKey, valueOf, VALUES_VERSION } from './values.ts';
export type { Values } from './values.ts';
export { controlAt, controlCursor, controlSpans, controlTotals, openHold } from './control.ts';
export type { ControlMark, ControlSpan, ControlTotals, OpenHold } from './control.ts';
