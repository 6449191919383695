import { nowMs, remainingMs } from '../shared/live/clock.ts';
import type { Live } from '../shared/live/live.ts';
import type { View } from '../shared/wire/frames.ts';

/** Time fought in the current round, in whole seconds: the table is drawn anew once a second and not ten times. */
export function elapsedMs(view: View, live: Live): number {
  if (view.clock.running_since_ms === null) return view.clock.elapsed_ms;
  // While nothing is confirmed, control is not counted on.
  if (live.stale.value) return Math.max(0, view.server_ms - view.clock.running_since_ms) + view.clock.elapsed_ms;
  const left = remainingMs(view.clock, nowMs.value + (live.offsetMs.value ?? 0));
  return Math.floor((view.clock.length_ms - left) / 1_000) * 1_000;
}
