import type { Corner } from '../../domain/corner.ts';
import { cornerOf } from '../shared/look/corner.tsx';
import type { View } from '../shared/wire/frames.ts';
import type { Placed } from './position.ts';
import { understood } from './understood.ts';
import type { ReplayEvent } from './wire.ts';

/** One action on the timeline. */
export type Mark = {
  readonly id: string;
  readonly corner: Corner;
  /** Seconds from the bell, with the part of the second in which it lies. */
  readonly at: number;
  readonly weight: 'plain' | 'control' | 'moment';
  /** Taken back, or not counted: it is shown, and does not stand in the totals. */
  readonly hollow: boolean;
};

export function marksOf(bout: View['bout'], placed: readonly Placed[], lengthS: number): readonly Mark[] {
  return placed.flatMap(({ second, event }) => {
    const corner = cornerOf(bout, event.fighter_id);
    if (corner === null) return [];
    const at = event.clock_ms === null ? second : Math.min(event.clock_ms / 1_000, lengthS);
    return [{ id: event.event_id, corner, at, weight: weightOf(event), hollow: event.voided || !event.counted }];
  });
}

function weightOf(event: ReplayEvent): Mark['weight'] {
  if (isMoment(event)) return 'moment';
  return understood(event)?.aspect === 'control' ? 'control' : 'plain';
}

/** Redline moments as the live page has them: knockdowns, rocked fighters and submissions that nearly finished. */
export function isMoment(event: ReplayEvent): boolean {
  const action = understood(event);
  if (action === null) return false;
  if (action.type === 'kd' || action.type === 'rocked') return true;
  return action.type === 'submission_attempt' && action.tier === 'near_finish';
}

/** Those that stand, in the order of the round. */
export function momentsOf(placed: readonly Placed[]): readonly Placed[] {
  return placed.filter(({ event }) => isMoment(event) && !event.voided && event.counted);
}
