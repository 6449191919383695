import {
  type BoutState,
  CLOCK_ACTIONS,
  type ClockAction,
  cornerOf,
  decide,
  type Method,
  type ReleasePolicy,
  releaseToLeaf,
  roundElapsed,
  roundOf,
  type RulingKind,
} from '../../domain/bout/index.ts';
import type { Entry, LeafObject } from '../../domain/ledger/index.ts';
import { ok, type Outcome, refuse } from '../../domain/refusal.ts';
import type { Caller } from '../../domain/roles/index.ts';
import type { BoutContext } from './context.ts';
import { findByEventId, type Pending } from './ledger.ts';
import { type Content, mutate } from './mutate.ts';
import type { Delivery } from './replies.ts';
import { checkHolder } from './sessions.ts';
import { offsetOf } from './telemetry.ts';

/** A timekeeper's own instant is taken if it is at most this far from receipt; else receipt counts. */
const CLOCK_TRUST_MS = 60_000;

export type ClockInput = {
  readonly action: ClockAction;
  readonly roundId: number;
  readonly timestampMs: number | null;
  readonly elapsedMs: number | null;
  readonly reason: string | null;
  readonly eventId: string | null;
};

export function setClock(context: BoutContext, caller: Caller, input: ClockInput): Outcome<Delivery> {
  const { eventId, ...body } = input;
  return mutate(context, caller, { name: 'clock', eventId, body }, (state, receivedMs) => {
    if (!CLOCK_ACTIONS.includes(input.action)) return refuse('bad_request', 'Unknown clock action.', 'action');
    if (input.action === 'adjust' && input.reason === null) {
      return refuse('bad_request', 'reason: an adjustment of the clock needs one.', 'reason');
    }
    const offsetMs = offsetOf(context, caller, caller.device ?? '') ?? 0;
    const claimedMs = input.timestampMs === null ? receivedMs : input.timestampMs + offsetMs;
    // The future is never plausible: it would let a clock run that has not been started.
    const plausible = claimedMs <= receivedMs + 1_000 && receivedMs - claimedMs <= CLOCK_TRUST_MS;
    const atMs = plausible ? Math.min(claimedMs, receivedMs) : receivedMs;
    return ok<Content>({
      kind: 'clock',
      round: input.roundId,
      timestampMs: input.timestampMs,
      clockMs: input.elapsedMs ?? roundElapsed(state, roundOf(state, input.roundId), atMs),
      clockSource: input.elapsedMs === null ? 'server' : 'client',
      flags: plausible ? [] : ['implausible_time'],
      payload: { action: input.action, at_ms: atMs, elapsed_ms: input.elapsedMs, reason: input.reason },
    });
  });
}

export type LockInput = {
  readonly roundId: number;
  readonly overrideReason: string | null;
  readonly includeLate: boolean;
  readonly eventId: string | null;
};

export function lockRound(context: BoutContext, caller: Caller, input: LockInput): Outcome<Delivery> {
  const { eventId, ...body } = input;
  return mutate(context, caller, { name: 'lock-round', eventId, body }, (state, receivedMs) => {
    if (input.includeLate && input.overrideReason === null) {
      return refuse('bad_request', 'override_reason: letting late entries in needs a reason.', 'override_reason');
    }
    const round = roundOf(state, input.roundId);
    const running = round.clock !== null && roundElapsed(state, round, receivedMs) < round.clock.lengthMs;
    if (running && round.clock?.endedMs === null) {
      return refuse('conflict', `Round ${input.roundId} is not over.`, 'round_id');
    }
    return ok<Content>({
      kind: 'config',
      round: input.roundId,
      payload: { type: 'lock_round', include_late: input.includeLate, override_reason: input.overrideReason },
    });
  });
}

export type RulingInput = {
  readonly kind: RulingKind;
  readonly roundId: number;
  readonly fighterId: string | null;
  readonly targetEventId: string | null;
  /** Tenths of a point. */
  readonly pointsX10: number | null;
  /** Words that the kind of ruling wants beside it: foul, intent, method, footage time, note. */
  readonly details: LeafObject;
  readonly timestampMs: number | null;
  readonly eventId: string | null;
};

export function rule(context: BoutContext, caller: Caller, input: RulingInput): Outcome<Delivery> {
  const { eventId, ...body } = input;
  return mutate(context, caller, { name: 'ruling', eventId, body }, (state, receivedMs, pending) => {
    const target = targetOf(pending, input.targetEventId);
    if (!target.ok) return target;
    if (input.kind === 'deduction' && (input.fighterId === null || input.pointsX10 === null)) {
      return refuse(
        'bad_request',
        'A deduction names the fighter and the points.',
        input.fighterId === null ? 'fighter_id' : 'points',
      );
    }
    if (input.kind === 'deduction' && cornerOf(state.config, input.fighterId ?? '') === null) {
      return refuse('bad_request', `fighter_id: '${input.fighterId}' is not a fighter of this bout.`, 'fighter_id');
    }
    return ok<Content>({
      kind: 'ruling',
      round: input.roundId,
      timestampMs: input.timestampMs,
      clockMs: roundElapsed(state, roundOf(state, input.roundId), receivedMs),
      clockSource: 'server',
      payload: {
        ...input.details,
        kind: input.kind,
        fighter_id: input.fighterId,
        target_index: target.value?.index ?? null,
        target_event_id: target.value?.eventId ?? null,
        points_x10: input.pointsX10,
      },
    });
  });
}

export type ScorecardInput = {
  readonly judgeId: string;
  readonly roundId: number;
  readonly redX10: number;
  readonly blueX10: number;
  readonly eventId: string | null;
};

export function submitScorecard(context: BoutContext, caller: Caller, input: ScorecardInput): Outcome<Delivery> {
  const { eventId, ...body } = input;
  return mutate(context, caller, { name: 'scorecard', eventId, body }, (state) => {
    if (caller.seat !== input.judgeId) {
      return refuse('forbidden', `This token holds seat '${caller.seat ?? ''}', not '${input.judgeId}'.`, 'judge_id');
    }
    const holder = checkHolder(state, caller);
    if (!holder.ok) return holder;
    return ok<Content>({
      kind: 'scorecard',
      round: input.roundId,
      payload: { type: 'submitted', judge_id: input.judgeId, red_x10: input.redX10, blue_x10: input.blueX10 },
    });
  });
}

export type ReopenInput = {
  readonly judgeId: string;
  readonly roundId: number;
  readonly reason: string;
  readonly eventId: string | null;
};

export function reopenScorecard(context: BoutContext, caller: Caller, input: ReopenInput): Outcome<Delivery> {
  const { eventId, ...body } = input;
  return mutate(context, caller, { name: 'reopen', eventId, body }, () =>
    ok<Content>({
      kind: 'scorecard',
      round: input.roundId,
      payload: { type: 'reopened', judge_id: input.judgeId, reason: input.reason },
    }),
  );
}

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

/** Proposes a result, or confirms the proposal that stands. By the cards, the winner is computed. */
export function finalize(context: BoutContext, caller: Caller, input: FinalizeInput): Outcome<Delivery> {
  const { eventId, ...body } = input;
  return mutate(context, caller, { name: 'finalize', eventId, body }, (state) => {
    if (input.confirm) {
      // One proposal cannot be mistaken for another; of several, say which was read.
      if (input.proposalIndex === null && (state.result?.proposals ?? 0) > 1) {
        return refuse('conflict', 'There have been several proposals; say which one you read.', 'proposal_index');
      }
      const proposal = input.proposalIndex ?? state.result?.index ?? null;
      const stale = checkStillByCards(state);
      if (!stale.ok) return stale;
      return ok<Content>({ kind: 'result', payload: { type: 'confirmed', proposal_index: proposal } });
    }
    const when = checkWhen(state, input);
    if (!when.ok) return when;
    const decision = decide(state);
    const byCards = input.method === null || input.method === 'DEC' || input.method === 'TD' || input.method === 'DRAW';
    if (byCards && !decision.complete) {
      return refuse(
        'conflict',
        'Not every seat has scored every round; a result by the cards needs them all.',
        'method',
      );
    }
    const winner = byCards ? decision.winner : input.winner;
    if (winner === null) return refuse('bad_request', 'winner: red, blue, draw or no_contest.', 'winner');
    if (byCards && input.winner !== null && input.winner !== winner) {
      return refuse('conflict', `By the cards the result is '${winner}'.`, 'winner');
    }
    if (input.method !== null && !WINNERS[input.method].includes(winner)) {
      return refuse('bad_request', `winner: ${input.method} has ${WINNERS[input.method].join(' or ')}.`, 'winner');
    }
    return ok<Content>({
      kind: 'result',
      round: input.roundId,
      clockMs: input.timeMs,
      clockSource: input.timeMs === null ? null : 'client',
      payload: {
        type: 'proposed',
        winner,
        method: input.method ?? (winner === 'draw' ? 'DRAW' : 'DEC'),
        decision: byCards ? decision.decision : null,
        reason: input.reason,
      },
    });
  });
}

type Winner = NonNullable<FinalizeInput['winner']>;

/** Who can have won by which method. */
const WINNERS: Readonly<Record<Method, readonly Winner[]>> = {
  DEC: ['red', 'blue'],
  TD: ['red', 'blue', 'draw'],
  DRAW: ['draw'],
  KO: ['red', 'blue'],
  TKO: ['red', 'blue'],
  SUB: ['red', 'blue'],
  DQ: ['red', 'blue'],
  NC: ['no_contest'],
};

/** A round that the bout does not have would stand in its record for ever. */
function checkWhen(state: BoutState, { roundId, timeMs }: FinalizeInput): Outcome<true> {
  const { scheduledRounds, roundLengthMs } = state.config;
  if (roundId !== null && roundId > scheduledRounds) {
    return refuse('bad_request', `round_id: this bout has rounds 1 to ${scheduledRounds}.`, 'round_id');
  }
  return timeMs !== null && timeMs > roundLengthMs
    ? refuse('bad_request', `time_ms: the round is ${roundLengthMs} ms long.`, 'time_ms')
    : ok(true);
}

/** A scorecard or a deduction that came after the proposal may have turned the result. */
function checkStillByCards(state: BoutState): Outcome<true> {
  const { result } = state;
  if (result === null || result.decision === null) return ok(true);
  const { complete, winner, decision } = decide(state);
  return complete && winner === result.winner && decision === result.decision
    ? ok(true)
    : refuse('conflict', 'The cards have changed since this result was proposed; propose it again.', 'confirm');
}

export type ConfigureInput = {
  readonly release: ReleasePolicy | null;
  readonly delayMs: number | null;
  readonly reason: string | null;
  readonly eventId: string | null;
};

export function configure(context: BoutContext, caller: Caller, input: ConfigureInput): Outcome<Delivery> {
  const { eventId, ...body } = input;
  return mutate(context, caller, { name: 'configure', eventId, body }, () =>
    ok<Content>({
      kind: 'config',
      payload: {
        type: 'changed',
        release_policy: input.release === null ? null : releaseToLeaf(input.release),
        delay_ms: input.delayMs,
        reason: input.reason,
      },
    }),
  );
}

function targetOf(pending: Pending, eventId: string | null): Outcome<Entry | null> {
  if (eventId === null) return ok(null);
  const target = findByEventId(pending, eventId);
  return target === null ? refuse('not_found', `There is no entry '${eventId}'.`, 'target_event_id') : ok(target);
}
