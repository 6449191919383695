import { own } from '../own.ts';
import { decide as decideByRules, type Decision, type PanelRound } from '../rules/index.ts';
import { isAbsent } from './panel.ts';
import { standingStoppage } from './rulings.ts';
import { type BoutState, lastRound, type Pair, type RoundState, roundOf } from './state.ts';

/**
 * What the scorecards say, deductions applied.
 * @param without a round that does not count: one that a stoppage cut short, where the rules say so
 */
export function decide(state: BoutState, without: number | null = null): Decision {
  const seats = state.config.judges.map((judge) => judge.id);
  const absent = seats.filter((seat) => isAbsent(state, seat));
  // What comes before a round that was fought was fought too, though its only scorecards have been reopened.
  const fought = state.rounds.findLast(isFought)?.number ?? 0;
  // A scorecard that somebody filled in for a round that never came decides nothing.
  const last = Math.min(fought, standingStoppage(state)?.round ?? fought);
  const rounds = state.rounds.filter(({ number }) => number <= last && number !== without);
  const { scheduledRounds } = state.config;
  return decideByRules(
    state.config.rules,
    seats,
    absent,
    rounds.map((round) => panelRound(round, scheduledRounds)),
    { scheduled: scheduledRounds },
  );
}

function panelRound(round: RoundState, scheduledRounds: number): PanelRound {
  const scorecards: Record<string, { redX10: number; blueX10: number }> = {};
  for (const [seat, { redX10, blueX10, open }] of Object.entries(round.scorecards)) {
    // Defined, not assigned: a seat may be named `__proto__`.
    if (!open) Object.defineProperty(scorecards, seat, { value: { redX10, blueX10 }, enumerable: true });
  }
  return { number: round.number, extension: round.number > scheduledRounds, deductions: round.deductions, scorecards };
}

/** Timed, logged or scored: judges score a bout that nobody times and nobody counts. */
export function isFought(round: RoundState): boolean {
  return round.clock !== null || round.totalEvents > 0 || Object.values(round.scorecards).some((card) => !card.open);
}

/** The sum of a seat's submitted rounds, in tenths of a point, less the points taken by the referee. */
export function totalOf(state: BoutState, seat: string): Pair {
  let red = 0;
  let blue = 0;
  for (const round of state.rounds) {
    const card = own(round.scorecards, seat);
    if (card === undefined || card.open) continue;
    red += card.redX10 - round.deductions.red;
    blue += card.blueX10 - round.deductions.blue;
  }
  return { red, blue };
}

/** Why a seat cannot sign its scorecard yet; null if it can. */
export function signable(state: BoutState, seat: string): string | null {
  const stoppage = standingStoppage(state);
  // A round that a stoppage ended is scored only where the bout goes to the scorecards.
  const until = stoppage === null ? lastRound(state) : stoppage.round - 1;
  for (let number = 1; number <= until; number += 1) {
    const card = own(roundOf(state, number).scorecards, seat);
    if (card === undefined || card.open) return `Seat ${seat} has not scored round ${number}.`;
  }
  if (stoppage === null && decide(state).extensionDue) return 'The bout is level: an extension round follows.';
  return null;
}

/** Whether a seat's signature stands under the totals as they are now. */
export function isSigned(state: BoutState, seat: string): boolean {
  const signature = own(state.signatures, seat);
  if (signature === undefined) return false;
  const total = totalOf(state, seat);
  return signature.redX10 === total.red && signature.blueX10 === total.blue;
}
