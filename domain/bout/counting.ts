import { endingByFoul, type FoulEnding } from '../rules/index.ts';
import { overMs } from './clock.ts';
import { findRuling, standingStoppage, type StandingStoppage } from './rulings.ts';
import { type BoutState, lastRound, type RoundState, roundOf } from './state.ts';

/** Whether anybody times the bout. If so, a round without a clock has not begun. */
export function isTimed(state: BoutState): boolean {
  return state.rounds.some(({ clock }) => clock !== null);
}

/** Timed or logged; in a bout that nobody times also scored: judges score a bout that nobody counts. */
export function isFought(state: BoutState, round: RoundState): boolean {
  if (round.clock !== null || round.totalEvents > 0) return true;
  return !isTimed(state) && Object.values(round.scorecards).some((card) => !card.open);
}

/** The last round that was fought; 0 before the first. What comes before it was fought too. */
export function lastFought(state: BoutState): number {
  return state.rounds.findLast((round) => isFought(state, round))?.number ?? 0;
}

/** The round that is on at `nowMs`, or that stands paused; null between rounds and after a stoppage. */
export function runningRound(state: BoutState, nowMs: number): number | null {
  if (standingStoppage(state) !== null) return null;
  const { clock } = roundOf(state, state.currentRound);
  return clock === null || overMs(clock, nowMs) !== null ? null : state.currentRound;
}

/**
 * The rounds that count on the scorecards, whatever has been filled in for others: those that were fought, without one
 * that a stoppage cut short, unless the rules have it scored.
 */
export function countingRounds(state: BoutState): readonly RoundState[] {
  const stoppage = standingStoppage(state);
  const last = Math.min(lastFought(state), stoppage?.round ?? lastRound(state));
  const without = stoppage === null || scoresStoppedRound(state, stoppage) ? null : stoppage.round;
  return state.rounds.filter(({ number }) => number <= last && number !== without);
}

function scoresStoppedRound(state: BoutState, stoppage: StandingStoppage): boolean {
  const ending = foulEnding(state, stoppage);
  return ending !== null && endingByFoul(state.config.rules, ending, null).scorePartialRound;
}

/** The facts of a stoppage that a foul caused; null where none did, or where its author or intent has not been ruled. */
export function foulEnding(state: BoutState, { ruling, round }: StandingStoppage): FoulEnding | null {
  const foul = ruling.method !== null || ruling.targetIndex === null ? null : findRuling(state, ruling.targetIndex);
  const intent = foul?.ruling.intent ?? ruling.intent;
  if (foul === null || foul.ruling.corner === null || intent === null) return null;
  const roundLengthMs = roundOf(state, round).clock?.lengthMs ?? state.config.roundLengthMs;
  const roundElapsedMs = ruling.clockMs ?? 0;
  return {
    intent,
    fouler: foul.ruling.corner,
    round,
    scheduledRounds: state.config.scheduledRounds,
    completedRounds: roundElapsedMs >= roundLengthMs ? round : round - 1,
    roundElapsedMs,
    roundLengthMs,
    // Fair blows may have made it worse within the round of the foul too: the referee says so.
    when: foul.round === round && !ruling.aggravated ? 'at_once' : 'later',
  };
}
