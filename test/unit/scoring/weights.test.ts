import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PROJECT_ROOT } from '../../../cli/project.ts';
import { judgeWithStored } from '../../../cli/scoring/evaluate.ts';
import { figuresOf } from '../../../cli/scoring/figures.ts';
import { digestOf } from '../../../cli/scoring/fit-model.ts';
import { readJudgedRounds } from '../../../cli/scoring/judged.ts';
import { DEFAULT_ROUNDS } from '../../../cli/scoring/rounds.ts';
import { assessBy, type InputGroup, MMA_MODEL, readModel, recommend } from '../../../domain/scoring/index.ts';
import evaluation from '../../../domain/scoring/weights/mma-1.evaluation.json' with { type: 'json' };
import weights from '../../../domain/scoring/weights/mma-1.json' with { type: 'json' };
import { roundWith } from './support.ts';

describe('the stored weights', () => {
  test('are those that were evaluated', () => {
    expect(evaluation.version).toBe(MMA_MODEL.version);
    expect(evaluation.fittedOn).toEqual(MMA_MODEL.fittedOn);
    expect(evaluation.thresholds.tooCloseBelow).toBe(MMA_MODEL.tooCloseBelow);
    expect(evaluation.thresholds.twoPointFrom).toBe(MMA_MODEL.twoPointFrom);
  });

  test('are small enough for a worker', () => {
    const file = join(PROJECT_ROOT, 'domain/scoring/weights/mma-1.json');
    expect(statSync(file).size).toBeLessThan(60_000);
  });

  test('say of a known round what they said when they were stored', () => {
    const said = recommend(
      roundWith(
        {
          kd: 1,
          sigLanded: 31,
          sigAttempted: 70,
          headLanded: 22,
          headAttempted: 58,
          bodyLanded: 5,
          bodyAttempted: 7,
          legLanded: 4,
          legAttempted: 5,
          distanceLanded: 25,
          distanceAttempted: 62,
          clinchLanded: 2,
          clinchAttempted: 3,
          groundLanded: 4,
          groundAttempted: 5,
          totalLanded: 36,
          totalAttempted: 76,
          takedownsAttempted: 1,
          controlSeconds: 31,
        },
        {
          sigLanded: 19,
          sigAttempted: 55,
          headLanded: 9,
          headAttempted: 40,
          bodyLanded: 4,
          bodyAttempted: 6,
          legLanded: 6,
          legAttempted: 9,
          distanceLanded: 18,
          distanceAttempted: 53,
          clinchLanded: 1,
          clinchAttempted: 2,
          totalLanded: 21,
          totalAttempted: 58,
          takedownsLanded: 1,
          takedownsAttempted: 3,
          controlSeconds: 48,
        },
      ),
    );
    expect(said).toMatchObject({ card: '10-9', tooClose: false, model: 'mma-1', fitted: true });
    expect(said.pRed).toBeCloseTo(0.98914, 4);
    expect(said.margin2).toBeCloseTo(0.01101, 4);
    expect(said.reasons.map(({ corner, words, logOdds }) => [corner, words, logOdds.toFixed(2)])).toEqual([
      ['red', '1 knockdown to 0', '2.10'],
      ['red', '22 head strikes landed to 9', '1.49'],
      ['red', '4 strikes landed on the ground to 0', '0.54'],
    ]);
  });
});

describe('a weights file that does not hold up is refused', () => {
  const [full] = weights.variants;
  if (full === undefined) throw new Error('no variants');
  const withFull = (changes: object) => ({
    ...weights,
    variants: [{ ...full, ...changes }, ...weights.variants.slice(1)],
  });
  const negative = full.winner.difference.late.map((weight, i) => (i === 0 ? -0.1 : weight));

  test.each([
    [null, 'weights must be an object'],
    [{ ...weights, version: '' }, 'version must be a text'],
    [{ ...weights, tooCloseBelow: 0.3 }, 'tooCloseBelow must be a number of 0.5 or more'],
    [{ ...weights, twoPointFrom: 2 }, 'twoPointFrom must be at most 1'],
    [{ ...weights, fittedOn: { ...weights.fittedOn, lastYear: 1990 } }, 'fittedOn.lastYear'],
    [{ ...weights, variants: weights.variants.slice(1) }, 'variants must begin with one that lacks nothing'],
    [{ ...weights, variants: weights.variants.slice(0, 1) }, 'variants must begin with one that lacks nothing'],
    [withFull({ lacked: ['teeth'] }), 'variants[0].lacked has a group that does not exist'],
    [withFull({ measures: full.measures.slice(1) }), 'variants[0].measures must be knockdowns'],
    [withFull({ signs: ['luck'] }), 'variants[0].signs has a sign that does not exist'],
    [
      withFull({ winner: { ...full.winner, difference: { ...full.winner.difference, late: negative } } }),
      'variants[0].winner.difference.late[0] must be a number of 0 or more',
    ],
    [withFull({ winner: { ...full.winner, scale: [1] } }), 'variants[0].winner.scale must have 14 numbers'],
    [withFull({ winner: { ...full.winner, sharpness: null } }), 'variants[0].winner.sharpness'],
    [withFull({ margin: { ...full.margin, base: 'low' } }), 'variants[0].margin.base must be a finite number'],
  ])('%#: %s', (file, fault) => {
    expect(() => readModel(file)).toThrow(fault);
  });
});

const FILE = join(PROJECT_ROOT, DEFAULT_ROUNDS);

describe.skipIf(!existsSync(FILE))(`on the rounds of the fit (left out where ${DEFAULT_ROUNDS} is not there)`, () => {
  const rounds = existsSync(FILE) ? readJudgedRounds(FILE) : [];

  test('are fitted on these rounds', () => {
    expect(rounds).toHaveLength(evaluation.fittedOn.rounds);
    expect(digestOf(rounds)).toBe(evaluation.rowsDigest);
  });

  test('reach the figures that are stored with them', () => {
    const figures = figuresOf(judgeWithStored(rounds));
    for (const [name, stored] of Object.entries(evaluation.inSample)) {
      expect(Object.entries(figures).find(([known]) => known === name)?.[1], name).toBeCloseTo(stored, 4);
    }
  });

  test('are less sure the more is lacking', () => {
    const sureness = (lacked: readonly InputGroup[]): number =>
      rounds
        .slice(0, 1500)
        .map(({ input }) => Math.abs(assessBy(MMA_MODEL, { ...input, lacked }).pRed - 0.5))
        .reduce((sum, one) => sum + one, 0);
    const all = sureness([]);
    const some = sureness(['attempts', 'targets', 'positions', 'control']);
    const most = sureness(['attempts', 'targets', 'positions', 'total', 'control', 'takedownAttempts']);
    expect(all).toBeGreaterThan(some);
    expect(some).toBeGreaterThan(most);
  });
});

test('the figures beside the weights are those of no less than what is promised of them', () => {
  // Gates of the facts that the design rests on: 83.5 % of majority winners by time, calibration within 0.03.
  expect(evaluation.byTime.figures.agreesMajority).toBeGreaterThanOrEqual(0.835);
  expect(evaluation.byTime.figures.calibrationWidth).toBeLessThanOrEqual(0.03);
  expect(evaluation.crossValidated.figures.calibrationWidth).toBeLessThanOrEqual(0.015);
});
