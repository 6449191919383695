import { archivePrefix, buildArchive, rotationsText } from '../../../domain/archive/index.ts';
import { sha256Bytes, utf8Bytes } from '../../../domain/ledger/index.ts';
import { hexOf } from '../../../domain/log/index.ts';
import { readLogKey } from '../../log-key.ts';
import type { BoutContext } from '../context.ts';
import { enqueue, Postponed } from '../jobs/table.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { readEntries } from '../ledger/store.ts';
import { createdMsOf } from './facts.ts';
import {
  type CheckpointRow,
  checkpointOf,
  isLogged,
  noteConflict,
  noteProofArchived,
  readProof,
  readRecord,
} from './store.ts';
import { dropStaged, isStaged, notePut, stagedBytes, stageFiles, waitingFiles } from './staging.ts';
import { within } from '../../within.ts';

/** The last file of an archive: whoever finds it finds all that it covers. */
const LAST = 'checkpoint';

export const PROOF_FILE = 'log.tlog-proof';

const ROTATIONS_FILE = 'rotations';

const PUT_MS = 30_000;

/**
 * Brings a sealed bout's archive into the bucket: made once from the verified ledger, staged, put file by file, and then
 * marked as there. A crash after any step goes on from that step with the same bytes. Nothing that is there already is
 * ever overwritten; if it is something else than ours, the job ends for good and health says so.
 */
export async function archive(context: BoutContext): Promise<void> {
  const { ledger } = context;
  const sealed = ledger?.state?.sealed ?? null;
  if (ledger === null || sealed === null) return;
  const { sql } = ledger.storage;
  if (readRecord(sql).conflict !== null) return;
  if (ledger.fault !== null) throw new Postponed(`nothing is archived: ${ledger.fault.detail}`);
  const checkpoint = checkpointOf(sql, sealed.index + 1);
  if (checkpoint === null) throw new Postponed('the checkpoint of the seal is not signed yet');
  // Not before the log has taken it: what a key signed that is not the log's would stand in the archive for ever.
  if (!isLogged(sql, checkpoint.size)) throw new Postponed('the log of checkpoints has not taken the seal’s yet');
  const target: Target = { context, ledger, prefix: prefixOf(ledger) };
  if (readRecord(sql).archivedMs === null) {
    if (!isStaged(sql)) stage(context, ledger, checkpoint);
    if (!(await putStaged(target, checkpoint))) return;
    finish(ledger);
  }
  // It may have come after the archive was complete, or while its last files were on their way.
  await putProof(target, checkpoint);
}

type Target = { readonly context: BoutContext; readonly ledger: Ledger; readonly prefix: string };

export function prefixOf(ledger: Ledger): string {
  if (ledger.state === null) throw new Error('a bout that cannot be read has no archive');
  return archivePrefix(ledger.state.config, createdMsOf(ledger));
}

function stage(context: BoutContext, ledger: Ledger, { note, size }: CheckpointRow): void {
  const { storage } = ledger;
  const { sql } = storage;
  const key = readLogKey(context.env);
  if (!key.ok) throw new Postponed(key.detail);
  const rows = [...readEntries(sql, 0, size - 1)];
  const people = sql.exec<{ id: string; name: string; salt: string }>('SELECT id, name, salt FROM person').toArray();
  stageFiles(storage, buildArchive({ rows, people, checkpoint: note, rotations: key.value.rotations }));
}

/** Whether everything is there; false where something else lies in its place. */
async function putStaged(target: Target, checkpoint: CheckpointRow): Promise<boolean> {
  const { sql } = target.ledger.storage;
  for (const { position, path, sha256 } of waitingFiles(sql)) {
    if (path === LAST && !(await putProof(target, checkpoint))) return false;
    if (!(await putFile(target, path, stagedBytes(sql, position), sha256))) return false;
    notePut(sql, position);
  }
  return true;
}

function finish({ storage }: Ledger): void {
  storage.transactionSync(() => {
    dropStaged(storage.sql);
    storage.sql.exec('UPDATE record SET archived_ms = ? WHERE archived_ms IS NULL', Date.now());
    enqueue(storage.sql, 'index', Date.now());
  });
}

/**
 * Where R2 was put back to an earlier day: an archive that was on its way or complete and is not there any more is owed
 * again. The same ledger makes the same bytes; what is there still is left as it is.
 */
export async function oweLostArchive({ env }: BoutContext, ledger: Ledger): Promise<void> {
  const { storage } = ledger;
  const { sql } = storage;
  if ((ledger.state?.sealed ?? null) === null || !(isStaged(sql) || readRecord(sql).archivedMs !== null)) return;
  if ((await within(PUT_MS, 'R2', env.ARCHIVE.head(`${prefixOf(ledger)}${LAST}`))) !== null) return;
  storage.transactionSync(() => {
    sql.exec('UPDATE record SET archived_ms = NULL, has_proof = 0, has_timestamp = 0');
    sql.exec('UPDATE staged SET done = 0');
    enqueue(sql, 'archive', Date.now());
    if (env.TSA_URL !== undefined && env.TSA_URL !== '') enqueue(sql, 'timestamp', Date.now());
  });
}

/** The proof that the checkpoint stands in the log of checkpoints, where the log has given one; true where there is none. */
async function putProof(target: Target, { size }: CheckpointRow): Promise<boolean> {
  const { sql } = target.ledger.storage;
  const proof = readProof(sql, size);
  if (proof === null || readRecord(sql).hasProof) return true;
  await putRotations(target);
  const bytes = utf8Bytes(proof);
  if (!(await putFile(target, PROOF_FILE, bytes, hexOf(sha256Bytes(bytes))))) return false;
  noteProofArchived(sql);
  return true;
}

/**
 * Where the key was replaced after the files were staged, a proof that comes so late is of a key that nothing in the
 * archive leads to. Notes that are there already stay.
 */
async function putRotations({ context: { env }, prefix }: Target): Promise<void> {
  const key = readLogKey(env);
  if (!key.ok || key.value.rotations.length === 0) return;
  const bytes = utf8Bytes(rotationsText(key.value.rotations));
  const options = {
    onlyIf: { etagDoesNotMatch: '*' },
    sha256: hexOf(sha256Bytes(bytes)),
    httpMetadata: { contentType: contentTypeOf(ROTATIONS_FILE) },
  };
  await within(PUT_MS, 'R2', env.ARCHIVE.put(`${prefix}${ROTATIONS_FILE}`, bytes, options));
}

/** Puts a file where there is none. Also true where the very same lies there: put before a crash that forgot it. */
async function putFile(target: Target, path: string, bytes: Uint8Array, sha256: string): Promise<boolean> {
  const { context, ledger, prefix } = target;
  const { ARCHIVE } = context.env;
  const key = `${prefix}${path}`;
  const options = {
    onlyIf: { etagDoesNotMatch: '*' },
    sha256,
    httpMetadata: { contentType: contentTypeOf(path) },
  };
  const written = await within(PUT_MS, 'R2', ARCHIVE.put(key, bytes, options));
  if (written !== null) return true;
  const there = await within(PUT_MS, 'R2', ARCHIVE.head(key));
  // Taken away between the two: the next try finds the place empty.
  if (there === null) throw new Error(`${key} was there and is gone`);
  const found = there.checksums.sha256;
  if (found !== undefined && hexOf(new Uint8Array(found)) === sha256) return true;
  noteConflict(ledger.storage.sql, `${key} holds something else than this bout’s record.`);
  console.error(JSON.stringify({ at: 'archive', bout: context.boutId, conflict: key }));
  return false;
}

/** The type of a file of an archive, by its name. */
export function contentTypeOf(path: string): string {
  if (path.endsWith('.json')) return 'application/json';
  if (path.endsWith('.tsr')) return 'application/timestamp-reply';
  // `rotations` is JSON; everything else outside the tiles is text of the log's own formats.
  if (path === ROTATIONS_FILE) return 'application/json';
  return path.startsWith('tile/') ? 'application/octet-stream' : 'text/plain; charset=utf-8';
}
