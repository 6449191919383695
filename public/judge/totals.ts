import { type Pair, ZERO_PAIR } from '../../domain/corner.ts';
import type { Rules } from '../../domain/rules/index.ts';
import { agrees, type OwnCard } from './cards.ts';
import type { SeatFacts } from './wire.ts';

/** Points that the referee took in a round, in tenths, by the corner that they are taken from. */
export type Deductions = { readonly round: number; readonly taken: Pair };

export type Sum = {
  readonly total: Pair;
  /** Whether rounds that are shown are not in it (a stopped round that is not scored, rounds before an extension). */
  readonly partial: boolean;
};

/**
 * What a scorecard adds up to, points taken by the referee deducted. The ledger's own sum is used where it is of these
 * very cards: it knows which rounds count. Otherwise the sum is made here, and the ledger refuses a signature under a
 * wrong one.
 * @param cards rounds that have been fought
 */
export function sumOf(
  cards: readonly OwnCard[],
  deductions: readonly Deductions[],
  facts: SeatFacts | null,
  scheduled: number,
): Sum {
  const shown = add(cards, deductions);
  const counting = facts === null ? cards : countingCards(cards, facts.rules, scheduled);
  const made = counting.length === cards.length ? shown : add(counting, deductions);
  const ledger = facts === null || !isOf(cards, deductions, facts) ? null : facts.total;
  const total = ledger === null ? made : { red: Math.round(ledger.red * 10), blue: Math.round(ledger.blue * 10) };
  return { total, partial: total.red !== shown.red || total.blue !== shown.blue };
}

/** Where an extension round decides alone, what went before it was level and counts no more. */
function countingCards(cards: readonly OwnCard[], rules: Rules, scheduled: number): readonly OwnCard[] {
  const last = cards.findLast(({ round }) => round > scheduled);
  return rules.extension.decides === 'alone' && last !== undefined ? [last] : cards;
}

function add(cards: readonly OwnCard[], deductions: readonly Deductions[]): Pair {
  return cards.reduce<Pair>((sum, { round, score }) => {
    if (score === null) return sum;
    const taken = takenIn(deductions, round);
    return { red: sum.red + score.redX10 - taken.red, blue: sum.blue + score.blueX10 - taken.blue };
  }, ZERO_PAIR);
}

export function takenIn(deductions: readonly Deductions[], round: number): Pair {
  return deductions.find((one) => one.round === round)?.taken ?? ZERO_PAIR;
}

function isOf(cards: readonly OwnCard[], deductions: readonly Deductions[], facts: SeatFacts): boolean {
  return cards.every((card) => {
    if (!agrees(card, facts)) return false;
    const known = facts.cards.find(({ round_id }) => round_id === card.round)?.deductions ?? ZERO_PAIR;
    const taken = takenIn(deductions, card.round);
    return Math.round(known.red * 10) === taken.red && Math.round(known.blue * 10) === taken.blue;
  });
}
