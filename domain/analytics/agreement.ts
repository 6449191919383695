import { average, meanShare, type Rate, rateOf } from './interval.ts';
import { callOf, isSameScore, type JudgedRound, majorityCall, majorityScore, sightingsOf } from './judged.ts';

/** How far a judge agrees with the rest of the panel. */
export type PanelAgreement = {
  /** Rounds in which the judge named the same winner (or evenness) as more than half of at least two others. */
  readonly majority: Rate;
  /** Rounds in which the judge gave the very score that more than half of at least two others gave. */
  readonly exact: Rate;
  /** Mean share of the colleagues who named the same winner. */
  readonly colleagues: Rate;
  /** Mean share of the colleagues who gave the very same score. */
  readonly colleaguesExact: Rate;
};

/** How far a judge agrees with the recommendation, over the rounds that had one and that the judge did not score even. */
export type RecommendationAgreement = {
  /** Rounds in which the judge named the corner with the better chance; a chance of exactly one half favours nobody. */
  readonly favourite: Rate;
  /** What a judge drawn from the stated probabilities would reach: the mean of max(p, 1 − p). */
  readonly favouriteExpected: number | null;
  /** Mean stated probability of the corner that the judge named. */
  readonly chosen: number | null;
  /** The same for a judge drawn from the stated probabilities: the mean of p² + (1 − p)². */
  readonly chosenExpected: number | null;
  /** Rounds scored even, which stand in none of the figures. */
  readonly evenRounds: number;
};

/** Leave-one-out agreement: a judge is never compared with a majority that the judge's own scorecard made. */
export function panelAgreement(judge: string, rounds: readonly JudgedRound[]): PanelAgreement {
  const sightings = sightingsOf(judge, rounds);
  let [majorities, withMajority, scores, withScore] = [0, 0, 0, 0];
  const shares: number[] = [];
  const exactShares: number[] = [];
  for (const { own, others } of sightings) {
    const call = majorityCall(others);
    if (call !== null) majorities += 1;
    if (call === callOf(own)) withMajority += 1;
    const score = majorityScore(others);
    if (score !== null) scores += 1;
    if (score !== null && isSameScore(score, own)) withScore += 1;
    if (others.length === 0) continue;
    shares.push(others.filter((other) => callOf(other) === callOf(own)).length / others.length);
    exactShares.push(others.filter((other) => isSameScore(other, own)).length / others.length);
  }
  return {
    majority: rateOf(withMajority, majorities),
    exact: rateOf(withScore, scores),
    colleagues: meanShare(shares),
    colleaguesExact: meanShare(exactShares),
  };
}

/**
 * Agreement with the recommendation beside what a calibrated one leads to expect: a judge who names the favourite less
 * often than probabilities say, in rounds that are close, has not disagreed with anything.
 * If p is the stated probability of red and a judge names red with probability p, the favourite is named with
 * max(p, 1 − p), and the stated probability of what is named has the expectation p·p + (1 − p)(1 − p).
 */
export function recommendationAgreement(judge: string, rounds: readonly JudgedRound[]): RecommendationAgreement {
  const named: { readonly pRed: number; readonly chosen: number }[] = [];
  let evenRounds = 0;
  for (const { round, own } of sightingsOf(judge, rounds)) {
    if (round.recommendation === null) continue;
    const { pRed } = round.recommendation;
    const call = callOf(own);
    if (call === 'even') evenRounds += 1;
    else named.push({ pRed, chosen: call === 'red' ? pRed : 1 - pRed });
  }
  const favouring = named.filter(({ pRed }) => pRed !== 0.5);
  return {
    favourite: rateOf(favouring.filter(({ chosen }) => chosen > 0.5).length, favouring.length),
    favouriteExpected: average(favouring.map(({ pRed }) => Math.max(pRed, 1 - pRed))),
    chosen: average(named.map(({ chosen }) => chosen)),
    chosenExpected: average(named.map(({ pRed }) => pRed ** 2 + (1 - pRed) ** 2)),
    evenRounds,
  };
}
