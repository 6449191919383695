import { assessBy } from '../../domain/scoring/judge.ts';
import type { InputGroup } from '../../domain/scoring/input.ts';
import type { Model, Variant } from '../../domain/scoring/model.ts';
import { seededRandom } from '../simulator/random.ts';
import type { Compared } from './figures.ts';
import type { JudgedRound } from './judged.ts';
import { fittedOn, type Settings, trainVariant } from './train.ts';

/** First year of the test by time: fitted on what came before. */
export const TEST_FROM = 2019;

export const FOLDS = 10;

export const SEED = 4;

export type Thresholds = Pick<Model, 'tooCloseBelow' | 'twoPointFrom'>;

export type Progress = (what: string) => void;

/** Deals whole bouts into folds, by chance but repeatably. @returns the fold of each bout */
export function dealBouts(rounds: readonly JudgedRound[], folds: number, seed: number): Map<string, number> {
  const bouts = [...new Set(rounds.map((round) => round.boutId))].toSorted();
  return new Map(
    seededRandom(seed)
      .shuffle(bouts)
      .map((bout, i) => [bout, i % folds]),
  );
}

/** What a model of one variant says of rounds; the years of the fit are those it may read. */
export function judgeAll(
  rounds: readonly JudgedRound[],
  variant: Variant,
  fitted: Model['fittedOn'],
  { tooCloseBelow, twoPointFrom }: Thresholds,
): Compared[] {
  const model: Model = {
    version: 'unversioned',
    fittedOn: fitted,
    tooCloseReason: 'none',
    tooCloseBelow,
    twoPointFrom,
    variants: [variant],
  };
  return rounds.map((round) => ({
    round,
    said: assessBy(model, { ...round.input, lacked: variant.lacked }),
  }));
}

/** A model of all folds but one, and the rounds of that one. */
export type Fold = {
  readonly variant: Variant;
  readonly fitted: Model['fittedOn'];
  readonly held: readonly JudgedRound[];
};

/** Fits a model for each fold on all other folds; a fold is whole bouts. */
export function trainFolds(
  rounds: readonly JudgedRound[],
  lacked: readonly InputGroup[],
  settings: Settings,
  options: { readonly folds: number; readonly progress: Progress },
): Fold[] {
  const foldOf = dealBouts(rounds, options.folds, SEED);
  return Array.from({ length: options.folds }, (_, fold) => {
    options.progress(`fold ${fold + 1} of ${options.folds}`);
    const rest = rounds.filter((round) => foldOf.get(round.boutId) !== fold);
    const held = rounds.filter((round) => foldOf.get(round.boutId) === fold);
    return { variant: trainVariant(rest, lacked, settings), fitted: fittedOn(rest), held };
  });
}

/** What the models say of the rounds that they were not fitted on. */
export function judgeFolds(folds: readonly Fold[], thresholds: Thresholds): Compared[] {
  return folds.flatMap(({ variant, fitted, held }) => judgeAll(held, variant, fitted, thresholds));
}

/** What a model of the rounds before {@link TEST_FROM} says of those since. */
export function validateByTime(
  rounds: readonly JudgedRound[],
  lacked: readonly InputGroup[],
  settings: Settings,
  thresholds: Thresholds,
): Compared[] {
  const before = rounds.filter((round) => (round.input.year ?? 0) < TEST_FROM);
  const since = rounds.filter((round) => (round.input.year ?? 0) >= TEST_FROM);
  if (before.length === 0 || since.length === 0) return [];
  return judgeAll(since, trainVariant(before, lacked, settings), fittedOn(before), thresholds);
}

/** Whether both sides of the test by time have enough bouts to mean anything. */
export function canValidate(rounds: readonly JudgedRound[]): boolean {
  const bouts = (kept: (year: number) => boolean): number =>
    new Set(rounds.filter((round) => kept(round.input.year ?? 0)).map((round) => round.boutId)).size;
  return bouts((year) => year < TEST_FROM) >= 100 && bouts((year) => year >= TEST_FROM) >= 20;
}
