import type { RoundFacts } from '../../../domain/validator/index.ts';

export function human(at: readonly number[]): RoundFacts['actions'] {
  return at.map((clockMs) => ({ clockMs, source: 'human' }));
}

/** From the first bell to the last. */
export function everyMs(step: number, until: number): readonly number[] {
  return Array.from({ length: Math.floor(until / step) + 1 }, (_, at) => at * step);
}

/** A round of five minutes in which everything is as it should be. */
export const GOOD: RoundFacts = {
  lengthMs: 300_000,
  elapsedMs: 300_000,
  ended: true,
  stopped: false,
  timed: true,
  actions: human(everyMs(30_000, 300_000)),
  camerasOn: false,
  control: [],
  openControl: [],
  unsent: [],
  pendingKnockdowns: [],
};
