import { describe, expect, test } from 'vitest';
import { fitModel } from '../../../cli/scoring/fit-model.ts';
import type { JudgedRound } from '../../../cli/scoring/judged.ts';
import { minimise } from '../../../cli/scoring/optimise.ts';
import { type Settings, SETTINGS } from '../../../cli/scoring/train.ts';
import { dealBouts } from '../../../cli/scoring/validate.ts';
import { INPUT_GROUPS, readModel, recommendBy } from '../../../domain/scoring/index.ts';
import { madeUpRounds } from './made-up.ts';
import { roundWith } from './support.ts';

const QUICK: Settings = {
  winner: { ...SETTINGS.winner, units: 2, members: 1, maxSteps: 40 },
  margin: { ...SETTINGS.margin, maxSteps: 40 },
};

const fitted = (rounds: readonly JudgedRound[]) =>
  fitModel(rounds, {
    settings: QUICK,
    lacks: [[], [...INPUT_GROUPS]],
    folds: 3,
    variantFolds: 2,
    progress: () => undefined,
  });

describe('a fit', () => {
  const rounds = madeUpRounds(150);
  const { model, evaluation } = fitted(rounds);

  test('gives the same weights and figures each time', () => {
    expect(JSON.stringify(fitted(rounds))).toBe(JSON.stringify({ model, evaluation }));
  });

  test('finds what the rounds were made by', () => {
    expect(evaluation.crossValidated.figures.agreesMajority).toBeGreaterThan(0.8);
    const head = recommendBy(model, roundWith({ headLanded: 25, sigLanded: 25, totalLanded: 25 }, {}));
    expect(head.pRed).toBeGreaterThan(0.95);
    expect(recommendBy(model, roundWith({ kd: 1 }, {})).pRed).toBeGreaterThan(0.6);
  });

  test('gives weights that their reader takes', () => {
    expect(readModel(JSON.parse(JSON.stringify(model)))).toEqual(model);
  });

  test('says on what it was fitted', () => {
    expect(model.fittedOn).toEqual({ rounds: 450, bouts: 150, firstYear: 2010, lastYear: 2021 });
  });
});

test('folds keep the rounds of a bout together and are about as large as each other', () => {
  const rounds = madeUpRounds(50);
  const folds = dealBouts(rounds, 10, 1);
  expect(folds.size).toBe(50);
  expect([...Map.groupBy(folds.values(), (fold) => fold).values()].map((bouts) => bouts.length)).toEqual(
    Array.from({ length: 10 }, () => 5),
  );
  expect(dealBouts(rounds.toReversed(), 10, 1)).toEqual(folds);
});

test('the search for a minimum stops at bounds and finds what is inside them', () => {
  const found = minimise(
    ([x = 0, y = 0, z = 0], gradient) => {
      gradient.set([2 * (x - 3), 2 * (y + 2), 400 * (z - 1) + 2 * (z - x)]);
      gradient[0] = 2 * (x - 3) - 2 * (z - x);
      return (x - 3) ** 2 + (y + 2) ** 2 + 200 * (z - 1) ** 2 + (z - x) ** 2;
    },
    Float64Array.of(0, 1, 5),
    Float64Array.of(-Infinity, 0, -Infinity),
    { maxSteps: 200, tolerance: 1e-14 },
  );
  // Where the slopes vanish: 2x - z = 3 and 201z - x = 200.
  expect(found[0]).toBeCloseTo(803 / 401, 5);
  expect(found[1]).toBe(0);
  expect(found[2]).toBeCloseTo(403 / 401, 5);
});
