import { type Position, POSITIONS, type Target } from '../../domain/actions/index.ts';
import type { Corner } from '../../domain/corner.ts';

/** What the next action is said with, besides its own key. */
export type Modes = {
  readonly corner: Corner;
  /** Stays until it is changed. */
  readonly position: Position;
  /** Of the next strike alone: what was true of one blow is seldom true of the next. Null: not said. */
  readonly target: Target | null;
  /** Stays until it is changed; Shift says the same of one action. */
  readonly significant: boolean;
};

export const FIRST_MODES: Omit<Modes, 'corner'> = { position: 'distance', target: null, significant: false };

export function positionAfter(position: Position, step: 1 | -1): Position {
  const at = POSITIONS.indexOf(position);
  return POSITIONS[(at + step + POSITIONS.length) % POSITIONS.length] ?? position;
}

/** The same target once more takes it back. */
export function withTarget(modes: Modes, target: Target | null): Modes {
  return { ...modes, target: modes.target === target ? null : target };
}
