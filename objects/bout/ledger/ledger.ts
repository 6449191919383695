import { beginBout, type BoutState, fold, FOLD_VERSION } from '../../../domain/bout/index.ts';
import {
  chainHash,
  decodeLeaf,
  type Draft,
  encodeLeaf,
  type Entry,
  leafFits,
  sha256,
  type StoredRow,
  ZERO_HASH,
} from '../../../domain/ledger/index.ts';
import { ok, type Outcome, refuse } from '../../../domain/refusal.ts';
import { addKey, createKeyIndex, findKey, hashKey, idKey, type KeyIndex, packKeys, unpackKeys } from './key-index.ts';
import { readChanges, withRelease } from '../release/released.ts';
import * as store from './store.ts';

/** A cold start folds at most this many entries; every snapshot costs two rows. */
const SNAPSHOT_EVERY = 256;

/**
 * So many of the last entries stay in memory when a snapshot is taken: what is sent out, asked again or undone is mostly
 * among them. After a cold start only the tail is there; whatever else is asked for is read from its row.
 */
const KEEP = 512;

export type LedgerLimits = {
  /**
   * In characters, of up to three bytes each: a row holds 2 MB. A fold that outgrows that goes without a snapshot
   * rather than without its entries.
   */
  readonly maxSnapshot: number;
};

const LIMITS: LedgerLimits = { maxSnapshot: 600_000 };

/** The bout's ledger in memory: the fold, the head of the chain and the index; rows are the truth. */
export type Ledger = {
  readonly storage: DurableObjectStorage;
  readonly limits: LedgerLimits;
  /** Null until the bout is set up. */
  state: BoutState | null;
  /** Chain hash of the last entry. */
  head: string;
  keys: KeyIndex;
  /** The last entries with their chain hashes, up to the newest: at least those since the last snapshot. */
  kept: Kept[];
  /** Where the tail begins: from here on entries are in no snapshot, and their keys in no stored run. */
  tailFrom: number;
  /** How long the tail grows before the next snapshot. */
  snapshotAt: number;
  /** Why nothing may be written; the bout is then read-only. */
  fault: LedgerFault | null;
};

/**
 * The first stored entry that does not check out; or, in a ledger whose own bytes are whole, where it parts from what was
 * published (`isFork`).
 */
export type LedgerFault = { readonly index: number; readonly detail: string; readonly isFork?: true };

/** `json` is the entry as it goes out, once somebody has been sent it: every viewpoint that sees it is sent the same. */
export type Kept = { readonly entry: Entry; readonly hash: string; json: string | null };

/** Entries that have been folded but not stored: all of them become true at once, or none does. */
export type Pending = {
  readonly ledger: Ledger;
  state: BoutState | null;
  head: string;
  readonly written: { readonly entry: Entry; readonly row: StoredRow }[];
};

/**
 * Reads the ledger back: the snapshot and what was written after it. The tail's bytes are checked as
 * they are folded, so a damaged row is never built upon.
 */
export function openLedger(storage: DurableObjectStorage, limits: LedgerLimits = LIMITS): Ledger {
  const ledger: Ledger = {
    storage,
    limits,
    state: null,
    head: ZERO_HASH,
    keys: createKeyIndex(),
    kept: [],
    tailFrom: 0,
    snapshotAt: SNAPSHOT_EVERY,
    fault: null,
  };
  const snapshot = store.readSnapshot(storage.sql);
  if (snapshot !== null && snapshot.foldVersion === FOLD_VERSION) restore(ledger, snapshot);
  else if (snapshot !== null) store.dropSnapshot(storage.sql);
  for (const row of store.readEntries(storage.sql, ledger.state?.next ?? 0)) {
    const next = foldRow(ledger, row);
    if (!next.ok) {
      ledger.fault = { index: row.index, detail: next.detail };
      break;
    }
  }
  if (ledger.state !== null) ledger.state = withRelease(ledger.state, readChanges(storage.sql));
  return ledger;
}

function restore(ledger: Ledger, snapshot: store.SnapshotRow): void {
  let indexed = 0;
  let isWhole = true;
  // Two keys an entry, and room for what is to come: it would otherwise be made anew at every doubling.
  ledger.keys = createKeyIndex(snapshot.next * 3);
  for (const run of store.readKeyRuns(ledger.storage.sql)) {
    // A gap between two runs would be ids that are never recognised again.
    isWhole &&= run.first === indexed;
    indexed = run.first + unpackKeys(ledger.keys, run.first, run.keys);
  }
  if (!isWhole || indexed !== snapshot.next) {
    // Runs and snapshot are written together; if they disagree, neither is worth keeping.
    ledger.keys = createKeyIndex();
    store.dropSnapshot(ledger.storage.sql);
    return;
  }
  ledger.state = parseState(snapshot.state);
  ledger.head = snapshot.head;
  ledger.tailFrom = snapshot.next;
}

/** A snapshot is this program's own JSON of a `BoutState`, guarded by `FOLD_VERSION`. */
function parseState(text: string): BoutState {
  const state: BoutState = JSON.parse(text);
  return state;
}

function foldRow(ledger: Ledger, row: StoredRow): Outcome<true> {
  const decoded = decodeLeaf(row.leaf);
  if (!decoded.ok) return decoded;
  const entry = decoded.value;
  if (entry.index !== row.index || entry.prevChainHash !== ledger.head || chainHash(sha256, row.leaf) !== row.hash) {
    return refuse('conflict', `Entry ${row.index} does not match its hash or its place in the chain.`);
  }
  const state = ledger.state === null ? beginBout(entry) : fold(ledger.state, entry, (index) => entryAt(ledger, index));
  if (!state.ok) return state;
  adopt(ledger, state.value, row.hash, entry);
  return ok(true);
}

function adopt(ledger: Ledger, state: BoutState, head: string, entry: Entry): void {
  ledger.state = state;
  ledger.head = head;
  ledger.kept.push({ entry, hash: head, json: null });
  const id = idKey(entry.eventId);
  addKey(ledger.keys, id.high, id.low, entry.index);
  if (entry.eventHash === null) return;
  const hash = hashKey(entry.eventHash);
  addKey(ledger.keys, hash.high, hash.low, entry.index);
}

/** An entry of the ledger; null if there is none or its row is damaged. */
export function entryAt(ledger: Ledger, index: number): Entry | null {
  return keptAt(ledger, index)?.entry ?? null;
}

/** An entry with its chain hash; null if there is none or its row is damaged. */
export function keptAt(ledger: Ledger, index: number): Kept | null {
  const kept = ledger.kept[index - ((ledger.state?.next ?? 0) - ledger.kept.length)];
  if (kept !== undefined && kept.entry.index === index) return kept;
  const row = store.readEntry(ledger.storage.sql, index);
  const decoded = row === null ? null : decodeLeaf(row.leaf);
  return row !== null && decoded?.ok === true ? { entry: decoded.value, hash: row.hash, json: null } : null;
}

export function openPending(ledger: Ledger): Pending {
  return { ledger, state: ledger.state, head: ledger.head, written: [] };
}

export function findByEventId(pending: Pending, eventId: string): Entry | null {
  const fresh = pending.written.find(({ entry }) => entry.eventId === eventId);
  if (fresh !== undefined) return fresh.entry;
  return findKey(pending.ledger.keys, idKey(eventId), (index) => {
    const entry = entryAt(pending.ledger, index);
    return entry?.eventId === eventId ? entry : null;
  });
}

export function findByEventHash(pending: Pending, eventHash: string): Entry | null {
  const fresh = pending.written.find(({ entry }) => entry.eventHash === eventHash);
  if (fresh !== undefined) return fresh.entry;
  return findKey(pending.ledger.keys, hashKey(eventHash), (index) => {
    const entry = entryAt(pending.ledger, index);
    return entry?.eventHash === eventHash ? entry : null;
  });
}

/**
 * Gives a draft its place, its bytes and its hash, and folds it. Nothing is stored yet. `payloadJson` is the payload's
 * canonical JSON where the caller has it already.
 */
export function append(pending: Pending, draft: Draft, payloadJson?: string): Outcome<Entry> {
  const entry: Entry = { ...draft, index: pending.state?.next ?? 0, prevChainHash: pending.head };
  const lookUp = (index: number) =>
    pending.written.find((one) => one.entry.index === index)?.entry ?? entryAt(pending.ledger, index);
  const state = pending.state === null ? beginBout(entry) : fold(pending.state, entry, lookUp);
  if (!state.ok) return state;
  const leaf = encodeLeaf(entry, payloadJson);
  if (!leafFits(leaf)) return refuse('too_large', 'The entry is larger than a line of the ledger may be.', 'metadata');
  const hash = chainHash(sha256, leaf);
  pending.written.push({ entry, row: { index: entry.index, leaf, hash } });
  pending.state = state.value;
  pending.head = hash;
  return ok(entry);
}

/**
 * Runs one item of a request against what is pending. A refused item leaves nothing behind, except
 * where a fence refuses it: what a fenced device sends is kept for review.
 */
export function attempt<T>(pending: Pending, run: () => Outcome<T>): Outcome<T> {
  const { state, head } = pending;
  const length = pending.written.length;
  const outcome = run();
  if (!outcome.ok && outcome.code !== 'fenced') {
    pending.state = state;
    pending.head = head;
    pending.written.length = length;
  }
  return outcome;
}

/**
 * Stores what is pending in one transaction and only then lets memory follow. A crash before the
 * commit leaves the ledger as it was and the caller without an answer; after it, the entry is there and
 * the caller's retry finds it. `alongside` writes rows that must stand or fall with the entries.
 */
export function commit(pending: Pending, alongside?: () => void): void {
  const { ledger, written, state } = pending;
  if (state === null || written.length === 0) return;
  const tailLength = state.next - ledger.tailFrom;
  const snapshot = tailLength >= ledger.snapshotAt ? JSON.stringify(state) : null;
  const fits = snapshot !== null && snapshot.length <= ledger.limits.maxSnapshot;
  const [first] = written;
  if (first !== undefined && written.length === 1 && !fits && alongside === undefined) {
    // One statement is a transaction by itself; opening one around it costs as much as the statement.
    store.insertEntry(ledger.storage.sql, first.row);
  } else {
    ledger.storage.transactionSync(() => {
      for (const { row } of written) store.insertEntry(ledger.storage.sql, row);
      if (snapshot !== null && fits) {
        const tail = [...ledger.kept, ...written].slice(-tailLength).map(({ entry }) => entry);
        store.writeKeyRun(ledger.storage.sql, ledger.tailFrom, packKeys(tail));
        store.writeSnapshot(ledger.storage.sql, {
          next: state.next,
          head: pending.head,
          foldVersion: FOLD_VERSION,
          state: snapshot,
        });
      }
      alongside?.();
    });
  }
  for (const { entry, row } of written) adopt(ledger, state, row.hash, entry);
  if (fits) {
    ledger.tailFrom = state.next;
    ledger.snapshotAt = SNAPSHOT_EVERY;
    ledger.kept = ledger.kept.slice(-KEEP);
  } else if (snapshot !== null) {
    // Asked again when the tail has doubled: a bout like that starts slower, and loses nothing.
    ledger.snapshotAt = tailLength * 2;
  }
}
