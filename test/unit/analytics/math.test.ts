import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { falseDiscoveryRates } from '../../../domain/analytics/math/false-discovery.ts';
import { medianOf, modifiedZ, quantileOf, spreadOf, theilSen } from '../../../domain/analytics/math/robust.ts';
import {
  betaI,
  gammaP,
  gammaQ,
  gammaQuantile,
  logGamma,
  normalTwoSided,
} from '../../../domain/analytics/math/special.ts';
import { binomialTails, poissonBinomialTails, twoSided } from '../../../domain/analytics/math/tails.ts';

describe('special functions', () => {
  it('have their known values', () => {
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 12);
    expect(logGamma(11)).toBeCloseTo(Math.log(3_628_800), 12);
    // P(1, x) is the exponential distribution.
    for (const x of [0.1, 1, 5, 30]) expect(gammaP(1, x)).toBeCloseTo(1 - Math.exp(-x), 13);
    expect(gammaQ(1, 40)).toBeCloseTo(Math.exp(-40), 28);
    expect(normalTwoSided(1.959_963_984_540_054)).toBeCloseTo(0.05, 12);
    expect(normalTwoSided(-3.5)).toBeCloseTo(0.000_465_258_158, 11);
    expect(normalTwoSided(0)).toBe(1);
    expect(betaI(0.3, 2, 5)).toBeCloseTo(0.579_825, 10);
    // Garwood's table: ten events are 4.7954 to 18.3904; none are at most 3.6889.
    expect(gammaQuantile(10, 0.025)).toBeCloseTo(4.7954, 4);
    expect(gammaQuantile(11, 0.975)).toBeCloseTo(18.3904, 4);
    expect(gammaQuantile(1, 0.975)).toBeCloseTo(3.6889, 4);
  });

  it('a quantile is where the distribution reaches it', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 3_000, noNaN: true }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (a, p) => {
          expect(gammaP(a, gammaQuantile(a, p))).toBeCloseTo(p, 9);
        },
      ),
    );
  });
});

describe('exact tails', () => {
  function choose(n: number, k: number): number {
    return k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k;
  }

  it('of a binomial are the sums of its terms', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.nat(40),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (n, some, p) => {
          const hits = Math.min(some, n);
          const term = (k: number): number => choose(n, k) * p ** k * (1 - p) ** (n - k);
          const terms = Array.from({ length: n + 1 }, (_none, k) => term(k));
          const sum = (list: readonly number[]): number => list.reduce((total, one) => total + one, 0);
          const { lower, upper } = binomialTails(hits, n, p);
          expect(lower).toBeCloseTo(sum(terms.slice(0, hits + 1)), 10);
          expect(upper).toBeCloseTo(sum(terms.slice(hits)), 10);
          // With equal chances the other sum is the same distribution.
          const same = poissonBinomialTails(
            hits,
            Array.from({ length: n }, () => p),
          );
          expect(same.lower).toBeCloseTo(lower, 10);
          expect(same.upper).toBeCloseTo(upper, 10);
        },
      ),
    );
  });

  it('of unequal chances are those of all ways to come about, in any order', () => {
    const chances = [0.1, 0.5, 0.9];
    // Two or more of three: 0.1·0.5·0.1 + 0.1·0.5·0.9 + 0.9·0.5·0.9 + 0.1·0.5·0.9.
    expect(poissonBinomialTails(2, chances).upper).toBeCloseTo(0.005 + 0.045 + 0.405 + 0.045, 12);
    expect(poissonBinomialTails(2, chances.toReversed()).upper).toBeCloseTo(0.5, 12);
    expect(poissonBinomialTails(0, chances)).toEqual({ lower: expect.closeTo(0.045, 12), upper: 1 });
    expect(twoSided({ lower: 1, upper: 0.7 })).toBe(1);
    expect(twoSided({ lower: 0.01, upper: 0.995 })).toBe(0.02);
  });
});

describe('false discovery rates', () => {
  it('are those of Benjamini and Hochberg’s own example', () => {
    const chances = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
    ];
    const rates = falseDiscoveryRates(chances);
    // The paper rejects the first four at 5 %.
    expect(rates.filter((rate) => rate <= 0.05)).toHaveLength(4);
    expect(rates.slice(0, 4)).toEqual([0.0015, 0.003, 0.0095, 0.035_625].map((rate) => expect.closeTo(rate, 12)));
    // By hand: 0.0201 · 15/5 = 0.0603, 0.0298 · 15/7 = 0.0639 below 0.0278 · 15/6 = 0.0695.
    expect(rates.slice(4, 7)).toEqual([0.0603, 0.447 / 7, 0.447 / 7].map((rate) => expect.closeTo(rate, 12)));
    expect(rates.at(-1)).toBe(1);
    expect(falseDiscoveryRates([])).toEqual([]);
  });

  it('are never below the chance, keep its order, and do not mind theirs', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 }), (chances) => {
        const rates = falseDiscoveryRates(chances);
        for (const [at, p] of chances.entries()) {
          expect(rates[at]).toBeGreaterThanOrEqual(p);
          for (const [other, q] of chances.entries())
            if (p < q) expect(rates[at]).toBeLessThanOrEqual(rates[other] ?? 0);
        }
        expect(falseDiscoveryRates(chances.toReversed())).toEqual(rates.toReversed());
      }),
    );
  });
});

describe('robust figures', () => {
  it('of a population are its median and its scaled MAD', () => {
    const spread = spreadOf([1, 2, 3, 4, 5, 6, 100]);
    expect(spread).toEqual({ median: 4, scale: 2 / 0.674_489_750_196_081_7 });
    expect(spread === null ? 0 : modifiedZ(100, spread)).toBeCloseTo(32.38, 2);
    expect(quantileOf([10, 20], 0.25)).toBe(12.5);
    expect(medianOf([])).toBeNull();
  });

  it('where more than half are alike, fall back to the mean deviation; where all are, nobody is far', () => {
    const spread = spreadOf([5, 5, 5, 5, 9]);
    expect(spread?.scale).toBeCloseTo(0.8 * 1.253_314_137, 9);
    expect(spread === null ? 0 : modifiedZ(9, spread)).toBeCloseTo(3.989, 3);
    const none = spreadOf([7, 7, 7]);
    expect(none).toEqual({ median: 7, scale: 0 });
    expect(none === null ? 1 : modifiedZ(7, none)).toBe(0);
  });

  it('a slope is the median of all pairs’, with Sen’s interval', () => {
    // Sen’s own example: 15 pairs of different x, slope 4.
    const points = [9, 15, 19, 20, 45, 55, 78].map((y, at) => ({ x: [1, 2, 3, 4, 10, 12, 18][at] ?? 0, y }));
    expect(theilSen(points)).toEqual({ slope: 4, low: expect.any(Number), high: expect.any(Number) });
    const slope = theilSen(points);
    expect(slope?.low).toBeLessThanOrEqual(4);
    expect(slope?.high).toBeGreaterThanOrEqual(4);
    expect(
      theilSen([
        { x: 1, y: 1 },
        { x: 1, y: 5 },
      ]),
    ).toBeNull();
    expect(
      theilSen([
        { x: 1, y: 1 },
        { x: 2, y: 5 },
      ]),
    ).toEqual({ slope: 4, low: null, high: null });
  });

  it('a slope follows a line exactly, whatever one outlier does', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -50, max: 50 }),
        fc.integer({ min: -9, max: 9 }),
        fc.integer(),
        (at0, rise, wild) => {
          const line = Array.from({ length: 9 }, (_none, x) => ({ x, y: at0 + rise * x }));
          expect(theilSen([...line.slice(0, 4), { x: 4, y: wild }, ...line.slice(5)])?.slope).toBe(rise + 0);
        },
      ),
    );
  });
});
