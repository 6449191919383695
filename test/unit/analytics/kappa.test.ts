import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cohenKappa,
  colleagueKappas,
  fleissKappa,
  pairKappa,
  panelKappas,
  roundsKappa,
} from '../../../domain/analytics/index.ts';
import { cards, mirrored, round, someRounds } from './support.ts';

/** The pairs of a table of counts: row by the first rater, column by the second. */
function pairsOf(table: readonly (readonly number[])[]): readonly (readonly [string, string])[] {
  return table.flatMap((row, one) =>
    row.flatMap((count, other) => Array.from({ length: count }, () => [`c${one}`, `c${other}`] as const)),
  );
}

describe('Cohen’s κ', () => {
  // Cohen (1960), table 2b: 200 cases, p_o = 140/200, p_e = .5·.6 + .3·.3 + .2·.1 = .41, κ = .29/.59.
  it('is Cohen’s own for his example', () => {
    const kappa = cohenKappa(
      pairsOf([
        [88, 14, 18],
        [10, 40, 10],
        [2, 6, 12],
      ]),
    );
    expect(kappa).toMatchObject({ n: 200, observed: 0.7 });
    expect(kappa.expected).toBeCloseTo(0.41, 12);
    expect(kappa.kappa).toBeCloseTo(0.29 / 0.59, 12);
    // Cohen's own standard error gives .384 to .599.
    expect(kappa.low).toBeCloseTo(0.384, 1);
    expect(kappa.high).toBeCloseTo(0.599, 1);
  });

  // By hand: of 10 cases 8 alike; shares .6/.4 and .6/.4, p_e = .52, κ = .28/.48.
  it('is what a hand works out for two categories', () => {
    const kappa = cohenKappa(
      pairsOf([
        [5, 1],
        [1, 3],
      ]),
    );
    expect(kappa.kappa).toBeCloseTo(0.28 / 0.48, 12);
  });

  it('is 1 for perfect agreement, -1 for perfect opposition, 0 for chance', () => {
    expect(
      cohenKappa(
        pairsOf([
          [3, 0],
          [0, 4],
        ]),
      ).kappa,
    ).toBe(1);
    expect(
      cohenKappa(
        pairsOf([
          [0, 4],
          [4, 0],
        ]),
      ).kappa,
    ).toBe(-1);
    expect(
      cohenKappa(
        pairsOf([
          [2, 2],
          [2, 2],
        ]),
      ).kappa,
    ).toBe(0);
  });

  it('is undefined, not a number, where there is nothing or nothing else', () => {
    expect(cohenKappa([])).toMatchObject({ n: 0, kappa: null, low: null, high: null });
    expect(cohenKappa(pairsOf([[7]]))).toMatchObject({ n: 7, kappa: null, low: null, high: null, observed: 1 });
  });

  it('takes an even round for a category of its own', () => {
    const rounds = [
      round(cards('a 10-10', 'b 10-10')),
      round(cards('a 10-9', 'b 10-9')),
      round(cards('a 9-10', 'b 10-10')),
    ];
    // p_o = 2/3; a: one of each; b: two even, one red: p_e = (1·1 + 1·2)/9 = 1/3.
    expect(pairKappa('a', 'b', rounds).kappa).toBeCloseTo(0.5, 12);
  });
});

describe('Fleiss’ κ', () => {
  // Fleiss (1971), table 1: 30 patients, 6 psychiatrists, 5 diagnoses; P̄ = .5556, P̄_e = .2201, κ = .430.
  it('is Fleiss’ own for his example', () => {
    const kappa = fleissKappa(
      `00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031
       00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006`
        .split(/\s+/)
        .map((row) => row.split('').map(Number)),
    );
    expect(kappa.n).toBe(30);
    expect(kappa.observed).toBeCloseTo(0.5556, 4);
    expect(kappa.expected).toBeCloseTo(0.22, 3);
    expect(kappa.kappa).toBeCloseTo(0.43, 3);
  });

  // By hand: 3 judges, rounds 3-0, 0-3, 2-1. P_i = 1, 1, 1/3; P̄ = 7/9; p = 5/9, 4/9, P̄_e = 41/81; κ = 22/40.
  it('is what a hand works out for three rounds of three judges', () => {
    const rounds = [
      round(cards('a 10-9', 'b 10-9', 'c 10-8')),
      round(cards('a 9-10', 'b 9-10', 'c 9-10')),
      round(cards('a 10-9', 'b 10-9', 'c 9-10')),
    ];
    expect(roundsKappa(rounds).kappa).toBeCloseTo(22 / 40, 12);
  });

  it('is undefined where the panels differ in size, where all say one thing, and of a single judge', () => {
    expect(
      fleissKappa([
        [3, 0],
        [1, 1],
      ]).kappa,
    ).toBeNull();
    expect(
      fleissKappa([
        [3, 0],
        [3, 0],
      ]),
    ).toMatchObject({ kappa: null, observed: 1 });
    expect(
      fleissKappa([
        [1, 0],
        [0, 1],
      ]).kappa,
    ).toBeNull();
    expect(fleissKappa([]).kappa).toBeNull();
  });

  it('goes by the set of judges, whatever their seats', () => {
    const rounds = [
      round(cards('b 10-9', 'a 10-9')),
      round(cards('a 9-10', 'b 9-10')),
      round(cards('a 9-10', 'c 10-9')),
      round(cards('a 9-10')),
    ];
    expect(panelKappas(rounds).map(({ judges, kappa }) => [judges.join(), kappa.n, kappa.kappa])).toEqual([
      ['a,b', 2, 1],
      ['a,c', 1, -1],
    ]);
  });
});

describe('any κ', () => {
  it('lies between -1 and 1 within its interval, or is null; never NaN', () => {
    fc.assert(
      fc.property(someRounds, (rounds) => {
        const all = [
          ...['ann', 'ben', 'zoe'].flatMap((judge) => colleagueKappas(judge, rounds).map(({ kappa }) => kappa)),
          ...panelKappas(rounds).map(({ kappa }) => kappa),
          roundsKappa(rounds),
        ];
        for (const { kappa, low, high } of all) {
          if (kappa !== null) expect(Math.abs(kappa)).toBeLessThanOrEqual(1);
          if (kappa === null) expect([low, high]).toEqual([null, null]);
          if (low !== null && high !== null && kappa !== null) {
            expect(low).toBeLessThanOrEqual(kappa);
            expect(high).toBeGreaterThanOrEqual(kappa);
            expect(low).toBeGreaterThanOrEqual(-1);
            expect(high).toBeLessThanOrEqual(1);
          }
        }
      }),
    );
  });

  it('is the same with the corners changed, and whichever judge is asked', () => {
    fc.assert(
      fc.property(someRounds, (rounds) => {
        const kappa = pairKappa('ann', 'ben', rounds).kappa;
        for (const other of [pairKappa('ben', 'ann', rounds), pairKappa('ann', 'ben', rounds.map(mirrored))]) {
          if (kappa === null) expect(other.kappa).toBeNull();
          else expect(other.kappa).toBeCloseTo(kappa, 9);
        }
      }),
    );
  });

  it('is 1 of everybody with a judge who agrees always, wherever it is defined', () => {
    fc.assert(
      fc.property(someRounds, (rounds) => {
        const echoed = rounds.map((one) => {
          const [first] = one.scorecards;
          return first === undefined ? one : { ...one, scorecards: [first, { ...first, judge: 'echo', seat: 'echo' }] };
        });
        for (const { kappa } of colleagueKappas('echo', echoed)) expect(kappa.kappa ?? 1).toBeCloseTo(1, 12);
      }),
    );
  });
});
