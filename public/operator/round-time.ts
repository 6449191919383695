import { remainingMs, shownStatus } from '../shared/live/clock.ts';
import type { RoundStatus, View } from '../shared/wire/frames.ts';

/** Where a round stands at one moment. */
export type RoundTime = {
  readonly roundId: number;
  readonly status: RoundStatus;
  readonly lengthMs: number;
  readonly elapsedMs: number;
  /** No control can be open any more. */
  readonly over: boolean;
};

export function roundTime(view: View, roundId: number, serverNowMs: number): RoundTime {
  const current = view.clock.round_id === roundId;
  const leftMs = remainingMs(view.clock, serverNowMs);
  const status = current
    ? shownStatus(view.round_status, leftMs)
    : (view.rounds.find((round) => round.round_id === roundId)?.status ?? 'NOT_STARTED');
  const lengthMs = current ? view.clock.length_ms : view.bout.round_length_s * 1_000;
  const over = status === 'ENDED' || status === 'LOCKED' || status === 'FINAL';
  return { roundId, status, lengthMs, elapsedMs: elapsedIn(current, over, leftMs, lengthMs), over };
}

function elapsedIn(current: boolean, over: boolean, leftMs: number, lengthMs: number): number {
  if (current) return lengthMs - leftMs;
  return over ? lengthMs : 0;
}

/** Where what is logged now will count, if not in the running round. */
export type Place = 'running' | 'stopped' | 'not_started' | 'over' | 'late' | 'final';

export function placeOf(status: RoundStatus): Place {
  switch (status) {
    case 'IN_PROGRESS':
      return 'running';
    case 'PAUSED':
      return 'stopped';
    case 'NOT_STARTED':
      return 'not_started';
    case 'ENDED':
      return 'over';
    case 'LOCKED':
      return 'late';
    case 'FINAL':
      return 'final';
  }
}

/** The rounds that one may log to now: the current one, the one before it, and during the rest the next. */
export function offeredRounds(view: View, status: RoundStatus): readonly number[] {
  const now = view.round_id;
  const rests = status === 'ENDED' || status === 'LOCKED';
  return [now - 1, now, ...(rests ? [now + 1] : [])].filter((round) => round >= 1 && round <= lastRound(view));
}

/** An extension is in the list of rounds before it is in the schedule. */
function lastRound(view: View): number {
  return view.rounds.reduce((last, { round_id }) => Math.max(last, round_id), view.bout.scheduled_rounds);
}
