import { type ActionClaim, actionPayloadJson, type Understood } from '../../../domain/bout/index.ts';
import { canonicalJson, type Entry, eventHash, integerOf, sha256, textOf } from '../../../domain/ledger/index.ts';
import { ok, type Outcome, refuse } from '../../../domain/refusal.ts';
import type { Caller } from '../../../domain/roles/index.ts';
import type { LogInput } from '../../../domain/wire/log-body.ts';
import type { BoutContext } from '../context.ts';
import { quietly } from '../drafts.ts';
import { fenced } from './fence.ts';
import { append, entryAt, findByEventHash, type Pending } from '../ledger/ledger.ts';
import { type Delivery, repeated } from '../replies.ts';

/** The event hash of an action; `shiftMs` asks for a neighbouring bucket of time. */
export function hashOf(boutId: string, input: LogInput, claim: ActionClaim, shiftMs: number): string {
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
export function answerKnown(
  pending: Pending,
  known: Entry,
  input: LogInput,
  claim: ActionClaim,
  meaning: Understood,
  hash: string,
): Outcome<Delivery> {
  const original = textOf(known.payload, 'type') === 'suppressed' ? originalOf(pending, known) : known;
  if (known.kind === 'note' && textOf(known.payload, 'type') === 'fenced') return fenced();
  // A repeat recognised by its fingerprint agrees with the original to 10 ms, not to the letter.
  const lengthMs = pending.state?.config.roundLengthMs ?? 0;
  const same = known === original ? sameDelivery(known, input, claim, meaning, lengthMs) : original?.eventHash === hash;
  if (original === null || !same) {
    return refuse('conflict', `event_id '${input.eventId ?? ''}' stands for other content already.`, 'event_id');
  }
  return ok(repeated(pending, original, input.eventId));
}

function originalOf(pending: Pending, note: Entry): Entry | null {
  const index = integerOf(note.payload, 'of_index') ?? -1;
  return pending.written.find(({ entry }) => entry.index === index)?.entry ?? entryAt(pending.ledger, index);
}

function sameDelivery(
  entry: Entry,
  input: LogInput,
  claim: ActionClaim,
  meaning: Understood,
  lengthMs: number,
): boolean {
  if (entry.kind !== 'action' || entry.round !== input.roundId) return false;
  if (entry.timestampMs !== input.timestampMs || entry.flags.includes('simulated') !== input.simulated) return false;
  if (entry.deviceEpoch !== input.deviceEpoch || entry.deviceSeq !== input.deviceSeq) return false;
  const sentClock = entry.clockSource === 'client' ? entry.clockMs : null;
  if ((input.clockMs === null) !== (sentClock === null)) return false;
  // A reading beyond the round stands at its end; what it was is not kept.
  const cut = sentClock === lengthMs && (input.clockMs ?? 0) > lengthMs;
  if (sentClock !== input.clockMs && !cut) return false;
  return canonicalJson(entry.payload) === actionPayloadJson(claim, meaning);
}

/** The same fingerprint under a new id: recorded as a repeat, so that nothing vanishes silently. */
export function answerTwin(
  pending: Pending,
  twin: Entry,
  caller: Caller,
  input: LogInput,
  receivedMs: number,
): Outcome<Delivery> {
  if (input.eventId !== null) {
    const note = append(pending, {
      ...quietly(caller, receivedMs),
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
export function hasNeighbour(context: BoutContext, pending: Pending, input: LogInput, claim: ActionClaim): boolean {
  return [-10, 10].some((shiftMs) => {
    const neighbour = findByEventHash(pending, hashOf(context.boutId, input, claim, shiftMs));
    return neighbour !== null && Math.abs((neighbour.timestampMs ?? 0) - input.timestampMs) <= 10;
  });
}
