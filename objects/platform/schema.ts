import type { Migration } from '../migrate.ts';
import { DELIVERY_TABLE } from '../once.ts';
import { LOG_TABLES } from './log/index.ts';

/**
 * `entry` is the record; every other table is an index over it and could be made again from the leaves.
 * `idx` in those tables is the index of the entry that they stand for. Only the monitor's tables stand beside the record:
 * they are forgotten after a day.
 */
export const PLATFORM_MIGRATIONS: readonly Migration[] = [
  {
    id: '1-ledger',
    sql: 'CREATE TABLE entry (idx INTEGER PRIMARY KEY, leaf TEXT NOT NULL, hash TEXT NOT NULL) STRICT',
  },
  { id: '2-delivery', sql: DELIVERY_TABLE },
  {
    id: '3-tokens',
    sql: `CREATE TABLE token (
  token_id TEXT PRIMARY KEY, idx INTEGER NOT NULL, event_id TEXT NOT NULL, expires_s INTEGER NOT NULL, granted TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE revocation (
  idx INTEGER PRIMARY KEY, token_id TEXT NOT NULL UNIQUE, event_id TEXT NOT NULL, expires_s INTEGER NOT NULL
) STRICT`,
  },
  {
    id: '4-directory',
    sql: `CREATE TABLE card (idx INTEGER PRIMARY KEY, card_id TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE bout (idx INTEGER PRIMARY KEY, bout_id TEXT NOT NULL UNIQUE, card_id TEXT) STRICT;
CREATE INDEX bout_card ON bout (card_id)`,
  },
  {
    id: '5-shadow',
    // `answer` is what the trainee was told: with the official scorecards in it, it is no part of the ledger.
    sql: `CREATE TABLE shadow_scorecard (
  subject TEXT NOT NULL, bout_id TEXT NOT NULL, round INTEGER NOT NULL, red_x10 INTEGER NOT NULL,
  blue_x10 INTEGER NOT NULL, idx INTEGER NOT NULL, event_id TEXT NOT NULL, answer TEXT NOT NULL,
  PRIMARY KEY (subject, bout_id, round)
) STRICT, WITHOUT ROWID;
CREATE INDEX shadow_newest ON shadow_scorecard (subject, idx)`,
  },
  {
    id: '6-monitor',
    // `total` is the sum over `routes`: a day's chart does not read every route.
    sql: `CREATE TABLE traffic_minute (minute INTEGER PRIMARY KEY, total TEXT NOT NULL, routes TEXT NOT NULL) STRICT;
CREATE TABLE traffic_isolate (isolate TEXT PRIMARY KEY, seq INTEGER NOT NULL, minute INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE part_status (id INTEGER PRIMARY KEY CHECK (id = 1), parts TEXT NOT NULL, scheduled_ms INTEGER) STRICT;
CREATE TABLE status_change (id INTEGER PRIMARY KEY, change TEXT NOT NULL) STRICT`,
  },
  {
    id: '7-storage',
    sql: `CREATE TABLE storage_rules (
  version INTEGER PRIMARY KEY, rules TEXT NOT NULL, changed_ms INTEGER NOT NULL
) STRICT;
CREATE TABLE erasure (
  erasure_id TEXT PRIMARY KEY, person_id TEXT NOT NULL, reason TEXT NOT NULL, by TEXT NOT NULL,
  begun_ms INTEGER NOT NULL, below INTEGER NOT NULL, done_ms INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE erasure_bout (
  erasure_id TEXT NOT NULL, bout_id TEXT NOT NULL, done INTEGER NOT NULL, detail TEXT, noted_ms INTEGER NOT NULL,
  PRIMARY KEY (erasure_id, bout_id)
) STRICT, WITHOUT ROWID`,
  },
  { id: '8-log', sql: LOG_TABLES },
  // Null for an erasure that walks over every bout; else the one bout in which `person_id` may be a place.
  { id: '9-erasure-bout', sql: 'ALTER TABLE erasure ADD COLUMN bout_id TEXT' },
];
