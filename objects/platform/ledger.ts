import { chainHash, encodeLeaf, sha256, verifyRows, ZERO_HASH } from '../../domain/ledger/index.ts';
import type { Actor, EntryKind, LeafObject, StoredRow, Verdict } from '../../domain/ledger/index.ts';

/** Stands where a bout's ledger has its bout id; no fingerprint is ever made with it. */
const LEDGER_ID = 'platform';

/** An entry of the deployment's own ledger, before it has its place. `payload.type` says what it records. */
export type PlatformDraft = {
  readonly kind: EntryKind;
  readonly eventId: string;
  readonly actor: Actor;
  readonly receivedMs: number;
  readonly payload: LeafObject & { readonly type: string };
};

/** How long the ledger is, and the chain hash of its last entry (64 zeros where it has none). */
export type Head = { readonly entries: number; readonly head: string };

export function head(sql: SqlStorage): Head {
  const [last] = sql.exec<{ idx: number; hash: string }>('SELECT idx, hash FROM entry ORDER BY idx DESC LIMIT 1');
  return last === undefined ? { entries: 0, head: ZERO_HASH } : { entries: last.idx + 1, head: last.hash };
}

/** The chain hash of an entry, or null where there is none. */
export function hashOf(sql: SqlStorage, index: number): string | null {
  const [row] = sql.exec<{ hash: string }>('SELECT hash FROM entry WHERE idx = ?', index);
  return row?.hash ?? null;
}

/** Appends one entry and returns its index. The caller holds the transaction. */
export function append(sql: SqlStorage, draft: PlatformDraft): number {
  const { entries, head: prevChainHash } = head(sql);
  const leaf = encodeLeaf({
    ...draft,
    index: entries,
    prevChainHash,
    timestampMs: null,
    round: null,
    clockMs: null,
    clockSource: null,
    flags: [],
    eventHash: null,
    deviceEpoch: null,
    deviceSeq: null,
    signature: null,
  });
  sql.exec('INSERT INTO entry (idx, leaf, hash) VALUES (?, ?, ?)', entries, leaf, chainHash(sha256, leaf));
  return entries;
}

/** Recomputes every hash and link from the stored bytes. */
export function verify(sql: SqlStorage): Verdict {
  return verifyRows(rows(sql), { sha256, boutId: LEDGER_ID });
}

function* rows(sql: SqlStorage): Generator<StoredRow> {
  const cursor = sql.exec<{ idx: number; leaf: string; hash: string }>(
    'SELECT idx, leaf, hash FROM entry ORDER BY idx',
  );
  for (const { idx, leaf, hash } of cursor) yield { index: idx, leaf, hash };
}
