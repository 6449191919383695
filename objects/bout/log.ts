import { type Action, normaliseAction } from '../../domain/actions/index.ts';
import {
  type ActionClaim,
  actionToLeaf,
  type BoutState,
  cornerOf,
  covers,
  isSeated,
  type Placement,
  place,
  roundOf,
} from '../../domain/bout/index.ts';
import {
  canonicalJson,
  type Draft,
  type Entry,
  eventHash,
  type Flag,
  integerOf,
  splitMetadata,
  textOf,
} from '../../domain/ledger/index.ts';
import { own } from '../../domain/own.ts';
import { ok, type Outcome, type Refusal, refuse } from '../../domain/refusal.ts';
import type { Caller } from '../../domain/roles/index.ts';
import type { LogInput } from '../../domain/wire/log-body.ts';
import type { BoutContext } from './context.ts';
import { actorOf, newEventId } from './drafts.ts';
import { append, entryAt, findByEventHash, findByEventId, type Pending } from './ledger.ts';
import { type Delivery, delivered, repeated } from './replies.ts';
import { sha256 } from '../sha256.ts';
import { offsetOf } from './telemetry.ts';

/** How it came: one by one as it happened, or in a batch that may have waited for a network. */
export type Arrival = 'live' | 'batch';

/**
 * Puts one action into the ledger, or recognises it as a delivery that is there already. The order of
 * the checks is that of the documented answers: the caller's right, the words' sense, repeats, fences,
 * and last the bout's own rules in the fold. Nothing is stored here; `pending` is committed by the caller.
 */
export function logAction(
  context: BoutContext,
  pending: Pending,
  caller: Caller,
  input: LogInput,
  receivedMs: number,
  arrival: Arrival,
): Outcome<Delivery> {
  const { state } = pending;
  if (state === null) return refuse('not_found', `There is no bout '${context.boutId}'.`, 'bout_id');
  const understood = understand(state, caller, input);
  if (!understood.ok) return understood;
  const { claim, action, assumed } = understood.value;
  const offsetMs = offsetOf(context, caller, input.deviceId);
  const round = roundOf(state, input.roundId);
  const hash = hashOf(context.boutId, input, claim, 0);

  const known = input.eventId === null ? null : findByEventId(pending, input.eventId);
  if (known !== null) return answerKnown(pending, known, input, claim, action, hash);
  const fence = checkFence(context, pending, caller, input, claim, receivedMs, arrival);
  if (!fence.ok) return fence;
  const twin = findByEventHash(pending, hash);
  if (twin !== null) return answerTwin(pending, twin, caller, input, receivedMs);

  const flags: Flag[] = [...fence.value];
  if (assumed) flags.push('tier_assumed');
  if (round.lockedAt !== null) flags.push('late');
  if (input.legacy) flags.push('legacy');
  if (input.simulated) flags.push('simulated');
  if (input.eventId === null && hasNeighbour(context, pending, input, claim)) flags.push('suspected_duplicate');
  const placement: Placement = place(state.config, round, {
    clockMs: input.clockMs,
    timestampMs: input.timestampMs,
    receivedMs,
    offsetMs,
  });
  const draft: Draft = {
    eventId: input.eventId ?? newEventId(),
    kind: 'action',
    actor: input.legacy ? { ...actorOf(caller), seat: null, device: null } : actorOf(caller),
    timestampMs: input.timestampMs,
    receivedMs,
    round: input.roundId,
    clockMs: placement.clockMs,
    clockSource: placement.clockSource,
    flags: input.legacy ? flags : [...flags, ...placement.flags],
    payload: actionToLeaf(claim, action),
    eventHash: hash,
    deviceEpoch: input.deviceEpoch,
    deviceSeq: input.deviceSeq,
    signature: input.signature,
  };
  const joined = joinOperator(pending, state, caller, input, receivedMs);
  if (!joined.ok) return joined;
  const entry = append(pending, draft);
  return entry.ok ? ok(delivered(pending, entry.value, input.eventId, 'Event logged successfully')) : entry;
}

type Understood = { readonly claim: ActionClaim; readonly action: Action; readonly assumed: boolean };

/** Whether the caller may say this, and what it means. */
function understand(state: BoutState, caller: Caller, input: LogInput): Outcome<Understood> {
  const split = splitMetadata(input.metadata);
  if (!split.ok) return split;
  const normalised = normaliseAction(input.eventType, split.value.metadata);
  if (!normalised.ok) return normalised;
  const { action, assumed } = normalised.value;
  const corner = cornerOf(state.config, input.fighterId);
  if (corner === null) {
    return refuse('bad_request', `fighter_id: '${input.fighterId}' is not a fighter of this bout.`, 'fighter_id');
  }
  if (caller.corners !== null && !caller.corners.includes(corner)) {
    return refuse('forbidden', `This token logs for ${caller.corners.join(' and ')} only.`, 'fighter_id');
  }
  if (
    action.aspect !== null &&
    !covers({ subject: '', corners: null, aspects: caller.aspects }, corner, action.aspect)
  ) {
    return refuse('forbidden', `This token does not log ${action.aspect}.`, 'event_type');
  }
  const author = input.legacy ? ok(true as const) : checkAuthor(state, caller, input);
  if (!author.ok) return author;
  const claim: ActionClaim = {
    judgeId: input.judgeId,
    fighterId: input.fighterId,
    eventType: input.eventType,
    deviceId: input.deviceId,
    metadata: split.value.metadata,
    metadataExtra: split.value.extra,
  };
  return ok({ claim, action, assumed });
}

/** `judge_id` is the caller's seat; who has none writes their subject there. Supervisors may log for a seat. */
function checkAuthor(state: BoutState, caller: Caller, input: LogInput): Outcome<true> {
  if (caller.role === 'judge') {
    if (caller.seat !== input.judgeId) {
      return refuse('forbidden', `This token holds seat '${caller.seat ?? ''}', not '${input.judgeId}'.`, 'judge_id');
    }
    if (!isSeated(state.config, input.judgeId)) {
      return refuse('forbidden', `Seat '${input.judgeId}' is not on this bout's panel.`, 'judge_id');
    }
  } else if (caller.role === 'operator' && input.judgeId !== caller.subject && input.judgeId !== caller.seat) {
    return refuse('forbidden', `judge_id: an operator writes their own subject, '${caller.subject}'.`, 'judge_id');
  }
  return caller.device !== null && caller.device !== input.deviceId
    ? refuse('forbidden', `This token belongs to device '${caller.device}'.`, 'device_id')
    : ok(true);
}

function hashOf(boutId: string, input: LogInput, claim: ActionClaim, shiftMs: number): string {
  return eventHash(sha256, {
    boutId,
    round: input.roundId,
    judgeId: claim.judgeId,
    fighterId: claim.fighterId,
    eventType: claim.eventType,
    timestampMs: input.timestampMs + shiftMs,
    deviceId: claim.deviceId,
  });
}

/** An `event_id` that the ledger knows: the same delivery again, or another one under the same id. */
function answerKnown(
  pending: Pending,
  known: Entry,
  input: LogInput,
  claim: ActionClaim,
  action: Action,
  hash: string,
): Outcome<Delivery> {
  const original = textOf(known.payload, 'type') === 'suppressed' ? originalOf(pending, known) : known;
  if (known.kind === 'note' && textOf(known.payload, 'type') === 'fenced') return fenced();
  // A repeat recognised by its fingerprint agrees with the original to 10 ms, not to the letter.
  const same = known === original ? sameDelivery(known, input, claim, action) : original?.eventHash === hash;
  if (original === null || !same) {
    return refuse('conflict', `event_id '${input.eventId ?? ''}' stands for other content already.`, 'event_id');
  }
  return ok(repeated(pending, original, input.eventId));
}

function originalOf(pending: Pending, note: Entry): Entry | null {
  const index = integerOf(note.payload, 'of_index') ?? -1;
  return pending.written.find(({ entry }) => entry.index === index)?.entry ?? entryAt(pending.ledger, index);
}

function sameDelivery(entry: Entry, input: LogInput, claim: ActionClaim, action: Action): boolean {
  if (entry.kind !== 'action' || entry.round !== input.roundId) return false;
  if (entry.timestampMs !== input.timestampMs || entry.flags.includes('simulated') !== input.simulated) return false;
  if (entry.deviceEpoch !== input.deviceEpoch || entry.deviceSeq !== input.deviceSeq) return false;
  const sentClock = entry.clockSource === 'client' ? entry.clockMs : null;
  if ((input.clockMs === null) !== (sentClock === null)) return false;
  // A reading beyond the round stands at its end, flagged; what it was is not kept.
  const cut = entry.flags.includes('implausible_time') && (input.clockMs ?? 0) > (sentClock ?? 0);
  if (sentClock !== input.clockMs && !cut) return false;
  return canonicalJson(entry.payload) === canonicalJson(actionToLeaf(claim, action));
}

/** The same fingerprint under a new id: recorded as a repeat, so that nothing vanishes silently. */
function answerTwin(
  pending: Pending,
  twin: Entry,
  caller: Caller,
  input: LogInput,
  receivedMs: number,
): Outcome<Delivery> {
  if (input.eventId !== null) {
    const note = append(pending, {
      ...quiet(caller, receivedMs),
      eventId: input.eventId,
      kind: 'note',
      timestampMs: input.timestampMs,
      deviceEpoch: input.deviceEpoch,
      deviceSeq: input.deviceSeq,
      payload: { type: 'suppressed', of_index: twin.index, of_event_id: twin.eventId, device_id: input.deviceId },
    });
    if (!note.ok) return note;
  }
  return ok(repeated(pending, twin, input.eventId));
}

/** Without an id, one tap that was stamped again may fall in the next bucket: kept, and flagged. */
function hasNeighbour(context: BoutContext, pending: Pending, input: LogInput, claim: ActionClaim): boolean {
  return [-10, 10].some((shiftMs) => {
    const neighbour = findByEventHash(pending, hashOf(context.boutId, input, claim, shiftMs));
    return neighbour !== null && Math.abs((neighbour.timestampMs ?? 0) - input.timestampMs) <= 10;
  });
}

/**
 * A seat's session belongs to one device at a time. From a device that handed over, a batch may still
 * bring what was timed before the fence, marked; the rest is refused and kept for review.
 */
function checkFence(
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
    ...quiet(caller, receivedMs),
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

function fenced(): Refusal {
  return refuse('fenced', 'This device has handed its seat over; the event is kept for review.', 'device_id');
}

/** An operator's assignment enters the ledger before their first action: it says whose taps count. */
function joinOperator(
  pending: Pending,
  state: BoutState,
  caller: Caller,
  input: LogInput,
  receivedMs: number,
): Outcome<true> {
  if (caller.role === 'judge' || input.legacy) return ok(true);
  const corners = caller.corners ?? [];
  const aspects = caller.aspects ?? [];
  const joined = state.operators.some(
    (scope) =>
      scope.subject === caller.subject &&
      sameSet(scope.corners ?? [], corners) &&
      sameSet(scope.aspects ?? [], aspects),
  );
  if (joined) return ok(true);
  const entry = append(pending, {
    ...quiet(caller, receivedMs),
    eventId: newEventId(),
    kind: 'session',
    payload: { type: 'operator', subject: caller.subject, corners: [...corners], aspects: [...aspects] },
  });
  return entry.ok ? ok(true) : entry;
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one) => b.includes(one));
}

function quiet(caller: Caller, receivedMs: number) {
  return {
    actor: actorOf(caller),
    timestampMs: null,
    receivedMs,
    round: null,
    clockMs: null,
    clockSource: null,
    flags: [],
    eventHash: null,
    deviceEpoch: null,
    deviceSeq: null,
    signature: null,
  };
}
