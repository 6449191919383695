import type { Actor } from '../../domain/ledger/index.ts';
import type { Caller } from '../../domain/roles/index.ts';

export function actorOf(caller: Caller): Actor {
  return { subject: caller.subject, role: caller.role, seat: caller.seat, device: caller.device };
}

/** An id for an entry whose sender gave none. */
export function newEventId(): string {
  return `evt_${crypto.randomUUID().replaceAll('-', '')}`;
}
