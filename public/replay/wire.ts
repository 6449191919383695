import {
  bag,
  type Decoded,
  list,
  literal,
  nullable,
  number,
  object,
  otherwise,
  text,
  truth,
} from '../shared/wire/decode.ts';

const pair = object({ red: number, blue: number });

export type Pair = Decoded<typeof pair>;

const corner = literal('red', 'blue');

const event = object({
  sequence_index: number,
  event_id: text,
  event_type: text,
  fighter_id: text,
  judge_id: otherwise(nullable(text), null),
  clock_ms: otherwise(nullable(number), null),
  metadata: otherwise(bag, {}),
  /** Taken back: by an undo, a correction, or a referee who saw a slip. */
  voided: otherwise(truth, false),
  /** Whether it stands in the totals: another observer's, or a late one, does not. */
  counted: otherwise(truth, true),
});

export type ReplayEvent = Decoded<typeof event>;

const second = object({
  second: number,
  events: list(event),
  damage_totals: pair,
  grappling_totals: pair,
  control_totals: pair,
});

export type ReplaySecond = Decoded<typeof second>;

export const decodeReplay = object({
  bout_id: text,
  round_id: number,
  timeline: list(second),
  round_summary: object({
    damage_score: pair,
    grappling_score: pair,
    control_score: pair,
    total_score: pair,
    score_differential: number,
    winner_recommendation: otherwise(nullable(text), null),
  }),
  event_count: number,
});

export type Replay = Decoded<typeof decodeReplay>;

/** Which actions stand in for others: the replay itself does not say. */
export const decodeOrigins = object({
  events: list(object({ event_id: text, kind: text, replaces: otherwise(nullable(text), null) })),
});

export type Origins = Decoded<typeof decodeOrigins>;

const scorecard = object({
  round_id: number,
  judge_name: text,
  submitted: truth,
  red: nullable(number),
  blue: nullable(number),
  paper: otherwise(truth, false),
  earlier: otherwise(list(object({ red: number, blue: number })), []),
  deductions: pair,
});

export type Scorecard = Decoded<typeof scorecard>;

const ruling = object({
  round_id: number,
  sequence_index: number,
  kind: text,
  corner: otherwise(nullable(corner), null),
  intent: otherwise(nullable(text), null),
  points: number,
  method: otherwise(nullable(text), null),
  rescinded: otherwise(truth, false),
});

export type Ruling = Decoded<typeof ruling>;

export const decodeScorecards = object({
  seats: list(object({ judge_id: text, judge_name: text, absent: otherwise(truth, false), rounds: list(scorecard) })),
  rulings: otherwise(list(ruling), []),
});

export type Scorecards = Decoded<typeof decodeScorecards>;

const recommendation = object({
  round_id: number,
  complete: truth,
  p_red: number,
  p_two_points: number,
  scorecard: nullable(text),
  too_close: truth,
  reasons: list(object({ corner, words: text })),
  lacked: otherwise(list(text), []),
  model: text,
  fitted: truth,
  notes: otherwise(list(text), []),
});

export type Recommendation = Decoded<typeof recommendation>;

export const decodeRecommendations = object({ rounds: list(recommendation) });
