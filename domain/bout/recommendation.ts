import { type Corner, CORNERS } from '../corner.ts';
import {
  type CornerStatistics,
  type InputGroup,
  recommend,
  type Recommendation,
  recommendStriking,
  type RoundInput,
  STRIKING_SPORTS,
} from '../scoring/index.ts';
import { scorecardProblem } from '../rules/index.ts';
import { roundStatus } from './live.ts';
import type { BoutState, RoundState, Tally } from './state.ts';
import {
  type CornerCounts,
  hasLightStrikes,
  hasStatistics,
  hasStuffed,
  roundStatistics,
  type RoundStatistics,
  takedownsTried,
} from './statistics.ts';

/**
 * What the statistical judge would give the round as it stands; null where nothing has been logged, because of nothing
 * there is nothing to say, and for a sport that nobody has a scorer for. The same model and the same definitions serve a round in progress and one that is over.
 */
export function recommendationFor(state: BoutState, round: RoundState, nowMs: number): Advice | null {
  const statistics = roundStatistics(state, round, nowMs);
  if (!hasStatistics(statistics)) return null;
  const { config } = state;
  const complete = OVER.includes(roundStatus(state, round, nowMs));
  const lengthMs = round.clock?.lengthMs ?? config.roundLengthMs;
  const input: RoundInput = {
    red: cornerInput(statistics, 'red'),
    blue: cornerInput(statistics, 'blue'),
    round: round.number,
    scheduledRounds: config.scheduledRounds,
    roundSeconds: Math.round((round.clock === null ? lengthMs : statistics.elapsedMs) / 1000),
    year: config.date === null ? null : Number(config.date.slice(0, 4)),
    lacked: lackedInputs(state, round, statistics),
    criteria: config.rules.criteria ?? '2017',
    complete,
  };
  if (config.sport === 'mma') return lawful(state, round, recommend(input));
  const sport = STRIKING_SPORTS.find((known) => known === config.sport);
  const { knockdownPoints } = config.rules;
  return sport === undefined ? null : lawful(state, round, recommendStriking(sport, { ...input, knockdownPoints }));
}

/** A recommendation under the bout's own rules; `card` is null where they allow no score that says as much. */
export type Advice = Omit<Recommendation, 'card'> & { readonly card: string | null };

/** A margin that the rule set does not have becomes its widest; an even round that it does not have, none. */
function lawful(state: BoutState, round: RoundState, said: Recommendation): Advice {
  const { rules, scheduledRounds } = state.config;
  const extension = round.number > scheduledRounds;
  const [red = 0, blue = 0] = said.card.split('-').map((points) => Number(points) * 10);
  const score = { red: Math.max(red, rules.lowestX10), blue: Math.max(blue, rules.lowestX10) };
  if (scorecardProblem(rules, score.red, score.blue, { extension }) !== null) {
    return { ...said, card: null, notes: [...said.notes, 'the rule set has no score for a round this even'] };
  }
  return { ...said, card: `${score.red / 10}-${score.blue / 10}` };
}

const OVER: readonly string[] = ['ENDED', 'LOCKED', 'FINAL'];

/** Landed counts stand for attempts too: a miss is no action, and the model is told that it lacks them. */
function cornerInput(statistics: RoundStatistics, corner: Corner): CornerStatistics {
  const counts = statistics[corner];
  return {
    kd: counts.knockdowns,
    sigLanded: counts.significant,
    sigAttempted: counts.significant,
    headLanded: counts.head,
    headAttempted: counts.head,
    bodyLanded: counts.body,
    bodyAttempted: counts.body,
    legLanded: counts.leg,
    legAttempted: counts.leg,
    distanceLanded: counts.distance,
    distanceAttempted: counts.distance,
    clinchLanded: counts.clinch,
    clinchAttempted: counts.clinch,
    groundLanded: counts.ground,
    groundAttempted: counts.ground,
    totalLanded: counts.strikes,
    totalAttempted: counts.strikes,
    takedownsLanded: counts.takedowns,
    takedownsAttempted: takedownsTried(statistics, corner),
    submissionAttempts: counts.submissions,
    reversals: counts.reversals,
    controlSeconds: Math.floor(counts.controlMs / 1000),
  };
}

/**
 * Which inputs nobody has logged. A target or position is lacking where fewer than half of the significant strikes say
 * it; strikes that are not significant, control and stuffed takedowns are lacking where nobody has logged one in the
 * bout so far, because then it is not known that there were none.
 */
function lackedInputs(state: BoutState, round: RoundState, statistics: RoundStatistics): readonly InputGroup[] {
  const sum = (of: (counts: CornerCounts) => number): number => of(statistics.red) + of(statistics.blue);
  const significant = sum((counts) => counts.significant);
  const targets = sum((counts) => counts.head + counts.body + counts.leg);
  const positions = sum((counts) => counts.distance + counts.clinch + counts.ground);
  const lacked: InputGroup[] = ['attempts'];
  // Neither a later round nor what came too late changes what a round was judged by.
  const known = state.rounds.filter(({ number }) => number <= round.number);
  if (targets * 2 < significant) lacked.push('targets');
  if (positions * 2 < significant) lacked.push('positions');
  if (!known.some(({ tallies }) => tallies.some(countsLight))) lacked.push('total');
  if (!known.some(({ controlMarks }) => controlMarks.some(({ late }) => !late))) lacked.push('control');
  if (!known.some(({ tallies }) => tallies.some(countsStuffed))) lacked.push('takedownAttempts');
  return lacked;
}

function countsLight({ counts }: Tally): boolean {
  return CORNERS.some((corner) => hasLightStrikes(counts[corner]));
}

function countsStuffed({ counts }: Tally): boolean {
  return CORNERS.some((corner) => hasStuffed(counts[corner]));
}
