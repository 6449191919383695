-- What finished bouts contribute to figures across bouts, made from their sealed ledgers. Nothing here is the truth:
-- all tables can be emptied and filled again from the objects or their archives. Ids only, no names.
CREATE TABLE fact_bout (
  bout_id TEXT PRIMARY KEY,
  -- Facts of another version than the reader's are not read.
  version INTEGER NOT NULL,
  card_id TEXT,
  date TEXT,
  sport TEXT NOT NULL,
  ruleset TEXT NOT NULL,
  scheduled_rounds INTEGER NOT NULL,
  values_version TEXT NOT NULL,
  simulated INTEGER NOT NULL,
  -- The circle that may see the statistics.
  statistics_to TEXT NOT NULL,
  -- When the result was confirmed, and from when on it is there for those whom the delay holds back. A bout without an
  -- official result has 0 here, no method, and no fighters.
  official_ms INTEGER NOT NULL,
  open_ms INTEGER NOT NULL,
  method TEXT,
  decision TEXT,
  -- Of a stoppage.
  ended_round INTEGER,
  ended_ms INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX fact_bout_newest ON fact_bout (official_ms DESC, bout_id DESC);

CREATE TABLE fact_fighter (
  bout_id TEXT NOT NULL,
  corner TEXT NOT NULL,
  -- Null where the bout does not say who it was.
  fighter TEXT,
  outcome TEXT NOT NULL,
  PRIMARY KEY (bout_id, corner)
) STRICT, WITHOUT ROWID;

CREATE INDEX fact_fighter_fighter ON fact_fighter (fighter, bout_id);

-- Per corner and round. Columns of damage, grappling and control are null where nobody who counts logged it.
CREATE TABLE fact_round (
  bout_id TEXT NOT NULL,
  round INTEGER NOT NULL,
  corner TEXT NOT NULL,
  fought_ms INTEGER,
  -- Category points × 10⁶.
  damage INTEGER,
  strikes INTEGER,
  significant INTEGER,
  head INTEGER,
  body INTEGER,
  leg INTEGER,
  distance INTEGER,
  clinch INTEGER,
  ground INTEGER,
  knockdowns INTEGER,
  flash INTEGER,
  hard INTEGER,
  near_finish INTEGER,
  rocked INTEGER,
  grappling INTEGER,
  takedowns INTEGER,
  stuffed INTEGER,
  submissions INTEGER,
  reversals INTEGER,
  control INTEGER,
  control_ms INTEGER,
  deduction_x10 INTEGER NOT NULL,
  -- JSON: how many of each kind of action count.
  actions TEXT NOT NULL,
  PRIMARY KEY (bout_id, round, corner)
) STRICT, WITHOUT ROWID;

CREATE TABLE fact_device (
  bout_id TEXT NOT NULL,
  device TEXT NOT NULL,
  taps INTEGER NOT NULL,
  strikes INTEGER NOT NULL,
  significant INTEGER NOT NULL,
  voided INTEGER NOT NULL,
  replaced INTEGER NOT NULL,
  suppressed INTEGER NOT NULL,
  late INTEGER NOT NULL,
  implausible INTEGER NOT NULL,
  after_swap INTEGER NOT NULL,
  active_ms INTEGER,
  -- Received less the device's own time, ms.
  lag_p05 INTEGER,
  lag_p50 INTEGER,
  lag_p95 INTEGER,
  -- Of the numbers that the device gave its entries: arrived, and missing between them.
  numbered INTEGER NOT NULL,
  missing INTEGER NOT NULL,
  PRIMARY KEY (bout_id, device)
) STRICT, WITHOUT ROWID;

CREATE TABLE fact_observer (
  bout_id TEXT NOT NULL,
  -- 'operator' or 'judge'.
  kind TEXT NOT NULL,
  observer TEXT NOT NULL,
  -- What was asked of them, `red+blue/damage+grappling+control`.
  scope TEXT NOT NULL,
  taps INTEGER NOT NULL,
  strikes INTEGER NOT NULL,
  significant INTEGER NOT NULL,
  voided INTEGER NOT NULL,
  replaced INTEGER NOT NULL,
  suppressed INTEGER NOT NULL,
  late INTEGER NOT NULL,
  implausible INTEGER NOT NULL,
  after_swap INTEGER NOT NULL,
  active_ms INTEGER,
  lag_p05 INTEGER,
  lag_p50 INTEGER,
  lag_p95 INTEGER,
  PRIMARY KEY (bout_id, kind, observer)
) STRICT, WITHOUT ROWID;
