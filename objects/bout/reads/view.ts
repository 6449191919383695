import {
  type BoutState,
  clockView,
  type CornerTotals,
  cornerTotals,
  currentRound,
  isAbsent,
  personAt,
  redlineMoments,
  roundStatus,
  type RoundState,
} from '../../../domain/bout/index.ts';
import { own } from '../../../domain/own.ts';
import { fighterKey, judgeKey, substituteKey } from '../people/names.ts';
import { isStaff, seesTotals, type Viewpoint } from '../release/visibility.ts';

/** Everything that a page shows of a bout, for one viewpoint at one moment. */
export type View = ReturnType<typeof viewOf>;

/**
 * @param nowMs the moment of the state: for a delayed viewpoint that moment lies `delay_ms` back
 * @param shiftMs added to instants of the clock, so that a delayed viewer's clock runs as late as all else
 */
export function viewOf(
  state: BoutState,
  names: ReadonlyMap<string, string>,
  view: Viewpoint,
  nowMs: number,
  shiftMs: number,
) {
  const round = currentRound(state);
  const clock = clockView(state, round, nowMs);
  const totals = totalsFor(state, round, view, nowMs);
  return {
    cursor: state.next,
    server_ms: nowMs + shiftMs,
    bout: boutFacts(state, names, view),
    round_id: round.number,
    round_status: roundStatus(state, round, nowMs),
    clock: {
      ...clock,
      running_since_ms: clock.running_since_ms === null ? null : clock.running_since_ms + shiftMs,
    },
    red_totals: totals?.red ?? null,
    blue_totals: totals?.blue ?? null,
    rounds: state.rounds.map((one) => {
      const of = totalsFor(state, one, view, nowMs);
      return {
        round_id: one.number,
        status: roundStatus(state, one, nowMs),
        total_events: view.role === 'judge' ? null : one.totalEvents,
        red_totals: of?.red ?? null,
        blue_totals: of?.blue ?? null,
        deductions: { red: one.deductions.red / 10, blue: one.deductions.blue / 10 },
      };
    }),
    redline_moments: seesTotals(view, state, round, nowMs) ? redlineMoments(state, round) : [],
    result: resultFor(state, names, view),
    sealed: state.sealed !== null,
    sealed_at: state.sealed === null ? null : new Date(state.sealed.atMs).toISOString(),
  };
}

export function boutFacts(state: BoutState, names: ReadonlyMap<string, string>, view: Viewpoint) {
  const { config } = state;
  return {
    bout_id: config.boutId,
    card_id: config.cardId,
    promotion: config.promotion,
    event: config.event,
    date: config.date,
    time_zone: config.timeZone,
    sport: config.sport,
    ruleset: config.ruleset,
    scheduled_rounds: config.scheduledRounds,
    round_length_s: config.roundLengthMs / 1000,
    fighter1: { id: config.fighters.red.id, name: fighterName(state, names, 'red') },
    fighter2: { id: config.fighters.blue.id, name: fighterName(state, names, 'blue') },
    extension_rounds: state.extensions,
    judges: config.judges.map((judge) => ({
      judge_id: judge.id,
      judge_name: judgeName(state, names, judge.id),
      absent: isAbsent(state, judge.id),
      // Whoever gives out places has to know for whom the seat is.
      ...(isStaff(view) ? { person_id: own(state.seats, judge.id)?.people.at(-1)?.person ?? judge.person } : {}),
    })),
    release_policy: config.release,
    delay_ms: config.delayMs,
    simulated: config.simulated,
    judges_log: config.judgesLog,
  };
}

export function fighterName(state: BoutState, names: ReadonlyMap<string, string>, corner: 'red' | 'blue'): string {
  return names.get(fighterKey(corner)) ?? state.config.fighters[corner].id;
}

/** Who sits there now: after a substitution, the judge who took the seat over. */
export function judgeName(state: BoutState, names: ReadonlyMap<string, string>, seat: string): string {
  const last = own(state.seats, seat)?.people.at(-1);
  const key = last === undefined ? judgeKey(seat) : substituteKey(last.index);
  return names.get(key) ?? last?.person ?? seat;
}

/** Who gave the seat's scorecard of a round. */
export function judgeNameAt(state: BoutState, names: ReadonlyMap<string, string>, seat: string, round: number): string {
  const person = personAt(state, seat, round);
  const taken = own(state.seats, seat)?.people.find((one) => one.person === person);
  return names.get(taken === undefined ? judgeKey(seat) : substituteKey(taken.index)) ?? person;
}

/** A name, `Draw` or `No Contest`. */
export function winnerName(state: BoutState, names: ReadonlyMap<string, string>): string | null {
  switch (state.result?.winner) {
    case undefined:
      return null;
    case 'draw':
      return 'Draw';
    case 'no_contest':
      return 'No Contest';
    case 'red':
    case 'blue':
      return fighterName(state, names, state.result.winner);
  }
}

function resultFor(state: BoutState, names: ReadonlyMap<string, string>, view: Viewpoint) {
  const { result } = state;
  if (result === null || (result.status !== 'official' && !isStaff(view))) return null;
  return {
    status: result.status,
    winner: winnerName(state, names),
    winner_corner: result.winner === 'red' || result.winner === 'blue' ? result.winner : null,
    method: result.method,
    decision: result.decision,
    round_id: result.round,
    time_ms: result.clockMs,
    ...(isStaff(view) ? { proposed_by: result.proposedBy, proposal_index: result.index } : {}),
  };
}

function totalsFor(
  state: BoutState,
  round: RoundState,
  view: Viewpoint,
  nowMs: number,
): { red: CornerTotals; blue: CornerTotals } | null {
  return seesTotals(view, state, round, nowMs) ? cornerTotals(state, round, nowMs) : null;
}
