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
} from '../../shared/wire/decode.ts';

/** What the desk reads besides the bout's live state. */

const corner = literal('red', 'blue');
const pair = object({ red: number, blue: number });

const card = object({
  round_id: number,
  judge_name: text,
  submitted: truth,
  red: nullable(number),
  blue: nullable(number),
  sequence_index: number,
  paper: truth,
  earlier: list(object({ red: number, blue: number, sequence_index: number, reopened_at: number })),
  deductions: pair,
});

export type SeatCard = Decoded<typeof card>;

const seat = object({
  judge_id: text,
  judge_name: text,
  absent: truth,
  rounds: list(card),
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
  time_ms: otherwise(nullable(number), null),
  kind: text,
  corner: nullable(corner),
  intent: nullable(literal('accidental', 'intentional')),
  points: number,
  method: nullable(text),
  rescinded: truth,
});

export type WireRuling = Decoded<typeof ruling>;

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

export type Proposal = Decoded<typeof proposal>;

const computed = object({
  winner: literal('red', 'blue', 'draw', 'no_contest'),
  method: text,
  decision: nullable(text),
  round_id: nullable(number),
  time_ms: nullable(number),
  reason: nullable(text),
});

export type Computed = Decoded<typeof computed>;

const rules = object({
  id: otherwise(text, ''),
  knockdown_authority: otherwise(text, ''),
  deduction_points: otherwise(list(number), []),
  intentional_injury_points: otherwise(nullable(number), null),
  lowest_x10: otherwise(number, 0),
  extension: otherwise(object({ rounds: number }), { rounds: 0 }),
});

/** The rules as frozen into the bout. */
export type BoutRules = Decoded<typeof rules>;

export const decodeScorecards = object({
  rules,
  seats: list(seat),
  rulings: list(ruling),
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

export const decodeFindings = object({
  round_id: number,
  locked: truth,
  findings: list(object({ code: text, severity: literal('critical', 'warning'), detail: text })),
});

export type Findings = Decoded<typeof decodeFindings>;

const advice = object({
  round_id: number,
  complete: truth,
  p_red: number,
  p_two_points: number,
  scorecard: nullable(text),
  too_close: truth,
  reasons: list(object({ corner, words: text, log_odds: number })),
  lacked: list(text),
  model: text,
  fitted: truth,
  notes: list(text),
});

export type Advice = Decoded<typeof advice>;

export const decodeRecommendations = object({ rounds: list(advice) });

/** The result with what only the table is told of it. */
export const decodeDeskBout = object({
  result: otherwise(
    nullable(
      object({
        status: literal('pending', 'official'),
        winner: nullable(text),
        winner_corner: nullable(corner),
        method: text,
        decision: nullable(text),
        round_id: nullable(number),
        time_ms: nullable(number),
        proposed_by: otherwise(nullable(text), null),
        proposal_index: otherwise(nullable(number), null),
      }),
    ),
    null,
  ),
});

export type DeskResult = NonNullable<Decoded<typeof decodeDeskBout>['result']>;

const event = object({
  sequence_index: number,
  event_id: text,
  event_type: text,
  fighter_id: text,
  clock_ms: nullable(number),
  flags: otherwise(list(text), []),
  metadata: otherwise(bag, {}),
  actor: object({ subject: text, seat: otherwise(nullable(text), null) }),
  judge_id: otherwise(nullable(text), null),
  voided: truth,
});

export type RoundEvent = Decoded<typeof event>;

export const decodeEvents = object({ round_id: number, events: list(event) });

export const decodeVerdict = object({
  round_id: number,
  chain_valid: truth,
  message: text,
  verified_entries: number,
});

export const decodeRuleSets = object({
  rule_sets: list(object({ id: text, fouls: list(object({ id: text, words: text })) })),
});

export type Foul = { readonly id: string; readonly words: string };
