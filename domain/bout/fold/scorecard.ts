import type { Entry } from '../../ledger/entry.ts';
import { integerOf, textOf } from '../../ledger/read.ts';
import { own } from '../../own.ts';
import { ok, type Outcome, type Refusal, refuse } from '../../refusal.ts';
import { scorecardProblem } from '../../rules/index.ts';
import { isSeated } from '../config.ts';
import { signable, totalOf } from '../decision.ts';
import { standingStoppage } from '../rulings.ts';
import { type BoutState, checkRound, type Proposal, type RoundCard, roundOf, withRound } from '../state.ts';
import { isAbsent } from '../panel.ts';
import { close, propose } from './proposal.ts';

/**
 * Applies what concerns a seat's scorecard: a judge's submission, which locks it; a supervisor's reopening, after which
 * both values stay; a paper scorecard that one person enters and a second confirms; the judge's signature at the end.
 */
export function foldScorecard(state: BoutState, entry: Entry): Outcome<BoutState> {
  const seat = textOf(entry.payload, 'judge_id') ?? '';
  if (!isSeated(state.config, seat)) return refuse('bad_request', `judge_id: no seat '${seat}'.`, 'judge_id');
  switch (textOf(entry.payload, 'type')) {
    case 'submitted':
      return submit(state, entry, seat);
    case 'reopened':
      return reopen(state, entry, seat);
    case 'signed':
      return sign(state, entry, seat);
    case 'paper_proposed':
      return proposePaper(state, entry, seat);
    case 'paper_confirmed':
      return closePaper(state, entry, seat, true);
    case 'paper_rejected':
      return closePaper(state, entry, seat, false);
    default:
      return refuse('bad_request', 'Unknown kind of scorecard entry.', 'type');
  }
}

function submit(state: BoutState, entry: Entry, seat: string): Outcome<BoutState> {
  const points = pointsOf(state, entry, seat);
  return points.ok ? ok(withCard(state, points.value, entry.index, entry.actor.subject)) : points;
}

/** A round that a stoppage kept from coming has no score. */
function afterStoppage(state: BoutState, number: number): Refusal | null {
  const stopped = standingStoppage(state);
  return stopped === null || number <= stopped.round
    ? null
    : refuse('conflict', `The bout was stopped in round ${stopped.round}.`, 'round_id');
}

/** A list without end would be in every snapshot. */
const MOST_REOPENED = 50;

type Points = { readonly seat: string; readonly round: number; readonly redX10: number; readonly blueX10: number };

/** What a scorecard entry says, if the seat may have it there and the rule set allows such a score. */
function pointsOf(state: BoutState, entry: Entry, seat: string): Outcome<Points> {
  const number = checkRound(state, entry.round);
  if (!number.ok) return number;
  if (isAbsent(state, seat)) return refuse('conflict', `Seat ${seat} is recorded as absent.`, 'judge_id');
  const stopped = afterStoppage(state, number.value);
  if (stopped !== null) return stopped;
  const before = own(roundOf(state, number.value).scorecards, seat);
  if (before !== undefined && !before.open) {
    const detail = `Seat ${seat} has scored round ${number.value}; only a supervisor reopens it.`;
    return refuse('conflict', detail, 'round_id');
  }
  const redX10 = integerOf(entry.payload, 'red_x10');
  const blueX10 = integerOf(entry.payload, 'blue_x10');
  if (redX10 === null || blueX10 === null) return refuse('bad_request', 'red, blue: both are needed.', 'red');
  const extension = number.value > state.config.scheduledRounds;
  const problem = scorecardProblem(state.config.rules, redX10, blueX10, { extension });
  if (problem !== null) return refuse('bad_request', problem.detail, problem.field);
  return ok({ seat, round: number.value, redX10, blueX10 });
}

/** @param by null for a scorecard from paper */
function withCard(
  state: BoutState,
  { seat, round: number, redX10, blueX10 }: Points,
  index: number,
  by: string | null,
) {
  const round = roundOf(state, number);
  const before = own(round.scorecards, seat);
  const paper = by === null;
  const card: RoundCard = { redX10, blueX10, index, open: false, by, paper, earlier: before?.earlier ?? [] };
  return withRound(state, { ...round, scorecards: { ...round.scorecards, [seat]: card } });
}

function reopen(state: BoutState, entry: Entry, seat: string): Outcome<BoutState> {
  const number = checkRound(state, entry.round);
  if (!number.ok) return number;
  const round = roundOf(state, number.value);
  const before = own(round.scorecards, seat);
  if (before === undefined) return refuse('conflict', `Seat ${seat} has not scored round ${number.value}.`, 'judge_id');
  if (before.open) return refuse('conflict', 'That scorecard is open already.', 'judge_id');
  if (before.earlier.length >= MOST_REOPENED) {
    return refuse('conflict', 'That scorecard has been opened too often.', 'judge_id');
  }
  const { redX10, blueX10, index } = before;
  const card: RoundCard = {
    ...before,
    open: true,
    earlier: [...before.earlier, { redX10, blueX10, index, reopenedAt: entry.index }],
  };
  const { [seat]: _unsigned, ...signatures } = state.signatures;
  // What was signed is no more what the scorecard says.
  return ok(withRound({ ...state, signatures }, { ...round, scorecards: { ...round.scorecards, [seat]: card } }));
}

/** A signature is under totals: under others than the ledger's it would be under somebody's mistake in adding up. */
function sign(state: BoutState, entry: Entry, seat: string): Outcome<BoutState> {
  if (isAbsent(state, seat)) return refuse('conflict', `Seat ${seat} is recorded as absent.`, 'judge_id');
  const problem = signable(state, seat, entry.receivedMs);
  if (problem !== null) return refuse('conflict', problem, 'judge_id');
  const total = totalOf(state, seat);
  const signature = {
    index: entry.index,
    subject: entry.actor.subject,
    redX10: integerOf(entry.payload, 'red_x10') ?? -1,
    blueX10: integerOf(entry.payload, 'blue_x10') ?? -1,
  };
  if (signature.redX10 !== total.red || signature.blueX10 !== total.blue) {
    const detail = `The totals of this scorecard are ${total.red / 10}-${total.blue / 10}, deductions applied.`;
    return refuse('conflict', detail, signature.redX10 === total.red ? 'blue' : 'red');
  }
  return ok({ ...state, signatures: { ...state.signatures, [seat]: signature } });
}

function proposePaper(state: BoutState, entry: Entry, seat: string): Outcome<BoutState> {
  const points = pointsOf(state, entry, seat);
  return points.ok ? propose(state, entry, { kind: 'paper', ...points.value }) : points;
}

function closePaper(state: BoutState, entry: Entry, seat: string, confirmed: boolean): Outcome<BoutState> {
  const closed = close(state, entry, (change): change is Paper => change.kind === 'paper', confirmed);
  if (!closed.ok) return closed;
  const { change, state: without } = closed.value;
  if (change.seat !== seat || change.round !== entry.round) {
    return refuse('bad_request', 'That proposal is for another seat or round.', 'proposal_index');
  }
  if (!confirmed) return ok(without);
  if (isAbsent(without, seat)) return refuse('conflict', `Seat ${seat} is recorded as absent.`, 'judge_id');
  const stopped = afterStoppage(without, change.round);
  if (stopped !== null) return stopped;
  // In the meantime the judge may have got through after all: their own scorecard stands.
  const before = own(roundOf(without, change.round).scorecards, seat);
  if (before !== undefined && !before.open) {
    return refuse('conflict', `Seat ${seat} has scored round ${change.round} meanwhile.`, 'proposal_index');
  }
  return ok(withCard(without, change, entry.index, null));
}

type Paper = Extract<Proposal['change'], { kind: 'paper' }>;
