import {
  base64Of,
  EMPTY_FRONTIER,
  extend,
  type Frontier,
  frontierFromText,
  frontierToText,
  type Hash,
  hexOf,
  leafHash,
  rootOfFrontier,
} from '../../../domain/log/index.ts';
import { utf8Bytes } from '../../../domain/ledger/index.ts';
import { ledgerOrigin, type LogKey, signCheckpoint } from '../../log-key.ts';
import type { LogContext } from './context.ts';
import { appendLeaf } from './leaves.ts';

/** A signed checkpoint of the deployment's own ledger that is not in the log yet. */
export type LedgerCheckpoint = { readonly size: number; readonly root: string; readonly note: string } & {
  readonly frontier: string;
};

/**
 * How many entries one checkpoint goes on by: this object's thread is everybody's. A deployment that had a long ledger
 * before it had a log catches up checkpoint by checkpoint.
 */
const AT_MOST = 10_000;

/**
 * A checkpoint over the entries of the deployment's ledger, the new ones read again and hashed; null where it has not
 * grown, or where an entry is not the one that was stored (which health then says).
 */
export async function nextLedgerCheckpoint(log: LogContext, key: LogKey): Promise<LedgerCheckpoint | null> {
  const { sql } = log.storage;
  const frontier = readFrontier(sql);
  const hashes: Hash[] = [];
  const cursor = sql.exec<{ idx: number; leaf: string; hash: string }>(
    'SELECT idx, leaf, hash FROM entry WHERE idx >= ? ORDER BY idx LIMIT ?',
    frontier.size,
    AT_MOST,
  );
  for (const { idx, leaf, hash } of cursor) {
    const computed = leafHash(utf8Bytes(leaf));
    if (idx !== frontier.size + hashes.length || hexOf(computed) !== hash) {
      log.memory.faults.ledger = `The deployment's ledger does not check out from entry ${frontier.size + hashes.length} on.`;
      return null;
    }
    hashes.push(computed);
  }
  log.memory.faults.ledger = null;
  if (hashes.length === 0) return null;
  const next = extend(frontier, hashes);
  const root = rootOfFrontier(next);
  const note = await signCheckpoint(key, { origin: ledgerOrigin(key), size: next.size, root });
  return { size: next.size, root: base64Of(root), note, frontier: frontierToText(next) };
}

/** Adds it to the log, unless a later one was added while it was signed. The caller holds the transaction. */
export function appendLedgerCheckpoint(sql: SqlStorage, { size, root, note, frontier }: LedgerCheckpoint): void {
  if (readFrontier(sql).size >= size) return;
  appendLeaf(sql, { boutId: null, size, root, note });
  sql.exec(
    'INSERT OR REPLACE INTO ledger_checkpoint (id, size, note, frontier) VALUES (1, ?, ?, ?)',
    size,
    note,
    frontier,
  );
}

/** The newest checkpoint of the deployment's ledger, a signed note; null before the first. */
export function ledgerCheckpoint(sql: SqlStorage): string | null {
  const [row] = sql.exec<{ note: string }>('SELECT note FROM ledger_checkpoint');
  return row?.note ?? null;
}

function readFrontier(sql: SqlStorage): Frontier {
  const [row] = sql.exec<{ frontier: string }>('SELECT frontier FROM ledger_checkpoint');
  if (row === undefined) return EMPTY_FRONTIER;
  const frontier = frontierFromText(row.frontier);
  // This object's own writing: if it is not one, nothing that follows could be right.
  if (!frontier.ok) throw new Error(`the stored frontier of the ledger: ${frontier.detail}`);
  return frontier.value;
}
