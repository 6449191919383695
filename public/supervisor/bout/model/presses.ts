import type { Bag } from '../../../shared/wire/decode.ts';
import type { RoundStatus, View, WireClock } from '../../../shared/wire/frames.ts';

export const CLOCK_ACTIONS = ['start_round', 'pause', 'resume', 'end_round', 'adjust'] as const;

export type ClockAction = (typeof CLOCK_ACTIONS)[number];

/** One press on the clock that the bout's own state does not show yet. */
export type Press = {
  readonly action: ClockAction;
  readonly round: number;
  /** Server time. */
  readonly atMs: number;
  /** For an adjustment. */
  readonly elapsedMs: number | null;
};

export type ShownClock = {
  readonly round: number;
  readonly status: RoundStatus;
  readonly clock: WireClock;
  /** Whether a press is in it that the server has not confirmed. */
  readonly unconfirmed: boolean;
  /** Actions were logged before the bell: the round runs by them alone, and its clock is still to be started. */
  readonly early: boolean;
};

/** Elapsed time of the round at an instant of server time. */
export function elapsedAt(clock: WireClock, atMs: number): number {
  const ran = clock.running_since_ms === null ? 0 : Math.max(0, atMs - clock.running_since_ms);
  return Math.min(Math.max(clock.elapsed_ms + ran, 0), clock.length_ms);
}

/**
 * The clock as it will be once the presses have arrived: who has pressed sees it at once, also without a
 * network. A press that the rules of the clock would refuse changes nothing here; the server says why.
 */
export function withPresses(
  view: Pick<View, 'round_id' | 'round_status' | 'clock'>,
  lengthMs: number,
  presses: readonly Press[],
  early = false,
): ShownClock {
  const start: ShownClock = {
    round: view.round_id,
    status: view.round_status,
    clock: view.clock,
    unconfirmed: false,
    early,
  };
  return presses.reduce((shown, press) => afterPress(shown, lengthMs, press), start);
}

function afterPress(shown: ShownClock, lengthMs: number, press: Press): ShownClock {
  const { clock } = shown;
  const elapsed = elapsedAt(clock, press.atMs);
  const standing = { ...clock, elapsed_ms: elapsed, running_since_ms: null };
  const status = shown.status === 'IN_PROGRESS' && elapsed >= clock.length_ms ? 'ENDED' : shown.status;
  const to = (next: RoundStatus, after: WireClock): ShownClock => ({
    round: press.round,
    status: next,
    clock: after,
    unconfirmed: true,
    early: false,
  });
  // Until it has been started there is no clock that anything else could be done to.
  if (shown.early && press.action !== 'start_round') return shown;
  switch (press.action) {
    case 'start_round':
      if (!shown.early && (status === 'IN_PROGRESS' || status === 'PAUSED' || status === 'FINAL')) return shown;
      return to('IN_PROGRESS', {
        round_id: press.round,
        started: true,
        length_ms: lengthMs,
        elapsed_ms: 0,
        running_since_ms: press.atMs,
      });
    case 'pause':
      return status === 'IN_PROGRESS' ? to('PAUSED', standing) : shown;
    case 'resume':
      return status === 'PAUSED' ? to('IN_PROGRESS', { ...clock, running_since_ms: press.atMs }) : shown;
    case 'end_round':
      return status === 'IN_PROGRESS' || status === 'PAUSED' ? to('ENDED', standing) : shown;
    case 'adjust': {
      if (press.elapsedMs === null || status === 'NOT_STARTED') return shown;
      const running = status === 'IN_PROGRESS';
      const adjusted = { ...clock, elapsed_ms: press.elapsedMs, running_since_ms: running ? press.atMs : null };
      return to(running ? 'IN_PROGRESS' : 'PAUSED', adjusted);
    }
  }
}

/**
 * The instant that goes out with a press. A paired device's offset is known to the server, which adds it to what the
 * device says; of anybody else it knows none, and gets its own time.
 */
export function timestampFor(device: string | null, localMs: number, serverMs: number): number {
  return Math.round(device === null ? serverMs : localMs);
}

/** Whether a round that is in progress runs by its first action alone: nobody has rung the bell. */
export function isEarly(view: Pick<View, 'round_status' | 'clock'>): boolean {
  return view.round_status === 'IN_PROGRESS' && !view.clock.started;
}

/** What an item of the outbox does to the clock; null where it is none of the clock's. */
export function pressOf(item: { readonly body: Bag; readonly note: Bag }): Press | null {
  const action = CLOCK_ACTIONS.find((known) => known === item.body.action);
  const { round_id, elapsed_ms } = item.body;
  const { at_ms } = item.note;
  if (action === undefined || typeof round_id !== 'number' || typeof at_ms !== 'number') return null;
  return { action, round: round_id, atMs: at_ms, elapsedMs: typeof elapsed_ms === 'number' ? elapsed_ms : null };
}
