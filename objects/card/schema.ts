import type { Migration } from '../migrate.ts';
import { DELIVERY_TABLE } from '../once.ts';

/** `corners`, `aspects`, `public_key` and `answer` are JSON texts; times end in `_ms` (UTC) or `_s` (Unix seconds). */
export const CARD_MIGRATIONS: readonly Migration[] = [
  {
    id: '1-card',
    sql: `CREATE TABLE card (
  one INTEGER PRIMARY KEY CHECK (one = 1), card_id TEXT NOT NULL, promotion TEXT NOT NULL, event TEXT NOT NULL,
  date TEXT, time_zone TEXT, venue TEXT, created_ms INTEGER NOT NULL, event_id TEXT NOT NULL, current_bout_id TEXT
) STRICT;
CREATE TABLE bout (bout_id TEXT PRIMARY KEY, position INTEGER NOT NULL, event_id TEXT NOT NULL) STRICT, WITHOUT ROWID`,
  },
  { id: '2-delivery', sql: DELIVERY_TABLE },
  {
    // A holder is a seat, or the subject of somebody who has none; its epoch outlives its devices.
    id: '3-devices',
    sql: `CREATE TABLE pairing (
  code_hash TEXT PRIMARY KEY, role TEXT NOT NULL, subject TEXT NOT NULL, seat TEXT, corners TEXT, aspects TEXT,
  created_ms INTEGER NOT NULL, expires_ms INTEGER NOT NULL, device_id TEXT, thumbprint TEXT, answer TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE device (
  device_id TEXT PRIMARY KEY, role TEXT NOT NULL, subject TEXT NOT NULL, seat TEXT, corners TEXT, aspects TEXT,
  public_key TEXT NOT NULL, thumbprint TEXT NOT NULL, epoch INTEGER NOT NULL, paired_ms INTEGER NOT NULL,
  renewed_at_ms INTEGER, revoked_ms INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE holder (holder TEXT PRIMARY KEY, epoch INTEGER NOT NULL, device_id TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE granted (
  token_id TEXT PRIMARY KEY, device_id TEXT NOT NULL, expires_s INTEGER NOT NULL
) STRICT, WITHOUT ROWID`,
  },
  {
    // The device that made the code, where one handed its place over.
    id: '4-handover',
    sql: 'ALTER TABLE pairing ADD COLUMN from_device TEXT',
  },
];
