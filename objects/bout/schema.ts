import type { Migration } from '../migrate.ts';
import { DELIVERY_TABLE } from '../once.ts';

/** Append-only: a migration that has shipped is never edited, only followed by another. */
export const BOUT_MIGRATIONS: readonly Migration[] = [
  {
    id: '0001-ledger',
    sql: `
      -- The ledger. One row per entry and no index beside it: an append writes exactly one row.
      -- "hash" is the entry's own chain hash: without it, a changed byte of the last row would be found by nobody.
      CREATE TABLE entry (
        idx INTEGER PRIMARY KEY,
        leaf TEXT NOT NULL,
        hash TEXT NOT NULL
      ) STRICT;

      -- The fold at some entry, so that a cold start folds the tail only. Never the truth: it can be dropped.
      CREATE TABLE snapshot (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        next INTEGER NOT NULL,
        head TEXT NOT NULL,
        fold_version INTEGER NOT NULL,
        state TEXT NOT NULL
      ) STRICT;

      -- 64-bit keys of event_id and event_hash, a run of entries per row; hits are confirmed from the entry.
      CREATE TABLE key_run (
        first INTEGER PRIMARY KEY,
        keys BLOB NOT NULL
      ) STRICT;

      -- Names stand outside the ledger, which binds them by salted commitments.
      CREATE TABLE person (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        salt TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;

      -- The last report of each device. Health, not evidence.
      CREATE TABLE telemetry (
        device_id TEXT PRIMARY KEY,
        received_ms INTEGER NOT NULL,
        report TEXT NOT NULL,
        alerts TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;

      -- What a judge's device last said about itself: a report, never truth.
      CREATE TABLE session_report (
        seat TEXT PRIMARY KEY,
        received_ms INTEGER NOT NULL,
        report TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;

      -- Work that leaves the object, driven by its one alarm.
      CREATE TABLE job (
        id TEXT PRIMARY KEY,
        due_ms INTEGER NOT NULL,
        attempts INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
    `,
  },
  {
    id: '0002-fighters',
    sql: `
      -- What graphics show of a fighter, as JSON. About a person, so it stands beside the ledger.
      CREATE TABLE fighter (
        corner TEXT PRIMARY KEY,
        particulars TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;

      -- "hash" is the SHA-256 of the bytes.
      CREATE TABLE photo (
        corner TEXT PRIMARY KEY,
        type TEXT NOT NULL,
        hash TEXT NOT NULL,
        bytes BLOB NOT NULL
      ) STRICT;
    `,
  },
  // Of mutations that are no entries of the ledger, which knows its own.
  { id: '0003-delivery', sql: DELIVERY_TABLE },
];
