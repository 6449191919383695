import type { Corner } from '../corner.ts';
import { ok, type Outcome, refuse } from '../refusal.ts';
import { type Decision, endingByFoul } from '../rules/index.ts';
import { foulEnding, lastFought, runningRound } from './counting.ts';
import { decide, isSigned } from './decision.ts';
import type { Method } from './fold/result.ts';
import { isAbsent } from './panel.ts';
import { standingStoppage, type StandingStoppage } from './rulings.ts';
import type { BoutState } from './state.ts';

/** A result as the ledger gives it: the rulings and the scorecards say everything, nobody chooses. */
export type ComputedResult = {
  readonly winner: Corner | 'draw' | 'no_contest';
  readonly method: Method;
  /** `UD`, `SD`, `MD`, … where scorecards decided. */
  readonly decision: string | null;
  /** Of a stoppage. */
  readonly round: number | null;
  readonly clockMs: number | null;
  readonly byScorecards: boolean;
  /** Seats whose judge has not signed; only for results by the scorecards. */
  readonly unsigned: readonly string[];
  /** Scheduled rounds that nobody has fought, although no stoppage says why; only for results by the scorecards. */
  readonly unfought: readonly number[];
  /** Why it ends so, where a foul ended it. */
  readonly reason: string | null;
};

/** Works the result out as of `nowMs`; refused (`conflict`) while something that it depends on is missing. */
export function computeResult(state: BoutState, nowMs: number): Outcome<ComputedResult> {
  const stoppage = standingStoppage(state);
  if (stoppage === null) {
    const running = runningRound(state, nowMs);
    return running === null
      ? byScorecards(state, decide(state), null)
      : refuse('conflict', `Round ${running} is not over.`, 'round_id');
  }
  const { ruling, round } = stoppage;
  const when = { round, clockMs: ruling.clockMs };
  if (ruling.method === null) return afterFoul(state, stoppage);
  return ok({
    winner: ruling.corner ?? 'no_contest',
    method: methodOf(ruling.method),
    decision: null,
    ...when,
    byScorecards: false,
    unsigned: [],
    unfought: [],
    reason: null,
  });
}

function methodOf(method: string): Method {
  switch (method) {
    case 'KO':
    case 'TKO':
    case 'SUB':
    case 'DQ':
      return method;
    default:
      return 'NC';
  }
}

function afterFoul(state: BoutState, stoppage: StandingStoppage): Outcome<ComputedResult> {
  const { ruling, round } = stoppage;
  const stopped = foulEnding(state, stoppage);
  if (stopped === null) {
    return refuse('conflict', 'Whether the foul was accidental or intentional has not been ruled.', 'intent');
  }
  const { config } = state;
  const when = { round, clockMs: ruling.clockMs };
  const first = endingByFoul(config.rules, stopped, null);
  if (first.winner !== 'by_scorecards') {
    const { winner, method, reason } = first;
    return ok({ winner, method, decision: null, ...when, byScorecards: false, unsigned: [], unfought: [], reason });
  }
  const decision = decide(state);
  const computed = byScorecards(state, decision, when);
  if (!computed.ok) return computed;
  // After an intentional foul it is not always the scorecards' winner who wins.
  const { winner, method, reason } = endingByFoul(config.rules, stopped, decision);
  if (winner === 'by_scorecards') return computed;
  // `UD` beside a draw that the rules make of it would be a contradiction.
  const said = winner === computed.value.winner ? computed.value.decision : null;
  return ok({ ...computed.value, winner, method, decision: said, reason });
}

function byScorecards(
  state: BoutState,
  decision: Decision,
  stopped: { readonly round: number; readonly clockMs: number | null } | null,
): Outcome<ComputedResult> {
  const { complete, winner, missing } = decision;
  if (!complete || winner === null) {
    const named = missing.slice(0, 3).map(({ seat, round }) => `${seat} round ${round}`);
    const which = named.length === 0 ? '' : ` Missing: ${named.join(', ')}${missing.length > 3 ? ', …' : ''}.`;
    return refuse(
      'conflict',
      `Not every seat has scored every round; a result by the cards needs them all.${which}`,
      'method',
    );
  }
  if (stopped === null && decision.extensionDue) {
    return refuse('conflict', 'The bout is level: an extension round is due.', 'method');
  }
  const seats = state.config.judges.map((judge) => judge.id).filter((seat) => !isAbsent(state, seat));
  return ok({
    winner,
    method: winner === 'draw' ? 'DRAW' : 'DEC',
    decision: decision.decision,
    round: stopped?.round ?? null,
    clockMs: stopped?.clockMs ?? null,
    byScorecards: true,
    unsigned: seats.filter((seat) => !isSigned(state, seat)),
    unfought: stopped === null ? unfoughtRounds(state) : [],
    reason: null,
  });
}

function unfoughtRounds(state: BoutState): number[] {
  const last = lastFought(state);
  return Array.from({ length: Math.max(0, state.config.scheduledRounds - last) }, (_, i) => last + 1 + i);
}
