import type { ClockSource, Flag } from '../ledger/entry.ts';
import { elapsedAt, overMs } from './clock.ts';
import type { BoutConfig } from './config.ts';
import type { RoundState } from './state.ts';

/** How far outside its round an action's corrected time may lie and still be taken at its word. */
const ROUND_MARGIN_MS = 5_000;

/** A claimed time further from receipt than this is flagged, never refused. */
const PLAUSIBLE_MS = 24 * 3_600_000;

export type Claimed = {
  /** The client's own reading of the round clock; null if it sent none. */
  readonly clockMs: number | null;
  readonly timestampMs: number;
  readonly receivedMs: number;
  /** Server time less device time, as measured for this device; null if it never was. */
  readonly offsetMs: number | null;
};

export type Placement = {
  readonly clockMs: number;
  readonly clockSource: ClockSource;
  readonly flags: readonly Flag[];
};

/**
 * Which moment of the round an action belongs to: the client's reading of the clock if it sends one;
 * else its timestamp, corrected, if that falls in the round ± 5 s; else the moment of receipt. A round
 * without a clock counts from its first action.
 */
export function place(config: BoutConfig, round: RoundState, claimed: Claimed): Placement {
  const limitMs = round.clock?.lengthMs ?? config.roundLengthMs;
  if (claimed.clockMs !== null) {
    const clockMs = Math.min(claimed.clockMs, limitMs);
    const ahead = round.clock !== null && clockMs > elapsedAt(round.clock, claimed.receivedMs) + ROUND_MARGIN_MS;
    return { clockMs, clockSource: 'client', flags: ahead || clockMs !== claimed.clockMs ? ['implausible_time'] : [] };
  }
  return round.clock === null ? placeUntimed(round, claimed, limitMs) : placeByClock(round.clock, claimed);
}

function placeByClock(clock: NonNullable<RoundState['clock']>, claimed: Claimed): Placement {
  const corrected = claimed.timestampMs + (claimed.offsetMs ?? 0);
  const from = clock.stretches[0]?.fromMs ?? claimed.receivedMs;
  const until = overMs(clock, claimed.receivedMs) ?? claimed.receivedMs;
  if (corrected >= from - ROUND_MARGIN_MS && corrected <= until + ROUND_MARGIN_MS) {
    return { clockMs: elapsedAt(clock, Math.min(corrected, until)), clockSource: 'device', flags: [] };
  }
  const clockMs = elapsedAt(clock, Math.min(claimed.receivedMs, until));
  return { clockMs, clockSource: 'server', flags: ['implausible_time'] };
}

function placeUntimed(round: RoundState, claimed: Claimed, limitMs: number): Placement {
  const { firstAction } = round;
  if (firstAction === null) {
    const far = Math.abs(claimed.timestampMs + (claimed.offsetMs ?? 0) - claimed.receivedMs) > PLAUSIBLE_MS;
    return { clockMs: 0, clockSource: 'first_action', flags: far ? ['implausible_time'] : [] };
  }
  // Both times are the devices' own: their difference needs no server clock at all.
  const since = claimed.timestampMs - firstAction.timestampMs;
  if (since >= -ROUND_MARGIN_MS && since <= limitMs + ROUND_MARGIN_MS) {
    return { clockMs: Math.min(Math.max(since, 0), limitMs), clockSource: 'first_action', flags: [] };
  }
  const received = Math.min(Math.max(claimed.receivedMs - firstAction.receivedMs, 0), limitMs);
  return { clockMs: received, clockSource: 'server', flags: ['implausible_time'] };
}
