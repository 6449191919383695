import {
  bag,
  type Decode,
  type Decoded,
  isBag,
  list,
  literal,
  nullable,
  number,
  object,
  otherwise,
  parseJson,
  text,
  truth,
} from './decode.ts';

export const ROUND_STATUSES = ['NOT_STARTED', 'IN_PROGRESS', 'PAUSED', 'ENDED', 'LOCKED', 'FINAL'] as const;

export type RoundStatus = (typeof ROUND_STATUSES)[number];

const status = literal(...ROUND_STATUSES);

/** Category points of one corner; `weighted_score` is their sum. */
const totals = object({ damage: number, grappling: number, control: number, weighted_score: number });

export type Totals = Decoded<typeof totals>;

const maybeTotals = otherwise(nullable(totals), null);

const fighter = object({ id: text, name: text });

const bout = object({
  bout_id: text,
  card_id: otherwise(nullable(text), null),
  promotion: text,
  event: text,
  date: otherwise(nullable(text), null),
  sport: text,
  ruleset: text,
  scheduled_rounds: number,
  round_length_s: number,
  fighter1: fighter,
  fighter2: fighter,
  time_zone: otherwise(nullable(text), null),
  extension_rounds: otherwise(number, 0),
  judges: list(object({ judge_id: text, judge_name: text, absent: otherwise(truth, false) })),
  /** Whether judges may log actions in this bout. */
  judges_log: otherwise(truth, true),
  release_policy: otherwise(nullable(object({ statistics: text, scorecards: text, recommendation: text })), null),
  delay_ms: otherwise(number, 0),
  simulated: otherwise(truth, false),
});

/** Elapsed now = `elapsed_ms` + (server now − `running_since_ms`) while it runs. Milliseconds. */
const clock = object({
  round_id: number,
  /** False while the round counts from its first action, as nobody has rung the bell. */
  started: otherwise(truth, true),
  length_ms: number,
  elapsed_ms: number,
  running_since_ms: nullable(number),
});

export type WireClock = Decoded<typeof clock>;

const round = object({
  round_id: number,
  status,
  /** Null for a judge while the others' work is hidden from them. */
  total_events: otherwise(nullable(number), null),
  red_totals: maybeTotals,
  blue_totals: maybeTotals,
  /** Points that the referee has taken in the round. */
  deductions: otherwise(object({ red: number, blue: number }), { red: 0, blue: 0 }),
});

export type RoundView = Decoded<typeof round>;

const moment = object({
  timestamp: number,
  fighter_id: text,
  event_type: text,
  severity: otherwise(nullable(text), null),
  /** A knockdown that the referee has not ruled on yet. */
  pending: otherwise(truth, false),
});

const result = object({
  status: literal('pending', 'official'),
  /** A name, `Draw` or `No Contest`. */
  winner: otherwise(nullable(text), null),
  winner_corner: otherwise(nullable(literal('red', 'blue')), null),
  method: otherwise(nullable(text), null),
  /** How the cards fell: `UD`, `SD`, `MD`, …; null for a finish. */
  decision: otherwise(nullable(text), null),
  round_id: otherwise(nullable(number), null),
  /** Elapsed in that round. */
  time_ms: otherwise(nullable(number), null),
  /** For supervisors: who proposed it, and which proposal it is. */
  proposed_by: otherwise(nullable(text), null),
  proposal_index: otherwise(nullable(number), null),
});

export type Result = Decoded<typeof result>;

export const decodeView = object({
  cursor: number,
  server_ms: number,
  bout,
  round_id: number,
  round_status: status,
  clock,
  red_totals: maybeTotals,
  blue_totals: maybeTotals,
  rounds: list(round),
  redline_moments: list(moment),
  result: otherwise(nullable(result), null),
});

export type View = Decoded<typeof decodeView>;

export const decodeEntry = object({
  sequence_index: number,
  event_id: text,
  kind: text,
  round_id: otherwise(nullable(number), null),
  clock_ms: otherwise(nullable(number), null),
  timestamp_ms: otherwise(nullable(number), null),
  received_ms: otherwise(nullable(number), null),
  actor: object({
    subject: text,
    role: text,
    seat: otherwise(nullable(text), null),
    device: otherwise(nullable(text), null),
  }),
  flags: otherwise(list(text), []),
  event_type: otherwise(nullable(text), null),
  fighter_id: otherwise(nullable(text), null),
  judge_id: otherwise(nullable(text), null),
  metadata: otherwise(bag, {}),
  payload: otherwise(bag, {}),
  /** On a `replace`: the event that it stands in for. */
  replaces: otherwise(nullable(text), null),
  /** Not sent; set when an entry is seen that takes this one back. */
  voided: otherwise(truth, false),
});

/** One line of the bout's ledger as this role may see it. */
export type WireEntry = Decoded<typeof decodeEntry>;

const summaryFighter: Decode<{ readonly id: string; readonly name: string }> = (value) =>
  typeof value === 'string' ? { id: value, name: value } : fighter(value);

const decodeSummary = object({
  bout_id: text,
  promotion: text,
  event: text,
  date: otherwise(nullable(text), null),
  fighter1: summaryFighter,
  fighter2: summaryFighter,
  status,
  round_id: otherwise(nullable(number), null),
  simulated: otherwise(truth, false),
});

export type BoutSummary = Decoded<typeof decodeSummary>;

export const decodeBoutList = object({ bouts: list(decodeSummary) });

const helloFrame = object({
  type: literal('hello'),
  role: otherwise(nullable(text), null),
  cursor: number,
  server_ms: number,
  snapshot: decodeView,
  entries: list(decodeEntry),
});

const deltaFrame = object({
  type: literal('delta'),
  from: number,
  to: number,
  entries: list(decodeEntry),
  view: decodeView,
});

const timeFrame = object({ type: literal('time'), t0: number, t1: number });

export type HelloFrame = Decoded<typeof helloFrame>;
export type DeltaFrame = Decoded<typeof deltaFrame>;
/** Frames that only some pages use (`ack`, `alert`, `error`) are handed on as they came. */
export type OtherFrame = {
  readonly type: 'other';
  readonly name: string;
  readonly body: Readonly<Record<string, unknown>>;
};
export type ServerFrame = HelloFrame | DeltaFrame | Decoded<typeof timeFrame> | OtherFrame | { readonly type: 'pong' };

/** Null for what is no frame of this protocol, or a known frame that cannot be understood. */
export function readFrame(source: string): ServerFrame | null {
  if (source === 'pong') return { type: 'pong' };
  const value = parseJson(source);
  if (!isBag(value) || typeof value.type !== 'string') return null;
  switch (value.type) {
    case 'hello':
      return helloFrame(value) ?? null;
    case 'delta':
      return deltaFrame(value) ?? null;
    case 'time':
      return timeFrame(value) ?? null;
    default:
      return { type: 'other', name: value.type, body: value };
  }
}
