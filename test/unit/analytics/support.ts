import fc from 'fast-check';
import type { JudgedRecommendation, JudgedRound, JudgedScorecard } from '../../../domain/analytics/index.ts';

/** `A 10-9` is judge A at seat A. */
export function cards(...written: readonly string[]): readonly JudgedScorecard[] {
  return written.map((line) => {
    const found = /^(?<judge>\S+) (?<red>[\d.]+)-(?<blue>[\d.]+)$/.exec(line)?.groups;
    if (found === undefined) throw new Error(`'${line}' is no scorecard`);
    const { judge = '', red, blue } = found;
    return { judge, seat: judge, redX10: Number(red) * 10, blueX10: Number(blue) * 10 };
  });
}

export function round(scorecards: readonly JudgedScorecard[], over: Partial<JudgedRound> = {}): JudgedRound {
  return {
    boutId: 'b1',
    date: '2026-01-01',
    sport: 'mma',
    ruleset: 'mma-unified',
    round: 1,
    deductions: { red: 0, blue: 0 },
    scorecards,
    recommendation: null,
    simulated: false,
    ...over,
  };
}

export function recommended(pRed: number, margin2 = 0.05): { recommendation: JudgedRecommendation } {
  return { recommendation: { pRed, margin2, model: 'test' } };
}

/** The round as if the fighters had changed corners. */
export function mirrored(one: JudgedRound): JudgedRound {
  const { recommendation } = one;
  return {
    ...one,
    deductions: { red: one.deductions.blue, blue: one.deductions.red },
    scorecards: one.scorecards.map((card) => ({ ...card, redX10: card.blueX10, blueX10: card.redX10 })),
    recommendation: recommendation === null ? null : { ...recommendation, pRed: 1 - recommendation.pRed },
  };
}

const score = fc.constantFrom([100, 90], [90, 100], [100, 80], [80, 100], [100, 100], [100, 70], [95, 100]);

const scorecards = fc
  .subarray(['ann', 'ben', 'cat', 'dan', 'eve'], { minLength: 1 })
  .chain((judges) =>
    fc.tuple(
      ...judges.map((judge) =>
        score.map(([redX10 = 100, blueX10 = 100]) => ({ judge, seat: `seat-${judge}`, redX10, blueX10 })),
      ),
    ),
  );

/** Sixteenths are exact in binary, so that a mirrored probability is the very same number. */
const chance = fc.integer({ min: 0, max: 64 }).map((n) => n / 64);

const recommendation = fc.option(fc.record({ pRed: chance, margin2: chance, model: fc.constant('test') }));

/** Rounds of a few bouts with panels of one to five judges; a bout has each of its rounds once. */
export const someRounds: fc.Arbitrary<readonly JudgedRound[]> = fc
  .uniqueArray(fc.tuple(fc.constantFrom('b1', 'b2', 'b3'), fc.integer({ min: 1, max: 12 })), {
    selector: ([bout, number]) => `${bout}/${number}`,
    maxLength: 30,
  })
  .chain((places) =>
    fc.tuple(
      ...places.map(([boutId, number]) =>
        fc
          .record({ scorecards, recommendation })
          .map((parts) => round(parts.scorecards, { boutId, round: number, recommendation: parts.recommendation })),
      ),
    ),
  );

/** Every number of a value, by its path, rounded so that the order of a sum does not matter. */
export function numbersIn(value: unknown, path = ''): readonly (readonly [string, number])[] {
  if (typeof value === 'number') return [[path, Math.round(value * 1e9) / 1e9 + 0]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => numbersIn(one, `${path}.${key}`));
}
