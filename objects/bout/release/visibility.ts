import { type BoutState, claimOf, isAbsent, overMs, roundOf, type RoundState } from '../../../domain/bout/index.ts';
import { type Entry, textOf } from '../../../domain/ledger/index.ts';
import { own } from '../../../domain/own.ts';
import { ok, type Outcome, refuse } from '../../../domain/refusal.ts';
import { type Caller, inAudience, type Role } from '../../../domain/roles/index.ts';

/**
 * From where somebody looks at a bout. Everybody with the same key is sent the same bytes, so a message
 * is filtered and written once per viewpoint, not once per socket.
 */
export type Viewpoint = { readonly key: string; readonly role: Role | null; readonly seat: string | null };

export function viewpointOf(caller: Caller | null): Viewpoint {
  if (caller === null || caller.role === 'viewer') return { key: 'public', role: null, seat: null };
  if (caller.role === 'judge') return { key: `judge:${caller.seat ?? ''}`, role: 'judge', seat: caller.seat };
  return { key: caller.role, role: caller.role, seat: null };
}

/** Those who make the statistics and the rulings see them whatever has been released. */
const OFFICIALS: readonly (Role | null)[] = ['admin', 'supervisor', 'operator', 'timekeeper', 'referee', 'analyst'];

const STAFF: readonly (Role | null)[] = ['admin', 'supervisor'];

/** Whether the release delay applies: everybody outside the working table is kept behind. */
export function isDelayed(view: Viewpoint): boolean {
  return view.role !== 'judge' && !OFFICIALS.includes(view.role);
}

export function isStaff(view: Viewpoint): boolean {
  return STAFF.includes(view.role);
}

export function seesStatistics(view: Viewpoint, state: BoutState): boolean {
  return OFFICIALS.includes(view.role) || inAudience(view.role, state.config.release.statistics);
}

/** A judge gets no totals of a round until their own card for it is in, or the round is locked. */
export function seesTotals(view: Viewpoint, state: BoutState, round: RoundState, nowMs: number): boolean {
  if (view.role !== 'judge') return seesStatistics(view, state);
  if (state.result?.status === 'official' || round.lockedAt !== null) return true;
  return isDone(view, state, round, nowMs);
}

/**
 * Whatever has been released, no scorecard of a round is seen by who could still be swayed by it. A judge has rounds to
 * score until the end: of another seat's they are sent nothing before the result is official.
 */
export function seesScorecard(
  view: Viewpoint,
  state: BoutState,
  seat: string,
  round: RoundState,
  nowMs: number,
): boolean {
  if (view.seat !== null && view.seat === seat) return true;
  if (view.role === 'judge' && state.result?.status !== 'official') return false;
  return mayCompare(view, state, round, nowMs) && inAudience(view.role, state.config.release.scorecards);
}

/** Whatever has been released, no recommendation for a round is seen by who could still be swayed by it. */
export function seesRecommendation(view: Viewpoint, state: BoutState, round: RoundState, nowMs: number): boolean {
  if (!inAudience(view.role, state.config.release.recommendation)) return false;
  return mayCompare(view, state, round, nowMs) && seesTotals(view, state, round, nowMs);
}

/**
 * Whether nothing that is shown could still sway a scorecard of the round: the caller's own is in, or the caller belongs
 * to the commission. Everybody else waits until every seat has scored it: what anybody may see, a judge may see on
 * another screen.
 */
function mayCompare(view: Viewpoint, state: BoutState, round: RoundState, nowMs: number): boolean {
  if (state.result?.status === 'official' || inAudience(view.role, 'commission')) return true;
  return view.role === 'judge'
    ? isDone(view, state, round, nowMs)
    : isOver(state, round, nowMs) && areAllIn(state, round);
}

/** In a bout without a listed panel nobody knows who is still to score. */
function areAllIn(state: BoutState, round: RoundState): boolean {
  return state.config.judges.every(({ id }) => isAbsent(state, id) || own(round.scorecards, id)?.open === false);
}

/** In a bout that nobody times nobody knows the bell; in one that is timed, a round without a clock has not begun. */
function isOver(state: BoutState, round: RoundState, nowMs: number): boolean {
  return round.clock === null ? state.rounds.every(({ clock }) => clock === null) : overMs(round.clock, nowMs) !== null;
}

/** Whether a judge's own scorecard is in and the round is over. */
function isDone(view: Viewpoint, state: BoutState, round: RoundState, nowMs: number): boolean {
  const card = view.seat === null ? undefined : own(round.scorecards, view.seat);
  if (card === undefined || card.open) return false;
  // A scorecard that is handed in before the bell opens nothing.
  return isOver(state, round, nowMs);
}

/** Whether an entry may leave the object towards this viewpoint. */
export function sees(view: Viewpoint, state: BoutState, entry: Entry, nowMs: number): boolean {
  switch (entry.kind) {
    case 'action':
    case 'replace':
    case 'void':
    case 'vision':
      return view.role === 'judge' ? isOwnEntry(view, entry) : seesStatistics(view, state);
    case 'ruling':
      if (textOf(entry.payload, 'kind') === 'told') return seesAcknowledgement(view, entry);
      return view.role === 'judge' || seesStatistics(view, state);
    case 'clock':
      return view.role === 'judge' || seesStatistics(view, state);
    case 'scorecard':
      return seesScorecard(
        view,
        state,
        textOf(entry.payload, 'judge_id') ?? '',
        roundOf(state, entry.round ?? 0),
        nowMs,
      );
    case 'result':
      return isStaff(view) || textOf(entry.payload, 'type') === 'confirmed';
    case 'config':
      return OFFICIALS.includes(view.role);
    case 'session':
    case 'note':
      return isStaff(view);
    case 'seal':
      return true;
  }
}

/** That a seat has been told of a ruling is the table's business, and that seat's. */
function seesAcknowledgement(view: Viewpoint, entry: Entry): boolean {
  return view.role === 'judge' ? textOf(entry.payload, 'judge_id') === view.seat : OFFICIALS.includes(view.role);
}

function isOwnEntry(view: Viewpoint, entry: Entry): boolean {
  return view.seat !== null && claimOf(entry).judgeId === view.seat;
}

/** Refuses whoever the statistics are not released to. */
export function requireStatistics(view: Viewpoint, state: BoutState): Outcome<true> {
  if (view.role === 'judge' || seesStatistics(view, state)) return ok(true);
  return view.role === null
    ? refuse('unauthorized', 'The statistics of this bout are not public; a token is needed.')
    : refuse('forbidden', `The statistics of this bout are not released to a ${view.role}.`);
}
