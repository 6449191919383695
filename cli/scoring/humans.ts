import { type JudgedRound, twoPointCards } from './judged.ts';
import { shareOf } from './metrics.ts';

/** What judges of the same rounds make of each other. Shares from 0 to 1, NaN where there is nothing to measure. */
export type HumanFigures = {
  /** Two judges name the same winner (or both none). */
  readonly pairWinner: number;
  /** Two judges give the same score. */
  readonly pairScore: number;
  /** A judge names the winner on whom the two others agree. */
  readonly againstTwo: number;
  /** A judge gives the score on which the two others agree. */
  readonly againstTwoScore: number;
  readonly unanimous: number;
  /** Given that one judge has a two-point margin, another has it too. */
  readonly twoPointConcurs: number;
  readonly twoPointMajorityRate: number;
  readonly twoPointAnyRate: number;
  readonly twoPointCardRate: number;
};

export function humanFiguresOf(rounds: readonly JudgedRound[]): HumanFigures {
  const pairs = rounds.flatMap(({ margins }) =>
    margins.flatMap((a, i) => margins.flatMap((b, k) => (i < k ? [[a, b] as const] : []))),
  );
  const againstTwo = rounds.flatMap(({ margins }) =>
    margins.flatMap((own, i) => {
      const [a, b] = margins.filter((_, k) => k !== i);
      return a === undefined || b === undefined ? [] : [{ own, a, b }];
    }),
  );
  const isTwo = (margin: number): boolean => Math.abs(margin) >= 2;
  const ordered = pairs.flatMap(([a, b]) => [[a, b] as const, [b, a] as const]);
  return {
    pairWinner: shareOf(pairs.map(([a, b]) => Math.sign(a) === Math.sign(b))),
    pairScore: shareOf(pairs.map(([a, b]) => a === b)),
    againstTwo: shareOf(
      againstTwo.filter(({ a, b }) => a * b > 0).map(({ own, a }) => Math.sign(own) === Math.sign(a)),
    ),
    againstTwoScore: shareOf(againstTwo.filter(({ a, b }) => a === b).map(({ own, a }) => own === a)),
    unanimous: shareOf(rounds.map(({ margins }) => new Set(margins.map(Math.sign)).size === 1)),
    twoPointConcurs: shareOf(
      ordered.filter(([given]) => isTwo(given)).map(([given, other]) => isTwo(other) && given * other > 0),
    ),
    twoPointMajorityRate: shareOf(rounds.map((round) => twoPointCards(round) >= 2)),
    twoPointAnyRate: shareOf(rounds.map((round) => twoPointCards(round) >= 1)),
    twoPointCardRate: shareOf(rounds.flatMap(({ margins }) => margins.map(isTwo))),
  };
}
