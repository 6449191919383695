import type { ActionClaim } from '../../../domain/bout/index.ts';
import type { Flag } from '../../../domain/ledger/index.ts';
import { own } from '../../../domain/own.ts';
import { ok, type Outcome, type Refusal, refuse } from '../../../domain/refusal.ts';
import type { Caller } from '../../../domain/roles/index.ts';
import type { LogInput } from '../../../domain/wire/log-body.ts';
import type { BoutContext } from '../context.ts';
import { newEventId, quietly } from '../drafts.ts';
import { append, type Pending } from '../ledger/ledger.ts';
import { offsetOf } from '../telemetry.ts';

/** How it came: one by one as it happened, or in a batch that may have waited for a network. */
export type Arrival = 'live' | 'batch';

/**
 * A seat's session belongs to one device at a time. From a device that handed over, a batch may still
 * bring what was timed before the fence, marked; the rest is refused and kept for review.
 */
export function checkFence(
  context: BoutContext,
  pending: Pending,
  caller: Caller,
  input: LogInput,
  claim: ActionClaim,
  receivedMs: number,
  arrival: Arrival,
): Outcome<readonly Flag[]> {
  if (caller.role !== 'judge' || caller.seat === null) return ok([]);
  const session = own(pending.state?.sessions ?? {}, caller.seat);
  // A legacy event names no device; the token may.
  const device = input.legacy ? caller.device : input.deviceId;
  if (session === undefined || session.device === null || device === null || session.device === device) return ok([]);
  const fenceMs = own(session.fences, device);
  const correctedMs = input.timestampMs + (offsetOf(context, caller, device) ?? 0);
  // A device that logged before the seat's first session was opened elsewhere has a fence too: that moment.
  if (arrival === 'batch' && correctedMs < (fenceMs ?? session.sinceMs)) return ok(['after_swap']);
  if (fenceMs === undefined) {
    return refuse('fenced', 'Another device holds this seat; restore the session on this one first.', 'device_id');
  }
  if (correctedMs < fenceMs) {
    // Nothing is noted, so that the same event is still welcome in a batch.
    return refuse('fenced', 'This was tapped before the seat moved; send it in a batch.', 'device_id');
  }
  const note = append(pending, {
    ...quietly(caller, receivedMs),
    eventId: input.eventId ?? newEventId(),
    kind: 'note',
    timestampMs: input.timestampMs,
    deviceEpoch: input.deviceEpoch,
    deviceSeq: input.deviceSeq,
    payload: {
      type: 'fenced',
      round_id: input.roundId,
      judge_id: claim.judgeId,
      fighter_id: claim.fighterId,
      event_type: claim.eventType,
      device_id: claim.deviceId,
      metadata: claim.metadata,
    },
  });
  return note.ok ? fenced() : note;
}

export function fenced(): Refusal {
  return refuse('fenced', 'This device has handed its seat over; the event is kept for review.', 'device_id');
}
