import { corner, pair } from './corners.ts';
import { bag, type Decoded, list, literal, nullable, number, object, otherwise, text, truth } from './decode.ts';

/** `GET /api/bouts/{id}/scorecards`, as far as it is released to who asks. */

const roundCard = object({
  round_id: number,
  /** Who gave it, where the seat has changed hands. */
  judge_name: text,
  submitted: truth,
  /** Raw, before deductions; null while the scorecard is open. */
  red: nullable(number),
  blue: nullable(number),
  sequence_index: number,
  paper: otherwise(truth, false),
  /** What stood there before it was opened again, oldest first. */
  earlier: list(object({ red: number, blue: number, sequence_index: number, reopened_at: number })),
  deductions: pair,
});

/** A seat's scorecard of one round. */
export type RoundCard = Decoded<typeof roundCard>;

const seat = object({
  judge_id: text,
  judge_name: text,
  absent: truth,
  rounds: list(roundCard),
  /** Deductions applied; null where not every round of the seat may be seen. */
  total: otherwise(nullable(pair), null),
  /** Null where this role is not told. */
  signed: otherwise(nullable(truth), null),
});

export type Seat = Decoded<typeof seat>;

const ruling = object({
  round_id: number,
  sequence_index: number,
  /** Null from a server that does not name it: then nothing can refer to the ruling. */
  event_id: otherwise(nullable(text), null),
  target_event_id: otherwise(nullable(text), null),
  foul: otherwise(nullable(text), null),
  /** Of a stoppage: its official time. */
  time_ms: otherwise(nullable(number), null),
  kind: text,
  corner: nullable(corner),
  intent: otherwise(nullable(text), null),
  points: number,
  /** Of a stoppage that no foul caused; null otherwise. */
  method: otherwise(nullable(text), null),
  rescinded: truth,
  /** Whether the own seat has acknowledged it; null for whoever has none. */
  told: otherwise(nullable(truth), null),
});

export type Ruling = Decoded<typeof ruling>;

const seatRound = { judge_id: text, round_id: number };

const proposal = object({
  proposal_index: number,
  proposed_by: text,
  kind: literal('paper', 'substitute', 'absent', 'present'),
  judge_id: text,
  round_id: otherwise(nullable(number), null),
  red: otherwise(nullable(number), null),
  blue: otherwise(nullable(number), null),
  person_id: otherwise(nullable(text), null),
  from_round: otherwise(nullable(number), null),
});

/** What waits for a second person. */
export type Proposal = Decoded<typeof proposal>;

const computed = object({
  winner: literal('red', 'blue', 'draw', 'no_contest'),
  method: text,
  decision: nullable(text),
  round_id: nullable(number),
  time_ms: nullable(number),
  reason: nullable(text),
});

/** The result as it computes. */
export type Computed = Decoded<typeof computed>;

export const decodeScorecards = object({
  bout_id: text,
  /** As frozen into the bout: each page reads of them what it needs. */
  rules: bag,
  seats: list(seat),
  rulings: list(ruling),
  // What follows is for supervisors: null or empty for everybody else.
  missing: otherwise(nullable(list(object(seatRound))), null),
  extension_due: otherwise(nullable(truth), null),
  unsigned: otherwise(nullable(list(text)), null),
  told: otherwise(nullable(list(object({ sequence_index: number, judges: list(text) }))), null),
  notices: otherwise(list(object({ round_id: number, words: text })), []),
  hints: otherwise(list(object({ ...seatRound, words: text })), []),
  proposals: otherwise(list(proposal), []),
  computed: otherwise(nullable(computed), null),
  not_computed: otherwise(nullable(text), null),
});

export type Scorecards = Decoded<typeof decodeScorecards>;
