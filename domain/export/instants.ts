import type { ClockStretch, RoundClock, RoundState } from '../bout/index.ts';
import { type Entry, integerOf } from '../ledger/index.ts';

/**
 * When on the wall clock (UTC epoch ms, server time) an entry's moment was. An action's place is its time on the round
 * clock, which the anchors of that clock tie to server time: a tablet's own time may be wrong, and what was logged offline
 * arrives late. A ruling takes effect at `at_ms`, a stoppage at the official time; without either it is the receipt.
 */
export function instantAt(round: RoundState, entry: Entry): number {
  const ruledMs = entry.kind === 'ruling' ? integerOf(entry.payload, 'at_ms') : null;
  // The moment of receipt was worked out on the clock; only a time that somebody named says more than that.
  if (entry.clockMs === null || (ruledMs !== null && entry.clockSource !== 'client'))
    return ruledMs ?? entry.receivedMs;
  if (round.clock !== null)
    return onClock(round.clock, entry.clockMs, entry.timestampMs ?? ruledMs ?? entry.receivedMs);
  const { firstAction } = round;
  // A round without a clock counts from its first action.
  return firstAction === null ? entry.receivedMs : firstAction.receivedMs + entry.clockMs;
}

/** A clock that was set back showed the same reading twice: `nearMs`, the claimed time, says which of them is meant. */
function onClock({ stretches }: RoundClock, elapsedMs: number, nearMs: number): number {
  const instants = stretches.map((stretch) => withinStretch(stretch, elapsedMs));
  const exact = instants.filter(({ missedMs }) => missedMs === 0);
  // A clock that was set on never showed some readings: then the nearest that it did show.
  const leastMs = Math.min(...instants.map(({ missedMs }) => missedMs));
  const candidates = exact.length > 0 ? exact : instants.filter(({ missedMs }) => missedMs === leastMs);
  return candidates.reduce(
    (best, { atMs }) => (Math.abs(atMs - nearMs) < Math.abs(best - nearMs) ? atMs : best),
    candidates[0]?.atMs ?? nearMs,
  );
}

function withinStretch({ fromMs, toMs, elapsedMs: beganAtMs }: ClockStretch, elapsedMs: number) {
  const wishedMs = elapsedMs - beganAtMs;
  const givenMs = Math.min(Math.max(wishedMs, 0), toMs === null ? Math.max(wishedMs, 0) : toMs - fromMs);
  return { atMs: fromMs + givenMs, missedMs: Math.abs(wishedMs - givenMs) };
}
