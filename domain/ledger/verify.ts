import { chainHash, ZERO_HASH } from './chain.ts';
import type { Sha256 } from './chain.ts';
import { decodeLeaf } from './leaf.ts';
import { actionFields, leafReader } from './scan.ts';
import type { LeafView } from './scan.ts';
import { roundedMs } from './fingerprint.ts';

/** A line of a bout as it is stored: its place, its bytes and its chain hash. */
export type StoredRow = { readonly index: number; readonly leaf: string; readonly hash: string };

/**
 * What is wrong with a row: `index` it stands at the wrong place (or one before it is missing), `hash` its bytes do
 * not give its hash, `bytes` its bytes are no leaf, `link` it does not follow the row before it (or the chain ends in
 * another head than expected), `event_hash` its fingerprint gives another event hash, `truncated` it is missing at
 * the end.
 */
export type FaultReason = 'hash' | 'link' | 'index' | 'event_hash' | 'bytes' | 'truncated';

export type Fault = { readonly index: number; readonly reason: FaultReason; readonly detail: string };

/**
 * `entries` is the length of the chain up to the last entry found good, counted from the bout's first entry, and
 * `head` its chain hash. `fault` is the first fault met; nothing after it has been looked at.
 */
export type Verdict = {
  readonly valid: boolean;
  readonly entries: number;
  readonly head: string;
  readonly fault: Fault | null;
};

export type VerifyOptions = {
  readonly sha256: Sha256;
  readonly boutId: string;
  /** Where the rows begin, if not at the bout's first entry; `prevChainHash` comes from somewhere trusted. */
  readonly from?: { readonly index: number; readonly prevChainHash: string } | undefined;
  /**
   * Length and head known from elsewhere (a receipt, a checkpoint, the seal): without it a tail that was cut off, or
   * rewritten as a whole, cannot be seen. The chain must be exactly this long, or with `grown` at least.
   */
  readonly expect?: { readonly entries: number; readonly head: string; readonly grown?: boolean } | undefined;
};

/**
 * Verifies a bout's rows, in order, by recomputing everything from the stored bytes: each leaf's hash, that the leaf
 * is in canonical form and of a known shape, its place, its link to the row before it, its rounded time and, for an
 * action, its event hash. Every other kind of entry must have none.
 */
export function verifyRows(rows: Iterable<StoredRow>, options: VerifyOptions): Verdict {
  const { sha256, boutId, expect } = options;
  const read = leafReader();
  let entries = options.from?.index ?? 0;
  let head = options.from?.prevChainHash ?? ZERO_HASH;
  const stop = (reason: FaultReason, detail: string, index = entries): Verdict => ({
    valid: false,
    entries,
    head,
    fault: { index, reason, detail },
  });

  if (expect !== undefined && expect.entries < entries) {
    return stop('index', `the expected length ${expect.entries} lies before the first row, ${entries}`);
  }
  if (expect?.entries === entries && expect.head !== head) return stop('link', otherHead(expect.entries, head));

  for (const row of rows) {
    if (expect !== undefined && entries === expect.entries && expect.grown !== true) {
      return stop('index', `entry ${row.index} stands after the expected end, ${expect.entries} entries`);
    }
    if (row.index !== entries) return stop('index', `entry ${row.index} stands where entry ${entries} belongs`);
    const hash = chainHash(sha256, row.leaf);
    if (hash !== row.hash) return stop('hash', `the bytes of entry ${entries} give ${hash}, stored is ${row.hash}`);
    const view = read(row.leaf) ?? slowView(row.leaf);
    if (typeof view === 'string') return stop('bytes', `entry ${entries}: ${view}`);
    if (view.index !== String(entries))
      return stop('index', `the leaf of entry ${entries} says it is entry ${view.index}`);
    if (view.prevChainHash !== head) {
      return stop('link', `entry ${entries} follows ${view.prevChainHash}, but the chain stands at ${head}`);
    }
    const problem = eventHashProblem(view, sha256, boutId);
    if (problem !== null) return stop('event_hash', `entry ${entries}: ${problem}`);
    entries += 1;
    head = hash;
    if (expect?.entries === entries && expect.head !== head) {
      return stop('link', otherHead(entries, head), entries - 1);
    }
  }

  if (expect !== undefined && entries < expect.entries) {
    return stop('truncated', `the chain ends after ${entries} entries, expected are ${expect.entries}`);
  }
  return { valid: true, entries, head, fault: null };
}

function otherHead(entries: number, head: string): string {
  return `the head after ${entries} entries is ${head}, another than expected`;
}

/** The same view by way of `decodeLeaf`, or why the leaf is none. */
function slowView(leaf: string): LeafView | string {
  const decoded = decodeLeaf(leaf);
  if (!decoded.ok) return decoded.detail;
  const { index, kind, prevChainHash, eventHash, round, timestampMs, payload } = decoded.value;
  return {
    index: String(index),
    kind,
    prevChainHash,
    eventHash,
    round: String(round),
    timestampMs: String(timestampMs),
    timestampRoundedMs: String(timestampMs === null ? null : roundedMs(timestampMs)),
    action: actionFields(payload),
  };
}

/** On the leaf's own text, so that the hashed fingerprint is made of the very bytes that are stored. */
function eventHashProblem(view: LeafView, sha256: Sha256, boutId: string): string | null {
  const { kind, eventHash, round, timestampMs, action } = view;
  if (kind !== 'action') return eventHash === null ? null : 'it is no action, yet it has an event hash';
  if (action === null || round === 'null' || timestampMs === 'null') {
    return 'it is an action, yet it lacks a field of the fingerprint';
  }
  const { judgeId, fighterId, eventType, deviceId } = action;
  const computed = sha256(
    `${boutId}|${round}|${judgeId}|${fighterId}|${eventType}|${view.timestampRoundedMs}|${deviceId}`,
  );
  return computed === eventHash ? null : `its fingerprint gives ${computed}, stored is ${String(eventHash)}`;
}
