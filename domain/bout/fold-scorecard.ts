import type { Entry } from '../ledger/entry.ts';
import { integerOf, textOf } from '../ledger/read.ts';
import { own } from '../own.ts';
import { ok, type Outcome, refuse } from '../refusal.ts';
import { isSeated } from './config.ts';
import { type BoutState, roundOf, withRound } from './state.ts';

/** Applies a judge's submission for a round, or a supervisor's reopening of one. Submitting locks. */
export function foldScorecard(state: BoutState, entry: Entry): Outcome<BoutState> {
  const number = entry.round;
  const seat = textOf(entry.payload, 'judge_id') ?? '';
  if (number === null || number < 1 || number > state.config.scheduledRounds) {
    return refuse('bad_request', `round_id: this bout has rounds 1 to ${state.config.scheduledRounds}.`, 'round_id');
  }
  if (!isSeated(state.config, seat)) return refuse('bad_request', `judge_id: no seat '${seat}'.`, 'judge_id');
  const round = roundOf(state, number);
  const before = own(round.scorecards, seat);
  if (textOf(entry.payload, 'type') === 'reopened') {
    if (before === undefined) return refuse('conflict', `Seat ${seat} has not scored round ${number}.`, 'judge_id');
    if (before.open) return refuse('conflict', 'That scorecard is open already.', 'judge_id');
    return ok(withRound(state, { ...round, scorecards: { ...round.scorecards, [seat]: { ...before, open: true } } }));
  }
  if (before !== undefined && !before.open) {
    return refuse('conflict', `Seat ${seat} has scored round ${number}; only a supervisor reopens it.`, 'round_id');
  }
  const redX10 = integerOf(entry.payload, 'red_x10');
  const blueX10 = integerOf(entry.payload, 'blue_x10');
  if (redX10 === null || blueX10 === null) return refuse('bad_request', 'red, blue: both are needed.', 'red');
  const problem = cardProblem(redX10, blueX10);
  if (problem !== null) return refuse('bad_request', problem.detail, problem.field);
  const card = { redX10, blueX10, index: entry.index, open: false };
  return ok(withRound(state, { ...round, scorecards: { ...round.scorecards, [seat]: card } }));
}

/** The 10-point must system, in tenths: whole points, one side at 10, the other 6 to 10. */
function cardProblem(redX10: number, blueX10: number): { field: string; detail: string } | null {
  for (const [field, value] of [
    ['red', redX10],
    ['blue', blueX10],
  ] as const) {
    if (value % 10 !== 0) return { field, detail: `${field}: this rule set has whole points.` };
    if (value < 60 || value > 100) return { field, detail: `${field}: a round is scored 6 to 10.` };
  }
  return Math.max(redX10, blueX10) === 100 ? null : { field: 'red', detail: 'red, blue: one side must have 10.' };
}
