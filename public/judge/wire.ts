import type { LeafObject, LeafValue } from '../../domain/ledger/entry.ts';
// Not from the index: the texts of the jurisdictions would come along.
import { rulesFromLeaf, rulesToLeaf } from '../../domain/rules/leaf.ts';
import type { Rules } from '../../domain/rules/rules.ts';
import type { Json } from '../shared/device/store.ts';
import { type Decode, isBag } from '../shared/wire/decode.ts';
import { decodeScorecards, type RoundCard, type Ruling } from '../shared/wire/scorecards.ts';

/** What the ledger says to this seat, and the rules that the bout is judged by. */
export type SeatFacts = {
  readonly boutId: string;
  readonly rules: Rules;
  readonly judgeName: string | null;
  readonly absent: boolean;
  readonly cards: readonly RoundCard[];
  readonly rulings: readonly Ruling[];
  /** Deductions applied, of the rounds that count; null where the ledger does not say. */
  readonly total: { readonly red: number; readonly blue: number } | null;
  readonly signed: boolean;
};

/** Of an answer for `seatId`; other seats' scorecards, where a bout releases them, are left where they are. */
export function seatFactsFor(seatId: string): Decode<SeatFacts> {
  return (value) => {
    const read = decodeScorecards(value);
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
