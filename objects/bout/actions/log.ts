import {
  actionPayloadJson,
  actionToLeaf,
  type BoutState,
  type Placement,
  place,
  roundOf,
} from '../../../domain/bout/index.ts';
import type { Draft, Flag } from '../../../domain/ledger/index.ts';
import { ok, type Outcome, refuse } from '../../../domain/refusal.ts';
import type { Caller } from '../../../domain/roles/index.ts';
import type { LogInput } from '../../../domain/wire/log-body.ts';
import type { BoutContext } from '../context.ts';
import { actorOf, newEventId, quietly } from '../drafts.ts';
import { type Arrival, checkFence } from './fence.ts';
import { append, findByEventHash, findByEventId, type Pending } from '../ledger/ledger.ts';
import { answerKnown, answerTwin, hashOf, hasNeighbour } from './repeats.ts';
import { type Delivery, delivered } from '../replies.ts';
import { offsetOf } from '../telemetry.ts';
import { understand } from './understanding.ts';

const LATE = 'Event logged late: the round is locked, so it counts once a supervisor lets it in';

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
  const { claim, meaning, assumed } = understood.value;
  const offsetMs = offsetOf(context, caller, input.deviceId);
  const round = roundOf(state, input.roundId);
  const hash = hashOf(context.boutId, input, claim, 0);

  const known = input.eventId === null ? null : findByEventId(pending, input.eventId);
  if (known !== null) return answerKnown(pending, known, input, claim, meaning, hash);
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
    payload: actionToLeaf(claim, meaning.leaf),
    eventHash: hash,
    deviceEpoch: input.deviceEpoch,
    deviceSeq: input.deviceSeq,
    signature: input.signature,
  };
  const joined = joinOperator(pending, state, caller, input, receivedMs);
  if (!joined.ok) return joined;
  const entry = append(pending, draft, actionPayloadJson(claim, meaning));
  if (!entry.ok) return entry;
  const message = round.lockedAt === null ? 'Event logged successfully' : LATE;
  return ok(delivered(pending, entry.value, input.eventId, message));
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
    ...quietly(caller, receivedMs),
    eventId: newEventId(),
    kind: 'session',
    payload: { type: 'operator', subject: caller.subject, corners: [...corners], aspects: [...aspects] },
  });
  return entry.ok ? ok(true) : entry;
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one) => b.includes(one));
}
