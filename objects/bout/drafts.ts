import type { Actor } from '../../domain/ledger/index.ts';
import type { Caller } from '../../domain/roles/index.ts';

export function actorOf(caller: Caller): Actor {
  return { subject: caller.subject, role: caller.role, seat: caller.seat, device: caller.device };
}

/** An id for an entry whose sender gave none. */
export function newEventId(): string {
  return `evt_${crypto.randomUUID().replaceAll('-', '')}`;
}

/** The members of an entry that is no action and has no moment of the round. */
export function quietly(caller: Caller, receivedMs: number) {
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
