import type { Pair } from '../bout/index.ts';

/**
 * What one judge gave one round, in tenths of a point, as the judge wrote it: points that the referee took
 * are never subtracted here. `judge` is the person's id where it is known, else the seat's.
 */
export type JudgedScorecard = {
  readonly judge: string;
  readonly seat: string;
  readonly redX10: number;
  readonly blueX10: number;
};

/** `pRed` is the probability that red won the round, `margin2` that the margin is two points or more, either way. */
export type JudgedRecommendation = { readonly pRed: number; readonly margin2: number; readonly model: string };

/** A round with the scorecards of its whole panel, one per seat. */
export type JudgedRound = {
  readonly boutId: string;
  /** Venue-local, `YYYY-MM-DD`. */
  readonly date: string | null;
  readonly sport: string;
  readonly ruleset: string;
  readonly round: number;
  /** Points taken by the referee in this round, in tenths. */
  readonly deductions: Pair;
  readonly scorecards: readonly JudgedScorecard[];
  readonly recommendation: JudgedRecommendation | null;
  readonly simulated: boolean;
};

/** Whom a scorecard gives a round; an even round is an answer of its own, not a missing one. */
export const CALLS = ['red', 'blue', 'even'] as const;

export type Call = (typeof CALLS)[number];

type Score = Pick<JudgedScorecard, 'redX10' | 'blueX10'>;

export function callOf({ redX10, blueX10 }: Score): Call {
  if (redX10 === blueX10) return 'even';
  return redX10 > blueX10 ? 'red' : 'blue';
}

/** Red's lead in tenths of a point; negative where blue leads. */
export function marginX10({ redX10, blueX10 }: Score): number {
  return redX10 - blueX10;
}

/** A 10-8 or wider, to either corner. */
export function isTwoPoint(score: Score): boolean {
  return Math.abs(marginX10(score)) >= 20;
}

export function isSameScore(one: Score, other: Score): boolean {
  return one.redX10 === other.redX10 && one.blueX10 === other.blueX10;
}

/** What a judge gave a round, with what everybody else on the panel gave it. */
export type Sighting = {
  readonly round: JudgedRound;
  readonly own: JudgedScorecard;
  readonly others: readonly JudgedScorecard[];
};

/** Every scorecard of a judge among these rounds. */
export function sightingsOf(judge: string, rounds: readonly JudgedRound[]): readonly Sighting[] {
  return rounds.flatMap((round) =>
    round.scorecards
      .filter((card) => card.judge === judge)
      .map((own) => ({ round, own, others: round.scorecards.filter((card) => card.seat !== own.seat) })),
  );
}

/**
 * The value that more than half of at least two share; null where there is none. One colleague alone is no majority.
 * `key` says what counts as the same value.
 */
export function majorityOf<T>(values: readonly T[], key: (value: T) => string): T | null {
  if (values.length < 2) return null;
  const counts = new Map<string, number>();
  for (const value of values) counts.set(key(value), (counts.get(key(value)) ?? 0) + 1);
  return values.find((value) => (counts.get(key(value)) ?? 0) * 2 > values.length) ?? null;
}

/** Whom most of these scorecards give the round; null where no call has more than half, or there is but one. */
export function majorityCall(scorecards: readonly JudgedScorecard[]): Call | null {
  return majorityOf(scorecards.map(callOf), (call) => call);
}

/** The score that most of these scorecards share exactly; null likewise. */
export function majorityScore(scorecards: readonly JudgedScorecard[]): JudgedScorecard | null {
  return majorityOf(scorecards, ({ redX10, blueX10 }) => `${redX10}-${blueX10}`);
}
