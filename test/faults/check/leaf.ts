import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Json } from '../run/reply.ts';

/** What the actions that the plans send are understood as, where they say no more than their name. */
const UNDERSTOOD: ReadonlyMap<string, Json> = new Map<string, Json>([
  ['Jab', { type: 'jab' }],
  ['Cross', { type: 'cross' }],
  ['Hook', { type: 'hook' }],
  ['Takedown Landed', { type: 'takedown_landed' }],
  ['KD', { type: 'kd', tier: 'flash' }],
  ['Low Kick', { type: 'low_kick', target: 'leg' }],
]);

/**
 * The chain hash of an entry, from what the API tells of it and the hash before: RFC 8785 and SHA-256 of other hands
 * than the product's. The plans send no device epochs, sequences and signatures, which the API does not tell.
 */
export function chainHashOf(entry: Json, before: string): string {
  const timestampMs = entry['timestamp_ms'];
  const leaf = {
    actor: entry['actor'],
    clock_ms: entry['clock_ms'],
    clock_source: entry['clock_source'],
    device_epoch: null,
    device_seq: null,
    event_hash: entry['event_hash'],
    event_id: entry['event_id'],
    flags: entry['flags'],
    index: entry['sequence_index'],
    kind: entry['kind'],
    payload: entry['kind'] === 'action' ? payloadOf(entry) : entry['payload'],
    prev_chain_hash: before,
    received_ms: entry['received_ms'],
    round: entry['round_id'],
    signature: null,
    timestamp_ms: timestampMs,
    timestamp_rounded_ms: typeof timestampMs === 'number' ? Math.floor(timestampMs / 10) * 10 : null,
    v: 1,
  };
  return sha256(`\u0000${canonicalize(leaf) ?? ''}`);
}

function payloadOf(entry: Json): Json {
  return {
    action: UNDERSTOOD.get(String(entry['event_type'])),
    device_id: entry['device_id'],
    event_type: entry['event_type'],
    fighter_id: entry['fighter_id'],
    judge_id: entry['judge_id'],
    metadata: entry['metadata'],
  };
}

/** The event hash of an action, as the API document has it. */
export function eventHashOf(entry: Json, boutId: string): string {
  const rounded = Math.floor(Number(entry['timestamp_ms']) / 10) * 10;
  const { round_id: round, judge_id: judge, fighter_id: fighter, event_type: type, device_id: device } = entry;
  return sha256([boutId, round, judge, fighter, type, rounded, device].join('|'));
}

/** What stands before the first entry. */
export const NOTHING_BEFORE = '0'.repeat(64);

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
