-- What bouts are found by. Nothing here is the truth: every table can be emptied and filled again from the objects
-- (docs/search.md). The lines of before are carried over as older than any other, so that the next news replaces them.
CREATE TABLE line (
  -- What bout_text knows it by; made anew with the line, so nothing else may rely on it.
  id INTEGER PRIMARY KEY,
  bout_id TEXT NOT NULL UNIQUE,
  card_id TEXT,
  -- Its place on the card, from 1.
  position INTEGER,
  promotion TEXT NOT NULL,
  event TEXT NOT NULL,
  -- Folded, to sort by.
  promotion_key TEXT NOT NULL DEFAULT '',
  event_key TEXT NOT NULL DEFAULT '',
  date TEXT,
  sport TEXT,
  ruleset TEXT,
  fighter1 TEXT NOT NULL,
  fighter1_id TEXT,
  fighter2 TEXT NOT NULL,
  fighter2_id TEXT,
  status TEXT NOT NULL,
  round_id INTEGER NOT NULL,
  scheduled_rounds INTEGER NOT NULL,
  simulated INTEGER NOT NULL,
  released_to TEXT NOT NULL,
  -- The official result; all null without one. The winner is red, blue, draw or no_contest.
  winner TEXT,
  method TEXT,
  decision TEXT,
  result_round INTEGER,
  result_time_ms INTEGER,
  sealed INTEGER NOT NULL DEFAULT 0,
  -- Null where nobody knows.
  archived INTEGER,
  -- What the line was read from: object or archive.
  source TEXT NOT NULL DEFAULT 'object',
  -- How new the line is: entries of the ledger, then the instant at which they were read. An older line never replaces
  -- a newer one.
  entries INTEGER NOT NULL DEFAULT 0,
  as_of_ms INTEGER NOT NULL DEFAULT 0,
  -- How many of the entries lie outside the release delay.
  shown_entries INTEGER NOT NULL DEFAULT 0,
  indexed_ms INTEGER NOT NULL DEFAULT 0,
  created_ms INTEGER NOT NULL,
  updated_ms INTEGER NOT NULL
) STRICT;

INSERT INTO line (bout_id, card_id, promotion, event, date, fighter1, fighter2, status, round_id, scheduled_rounds,
    simulated, released_to, created_ms, updated_ms)
  SELECT bout_id, card_id, promotion, event, date, fighter1, fighter2, status, round_id, scheduled_rounds,
    simulated, released_to, created_ms, updated_ms FROM bout;

DROP TABLE bout;
ALTER TABLE line RENAME TO bout;

CREATE INDEX bout_created ON bout (created_ms DESC);
CREATE INDEX bout_day ON bout (coalesce(date, ''), created_ms, bout_id);
CREATE INDEX bout_card ON bout (card_id);

-- A line comes in one batch with all else about its bout: where it is older than what stands there, all of it is refused.
CREATE TRIGGER bout_stale BEFORE UPDATE OF entries, as_of_ms ON bout
WHEN (NEW.entries, NEW.as_of_ms) < (OLD.entries, OLD.as_of_ms)
BEGIN
  SELECT RAISE(ABORT, 'stale_line');
END;

-- Seats and persons of the panel, by id.
CREATE TABLE bout_judge (
  bout_id TEXT NOT NULL,
  judge_id TEXT NOT NULL,
  PRIMARY KEY (bout_id, judge_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX bout_judge_id ON bout_judge (judge_id, bout_id);

-- Folded words. `judges` holds names and ids of the panel, which not everybody may search.
CREATE VIRTUAL TABLE bout_text USING fts5(
  fighter1, fighter2, promotion, event, facts, judges,
  tokenize = 'unicode61 remove_diacritics 2'
);

-- A name that is taken out must not live on in the pages of the index.
INSERT INTO bout_text (bout_text, rank) VALUES ('secure-delete', 1);

-- What a rebuild has asked for; the run is the instant at which it began.
CREATE TABLE index_task (
  bout_id TEXT PRIMARY KEY,
  run INTEGER NOT NULL,
  -- Where the rebuild found it first.
  phase TEXT NOT NULL,
  queued_ms INTEGER NOT NULL,
  done_ms INTEGER,
  attempts INTEGER NOT NULL DEFAULT 0,
  error TEXT,
  -- The folder of the bout's archive, where it has one.
  archive TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX index_task_run ON index_task (run, done_ms);
