import {
  type Call,
  callOf,
  isTwoPoint,
  type JudgedRecommendation,
  type JudgedRound,
  type JudgedScorecard,
} from './judged.ts';
import { groupBy } from './panel.ts';
import { questionOf } from './questions.ts';
import { boutTotals } from './totals.ts';

/**
 * What is worth a look. A flag is a question, never a verdict: the one who stands alone may be the one who saw it.
 * - `opposite_winners`: judges named opposite winners of the round, or their totals do of the bout.
 * - `lone_10_8`: one judge gave a margin of two points or more, and none of at least two others did.
 * - `against_near_certain`: a judge named the corner to which a recommendation gave almost no chance.
 * - `lone_dissent`: at least two others all say the same, and one judge does not.
 */
export const FLAG_KINDS = ['opposite_winners', 'lone_10_8', 'against_near_certain', 'lone_dissent'] as const;

export type FlagKind = (typeof FLAG_KINDS)[number];

export type Flag = {
  readonly kind: FlagKind;
  readonly boutId: string;
  /** Null where it is about the totals of the bout. */
  readonly round: number | null;
  /** Whom the question is put to, by id. */
  readonly judges: readonly string[];
  /** What each of the panel gave; for a bout, each one's totals with deductions taken off. */
  readonly scorecards: readonly JudgedScorecard[];
  /** Only where the flag is about it. */
  readonly recommendation: JudgedRecommendation | null;
  /** For a person, in words. */
  readonly question: string;
};

export type FlagOptions = {
  /** From which probability on a recommendation is near-certain. */
  readonly nearCertain: number;
};

/** From 0.95 on the recommendation is right in about 98 of 100 rounds. */
export const FLAG_DEFAULTS: FlagOptions = { nearCertain: 0.95 };

type Found = Pick<Flag, 'kind' | 'judges'>;

/** The flags of one round, in the order of {@link FLAG_KINDS}. */
export function roundFlags(round: JudgedRound, options: FlagOptions = FLAG_DEFAULTS): readonly Flag[] {
  const { boutId, scorecards, recommendation } = round;
  return [
    ...oppositeWinners(scorecards),
    ...loneTwoPoint(scorecards),
    ...againstNearCertain(scorecards, recommendation, options),
    ...loneDissent(scorecards),
  ].map((found) => flagOf(boutId, round.round, scorecards, recommendation, found));
}

/** The flags of a bout's totals: opposite winners, and one seat against all others. Seats that missed a round have none. */
export function boutFlags(rounds: readonly JudgedRound[]): readonly Flag[] {
  const boutId = rounds[0]?.boutId;
  // Of one round the totals say what the round says already.
  if (boutId === undefined || rounds.length < 2) return [];
  const totals = boutTotals(rounds);
  return [...oppositeWinners(totals), ...loneDissent(totals)].map((found) => flagOf(boutId, null, totals, null, found));
}

/** All flags of these rounds: bout by bout as the bouts come, each round's in order and then the totals'. */
export function flagsOf(rounds: readonly JudgedRound[], options: FlagOptions = FLAG_DEFAULTS): readonly Flag[] {
  return [...groupBy(rounds, ({ boutId }) => boutId).values()].flatMap((bout) => {
    const inOrder = bout.toSorted((a, b) => a.round - b.round);
    return [...inOrder.flatMap((round) => roundFlags(round, options)), ...boutFlags(inOrder)];
  });
}

function flagOf(
  boutId: string,
  round: number | null,
  scorecards: readonly JudgedScorecard[],
  recommendation: JudgedRecommendation | null,
  { kind, judges }: Found,
): Flag {
  const about = kind === 'against_near_certain' ? recommendation : null;
  const facts = { kind, boutId, round, judges, scorecards, recommendation: about };
  return { ...facts, question: questionOf(facts) };
}

function oppositeWinners(cards: readonly JudgedScorecard[]): Found[] {
  const named = (call: Call): string[] => judgesOf(cards.filter((card) => callOf(card) === call));
  const [red, blue] = [named('red'), named('blue')];
  return red.length > 0 && blue.length > 0 ? [{ kind: 'opposite_winners', judges: [...red, ...blue] }] : [];
}

function loneTwoPoint(cards: readonly JudgedScorecard[]): Found[] {
  const wide = cards.filter(isTwoPoint);
  return wide.length === 1 && cards.length >= 3 ? [{ kind: 'lone_10_8', judges: judgesOf(wide) }] : [];
}

function againstNearCertain(
  cards: readonly JudgedScorecard[],
  recommendation: JudgedRecommendation | null,
  { nearCertain }: FlagOptions,
): Found[] {
  if (recommendation === null) return [];
  const { pRed } = recommendation;
  if (Math.max(pRed, 1 - pRed) < nearCertain) return [];
  const against: Call = pRed > 0.5 ? 'blue' : 'red';
  const judges = judgesOf(cards.filter((card) => callOf(card) === against));
  return judges.length > 0 ? [{ kind: 'against_near_certain', judges }] : [];
}

function loneDissent(cards: readonly JudgedScorecard[]): Found[] {
  if (cards.length < 3) return [];
  const calls = groupBy(cards, callOf);
  const alone = [...calls.values()].find((group) => group.length === 1);
  return calls.size === 2 && alone !== undefined ? [{ kind: 'lone_dissent', judges: judgesOf(alone) }] : [];
}

function judgesOf(cards: readonly JudgedScorecard[]): string[] {
  return [...new Set(cards.map(({ judge }) => judge))];
}
