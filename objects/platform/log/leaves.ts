import { hexOf, leafHash } from '../../../domain/log/index.ts';
import { utf8Bytes } from '../../../domain/ledger/index.ts';
import { closeTiles } from './nodes.ts';

/** A checkpoint as it stands in the log. `boutId` is null for one of the deployment's own ledger; `root` is base64. */
export type CheckpointLeaf = {
  readonly boutId: string | null;
  readonly size: number;
  readonly root: string;
  /** The leaf's bytes, as text. */
  readonly note: string;
};

export type PlacedLeaf = { readonly index: number; readonly size: number; readonly root: string };

export function leafCount(sql: SqlStorage): number {
  return sql.exec<{ n: number }>('SELECT coalesce(max(idx) + 1, 0) AS n FROM checkpoint_leaf').one().n;
}

/** Appends a leaf and returns its index. The caller holds the transaction. */
export function appendLeaf(sql: SqlStorage, { boutId, size, root, note }: CheckpointLeaf): number {
  const index = leafCount(sql);
  sql.exec(
    'INSERT INTO checkpoint_leaf (idx, note, hash, bout_id, size, root) VALUES (?, ?, ?, ?, ?, ?)',
    index,
    note,
    hexOf(leafHash(utf8Bytes(note))),
    boutId,
    size,
    root,
  );
  closeTiles(sql, index + 1);
  return index;
}

/** The checkpoint of a bout at a size; null where the log has none. */
export function findLeaf(sql: SqlStorage, boutId: string, size: number): PlacedLeaf | null {
  const [row] = sql.exec<PlacedLeaf>(
    'SELECT idx AS "index", size, root FROM checkpoint_leaf WHERE bout_id = ? AND size = ?',
    boutId,
    size,
  );
  return row ?? null;
}

/** The largest checkpoint of a bout. */
export function newestLeaf(sql: SqlStorage, boutId: string): PlacedLeaf | null {
  const [row] = sql.exec<PlacedLeaf>(
    'SELECT idx AS "index", size, root FROM checkpoint_leaf WHERE bout_id = ? ORDER BY size DESC LIMIT 1',
    boutId,
  );
  return row ?? null;
}
