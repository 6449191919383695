import { normaliseAction } from '../../../domain/actions/index.ts';
import {
  actionToLeaf,
  type BoutState,
  claimOf,
  cornerOf,
  observerOf,
  roundOf,
  understood,
} from '../../../domain/bout/index.ts';
import { type Entry, type LeafObject, objectOf, splitMetadata } from '../../../domain/ledger/index.ts';
import { ok, type Outcome, refuse } from '../../../domain/refusal.ts';
import type { Caller } from '../../../domain/roles/index.ts';
import type { BoutContext } from '../context.ts';
import { findByEventId } from '../ledger/ledger.ts';
import { type Content, mutate } from '../mutate.ts';
import type { Delivery } from '../replies.ts';
import { checkHolder } from '../sessions.ts';
import { checkLogs } from './understanding.ts';

export type CorrectionInput = {
  readonly targetEventId: string;
  readonly reason: string | null;
  /** Null: an undo. What it leaves out stays as it was. */
  readonly replacement: {
    readonly eventType: string | null;
    readonly fighterId: string | null;
    readonly metadata: Readonly<Record<string, unknown>> | null;
  } | null;
  readonly eventId: string | null;
};

/** Takes an action back, or puts another in its place; the original stays in the ledger for ever. */
export function correct(context: BoutContext, caller: Caller, input: CorrectionInput): Outcome<Delivery> {
  const { eventId, ...body } = input;
  return mutate(context, caller, { name: 'void', eventId, body }, (state, _receivedMs, pending) => {
    const logs = checkLogs(state, caller);
    if (!logs.ok) return logs;
    const target = findByEventId(pending, input.targetEventId);
    if (target === null || (target.kind !== 'action' && target.kind !== 'replace')) {
      return refuse('not_found', `There is no action '${input.targetEventId}'.`, 'target_event_id');
    }
    const supervises = caller.role === 'supervisor' || caller.role === 'admin';
    if (!supervises && !isOwn(caller, target)) {
      return refuse('forbidden', 'Only who logged an action, or a supervisor, takes it back.', 'target_event_id');
    }
    const holder = checkHolder(state, caller);
    if (!holder.ok) return holder;
    if (target.round !== null && roundOf(state, target.round).lockedAt !== null) {
      if (!supervises) return refuse('conflict', `Round ${target.round} is locked.`, 'target_event_id');
      if (input.reason === null) return refuse('bad_request', 'reason: the round is locked; say why.', 'reason');
    }
    const aimed: LeafObject = {
      target_index: target.index,
      target_event_id: target.eventId,
      // Whose action it was: that judge is told, whoever took it back.
      judge_id: claimOf(target).judgeId,
      reason: input.reason,
    };
    if (input.replacement === null) return ok<Content>({ kind: 'void', round: target.round, payload: aimed });
    const payload = replacementOf(state, target, caller, input.replacement);
    if (!payload.ok) return payload;
    return ok<Content>({
      kind: 'replace',
      round: target.round,
      clockMs: target.clockMs,
      clockSource: target.clockSource,
      timestampMs: target.timestampMs,
      flags: flagsAfter(state, target),
      payload: { ...payload.value, ...aimed },
    });
  });
}

/** A replacement stands as its original did: one that had been let in after the lock is not late once more. */
function flagsAfter(state: BoutState, target: Entry): Entry['flags'] {
  const admitted = target.round !== null && target.index < roundOf(state, target.round).lateAdmittedUpTo;
  return admitted ? target.flags.filter((flag) => flag !== 'late') : target.flags;
}

function isOwn(caller: Caller, target: Entry): boolean {
  if (caller.role === 'judge') return caller.seat !== null && caller.seat === claimOf(target).judgeId;
  return target.actor.subject === caller.subject;
}

function replacementOf(
  state: BoutState,
  target: Entry,
  caller: Caller,
  replacement: NonNullable<CorrectionInput['replacement']>,
): Outcome<LeafObject> {
  const before = claimOf(target);
  const split =
    replacement.metadata === null
      ? ok({ metadata: before.metadata, extra: before.metadataExtra })
      : splitMetadata(replacement.metadata);
  if (!split.ok) return split;
  const eventType = replacement.eventType ?? before.eventType;
  const normalised = normaliseAction(eventType, split.value.metadata);
  if (!normalised.ok) return normalised;
  const fighterId = replacement.fighterId ?? before.fighterId;
  const { action } = normalised.value;
  const corner = cornerOf(state.config, fighterId);
  if (corner !== null && caller.corners?.includes(corner) === false) {
    return refuse('forbidden', `This token logs for ${caller.corners.join(' and ')} only.`, 'replacement.fighter_id');
  }
  if (caller.aspects !== null && action.aspect !== null && !caller.aspects.includes(action.aspect)) {
    return refuse('forbidden', `This token does not log ${action.aspect}.`, 'replacement.event_type');
  }
  const claim = { ...before, eventType, fighterId, metadata: split.value.metadata, metadataExtra: split.value.extra };
  return ok({ ...actionToLeaf(claim, understood(action, claim.metadata).leaf), on_behalf: behalfOf(target) });
}

/** A replacement counts for whoever saw the action, whoever mended it. */
function behalfOf(target: Entry): LeafObject {
  const earlier = objectOf(target.payload, 'on_behalf');
  if (earlier !== null) return earlier;
  const observer = observerOf(target);
  return { role: observer.kind, subject: observer.name };
}
