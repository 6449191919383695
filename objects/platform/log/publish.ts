import {
  base64Of,
  EMPTY_FRONTIER,
  extend,
  formatVerifierKey,
  frontierFromText,
  frontierToText,
  type Hash,
  hexOf,
  leafHash,
  rootOfFrontier,
  sameBytes,
} from '../../../domain/log/index.ts';
import { utf8Bytes } from '../../../domain/ledger/index.ts';
import { ok, type Outcome, refuse } from '../../../domain/refusal.ts';
import { type LogKey, logOrigin, readLogKey, signCheckpoint } from '../../log-key.ts';
import { checkAnchor, putAnchor } from './anchor.ts';
import type { LogContext } from './context.ts';
import { arm } from './jobs.ts';
import { settleKey } from './keys.ts';
import { leafCount } from './leaves.ts';
import { rootOfFirst } from './nodes.ts';
import { oweCosignatures } from './witnesses.ts';

/**
 * Publishes the log as far as `size` at least: signs it, anchors it in R2, and only then lets it be read, so that nobody
 * holds a checkpoint that this object could forget. One publication at a time takes whatever was appended before it
 * began: a burst of leaves costs a few of them. Throws where it cannot be done now; the job `publish` tries again.
 *
 * A crash after a leaf was appended leaves the job, which signs it; one after signing leaves a checkpoint that nobody has
 * seen, which the next publication anchors or overtakes; one after the anchor leaves it equal to the storage, and the
 * next publication puts the same note there again.
 */
export async function publish(log: LogContext, size: number): Promise<void> {
  const { memory, storage } = log;
  while (publishedSize(storage.sql) < size) {
    memory.publishing ??= publishOnce(log).finally(() => {
      memory.publishing = null;
    });
    await memory.publishing;
  }
}

export function publishedSize(sql: SqlStorage): number {
  return sql
    .exec<{ size: number }>('SELECT coalesce(max(size), 0) AS size FROM log_checkpoint WHERE published_ms IS NOT NULL')
    .one().size;
}

/** Whether anything may be signed. Throws where R2 cannot be asked. */
export async function checkSound(log: LogContext, key: LogKey): Promise<Outcome<true>> {
  const settled = await settleKey(log, key);
  return settled.ok ? await checkAnchor(log, key) : settled;
}

async function publishOnce(log: LogContext): Promise<void> {
  const done = await signAndAnchor(log);
  if (!done.ok) throw new Error(done.detail);
}

async function signAndAnchor(log: LogContext): Promise<Outcome<true>> {
  const { storage, memory } = log;
  const key = readLogKey(log.env);
  if (!key.ok) return key;
  const sound = await checkSound(log, key.value);
  if (!sound.ok) return sound;
  const signed = await signNewest(log, key.value);
  memory.faults.stored = signed.ok ? null : signed.detail;
  if (!signed.ok) return signed;
  const put = await putAnchor(log, key.value, signed.value.note);
  if (!put.ok) return put;
  storage.transactionSync(() => {
    const { sql } = storage;
    sql.exec(
      'UPDATE log_checkpoint SET published_ms = ? WHERE size = ? AND published_ms IS NULL',
      Date.now(),
      signed.value.size,
    );
    if (signed.value.size === leafCount(sql)) sql.exec("DELETE FROM job WHERE id = 'publish'");
    oweCosignatures(log);
  });
  await arm(storage);
  return ok(true);
}

type Signed = { readonly size: number; readonly note: string };

type SignedRow = { size: number; root: string; note: string; frontier: string };

/** The checkpoint over all leaves; the bytes of those since the last one are read and hashed again before it is signed. */
async function signNewest({ storage }: LogContext, key: LogKey): Promise<Outcome<Signed>> {
  const { sql } = storage;
  const [last] = sql.exec<SignedRow>(
    'SELECT size, root, note, frontier FROM log_checkpoint ORDER BY size DESC LIMIT 1',
  );
  const before = last === undefined ? ok(EMPTY_FRONTIER) : frontierFromText(last.frontier);
  if (!before.ok) return refuse('unavailable', `The log's stored frontier does not check out: ${before.detail}.`);
  const isRoot = last === undefined || base64Of(rootOfFrontier(before.value)) === last.root;
  if (!isRoot || before.value.size !== (last?.size ?? 0)) {
    return refuse('unavailable', `The log's stored frontier is not that of its checkpoint at ${last?.size ?? 0}.`);
  }
  const size = leafCount(sql);
  if (last?.size === size) return ok({ size, note: last.note });
  const hashes = readHashes(sql, before.value.size, size);
  if (!hashes.ok) return hashes;
  const frontier = extend(before.value, hashes.value);
  const root = rootOfFrontier(frontier);
  // What proofs and tiles are made of has to be the same tree.
  if (!sameBytes(root, rootOfFirst(sql, size))) {
    return refuse('unavailable', `The log's stored hashes do not lead to its root at size ${size}.`);
  }
  const note = await signCheckpoint(key, { origin: logOrigin(key), size, root });
  sql.exec(
    'INSERT INTO log_checkpoint (size, root, note, frontier, key, signed_ms) VALUES (?, ?, ?, ?, ?, ?)',
    size,
    base64Of(root),
    note,
    frontierToText(frontier),
    formatVerifierKey(key.deployment),
    Date.now(),
  );
  return ok({ size, note });
}

function readHashes(sql: SqlStorage, from: number, to: number): Outcome<readonly Hash[]> {
  const hashes: Hash[] = [];
  const cursor = sql.exec<{ idx: number; note: string; hash: string }>(
    'SELECT idx, note, hash FROM checkpoint_leaf WHERE idx >= ? AND idx < ? ORDER BY idx',
    from,
    to,
  );
  for (const { idx, note, hash } of cursor) {
    const computed = leafHash(utf8Bytes(note));
    if (idx !== from + hashes.length || hexOf(computed) !== hash) break;
    hashes.push(computed);
  }
  if (hashes.length === to - from) return ok(hashes);
  return refuse('unavailable', `The log does not check out from leaf ${from + hashes.length} on.`);
}
