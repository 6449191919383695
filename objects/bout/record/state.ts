import type { Ledger } from '../ledger/ledger.ts';
import { latestCheckpoint, readRecord, unloggedCheckpoints } from './store.ts';

/** How far the record has come, for supervisors. */
export function recordView({ storage: { sql } }: Ledger) {
  const record = readRecord(sql);
  return {
    checkpoint_size: latestCheckpoint(sql)?.size ?? null,
    archived: record.archivedMs !== null,
    conflict: record.conflict,
  };
}

/** The same for the monitor: what is signed, and what an outsider does not have yet. */
export function recordHealth({ storage: { sql } }: Ledger) {
  const record = readRecord(sql);
  return {
    checkpointSize: latestCheckpoint(sql)?.size ?? null,
    isAnchored: record.anchored,
    unlogged: unloggedCheckpoints(sql).length,
    archivedMs: record.archivedMs,
    conflict: record.conflict,
  };
}
