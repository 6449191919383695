/** The rows of a bout's record beside its ledger, and nothing about what they mean. */

/** A signed checkpoint; `root` in base64, as the note has it. */
export type CheckpointRow = {
  readonly size: number;
  readonly root: string;
  /** Chain hash of the last entry within. */
  readonly head: string;
  readonly frontier: string;
  readonly note: string;
};

export type RecordRow = {
  /** Whether the latest checkpoint stands in R2, as far as we know. */
  readonly anchored: boolean;
  readonly fork: string | null;
  readonly archivedMs: number | null;
  readonly conflict: string | null;
  /** Whether `log.tlog-proof` is in the archive, and `checkpoint.tsr`. */
  readonly hasProof: boolean;
  readonly hasTimestamp: boolean;
};

export function readRecord(sql: SqlStorage): RecordRow {
  const row = sql
    .exec<{
      anchored: number;
      fork: string | null;
      archived_ms: number | null;
      conflict: string | null;
      has_proof: number;
      has_timestamp: number;
    }>('SELECT anchored, fork, archived_ms, conflict, has_proof, has_timestamp FROM record')
    .one();
  return {
    anchored: row.anchored === 1,
    fork: row.fork,
    archivedMs: row.archived_ms,
    conflict: row.conflict,
    hasProof: row.has_proof === 1,
    hasTimestamp: row.has_timestamp === 1,
  };
}

export function noteAnchored(sql: SqlStorage, anchored: boolean): void {
  sql.exec('UPDATE record SET anchored = ?', anchored ? 1 : 0);
}

export function noteFork(sql: SqlStorage, detail: string | null): void {
  sql.exec('UPDATE record SET fork = ?', detail);
}

export function noteConflict(sql: SqlStorage, detail: string): void {
  sql.exec('UPDATE record SET conflict = ?', detail);
}

export function noteProofArchived(sql: SqlStorage): void {
  sql.exec('UPDATE record SET has_proof = 1');
}

export function noteTimestampArchived(sql: SqlStorage): void {
  sql.exec('UPDATE record SET has_timestamp = 1');
}

const CHECKPOINT = 'SELECT size, root, head, frontier, note FROM checkpoint';

/** The latest, or the latest of at most `maxSize` entries. */
export function latestCheckpoint(sql: SqlStorage, maxSize = Number.MAX_SAFE_INTEGER): CheckpointRow | null {
  const [row] = sql.exec<CheckpointRow>(`${CHECKPOINT} WHERE size <= ? ORDER BY size DESC LIMIT 1`, maxSize);
  return row ?? null;
}

export function checkpointOf(sql: SqlStorage, size: number): CheckpointRow | null {
  const [row] = sql.exec<CheckpointRow>(`${CHECKPOINT} WHERE size = ?`, size);
  return row ?? null;
}

export function insertCheckpoint(sql: SqlStorage, { size, root, head, frontier, note }: CheckpointRow): void {
  sql.exec(
    'INSERT INTO checkpoint (size, root, head, frontier, note) VALUES (?, ?, ?, ?, ?)',
    size,
    root,
    head,
    frontier,
    note,
  );
}

/** The same checkpoint under another signature; not where the log of checkpoints has taken it as it was. */
export function replaceNote(sql: SqlStorage, size: number, note: string): void {
  sql.exec('UPDATE checkpoint SET note = ? WHERE size = ? AND log_index IS NULL', note, size);
}

/** Checkpoints that the log of checkpoints has not taken, or has given no proof of, the earliest first. */
export function unloggedCheckpoints(sql: SqlStorage): readonly CheckpointRow[] {
  return sql.exec<CheckpointRow>(`${CHECKPOINT} WHERE proof IS NULL ORDER BY size`).toArray();
}

export function noteLogged(sql: SqlStorage, size: number, logIndex: number, proof: string | null): void {
  sql.exec('UPDATE checkpoint SET log_index = ?, proof = ? WHERE size = ?', logIndex, proof, size);
}

/** Whether the log of checkpoints has a checkpoint. */
export function isLogged(sql: SqlStorage, size: number): boolean {
  return sql.exec('SELECT 1 FROM checkpoint WHERE size = ? AND log_index IS NOT NULL', size).toArray().length > 0;
}

/** The `.tlog-proof` of a checkpoint in the log of checkpoints; null while the log has given none. */
export function readProof(sql: SqlStorage, size: number): string | null {
  const [row] = sql.exec<{ proof: string | null }>('SELECT proof FROM checkpoint WHERE size = ?', size);
  return row?.proof ?? null;
}
