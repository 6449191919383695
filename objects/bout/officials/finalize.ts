import {
  type BoutState,
  computeResult,
  type ComputedResult,
  lastRound,
  type Method,
} from '../../../domain/bout/index.ts';
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
  return mutate(context, caller, { name: 'finalize', eventId, body }, (state) =>
    input.confirm ? confirmation(state, input) : proposal(state, input),
  );
}

function confirmation(state: BoutState, input: FinalizeInput): Outcome<Content> {
  // One proposal cannot be mistaken for another; of several, say which was read.
  if (input.proposalIndex === null && (state.result?.proposals ?? 0) > 1) {
    return refuse('conflict', 'There have been several proposals; say which one you read.', 'proposal_index');
  }
  const stale = checkStillComputed(state);
  if (!stale.ok) return stale;
  const index = input.proposalIndex ?? state.result?.index ?? null;
  return ok<Content>({ kind: 'result', payload: { type: 'confirmed', proposal_index: index } });
}

/** A scorecard or a ruling that came after the proposal may have turned the result. */
function checkStillComputed(state: BoutState): Outcome<true> {
  const { result } = state;
  if (result === null || !result.asComputed) return ok(true);
  // A draw that was proposed although an extension round would be due is held to the same when it is confirmed.
  const computed = computeResult(result.method === 'DRAW' ? withoutExtension(state) : state);
  const { winner, decision } = result;
  return computed.ok && computed.value.winner === winner && computed.value.decision === decision
    ? ok(true)
    : refuse('conflict', 'The record has changed since this result was proposed; propose it again.', 'confirm');
}

function proposal(state: BoutState, input: FinalizeInput): Outcome<Content> {
  const when = checkWhen(state, input);
  if (!when.ok) return when;
  const computed = computeResult(state);
  const asked = input.method;
  // By the scorecards nothing but the scorecards decides.
  if (asked === null || asked === 'DEC' || asked === 'TD' || asked === 'DRAW') {
    return computed.ok ? proposeComputed(computed.value, input) : levelAllTheSame(state, computed, input);
  }
  return proposeStoppage(asked, computed.ok ? computed.value : null, input);
}

/** A draw that stays one although an extension round would be due: by somebody's word, with their reason. */
function levelAllTheSame(state: BoutState, refusal: Refusal, input: FinalizeInput): Outcome<Content> {
  if (input.method !== 'DRAW' || input.reason === null) return refusal;
  const without = computeResult(withoutExtension(state));
  return without.ok && without.value.winner === 'draw' ? proposeComputed(without.value, input) : refusal;
}

function withoutExtension(state: BoutState): BoutState {
  const { config } = state;
  const rules = { ...config.rules, extension: { ...config.rules.extension, rounds: 0 } };
  return { ...state, config: { ...config, rules } };
}

function proposeComputed(computed: ComputedResult, input: FinalizeInput): Outcome<Content> {
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
  const isElsewhere = computed.round !== null && (round !== computed.round || clockMs !== computed.clockMs);
  if (isElsewhere && input.reason === null) {
    return refuse('conflict', 'The referee ruled another round or time; say why it is not that one.', 'reason');
  }
  if (unsigned.length > 0 && input.reason === null) {
    const detail = `Not signed by ${unsigned.join(', ')}; a result without their signatures needs a reason.`;
    return refuse('conflict', detail, 'reason');
  }
  if (unfought.length > 0 && input.reason === null) {
    const detail = `Round ${unfought.join(', ')} has not been fought and nobody ruled a stoppage; say why it ends here.`;
    return refuse('conflict', detail, 'reason');
  }
  return ok(
    proposed({
      winner,
      asComputed: true,
      method: input.method ?? method,
      decision,
      round,
      clockMs,
      reason: input.reason ?? computed.reason,
      unsigned,
    }),
  );
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

function proposeStoppage(method: EndedEarly, computed: ComputedResult | null, input: FinalizeInput): Outcome<Content> {
  const ruled = computed !== null && computed.method === method ? computed : null;
  const only = WINNERS[method].length === 1 ? (WINNERS[method][0] ?? null) : null;
  const winner = input.winner ?? ruled?.winner ?? only;
  if (winner === null) return refuse('bad_request', 'winner: red, blue, draw or no_contest.', 'winner');
  if (!WINNERS[method].includes(winner)) {
    return refuse('bad_request', `winner: ${method} has ${WINNERS[method].join(' or ')}.`, 'winner');
  }
  // Another method of the same stoppage happened when that did.
  const round = input.roundId ?? computed?.round ?? null;
  const clockMs = input.timeMs ?? computed?.clockMs ?? null;
  const departs =
    computed !== null &&
    (computed.method !== method ||
      computed.winner !== winner ||
      (ruled !== null && (ruled.round !== round || ruled.clockMs !== clockMs)));
  if (departs && input.reason === null) {
    const detail = `By the record this bout ends by ${computed.method} (${computed.winner}); say why it does not.`;
    return refuse('conflict', detail, 'reason');
  }
  const asComputed = ruled !== null && !departs;
  return ok(
    proposed({ winner, asComputed, method, decision: null, round, clockMs, reason: input.reason, unsigned: [] }),
  );
}

function proposed(result: {
  readonly winner: Winner;
  readonly method: Method;
  readonly decision: string | null;
  readonly round: number | null;
  readonly clockMs: number | null;
  readonly reason: string | null;
  readonly unsigned: readonly string[];
  readonly asComputed: boolean;
}): Content {
  const { winner, method, decision, round, clockMs, reason, unsigned, asComputed } = result;
  return {
    kind: 'result',
    round,
    clockMs,
    clockSource: clockMs === null ? null : 'client',
    payload: { type: 'proposed', winner, method, decision, reason, unsigned, as_computed: asComputed },
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
