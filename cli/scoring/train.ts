import { INPUT_GROUPS, type InputGroup } from '../../domain/scoring/input.ts';
import { signsFrom } from '../../domain/scoring/margin.ts';
import { measuresWithout } from '../../domain/scoring/measures.ts';
import type { Model, Variant } from '../../domain/scoring/model.ts';
import type { JudgedRound } from './judged.ts';
import { type MarginSettings, trainMargin } from './train-margin.ts';
import { trainWinner, type WinnerSettings } from './train-winner.ts';

export type Settings = { readonly winner: WinnerSettings; readonly margin: MarginSettings };

export const SETTINGS: Settings = {
  winner: { units: 4, members: 3, linearPenalty: 10, networkPenalty: 3, maxSteps: 250, seed: 20_211_231 },
  margin: { penalty: 3, maxSteps: 400 },
};

/** The combinations of lacking inputs that have weights of their own; any other is answered by one that lacks more. */
export const LACKS: readonly (readonly InputGroup[])[] = [
  [],
  ['attempts'],
  ['attempts', 'targets'],
  ['attempts', 'positions'],
  ['attempts', 'targets', 'positions'],
  ['control'],
  ['attempts', 'control'],
  ['attempts', 'targets', 'control'],
  ['attempts', 'positions', 'control'],
  ['attempts', 'targets', 'positions', 'control'],
  ['attempts', 'takedownAttempts'],
  ['attempts', 'targets', 'positions', 'total'],
  [...INPUT_GROUPS],
];

export function trainVariant(
  rounds: readonly JudgedRound[],
  lacked: readonly InputGroup[],
  settings: Settings,
): Variant {
  const measures = measuresWithout(lacked);
  const signs = signsFrom(measures);
  return {
    lacked,
    measures,
    winner: trainWinner(rounds, measures, settings.winner),
    signs,
    margin: trainMargin(rounds, signs, settings.margin),
  };
}

/** What a model knows of the rounds that it was fitted on. */
export function fittedOn(rounds: readonly JudgedRound[]): Model['fittedOn'] {
  const years = rounds.map((round) => round.input.year ?? 0);
  return {
    rounds: rounds.length,
    bouts: new Set(rounds.map((round) => round.boutId)).size,
    firstYear: Math.min(...years),
    lastYear: Math.max(...years),
  };
}
