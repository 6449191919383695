import type { Entry } from '../../domain/ledger/index.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { Delivery } from '../../domain/wire/delivery.ts';
import { type Pending } from './ledger/ledger.ts';
import { readEntry } from './ledger/store.ts';

export type { Delivery } from '../../domain/wire/delivery.ts';

export type BatchResult = Delivery | { readonly refusal: Refusal; readonly clientEventId: string | null };

export function delivered(pending: Pending, entry: Entry, clientEventId: string | null, message: string): Delivery {
  return { status: 200, body: { ...facts(pending, entry, clientEventId), is_duplicate: false, message } };
}

/** `entry` is the original; the caller's own id may be another one. */
export function repeated(pending: Pending, entry: Entry, clientEventId: string | null): Delivery {
  const message = 'Duplicate: this was recorded already';
  return { status: 409, body: { ...facts(pending, entry, clientEventId), is_duplicate: true, message } };
}

function facts(pending: Pending, entry: Entry, clientEventId: string | null) {
  const fresh = pending.written.find((one) => one.entry.index === entry.index);
  const hash = fresh?.row.hash ?? readEntry(pending.ledger.storage.sql, entry.index)?.hash ?? '';
  return {
    success: true as const,
    event_id: entry.eventId,
    client_event_id: clientEventId,
    sequence_index: entry.index,
    event_hash: entry.eventHash,
    chain_hash: hash,
  };
}
