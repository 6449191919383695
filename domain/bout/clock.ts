/**
 * The clock of one round: a list of stretches in which it ran, each tied to the wall clock.
 * Everything else (elapsed time at any instant, expiry, status) is worked out from these anchors, so
 * no timer and no alarm is ever part of the truth. All times are milliseconds; instants are UTC.
 */
export type ClockStretch = {
  readonly fromMs: number;
  /** null while the clock runs. */
  readonly toMs: number | null;
  /** Elapsed time of the round at `fromMs`. */
  readonly elapsedMs: number;
};

export type RoundClock = {
  readonly lengthMs: number;
  readonly stretches: readonly ClockStretch[];
  /** Elapsed time at which the clock stands while it does not run. */
  readonly standsAtMs: number;
  readonly endedMs: number | null;
};

export type ClockStatus = 'IN_PROGRESS' | 'PAUSED' | 'ENDED';

export function startClock(lengthMs: number, atMs: number): RoundClock {
  return { lengthMs, stretches: [{ fromMs: atMs, toMs: null, elapsedMs: 0 }], standsAtMs: 0, endedMs: null };
}

/** The stretch that is open, i.e. in which the clock runs. */
function running(clock: RoundClock): ClockStretch | null {
  const last = clock.stretches.at(-1);
  return last !== undefined && last.toMs === null ? last : null;
}

/** The instant at which the round is over by itself: exactly start + length + pauses. Null while it stands. */
export function expiryMs(clock: RoundClock): number | null {
  const open = running(clock);
  return open === null ? null : open.fromMs + (clock.lengthMs - open.elapsedMs);
}

/** When the round was over, as seen at `nowMs`: ended by hand or expired; null if it is not over. */
export function overMs(clock: RoundClock, nowMs: number): number | null {
  if (clock.endedMs !== null) return clock.endedMs;
  const expiry = expiryMs(clock);
  if (expiry !== null) return expiry <= nowMs ? expiry : null;
  // A clock that was moved to the end while it stood is over too.
  return clock.standsAtMs >= clock.lengthMs ? (clock.stretches.at(-1)?.toMs ?? null) : null;
}

export function clockStatus(clock: RoundClock, nowMs: number): ClockStatus {
  if (overMs(clock, nowMs) !== null) return 'ENDED';
  return running(clock) === null ? 'PAUSED' : 'IN_PROGRESS';
}

/** Elapsed time of the round at an instant, past or present; within 0 and the round's length. */
export function elapsedAt(clock: RoundClock, atMs: number): number {
  // Later stretches win: an adjustment replaces the reading from its instant on.
  for (let i = clock.stretches.length - 1; i >= 0; i -= 1) {
    const stretch = clock.stretches[i];
    if (stretch === undefined || atMs < stretch.fromMs) continue;
    const untilMs = stretch.toMs === null ? atMs : Math.min(atMs, stretch.toMs);
    // While it stands, the clock shows where it stood, which an adjustment may have moved.
    const stands = stretch.toMs !== null && atMs >= stretch.toMs && i === clock.stretches.length - 1;
    const elapsed = stands ? clock.standsAtMs : stretch.elapsedMs + (untilMs - stretch.fromMs);
    return clamp(elapsed, clock.lengthMs);
  }
  return 0;
}

function closeStretch(clock: RoundClock, atMs: number): RoundClock {
  const open = running(clock);
  if (open === null) return clock;
  // An instant before the stretch began (a second device's clock) closes it where it began.
  const toMs = Math.max(atMs, open.fromMs);
  return {
    ...clock,
    stretches: [...clock.stretches.slice(0, -1), { ...open, toMs }],
    standsAtMs: clamp(open.elapsedMs + (toMs - open.fromMs), clock.lengthMs),
  };
}

export function pauseClock(clock: RoundClock, atMs: number): RoundClock {
  return closeStretch(clock, atMs);
}

export function resumeClock(clock: RoundClock, atMs: number): RoundClock {
  const last = clock.stretches.at(-1);
  const fromMs = last?.toMs === null || last === undefined ? atMs : Math.max(atMs, last.toMs);
  return { ...clock, stretches: [...clock.stretches, { fromMs, toMs: null, elapsedMs: clock.standsAtMs }] };
}

/**
 * Moves the clock to `elapsedMs` at an instant. A running clock goes on from there; one that was over
 * stands there, for the timekeeper to resume.
 */
export function adjustClock(clock: RoundClock, atMs: number, elapsedMs: number): RoundClock {
  const goesOn = clockStatus(clock, atMs) === 'IN_PROGRESS';
  const closed = closeStretch(clock, atMs);
  const fromMs = Math.max(atMs, lastAnchorMs(closed) ?? atMs);
  const setMs = clamp(elapsedMs, clock.lengthMs);
  // A clock that stands gets a stretch of no length: what it showed before this instant stays as it was.
  const set: ClockStretch = { fromMs, toMs: goesOn ? null : fromMs, elapsedMs: setMs };
  return { ...closed, stretches: [...closed.stretches, set], standsAtMs: setMs, endedMs: null };
}

export function endClock(clock: RoundClock, atMs: number): RoundClock {
  const closed = closeStretch(clock, Math.min(atMs, expiryMs(clock) ?? atMs));
  const endedMs = Math.min(atMs, expiryMs(clock) ?? atMs);
  return { ...closed, endedMs: Math.max(endedMs, lastAnchorMs(closed) ?? endedMs) };
}

/** The instant of the last thing that was done to a clock that stands. */
function lastAnchorMs(clock: RoundClock): number | null {
  return clock.stretches.at(-1)?.toMs ?? null;
}

function clamp(value: number, max: number): number {
  return Math.min(Math.max(value, 0), max);
}
