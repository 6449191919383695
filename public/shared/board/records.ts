import { type Decoded, list, literal, nullable, number, object, otherwise, text, truth, bag } from '../wire/decode.ts';

const pair = object({ red: number, blue: number });

const roundCard = object({
  round_id: number,
  /** Who gave it, where the seat has changed hands. */
  judge_name: otherwise(text, ''),
  submitted: truth,
  /** Raw, before deductions; null while the scorecard is open. */
  red: nullable(number),
  blue: nullable(number),
  deductions: otherwise(pair, { red: 0, blue: 0 }),
});

const seat = object({
  judge_id: text,
  judge_name: text,
  absent: otherwise(truth, false),
  rounds: list(roundCard),
  /** Deductions applied; absent where not every round of the seat may be seen. */
  total: otherwise(nullable(pair), null),
});

const ruling = object({
  round_id: number,
  sequence_index: number,
  kind: text,
  corner: otherwise(nullable(literal('red', 'blue')), null),
  points: otherwise(number, 0),
  rescinded: otherwise(truth, false),
});

/** The scorecards as far as they are released to who asks. */
export const decodeScorecards = object({
  bout_id: text,
  rules: otherwise(bag, {}),
  seats: list(seat),
  rulings: otherwise(list(ruling), []),
});

export type Scorecards = Decoded<typeof decodeScorecards>;
export type Seat = Decoded<typeof seat>;

const advice = object({
  round_id: number,
  complete: truth,
  p_red: number,
  /** Red-blue; null where the rule set has no such score. */
  scorecard: nullable(text),
  too_close: truth,
  reasons: otherwise(list(object({ corner: literal('red', 'blue'), words: text })), []),
  lacked: otherwise(list(text), []),
  fitted: otherwise(truth, true),
});

/** What the statistics say of the rounds, as far as that is released. */
export const decodeAdvice = object({ bout_id: text, rounds: list(advice) });

export type Advice = Decoded<typeof decodeAdvice>;
export type RoundAdvice = Decoded<typeof advice>;

const particulars = object({
  name: text,
  photo_url: otherwise(nullable(text), null),
  nickname: otherwise(nullable(text), null),
  country: otherwise(nullable(text), null),
  record: otherwise(nullable(text), null),
  age: otherwise(nullable(number), null),
  height_cm: otherwise(nullable(number), null),
  reach_cm: otherwise(nullable(number), null),
  weight_kg: otherwise(nullable(number), null),
  stance: otherwise(nullable(text), null),
  team: otherwise(nullable(text), null),
});

/** What is on file of the two fighters; null where it is not known. */
export const decodeFighters = object({ bout_id: text, red: particulars, blue: particulars });

export type Fighters = Decoded<typeof decodeFighters>;
export type Particulars = Decoded<typeof particulars>;
