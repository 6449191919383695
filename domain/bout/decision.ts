import { own } from '../own.ts';
import { decide as decideByRules, type Decision, type PanelRound } from '../rules/index.ts';
import { countingRounds, lastFought, runningRound } from './counting.ts';
import { isAbsent } from './panel.ts';
import { standingStoppage } from './rulings.ts';
import { type BoutState, lastRound, type Pair, type RoundState, roundOf, ZERO_PAIR } from './state.ts';

/** What the scorecards of the rounds that count say, deductions applied. */
export function decide(state: BoutState): Decision {
  const seats = state.config.judges.map((judge) => judge.id);
  const absent = seats.filter((seat) => isAbsent(state, seat));
  const { scheduledRounds } = state.config;
  const rounds = countingRounds(state).map((round) => panelRound(round, scheduledRounds));
  return decideByRules(state.config.rules, seats, absent, rounds, { scheduled: scheduledRounds });
}

function panelRound(round: RoundState, scheduledRounds: number): PanelRound {
  const scorecards: Record<string, { redX10: number; blueX10: number }> = {};
  for (const [seat, { redX10, blueX10, open }] of Object.entries(round.scorecards)) {
    // Defined, not assigned: a seat may be named `__proto__`.
    if (!open) Object.defineProperty(scorecards, seat, { value: { redX10, blueX10 }, enumerable: true });
  }
  return { number: round.number, extension: round.number > scheduledRounds, deductions: round.deductions, scorecards };
}

/**
 * What a seat's scorecard adds up to, in tenths of a point: its submitted rounds of those that count, less the points
 * taken by the referee. After an extension that decides alone, that round's: the same sum that decides.
 */
export function totalOf(state: BoutState, seat: string): Pair {
  return decide(state).totals.find((total) => total.seat === seat)?.total ?? ZERO_PAIR;
}

/** Why a seat cannot sign its scorecard at `nowMs`; null if it can. */
export function signable(state: BoutState, seat: string, nowMs: number): string | null {
  const stopped = standingStoppage(state) !== null;
  const running = runningRound(state, nowMs);
  if (running !== null) return `Round ${running} is not over.`;
  if (!stopped && lastFought(state) < lastRound(state)) return `Round ${lastRound(state)} has not been fought.`;
  for (const { number } of countingRounds(state)) {
    const card = own(roundOf(state, number).scorecards, seat);
    if (card === undefined || card.open) return `Seat ${seat} has not scored round ${number}.`;
  }
  const { extension } = state.config.rules;
  if (stopped || extension.rounds <= state.extensions) return null;
  // One answer for both: whether the bout is level is the other judges' to know.
  const { complete, extensionDue } = decide(state);
  return complete && !extensionDue ? null : 'Another seat has not scored every round, or an extension round follows.';
}

/** Whether a seat's signature stands under the totals as they are now. */
export function isSigned(state: BoutState, seat: string): boolean {
  const signature = own(state.signatures, seat);
  if (signature === undefined) return false;
  const total = totalOf(state, seat);
  return signature.redX10 === total.red && signature.blueX10 === total.blue;
}
