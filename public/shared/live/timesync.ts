/**
 * The difference between this device's clock and the server's, from round trips. The trip that took
 * the least time says the most: the error of a reading is at most half its round trip.
 */
export type TimeSync = {
  readonly samples: readonly TimeSample[];
};

/** Milliseconds; server time = local time + `offsetMs`. */
export type TimeSample = { readonly offsetMs: number; readonly roundTripMs: number; readonly atMs: number };

export const NO_SYNC: TimeSync = { samples: [] };

const KEEP = 8;
/** A device's clock drifts some ten milliseconds in ten minutes; older readings are worth less than that. */
const WORTH_MS = 600_000;
const DRIFT_MS = 50;

/** One answered `time` frame: sent at `t0` (local), answered at `t1` (server), heard at `t2` (local). */
export function addSample(sync: TimeSync, t0: number, t1: number, t2: number): TimeSync {
  const roundTripMs = t2 - t0;
  // A trip that ends before it began, or took a minute, says that the clock was moved meanwhile.
  if (roundTripMs < 0 || roundTripMs > 60_000) return sync;
  const sample = { offsetMs: t1 - (t0 + roundTripMs / 2), roundTripMs, atMs: t2 };
  const fresh = sync.samples.filter((one) => t2 - one.atMs <= WORTH_MS && agree(one, sample));
  return { samples: [...fresh, sample].slice(-KEEP) };
}

/**
 * Two readings of clocks that have not been moved cannot be further apart than their errors together. Some devices'
 * clocks stand still while they sleep: then what was measured before is of another clock.
 */
function agree(one: TimeSample, other: TimeSample): boolean {
  return Math.abs(one.offsetMs - other.offsetMs) <= (one.roundTripMs + other.roundTripMs) / 2 + DRIFT_MS;
}

/** The best reading there is; null before the first. */
export function bestSample(sync: TimeSync): TimeSample | null {
  return sync.samples.reduce<TimeSample | null>(
    (best, one) => (best === null || one.roundTripMs < best.roundTripMs ? one : best),
    null,
  );
}

/** Local time that only goes forward, whatever is done to the device's calendar clock meanwhile. */
export function localNow(): number {
  return performance.timeOrigin + performance.now();
}
