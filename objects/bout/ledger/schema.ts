import type { Migration } from '../../migrate.ts';
import { DELIVERY_TABLE } from '../../once.ts';

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
  {
    id: '0004-record',
    sql: `
      -- Checkpoints as they were signed. "head" is the chain hash of the last entry within, from where the next one is
      -- verified. What is null is still owed by the log of checkpoints: the place there, and the proof of it.
      CREATE TABLE checkpoint (
        size INTEGER PRIMARY KEY,
        root TEXT NOT NULL,
        head TEXT NOT NULL,
        frontier TEXT NOT NULL,
        note TEXT NOT NULL,
        log_index INTEGER,
        proof TEXT
      ) STRICT;

      -- How far the record has come. "fork": why this ledger is not the one that was published; nothing is written or
      -- published while it stands. "conflict": what the archive holds that is not ours.
      CREATE TABLE record (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        anchored INTEGER NOT NULL DEFAULT 0,
        fork TEXT,
        archived_ms INTEGER,
        conflict TEXT,
        has_proof INTEGER NOT NULL DEFAULT 0,
        has_timestamp INTEGER NOT NULL DEFAULT 0
      ) STRICT;
      INSERT INTO record (id) VALUES (1);

      -- The archive's files between being made and being in the bucket. Filled in one transaction, so there is all of
      -- it or nothing; emptied when it is archived.
      CREATE TABLE staged (
        position INTEGER PRIMARY KEY,
        path TEXT NOT NULL UNIQUE,
        size INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        done INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE staged_part (
        position INTEGER NOT NULL,
        part INTEGER NOT NULL,
        bytes BLOB NOT NULL,
        PRIMARY KEY (position, part)
      ) STRICT;
    `,
  },
  {
    id: '0005-release-after-seal',
    sql: `
      -- Who sees the bout, and how late, as it was changed after the seal, when the ledger takes nothing any more. What a
      -- change leaves as it was is null. "recorded" is the receipt of the deployment's ledger, null while it is owed.
      CREATE TABLE release_after_seal (
        change INTEGER PRIMARY KEY,
        event_id TEXT NOT NULL UNIQUE,
        release TEXT,
        delay_ms INTEGER,
        reason TEXT,
        actor TEXT NOT NULL,
        received_ms INTEGER NOT NULL,
        recorded TEXT
      ) STRICT;
    `,
  },
];
