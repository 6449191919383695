import { clockStatus, elapsedAt, overMs } from './clock.ts';
import { wireFighter } from './config.ts';
import { selectObservers } from './observers.ts';
import { type BoutState, type Redline, type RoundState, roundOf } from './state.ts';
import { points, roundElapsed, roundTotals } from './totals.ts';
import { typeFacts, tierName } from '../actions/index.ts';

export type RoundStatus = 'NOT_STARTED' | 'IN_PROGRESS' | 'PAUSED' | 'ENDED' | 'LOCKED' | 'FINAL';

/** Points with two decimals, as they go out. */
export type CornerTotals = {
  readonly damage: number;
  readonly grappling: number;
  readonly control: number;
  readonly weighted_score: number;
};

export type RedlineMoment = {
  readonly timestamp: number;
  readonly fighter_id: string;
  readonly event_type: string;
  readonly severity: string | null;
  /** A knockdown that the referee has not ruled on yet. */
  readonly pending: boolean;
};

export function roundStatus(state: BoutState, round: RoundState, nowMs: number): RoundStatus {
  if (state.result?.status === 'official') return 'FINAL';
  if (round.lockedAt !== null) return 'LOCKED';
  if (round.clock !== null) return clockStatus(round.clock, nowMs);
  if (round.firstAction === null) return 'NOT_STARTED';
  const over = round.number < state.currentRound || roundElapsed(state, round, nowMs) >= state.config.roundLengthMs;
  return over ? 'ENDED' : 'IN_PROGRESS';
}

/** The clock as anchors: a reader renders it itself, without a message per second. */
export type ClockView = {
  readonly round_id: number;
  /** Whether its authority has started it: where somebody logs before that, time counts from the first action. */
  readonly started: boolean;
  readonly length_ms: number;
  /** Elapsed at `running_since_ms`, or where the clock stands. */
  readonly elapsed_ms: number;
  readonly running_since_ms: number | null;
};

export function clockView(state: BoutState, round: RoundState, nowMs: number): ClockView {
  const length_ms = round.clock?.lengthMs ?? state.config.roundLengthMs;
  const base = { round_id: round.number, started: round.clock !== null, length_ms };
  const status = roundStatus(state, round, nowMs);
  if (round.clock !== null) {
    const open = round.clock.stretches.at(-1);
    if (status === 'IN_PROGRESS' && open !== undefined) {
      return { ...base, elapsed_ms: open.elapsedMs, running_since_ms: open.fromMs };
    }
    const at = Math.min(nowMs, overMs(round.clock, nowMs) ?? nowMs);
    return { ...base, elapsed_ms: elapsedAt(round.clock, at), running_since_ms: null };
  }
  return status === 'IN_PROGRESS' && round.firstAction !== null
    ? { ...base, elapsed_ms: 0, running_since_ms: round.firstAction.receivedMs }
    : { ...base, elapsed_ms: roundElapsed(state, round, nowMs), running_since_ms: null };
}

/** `m:ss`, rounded up as a clock that counts down shows it. */
export function timeRemaining(clock: ClockView, nowMs: number): string {
  const elapsed =
    clock.elapsed_ms + (clock.running_since_ms === null ? 0 : Math.max(nowMs - clock.running_since_ms, 0));
  const seconds = Math.ceil(Math.max(clock.length_ms - elapsed, 0) / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

export function cornerTotals(
  state: BoutState,
  round: RoundState,
  nowMs: number,
): { red: CornerTotals; blue: CornerTotals } {
  const totals = roundTotals(state, round, nowMs);
  const of = (corner: 'red' | 'blue'): CornerTotals => ({
    damage: points(totals.damage[corner]),
    grappling: points(totals.grappling[corner]),
    control: points(totals.control[corner]),
    weighted_score: points(totals.total[corner]),
  });
  return { red: of('red'), blue: of('blue') };
}

/** The round's unvoided knockdowns, rocked fighters and near-finish submissions, as its chosen observers saw them. */
export function redlineMoments(state: BoutState, round: RoundState): RedlineMoment[] {
  const selection = selectObservers(state, round);
  const counted = (moment: Redline) => !moment.late && selection[moment.corner][moment.aspect] === moment.observer;
  return round.redline.filter(counted).map((moment) => ({
    timestamp: moment.timestampMs,
    fighter_id: wireFighter(moment.corner),
    event_type: typeFacts(moment.type)?.wire ?? moment.type,
    severity: moment.tier === null ? null : tierName(moment.tier),
    pending: moment.pending && state.config.rules.knockdownAuthority === 'referee',
  }));
}

/** The round that live figures are about. */
export function currentRound(state: BoutState): RoundState {
  return roundOf(state, state.currentRound);
}
