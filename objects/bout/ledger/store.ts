import type { StoredRow } from '../../../domain/ledger/index.ts';

/** The rows of a bout's object, and nothing about what they mean. */
export type SnapshotRow = {
  readonly next: number;
  readonly head: string;
  readonly foldVersion: number;
  readonly state: string;
};

export function insertEntry(sql: SqlStorage, row: StoredRow): void {
  sql.exec('INSERT INTO entry (idx, leaf, hash) VALUES (?, ?, ?)', row.index, row.leaf, row.hash);
}

export function readEntry(sql: SqlStorage, index: number): StoredRow | null {
  const [row] = sql.exec<EntryRow>('SELECT idx, leaf, hash FROM entry WHERE idx = ?', index);
  return row === undefined ? null : { index: row.idx, leaf: row.leaf, hash: row.hash };
}

/** Entries from `first` up to and with `last`, in order, read as they are consumed. */
export function* readEntries(sql: SqlStorage, first: number, last = Number.MAX_SAFE_INTEGER): Generator<StoredRow> {
  const rows = sql.exec<EntryRow>(
    'SELECT idx, leaf, hash FROM entry WHERE idx BETWEEN ? AND ? ORDER BY idx',
    first,
    last,
  );
  for (const row of rows) yield { index: row.idx, leaf: row.leaf, hash: row.hash };
}

export function readSnapshot(sql: SqlStorage): SnapshotRow | null {
  const [row] = sql.exec<{ next: number; head: string; fold_version: number; state: string }>(
    'SELECT next, head, fold_version, state FROM snapshot WHERE id = 1',
  );
  return row === undefined ? null : { next: row.next, head: row.head, foldVersion: row.fold_version, state: row.state };
}

export function writeSnapshot(sql: SqlStorage, snapshot: SnapshotRow): void {
  sql.exec(
    'INSERT OR REPLACE INTO snapshot (id, next, head, fold_version, state) VALUES (1, ?, ?, ?, ?)',
    snapshot.next,
    snapshot.head,
    snapshot.foldVersion,
    snapshot.state,
  );
}

export function dropSnapshot(sql: SqlStorage): void {
  sql.exec('DELETE FROM snapshot');
  sql.exec('DELETE FROM key_run');
}

export function writeKeyRun(sql: SqlStorage, first: number, keys: ArrayBuffer): void {
  sql.exec('INSERT OR REPLACE INTO key_run (first, keys) VALUES (?, ?)', first, keys);
}

export function* readKeyRuns(sql: SqlStorage): Generator<{ first: number; keys: ArrayBuffer }> {
  yield* sql.exec<{ first: number; keys: ArrayBuffer }>('SELECT first, keys FROM key_run ORDER BY first');
}

type EntryRow = { idx: number; leaf: string; hash: string };
