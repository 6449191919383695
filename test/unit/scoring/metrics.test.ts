import { describe, expect, test } from 'vitest';
import { averagePrecisionOf, brierOf, calibrationErrorOf, logLossOf } from '../../../cli/scoring/metrics.ts';
import { sharedMargin } from '../../../cli/scoring/figures.ts';
import { humanFiguresOf } from '../../../cli/scoring/humans.ts';
import { roundWith } from './support.ts';

describe('figures worked out by hand', () => {
  const four = { predicted: [0.9, 0.8, 0.3, 0.1], happened: [1, 0, 1, 0] };

  test('log-loss', () => {
    expect(logLossOf(four)).toBeCloseTo(-(Math.log(0.9) + Math.log(0.2) + Math.log(0.3) + Math.log(0.9)) / 4, 12);
    expect(logLossOf({ predicted: [0], happened: [1] })).toBeCloseTo(9 * Math.LN10, 9);
    expect(logLossOf({ predicted: [0.25], happened: [0.5] })).toBeCloseTo(-(Math.log(0.25) + Math.log(0.75)) / 2, 12);
  });

  test('Brier score', () => {
    expect(brierOf(four)).toBeCloseTo((0.01 + 0.64 + 0.49 + 0.01) / 4, 12);
  });

  test('average precision', () => {
    // Ranks 1 and 3 of four: precision 1 and 2/3.
    expect(averagePrecisionOf(four)).toBeCloseTo((1 + 2 / 3) / 2, 12);
    expect(averagePrecisionOf({ predicted: [0.1, 0.9], happened: [1, 0] })).toBeCloseTo(0.5, 12);
    expect(averagePrecisionOf({ predicted: [0.1], happened: [0] })).toBeNaN();
  });

  test('average precision of equal predictions is the base rate in any order', () => {
    expect(averagePrecisionOf({ predicted: [0.5, 0.5, 0.5, 0.5], happened: [1, 0, 0, 0] })).toBeCloseTo(0.25, 12);
    expect(averagePrecisionOf({ predicted: [0.5, 0.5, 0.5, 0.5], happened: [0, 0, 0, 1] })).toBeCloseTo(0.25, 12);
  });

  test('calibration error', () => {
    const five = { predicted: [0.05, 0.07, 0.95, 0.91, 1], happened: [0, 1, 1, 1, 1] };
    // Bins [0, .1): |0.12 - 1|; [.9, 1]: |2.86 - 3|.
    expect(calibrationErrorOf(five, { count: 10, by: 'width' })).toBeCloseTo((0.88 + 0.14) / 5, 12);
    // Two bins: the lowest three (0.05, 0.07, 0.91) and the highest two.
    expect(calibrationErrorOf(five, { count: 2, by: 'mass' })).toBeCloseTo((0.97 + 0.05) / 5, 12);
  });
});

test.each([
  [[1, 1, -1], 1],
  [[2, 1, -1], null],
  [[-2, -2, -1], -2],
  [[0, 0, 1], 0],
])('of the margins %j the majority gave %s', (margins, expected) => {
  expect(sharedMargin(margins)).toBe(expected);
});

test('what judges make of each other', () => {
  const rounds = [
    [1, 1, 1],
    [1, 1, -1],
    [2, 2, 1],
  ].map((margins, i) => ({ boutId: String(i), input: roundWith({}, {}), margins }));
  const humans = humanFiguresOf(rounds);
  expect(humans.pairWinner).toBeCloseTo(7 / 9, 12);
  expect(humans.pairScore).toBeCloseTo(5 / 9, 12);
  // Two others agree for every judge but the two of the split round who sided together.
  expect(humans.againstTwo).toBeCloseTo(6 / 7, 12);
  expect(humans.unanimous).toBeCloseTo(2 / 3, 12);
  expect(humans.twoPointConcurs).toBeCloseTo(2 / 4, 12);
  expect(humans.twoPointMajorityRate).toBeCloseTo(1 / 3, 12);
});
