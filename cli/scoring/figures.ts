import type { Assessment } from '../../domain/scoring/judge.ts';
import { type JudgedRound, majorityOf, twoPointCards, voteOf } from './judged.ts';
import { averagePrecisionOf, brierOf, calibrationErrorOf, logLossOf, mean, type Outcomes, shareOf } from './metrics.ts';

/** A judged round beside what a model said of it. */
export type Compared = { readonly round: JudgedRound; readonly said: Assessment };

/** Figures by name; NaN where there is nothing to measure. Shares are from 0 to 1. */
export type Figures = Readonly<Record<FigureName, number>>;

export type FigureName = (typeof FIGURES)[number]['name'];

/** Every figure with the words that stand for it in a table. */
export const FIGURES = [
  { name: 'agreesMajority', words: 'winner: agrees with the majority' },
  { name: 'agreesUnanimous', words: 'winner: agrees where judges are unanimous' },
  { name: 'agreesSplit', words: 'winner: agrees with the majority where they are split' },
  { name: 'agreesJudge', words: 'winner: agrees with a single judge' },
  { name: 'logLoss', words: 'log-loss of the majority' },
  { name: 'logLossVotes', words: 'log-loss of single votes' },
  { name: 'brier', words: 'Brier score of the majority' },
  { name: 'calibrationWidth', words: 'calibration error, 10 bins of equal width (headline)' },
  { name: 'calibrationMass', words: 'calibration error, 10 bins of equal mass' },
  { name: 'sureCoverage', words: 'rounds not too close' },
  { name: 'sureAgrees', words: 'agrees with the majority in those' },
  { name: 'splitCaught', words: 'split rounds that are called too close' },
  { name: 'twoPointMajorityAp', words: 'two points, by two judges or more: average precision (headline)' },
  { name: 'twoPointAnyAp', words: 'two points, by any judge: average precision' },
  { name: 'twoPointVoteAp', words: 'two points, by single cards: average precision' },
  { name: 'twoPointPrecision', words: 'two points, by two judges or more: precision of the card' },
  { name: 'twoPointRecall', words: 'two points, by two judges or more: recall of the card' },
  { name: 'twoPointBrier', words: 'two points, by two judges or more: Brier score' },
  { name: 'twoPointCalibration', words: 'two points, by two judges or more: calibration error (width)' },
  { name: 'twoPointMean', words: 'two points: mean of what is predicted' },
  { name: 'exactMajority', words: 'score: the one that two judges or more gave' },
  { name: 'exactJudge', words: 'score: that of a single judge' },
] as const;

const CARD_MARGIN = {
  '10-9': 1,
  '9-10': -1,
  '10-8': 2,
  '8-10': -2,
  '10-10': 0,
  '10-7': 3,
  '7-10': -3,
  '10-6': 4,
  '6-10': -4,
} as const;

const TEN = { width: { count: 10, by: 'width' }, mass: { count: 10, by: 'mass' } } as const;

export function figuresOf(compared: readonly Compared[]): Figures {
  const decided = compared.flatMap(({ round, said }) => {
    const won = majorityOf(round);
    return won === null ? [] : [{ round, said, won, right: Math.sign(said.pRed - 0.5) === (won === 1 ? 1 : -1) }];
  });
  const isUnanimous = ({ margins }: JudgedRound): boolean =>
    margins.every((margin) => margin > 0) || margins.every((margin) => margin < 0);
  const majority: Outcomes = {
    predicted: decided.map(({ said }) => said.pRed),
    happened: decided.map(({ won }) => won),
  };
  const cards = compared.flatMap(({ round, said }) => round.margins.map((margin) => ({ margin, said })));
  const votes: Outcomes = {
    predicted: cards.map(({ said }) => said.pRed),
    happened: cards.map(({ margin }) => voteOf(margin)),
  };
  const unanimous = decided.filter(({ round }) => isUnanimous(round));
  const split = decided.filter(({ round }) => !isUnanimous(round));
  const sure = decided.filter(({ said }) => !said.tooClose);
  const two = twoPointOutcomes(compared);
  const flagged = compared.filter(({ said }) => Math.abs(CARD_MARGIN[said.card]) >= 2);
  const doubles = compared.filter(({ round }) => twoPointCards(round) >= 2);
  const flaggedRight = flagged.filter(({ round }) => twoPointCards(round) >= 2).length;
  const shared = compared.flatMap(({ round, said }) => {
    const score = sharedMargin(round.margins);
    return score === null ? [] : [CARD_MARGIN[said.card] === score];
  });
  return {
    agreesMajority: shareOf(decided.map(({ right }) => right)),
    agreesUnanimous: shareOf(unanimous.map(({ right }) => right)),
    agreesSplit: shareOf(split.map(({ right }) => right)),
    agreesJudge: shareOf(
      cards
        .filter(({ margin }) => margin !== 0)
        .map(({ margin, said }) => Math.sign(said.pRed - 0.5) === Math.sign(margin)),
    ),
    logLoss: logLossOf(majority),
    logLossVotes: logLossOf(votes),
    brier: brierOf(majority),
    calibrationWidth: calibrationErrorOf(majority, TEN.width),
    calibrationMass: calibrationErrorOf(majority, TEN.mass),
    sureCoverage: sure.length / decided.length,
    sureAgrees: shareOf(sure.map(({ right }) => right)),
    splitCaught: shareOf(split.map(({ said }) => said.tooClose)),
    twoPointMajorityAp: averagePrecisionOf(two.majority),
    twoPointAnyAp: averagePrecisionOf(two.any),
    twoPointVoteAp: averagePrecisionOf({
      predicted: cards.map(({ said }) => said.margin2),
      happened: cards.map(({ margin }) => (Math.abs(margin) >= 2 ? 1 : 0)),
    }),
    twoPointPrecision: flaggedRight / flagged.length,
    twoPointRecall: flaggedRight / doubles.length,
    twoPointBrier: brierOf(two.majority),
    twoPointCalibration: calibrationErrorOf(two.majority, TEN.width),
    twoPointMean: mean(two.majority.predicted),
    exactMajority: shareOf(shared),
    exactJudge: shareOf(cards.map(({ margin, said }) => CARD_MARGIN[said.card] === margin)),
  };
}

function twoPointOutcomes(compared: readonly Compared[]): { readonly majority: Outcomes; readonly any: Outcomes } {
  const predicted = compared.map(({ said }) => said.margin2);
  const atLeast = (judges: number): number[] => compared.map(({ round }) => (twoPointCards(round) >= judges ? 1 : 0));
  return { majority: { predicted, happened: atLeast(2) }, any: { predicted, happened: atLeast(1) } };
}

/** The margin that more than half of the judges gave, null if none. */
export function sharedMargin(margins: readonly number[]): number | null {
  return margins.find((margin) => margins.filter((other) => other === margin).length * 2 > margins.length) ?? null;
}
