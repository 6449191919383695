import { cornerOf, roundElapsed, roundOf, type RulingKind } from '../../../domain/bout/index.ts';
import type { Entry, LeafObject } from '../../../domain/ledger/index.ts';
import { ok, type Outcome, refuse } from '../../../domain/refusal.ts';
import type { Caller } from '../../../domain/roles/index.ts';
import type { BoutContext } from '../context.ts';
import { findByEventId, type Pending } from '../ledger/ledger.ts';
import { type Content, mutate } from '../mutate.ts';
import type { Delivery } from '../replies.ts';
import { checkHolder } from '../sessions.ts';

export type RulingInput = {
  readonly kind: Exclude<RulingKind, 'told'>;
  readonly roundId: number;
  readonly fighterId: string | null;
  readonly targetEventId: string | null;
  /** Tenths of a point. */
  readonly pointsX10: number | null;
  /** Words that the kind of ruling wants beside it: foul, intent, method, footage time, note. */
  readonly details: LeafObject;
  /** Official time of a stoppage, elapsed in the round. */
  readonly timeMs: number | null;
  readonly timestampMs: number | null;
  readonly eventId: string | null;
};

export function rule(context: BoutContext, caller: Caller, input: RulingInput): Outcome<Delivery> {
  const { eventId, ...body } = input;
  return mutate(context, caller, { name: 'ruling', eventId, body }, (state, receivedMs, pending) => {
    const target = targetOf(pending, input.targetEventId);
    if (!target.ok) return target;
    if (input.kind === 'deduction' && input.pointsX10 === null) {
      return refuse('bad_request', 'A deduction names the points.', 'points');
    }
    if (input.fighterId !== null && cornerOf(state.config, input.fighterId) === null) {
      return refuse('bad_request', `fighter_id: '${input.fighterId}' is not a fighter of this bout.`, 'fighter_id');
    }
    const { roundLengthMs } = state.config;
    if (input.timeMs !== null && input.timeMs > roundLengthMs) {
      return refuse('bad_request', `time_ms: the round is ${roundLengthMs} ms long.`, 'time_ms');
    }
    return ok<Content>({
      kind: 'ruling',
      round: input.roundId,
      timestampMs: input.timestampMs,
      clockMs: input.timeMs ?? roundElapsed(state, roundOf(state, input.roundId), receivedMs),
      clockSource: input.timeMs === null ? 'server' : 'client',
      payload: {
        ...input.details,
        kind: input.kind,
        fighter_id: input.fighterId,
        target_index: target.value?.index ?? null,
        target_event_id: target.value?.eventId ?? null,
        points_x10: input.pointsX10,
        at_ms: receivedMs,
      },
    });
  });
}

export type AcknowledgeInput = {
  readonly judgeId: string;
  readonly targetEventId: string;
  readonly eventId: string | null;
};

/** A judge's word that a ruling has reached the seat: the supervisor sees who has been told of a deduction. */
export function acknowledgeRuling(context: BoutContext, caller: Caller, input: AcknowledgeInput): Outcome<Delivery> {
  const { eventId, ...body } = input;
  return mutate(context, caller, { name: 'told', eventId, body }, (state, _receivedMs, pending) => {
    if (caller.seat !== input.judgeId) {
      return refuse('forbidden', `This token holds seat '${caller.seat ?? ''}', not '${input.judgeId}'.`, 'judge_id');
    }
    const holder = checkHolder(state, caller);
    if (!holder.ok) return holder;
    const target = findByEventId(pending, input.targetEventId);
    // The same words for an entry of another kind: a guess must not tell which ids there are.
    if (target === null || target.kind !== 'ruling') {
      return refuse('not_found', `There is no ruling '${input.targetEventId}'.`, 'target_event_id');
    }
    return ok<Content>({
      kind: 'ruling',
      round: target.round,
      payload: {
        kind: 'told',
        judge_id: input.judgeId,
        target_index: target.index,
        target_event_id: target.eventId,
      },
    });
  });
}

function targetOf(pending: Pending, eventId: string | null): Outcome<Entry | null> {
  if (eventId === null) return ok(null);
  const target = findByEventId(pending, eventId);
  return target === null ? refuse('not_found', `There is no entry '${eventId}'.`, 'target_event_id') : ok(target);
}
