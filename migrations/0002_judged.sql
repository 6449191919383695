-- Judged rounds of bouts whose result is official, written by the bout's own object. Nothing here is the
-- truth: both tables can be emptied and filled again from the objects. Ids only, no names.
CREATE TABLE judged_round (
  bout_id TEXT NOT NULL,
  round INTEGER NOT NULL,
  card_id TEXT,
  date TEXT,
  sport TEXT NOT NULL,
  ruleset TEXT NOT NULL,
  -- As they were frozen into the bout, in JSON: what a scorecard of this round may hold.
  rules TEXT NOT NULL,
  scheduled_rounds INTEGER NOT NULL,
  red_deduction_x10 INTEGER NOT NULL,
  blue_deduction_x10 INTEGER NOT NULL,
  -- The recommendation; all three are null where there was none.
  p_red REAL,
  margin2 REAL,
  model TEXT,
  simulated INTEGER NOT NULL,
  -- The circles that may see the scorecards and the recommendation.
  scorecards_to TEXT NOT NULL,
  recommendation_to TEXT NOT NULL,
  -- When the result that stands was put forward.
  result_ms INTEGER NOT NULL,
  PRIMARY KEY (bout_id, round)
) STRICT, WITHOUT ROWID;

CREATE INDEX judged_round_newest ON judged_round (result_ms DESC, bout_id DESC, round);

CREATE TABLE judged_scorecard (
  bout_id TEXT NOT NULL,
  round INTEGER NOT NULL,
  seat TEXT NOT NULL,
  -- The person's id where it is known, else the seat's.
  judge TEXT NOT NULL,
  -- Whose token submitted it; null for one that was entered from paper.
  subject TEXT,
  red_x10 INTEGER NOT NULL,
  blue_x10 INTEGER NOT NULL,
  PRIMARY KEY (bout_id, round, seat)
) STRICT, WITHOUT ROWID;

CREATE INDEX judged_scorecard_judge ON judged_scorecard (judge, bout_id);
