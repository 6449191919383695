import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addWithin, BOUNDS_MS, countWithin, noneWithin, quantile } from '../../../domain/monitor/index.ts';

function withinOf(times: readonly number[]): readonly number[] {
  const within = noneWithin();
  for (const ms of times) countWithin(within, ms);
  return within;
}

/** The nearest-rank quantile of the times themselves. */
function exact(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

function bucket(ms: number): number {
  return BOUNDS_MS.findIndex((bound) => ms <= bound);
}

const times = fc.array(fc.double({ min: 0, max: 29_999, noNaN: true }), { minLength: 1, maxLength: 200 });

describe('latency from buckets', () => {
  it('is unknown where nothing was counted', () => {
    expect(quantile(noneWithin(), 0.5)).toBeNull();
    expect(quantile([], 0.99)).toBeNull();
  });

  it('has every documented ceiling among its bounds, in order', () => {
    expect(BOUNDS_MS).toEqual(expect.arrayContaining([5, 10, 20, 100, 150, 200]));
    expect(BOUNDS_MS.toSorted((a, b) => a - b)).toEqual(BOUNDS_MS);
  });

  it('counts a time on a bound as within it', () => {
    expect(withinOf([10])[BOUNDS_MS.indexOf(10)]).toBe(1);
    expect(withinOf([10.001])[BOUNDS_MS.indexOf(15)]).toBe(1);
  });

  it('says of what took longer than the last bound no more than that', () => {
    expect(quantile(withinOf([120_000, 240_000]), 0.5)).toBe(30_000);
  });

  it('lies in the bucket of the exact quantile', () => {
    fc.assert(
      fc.property(times, fc.constantFrom(0.5, 0.95, 0.99), (list, share) => {
        const estimate = quantile(withinOf(list), share) ?? -1;
        const at = bucket(exact(list, share));
        // Rounded to a hundredth of a millisecond.
        expect(estimate).toBeGreaterThanOrEqual((BOUNDS_MS[at - 1] ?? 0) - 0.005);
        expect(estimate).toBeLessThanOrEqual((BOUNDS_MS[at] ?? 0) + 0.005);
      }),
    );
  });

  it('never falls from one share to a larger one', () => {
    fc.assert(
      fc.property(times, (list) => {
        const within = withinOf(list);
        const found = [0.5, 0.95, 0.99].map((share) => quantile(within, share) ?? -1);
        expect(found.toSorted((a, b) => a - b)).toEqual(found);
      }),
    );
  });

  it('is of all that was counted, however it was spread over isolates and minutes', () => {
    fc.assert(
      fc.property(times, times, (a, b) => {
        expect(addWithin(withinOf(a), withinOf(b))).toEqual(withinOf([...a, ...b]));
      }),
    );
  });
});
