-- One line per bout, written by the bout's own object. Nothing here is the truth: the table can be
-- emptied and filled again from the objects.
CREATE TABLE bout (
  bout_id TEXT PRIMARY KEY,
  card_id TEXT,
  promotion TEXT NOT NULL,
  event TEXT NOT NULL,
  date TEXT,
  fighter1 TEXT NOT NULL,
  fighter2 TEXT NOT NULL,
  status TEXT NOT NULL,
  round_id INTEGER NOT NULL,
  scheduled_rounds INTEGER NOT NULL,
  simulated INTEGER NOT NULL,
  released_to TEXT NOT NULL,
  created_ms INTEGER NOT NULL,
  updated_ms INTEGER NOT NULL
) STRICT;

CREATE INDEX bout_created ON bout (created_ms DESC);
