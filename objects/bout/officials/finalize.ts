import {
  type BoutState,
  computeResult,
  type ComputedResult,
  decide,
  lastRound,
  type Method,
} from '../../../domain/bout/index.ts';
import { sha256 } from '../../../domain/ledger/index.ts';
import { ok, type Outcome, type Refusal, refuse } from '../../../domain/refusal.ts';
import type { Caller } from '../../../domain/roles/index.ts';
import type { BoutContext } from '../context.ts';
import { type Content, mutate } from '../mutate.ts';
import type { Delivery } from '../replies.ts';

export type FinalizeInput = {
  readonly confirm: boolean;
  readonly method: Method | null;
  readonly winner: 'red' | 'blue' | 'draw' | 'no_contest' | null;
  readonly roundId: number | null;
  readonly timeMs: number | null;
  readonly reason: string | null;
  readonly proposalIndex: number | null;
  readonly eventId: string | null;
};

/**
 * Proposes a result, or confirms the proposal that stands. What the rulings and the scorecards say is computed; where
 * the proposal departs from it, or judges have not signed, a reason is asked for and kept.
 */
export function finalize(context: BoutContext, caller: Caller, input: FinalizeInput): Outcome<Delivery> {
  const { eventId, ...body } = input;
  return mutate(context, caller, { name: 'finalize', eventId, body }, (state, receivedMs) =>
    input.confirm ? confirmation(state, input, receivedMs) : proposal(state, input, receivedMs),
  );
}

function confirmation(state: BoutState, input: FinalizeInput, nowMs: number): Outcome<Content> {
  // One proposal cannot be mistaken for another; of several, say which was read.
  if (input.proposalIndex === null && (state.result?.proposals ?? 0) > 1) {
    return refuse('conflict', 'There have been several proposals; say which one you read.', 'proposal_index');
  }
  // A ruling, a scorecard or a signature that came or went since may have turned the result, or the reason for it.
  if (state.result !== null && state.result.basis !== basisOf(state, nowMs)) {
    return refuse('conflict', 'The record has changed since this result was proposed; propose it again.', 'confirm');
  }
  const index = input.proposalIndex ?? state.result?.index ?? null;
  return ok<Content>({ kind: 'result', payload: { type: 'confirmed', proposal_index: index } });
}

/** Rulings on which a result can hang. */
const DECISIVE: readonly string[] = ['foul', 'deduction', 'stoppage'];

/**
 * What a result was proposed on, as a hash: what the record computes to, and every scorecard and ruling that stands. It is
 * confirmed on the same or not at all, also where nothing computes.
 */
function basisOf(state: BoutState, nowMs: number): string {
  const asItStands = computeResult(state, nowMs);
  // A draw that stays one although an extension round would be due is held to the draw.
  const computed = asItStands.ok ? asItStands : computeResult(withoutExtension(state), nowMs);
  // By what they say, not by where they stand: what was corrected back is the same record.
  const rulings = state.rounds.flatMap((round) =>
    round.rulings
      .filter(({ kind, rescinded }) => DECISIVE.includes(kind) && !rescinded)
      .map(({ kind, corner, pointsX10, intent, method, clockMs }) => [
        round.number,
        kind,
        corner,
        pointsX10,
        intent,
        method,
        clockMs,
      ]),
  );
  const scorecards = state.rounds.flatMap((round) =>
    Object.entries(round.scorecards).map(([seat, { redX10, blueX10, open }]) => [
      round.number,
      seat,
      redX10,
      blueX10,
      open,
    ]),
  );
  return sha256(
    JSON.stringify([
      computed.ok ? computed.value : null,
      state.currentRound,
      decide(state).totals,
      rulings,
      scorecards,
    ]),
  );
}

function proposal(state: BoutState, input: FinalizeInput, nowMs: number): Outcome<Content> {
  const when = checkWhen(state, input);
  if (!when.ok) return when;
  const result = resultFor(state, input, nowMs);
  return result.ok ? ok(proposed(result.value, basisOf(state, nowMs))) : result;
}

type Proposed = Pick<ComputedResult, 'winner' | 'method' | 'decision' | 'round' | 'clockMs' | 'unsigned'> & {
  readonly reason: string | null;
};

function resultFor(state: BoutState, input: FinalizeInput, nowMs: number): Outcome<Proposed> {
  const computed = computeResult(state, nowMs);
  const asked = input.method;
  // By the scorecards nothing but the scorecards decides.
  if (asked === null || asked === 'DEC' || asked === 'TD' || asked === 'DRAW') {
    return computed.ok ? proposeComputed(state, computed.value, input) : levelAllTheSame(state, computed, input, nowMs);
  }
  return proposeStoppage(asked, computed.ok ? computed.value : null, input);
}

/** A draw that stays one although an extension round would be due: by somebody's word, with their reason. */
function levelAllTheSame(state: BoutState, refusal: Refusal, input: FinalizeInput, nowMs: number): Outcome<Proposed> {
  if (input.method !== 'DRAW' || input.reason === null) return refusal;
  const without = computeResult(withoutExtension(state), nowMs);
  return without.ok && without.value.winner === 'draw' ? proposeComputed(state, without.value, input) : refusal;
}

function withoutExtension(state: BoutState): BoutState {
  const { config } = state;
  const rules = { ...config.rules, extension: { ...config.rules.extension, rounds: 0 } };
  return { ...state, config: { ...config, rules } };
}

function proposeComputed(state: BoutState, computed: ComputedResult, input: FinalizeInput): Outcome<Proposed> {
  const { winner, method, decision, unsigned, unfought } = computed;
  if (input.method !== null && input.method !== method && !(input.method === 'TD' && computed.byScorecards)) {
    return refuse('conflict', `By the record this bout ends by ${method}.`, 'method');
  }
  if (input.method !== null && input.method !== method && input.reason === null) {
    return refuse('conflict', `By the record this bout ends by ${method}; say why it does not.`, 'reason');
  }
  if (input.winner !== null && input.winner !== winner) {
    return refuse('conflict', `By the cards the result is '${winner}'.`, 'winner');
  }
  const round = input.roundId ?? computed.round;
  const clockMs = input.timeMs ?? computed.clockMs;
  if ((round !== computed.round || clockMs !== computed.clockMs) && input.reason === null) {
    const detail =
      computed.round === null
        ? 'A decision after the distance has no round and no time of its own; say why this one has.'
        : 'The referee ruled another round or time; say why it is not that one.';
    return refuse('conflict', detail, 'reason');
  }
  if (unsigned.length > 0 && input.reason === null) {
    const detail = `Not signed by ${unsigned.join(', ')}; a result without their signatures needs a reason.`;
    return refuse('conflict', detail, 'reason');
  }
  if (wasWonInTime(state) && input.reason === null) {
    const detail = 'By the scorecards as they are now no extension was due; say why its round decides.';
    return refuse('conflict', detail, 'reason');
  }
  if (unfought.length > 0 && input.reason === null) {
    const detail = `Round ${unfought.join(', ')} has not been fought and nobody ruled a stoppage; say why it ends here.`;
    return refuse('conflict', detail, 'reason');
  }
  const reason = input.reason ?? computed.reason;
  return ok({ winner, method: input.method ?? method, decision, round, clockMs, reason, unsigned });
}

/** Whether the scheduled rounds alone, as corrected since, have a winner although an extension was fought. */
function wasWonInTime(state: BoutState): boolean {
  if (state.extensions === 0) return false;
  const { scheduledRounds } = state.config;
  const inTime = decide({ ...state, rounds: state.rounds.slice(0, scheduledRounds), extensions: 0 });
  return inTime.winner !== null && inTime.winner !== 'draw';
}

type Winner = NonNullable<FinalizeInput['winner']>;

type EndedEarly = Exclude<Method, 'DEC' | 'TD' | 'DRAW'>;

/** Who can have won by which method. */
const WINNERS: Readonly<Record<EndedEarly, readonly Winner[]>> = {
  KO: ['red', 'blue'],
  TKO: ['red', 'blue'],
  SUB: ['red', 'blue'],
  DQ: ['red', 'blue'],
  FORFEIT: ['red', 'blue'],
  NC: ['no_contest'],
};

/** What only makes sense with the moment at which it happened. */
const HAS_A_MOMENT: readonly Method[] = ['KO', 'TKO', 'SUB'];

/** An end that is said rather than computed: without the referee's ruling of just that, it takes a reason. */
function proposeStoppage(method: EndedEarly, computed: ComputedResult | null, input: FinalizeInput): Outcome<Proposed> {
  const allowed = WINNERS[method];
  const ruledWinner = allowed.find((one) => one === computed?.winner) ?? null;
  const winner = input.winner ?? ruledWinner ?? (allowed.length === 1 ? (allowed[0] ?? null) : null);
  if (winner === null || !allowed.includes(winner)) {
    return refuse('bad_request', `winner: ${method} has ${allowed.join(' or ')}.`, 'winner');
  }
  // Another method of the same stoppage happened when that did.
  const round = input.roundId ?? computed?.round ?? null;
  const clockMs = input.timeMs ?? computed?.clockMs ?? null;
  if (HAS_A_MOMENT.includes(method) && round === null) {
    return refuse('bad_request', `round_id: in which round the ${method} was.`, 'round_id');
  }
  const asRuled =
    computed !== null &&
    computed.method === method &&
    computed.winner === winner &&
    computed.round === round &&
    computed.clockMs === clockMs;
  const unfought = computed?.unfought ?? [];
  if ((!asRuled || unfought.length > 0) && input.reason === null) {
    const record = computed === null ? 'nobody has ruled that' : `it ends by ${computed.method} (${computed.winner})`;
    return refuse('conflict', `By the record ${record}; say why this is the result.`, 'reason');
  }
  return ok({ winner, method, decision: null, round, clockMs, reason: input.reason, unsigned: [] });
}

function proposed(result: Proposed, basis: string): Content {
  const { winner, method, decision, round, clockMs, reason, unsigned } = result;
  return {
    kind: 'result',
    round,
    clockMs,
    clockSource: clockMs === null ? null : 'client',
    payload: { type: 'proposed', winner, method, decision, reason, unsigned, basis },
  };
}

/** A round that the bout does not have would stand in its record for ever. */
function checkWhen(state: BoutState, { roundId, timeMs }: FinalizeInput): Outcome<true> {
  const { roundLengthMs } = state.config;
  if (roundId !== null && roundId > lastRound(state)) {
    return refuse('bad_request', `round_id: this bout has rounds 1 to ${lastRound(state)}.`, 'round_id');
  }
  return timeMs !== null && timeMs > roundLengthMs
    ? refuse('bad_request', `time_ms: the round is ${roundLengthMs} ms long.`, 'time_ms')
    : ok(true);
}
