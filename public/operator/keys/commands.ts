import { ACTION_IDS, type ActionId, type BackfillId, type HoldId } from '../palette.ts';

/** Everything that has a key. */
export type CommandId = ActionId | HoldId | BackfillId | Steering;

export type Steering =
  | 'backfill_kind'
  | 'corner_red'
  | 'corner_blue'
  | 'position'
  | 'target_head'
  | 'target_body'
  | 'target_leg'
  | 'significance'
  | 'undo'
  | 'line_up'
  | 'line_down'
  | 'round_previous'
  | 'round_current'
  | 'keys';

/** A key by its place on the keyboard, as `KeyboardEvent.code` names it. */
export type Code = string;

/** Null: the command has no key. */
export type KeyMap = Readonly<Record<CommandId, Code | null>>;

export const DEFAULT_KEYS: KeyMap = {
  jab: 'Digit1',
  cross: 'Digit2',
  hook: 'Digit3',
  uppercut: 'Digit4',
  elbow: 'Digit5',
  knee: 'Digit6',
  kick: 'Digit7',
  front_kick: 'Digit8',
  overhand: 'Digit9',
  spinning_backfist: 'Digit0',
  // One above the other on the keyboard's right half, as on the body.
  head_kick: 'KeyH',
  body_kick: 'KeyJ',
  low_kick: 'KeyK',
  rocked: 'KeyQ',
  kd_flash: 'KeyW',
  kd_hard: 'KeyE',
  kd_near_finish: 'KeyR',
  submission_light: 'KeyA',
  submission_deep: 'KeyS',
  submission_near_finish: 'KeyD',
  control_back: 'KeyZ',
  control_top: 'KeyX',
  control_cage: 'KeyC',
  takedown_landed: 'KeyV',
  takedown_stuffed: 'KeyB',
  sweep_reversal: 'KeyN',
  guard_passing: 'KeyM',
  ground_solid: 'KeyG',
  ground_light: 'KeyF',
  backfill_10: 'Comma',
  backfill_20: 'Period',
  backfill_30: 'Slash',
  backfill_kind: 'Semicolon',
  corner_red: 'ArrowLeft',
  corner_blue: 'ArrowRight',
  position: 'Tab',
  target_head: 'KeyU',
  target_body: 'KeyI',
  target_leg: 'KeyO',
  significance: 'Space',
  undo: 'Backspace',
  line_up: 'ArrowUp',
  line_down: 'ArrowDown',
  round_previous: 'BracketLeft',
  round_current: 'BracketRight',
  keys: 'Equal',
};

export const COMMAND_IDS: readonly CommandId[] = Object.keys(DEFAULT_KEYS).filter(isCommandId);

export function isCommandId(value: string): value is CommandId {
  return Object.hasOwn(DEFAULT_KEYS, value);
}

export const STEERING: readonly CommandId[] = COMMAND_IDS.filter((id) => !ACTION_IDS.some((action) => action === id));
