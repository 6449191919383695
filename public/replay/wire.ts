import { pair } from '../shared/wire/corners.ts';
import { bag, type Decoded, list, nullable, number, object, otherwise, text, truth } from '../shared/wire/decode.ts';

export type Pair = Decoded<typeof pair>;

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
