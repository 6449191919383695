import type { LeafObject, LeafValue } from '../../domain/ledger/entry.ts';
// Not from the index: the texts of the jurisdictions would come along.
import { rulesFromLeaf, rulesToLeaf } from '../../domain/rules/leaf.ts';
import type { Rules } from '../../domain/rules/rules.ts';
import type { Json } from '../shared/device/store.ts';
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
  text,
  truth,
} from '../shared/wire/decode.ts';

const pair = object({ red: number, blue: number });

const earlier = object({ red: number, blue: number, sequence_index: number, reopened_at: number });

const card = object({
  round_id: number,
  judge_name: text,
  submitted: truth,
  red: nullable(number),
  blue: nullable(number),
  sequence_index: number,
  paper: otherwise(truth, false),
  earlier: list(earlier),
  deductions: pair,
});

/** The ledger's word on one round of the own seat. */
export type LedgerCard = Decoded<typeof card>;

const ruling = object({
  round_id: number,
  sequence_index: number,
  event_id: otherwise(nullable(text), null),
  kind: text,
  corner: nullable(literal('red', 'blue')),
  points: number,
  /** Of a stoppage that no foul caused; null otherwise. */
  method: otherwise(nullable(text), null),
  foul: otherwise(nullable(text), null),
  rescinded: truth,
  /** Whether the own seat has acknowledged it. */
  told: otherwise(truth, false),
});

export type LedgerRuling = Decoded<typeof ruling>;

const seat = object({
  judge_id: text,
  judge_name: text,
  absent: truth,
  rounds: list(card),
  total: otherwise(nullable(pair), null),
  signed: otherwise(truth, false),
});

const answer = object({ bout_id: text, rules: bag, seats: list(seat), rulings: list(ruling) });

/** What the ledger says to this seat, and the rules that the bout is judged by. */
export type SeatFacts = {
  readonly boutId: string;
  readonly rules: Rules;
  readonly judgeName: string | null;
  readonly absent: boolean;
  readonly cards: readonly LedgerCard[];
  readonly rulings: readonly LedgerRuling[];
  /** Deductions applied, of the rounds that count; null where the ledger does not say. */
  readonly total: { readonly red: number; readonly blue: number } | null;
  readonly signed: boolean;
};

/** Of an answer for `seatId`; other seats' scorecards, where a bout releases them, are left where they are. */
export function seatFactsFor(seatId: string): Decode<SeatFacts> {
  return (value) => {
    const read = answer(value);
    if (read === undefined) return undefined;
    const own = read.seats.find(({ judge_id }) => judge_id === seatId);
    const rules = leafOf(read.rules);
    return {
      boutId: read.bout_id,
      rules: rulesFromLeaf(isLeafObject(rules) ? rules : null, ''),
      judgeName: own?.judge_name ?? null,
      absent: own?.absent ?? false,
      cards: own?.rounds ?? [],
      rulings: read.rulings,
      total: own?.total ?? null,
      signed: own?.signed ?? false,
    };
  };
}

/** The same facts in the form that {@link seatFactsFor} reads, to be kept on the device. */
export function keptFacts(seatId: string, facts: SeatFacts): Json {
  return {
    bout_id: facts.boutId,
    rules: rulesToLeaf(facts.rules),
    seats: [
      {
        judge_id: seatId,
        judge_name: facts.judgeName ?? seatId,
        absent: facts.absent,
        rounds: facts.cards,
        total: facts.total,
        signed: facts.signed,
      },
    ],
    rulings: facts.rulings,
  };
}

function isLeafObject(value: LeafValue | undefined): value is LeafObject {
  return isBag(value);
}

/** What of a value a leaf can hold; rules hold nothing else. */
function leafOf(value: unknown): LeafValue | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value;
  }
  if (Array.isArray(value)) {
    return value.flatMap((one: unknown) => {
      const read = leafOf(one);
      return read === undefined ? [] : [read];
    });
  }
  if (!isBag(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) => {
      const read = leafOf(one);
      return read === undefined ? [] : [[name, read] as const];
    }),
  );
}

const reason = object({ corner: literal('red', 'blue'), words: text, log_odds: number });

const recommendation = object({
  round_id: number,
  complete: truth,
  p_red: number,
  p_two_points: number,
  scorecard: nullable(text),
  too_close: truth,
  reasons: list(reason),
  lacked: otherwise(list(text), []),
  fitted: otherwise(truth, false),
});

/** What the statistical judge would give a round. */
export type Recommendation = Decoded<typeof recommendation>;

export const decodeRecommendations = object({ rounds: list(recommendation) });
