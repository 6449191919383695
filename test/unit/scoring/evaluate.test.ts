import { describe, expect, test } from 'vitest';
import { evaluateRounds, printStoredEvaluation } from '../../../cli/scoring/index.ts';
import { figuresOf } from '../../../cli/scoring/figures.ts';
import type { JudgedRound } from '../../../cli/scoring/judged.ts';
import { judgeAll } from '../../../cli/scoring/validate.ts';
import { MMA_MODEL } from '../../../domain/scoring/index.ts';
import { madeUpRounds } from './made-up.ts';
import { roundWith } from './support.ts';

function printed(rounds: readonly JudgedRound[], storedOnly: boolean): string {
  const lines: string[] = [];
  evaluateRounds(rounds, { storedOnly, print: (text) => void lines.push(text), progress: () => undefined });
  return lines.join('\n');
}

describe('the table', () => {
  const rounds = madeUpRounds(30);

  test('has the model beside the judges, and is the same each time', () => {
    const table = printed(rounds, true);
    expect(table).toContain('winner: two judges agree');
    expect(table).toMatch(/winner: agrees with the majority +\d+\.\d % +\d+\.\d % to \d+\.\d %/);
    expect(table).toContain('PARTLY IN SAMPLE');
    expect(table).not.toContain('Fitted again');
    expect(printed(rounds, true)).toBe(table);
  });

  test('says which rounds are later than those of the fit, and when there are too few to fit again', () => {
    const later = rounds.map((round) => ({ ...round, input: { ...round.input, year: 2030 } }));
    expect(printed(later, false)).toContain('OUT OF SAMPLE (all rounds are later than 2021)');
    expect(printed(later, false)).toContain('Too few bouts');
  });

  test('has stored figures where there are no rounds', () => {
    const lines: string[] = [];
    printStoredEvaluation((text) => void lines.push(text));
    expect(lines.join('\n')).toContain('Stored evaluation of mma-1: 7150 rounds of 2270 bouts');
    expect(lines.join('\n')).toContain('Out of sample: fitted before 2019');
  });
});

describe('figures', () => {
  const said = (pRed: number, margin2: number, card: '10-9' | '9-10' | '10-8', tooClose: boolean) => ({
    pRed,
    margin2,
    card,
    tooClose,
  });
  const round = (...margins: number[]): JudgedRound => ({ boutId: margins.join(), input: roundWith({}, {}), margins });
  const figures = figuresOf([
    { round: round(1, 1, 1), said: said(0.9, 0.1, '10-9', false) },
    { round: round(2, 2, 1), said: said(0.95, 0.6, '10-8', false) },
    { round: round(-1, -1, 1), said: said(0.6, 0.05, '10-9', true) },
    { round: round(-2, -1, -1), said: said(0.2, 0.3, '9-10', false) },
    { round: round(1, -1, 0), said: said(0.5, 0.02, '10-9', true) },
  ]);

  test('of the winner leave rounds without a majority aside', () => {
    expect(figures.agreesMajority).toBe(3 / 4);
    expect(figures.agreesUnanimous).toBe(1);
    expect(figures.agreesSplit).toBe(0);
    expect(figures.agreesJudge).toBeCloseTo(10 / 14, 12);
    expect(figures.brier).toBeCloseTo((0.01 + 0.0025 + 0.36 + 0.04) / 4, 12);
    expect(figures.sureCoverage).toBe(3 / 4);
    expect(figures.sureAgrees).toBe(1);
    expect(figures.splitCaught).toBe(1);
  });

  test('of two points count by two judges, by any and by card', () => {
    expect(figures.twoPointMajorityAp).toBe(1);
    expect(figures.twoPointAnyAp).toBe(1);
    // Three cards of two points: two among the three of the first round, one among the next three.
    expect(figures.twoPointVoteAp).toBeCloseTo((2 * (2 / 3) + 3 / 6) / 3, 12);
    expect(figures.twoPointPrecision).toBe(1);
    expect(figures.twoPointRecall).toBe(1);
    expect(figures.twoPointBrier).toBeCloseTo((0.01 + 0.16 + 0.0025 + 0.09 + 0.0004) / 5, 12);
  });

  test('of scores compare with the score that most gave, and with each', () => {
    expect(figures.exactMajority).toBe(3 / 4);
    expect(figures.exactJudge).toBeCloseTo((3 + 2 + 1 + 2 + 1) / 15, 12);
  });
});

test('a model that is tested by time reads later years as its own last one', () => {
  const [variant] = MMA_MODEL.variants;
  if (variant === undefined) throw new Error('no variants');
  const [of2018, of2030] = [2018, 2030].map((year) => ({
    boutId: 'b',
    input: roundWith({ kd: 1, sigLanded: 20, totalLanded: 30 }, {}, { year }),
    margins: [1, 1, 1],
  }));
  if (of2018 === undefined || of2030 === undefined) throw new Error('no rounds');
  const fitted = { ...MMA_MODEL.fittedOn, lastYear: 2018 };
  const [early, late] = judgeAll([of2018, of2030], variant, fitted, MMA_MODEL);
  expect(late?.said).toEqual(early?.said);
});
