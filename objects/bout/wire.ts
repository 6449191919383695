import type { Entry } from '../../domain/ledger/index.ts';
import { wireAction } from '../../domain/wire/action.ts';

export { wireAction };

/** An entry as it goes out. */
export function wireEntry(entry: Entry, chainHash: string) {
  const base = {
    sequence_index: entry.index,
    event_id: entry.eventId,
    kind: entry.kind,
    round_id: entry.round,
    timestamp_ms: entry.timestampMs,
    received_ms: entry.receivedMs,
    clock_ms: entry.clockMs,
    clock_source: entry.clockSource,
    actor: entry.actor,
    flags: entry.flags,
    event_hash: entry.eventHash,
    chain_hash: chainHash,
  };
  if (entry.kind !== 'action' && entry.kind !== 'replace') return { ...base, payload: entry.payload };
  return {
    ...base,
    ...wireAction(entry),
    ...(entry.kind === 'replace' ? { replaces: entry.payload['target_event_id'] } : {}),
  };
}

export type WireEntry = ReturnType<typeof wireEntry>;
