import type { ArchiveFile } from '../../../domain/archive/index.ts';
import { sha256Bytes } from '../../../domain/ledger/index.ts';
import { hexOf, joinBytes } from '../../../domain/log/index.ts';

/** A file that waits to be put into the bucket; its bytes are read when its turn comes. */
export type StagedFile = {
  readonly position: number;
  readonly path: string;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
};

/** A value of a row holds 2 MB at most. */
const PART_BYTES = 1_000_000;

/** Whether files are staged. They are all there then: they are staged in one transaction. */
export function isStaged(sql: SqlStorage): boolean {
  return sql.exec('SELECT 1 FROM staged LIMIT 1').toArray().length > 0;
}

/**
 * Keeps the files until each is in the bucket, so that what is put there after a crash is what would have been put there
 * before. Inside one transaction: a crash leaves all of it or nothing.
 */
export function stageFiles(storage: DurableObjectStorage, files: Iterable<ArchiveFile>): void {
  storage.transactionSync(() => {
    dropStaged(storage.sql);
    let position = 0;
    for (const file of files) {
      stageFile(storage.sql, position, file);
      position += 1;
    }
  });
}

function stageFile(sql: SqlStorage, position: number, { path, bytes }: ArchiveFile): void {
  sql.exec(
    'INSERT INTO staged (position, path, size, sha256, done) VALUES (?, ?, ?, ?, 0)',
    position,
    path,
    bytes.length,
    hexOf(sha256Bytes(bytes)),
  );
  for (let part = 0; part * PART_BYTES < bytes.length; part += 1) {
    const slice = bytes.slice(part * PART_BYTES, (part + 1) * PART_BYTES);
    sql.exec('INSERT INTO staged_part (position, part, bytes) VALUES (?, ?, ?)', position, part, slice);
  }
}

/** What is not in the bucket yet, in the order in which it has to get there. */
export function waitingFiles(sql: SqlStorage): readonly StagedFile[] {
  return sql.exec<StagedFile>('SELECT position, path, sha256 FROM staged WHERE done = 0 ORDER BY position').toArray();
}

export function stagedBytes(sql: SqlStorage, position: number): Uint8Array {
  const parts = sql
    .exec<{ bytes: ArrayBuffer }>('SELECT bytes FROM staged_part WHERE position = ? ORDER BY part', position)
    .toArray();
  return joinBytes(parts.map(({ bytes }) => new Uint8Array(bytes)));
}

export function notePut(sql: SqlStorage, position: number): void {
  sql.exec('UPDATE staged SET done = 1 WHERE position = ?', position);
}

export function dropStaged(sql: SqlStorage): void {
  sql.exec('DELETE FROM staged');
  sql.exec('DELETE FROM staged_part');
}
