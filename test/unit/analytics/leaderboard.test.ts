import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Candidate,
  credible,
  MIN_BOUTS,
  MIN_FIGHTERS,
  type Prior,
  priorOf,
  rateLeaderboard,
  shareLeaderboard,
  shrunk,
} from '../../../domain/analytics/index.ts';

const PRIOR: Prior = { mean: 2, between: 0.5, within: 4, minutes: 8 };

/** Twelve fighters of four bouts each, whose rates truly differ, and a newcomer with one great night. */
function field(): readonly Candidate[] {
  const regulars = Array.from({ length: 12 }, (_none, at) => ({
    fighter: `f${String(at).padStart(2, '0')}`,
    bouts: [-2, -1, 1, 2].map((off) => ({ total: 20 + 5 * at + off, minutes: 15 })),
  }));
  return [...regulars, { fighter: 'newcomer', bouts: [{ total: 200, minutes: 15 }] }];
}

describe('shrinking', () => {
  it('is nearer to the fighter’s own rate the more was fought, and never beyond it', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 20, noNaN: true }),
        fc.double({ min: 1, max: 500, noNaN: true }),
        fc.double({ min: 1.01, max: 10, noNaN: true }),
        (rate, minutes, times) => {
          const some = shrunk(PRIOR, { total: rate * minutes, minutes });
          const more = shrunk(PRIOR, { total: rate * minutes * times, minutes: minutes * times });
          expect(Math.abs(more - rate)).toBeLessThanOrEqual(Math.abs(some - rate) + 1e-9);
          expect(some).toBeGreaterThanOrEqual(Math.min(rate, PRIOR.mean) - 1e-9);
          expect(some).toBeLessThanOrEqual(Math.max(rate, PRIOR.mean) + 1e-9);
        },
      ),
    );
  });

  it('keeps the order of fighters who fought as long, and its interval holds the estimate', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(300), fc.integer({ min: 1, max: 200 }), (a, b, minutes) => {
        const [one, other] = [shrunk(PRIOR, { total: a, minutes }), shrunk(PRIOR, { total: b, minutes })];
        expect(Math.sign(one - other)).toBe(Math.sign(a - b));
        const { low, high } = credible(PRIOR, { total: a, minutes });
        expect(low).toBeLessThan(one);
        expect(high).toBeGreaterThan(one);
      }),
    );
  });

  it('takes the prior from bouts by Bühlmann and Straub', () => {
    // Two fighters of two bouts of a minute: 1, 3 and 5, 7. m = 4; s² = (2 + 2) / 2 = 2, below the 4 of chance.
    const bouts = (...totals: readonly number[]) => totals.map((total) => ({ total, minutes: 1 }));
    // A = (2·4 + 2·4 − (2 − 1)·s²) / (4 − 8/4): 14/2 for an amount, 12/2 for a count.
    expect(priorOf([bouts(1, 3), bouts(5, 7)], 'amount')).toEqual({ mean: 4, within: 2, between: 7, minutes: 2 / 7 });
    expect(priorOf([bouts(1, 3), bouts(5, 7)], 'count')).toEqual({ mean: 4, within: 4, between: 6, minutes: 4 / 6 });
    expect(priorOf([bouts(4, 4), bouts(4, 4)], 'count')).toBeNull();
    expect(priorOf([bouts(4), bouts(5)], 'amount')).toBeNull();
    expect(priorOf([], 'count')).toBeNull();
  });
});

describe('a leaderboard', () => {
  it('ranks nobody below the minimum of bouts, however great a night', () => {
    const board = rateLeaderboard('significant_strikes', field(), 'high');
    expect(board).toMatchObject({ fighters: 13, qualified: 12, unranked: null });
    expect(board.ranked.map(({ fighter, rank }) => `${rank} ${fighter}`).slice(0, 3)).toEqual([
      '1 f11',
      '2 f10',
      '3 f09',
    ]);
    expect(board.ranked.map(({ fighter }) => fighter)).not.toContain('newcomer');
    const [best] = board.ranked;
    expect(best?.estimate).toBeLessThan(best?.raw ?? 0);
    expect(best?.low).toBeLessThan(best?.estimate ?? 0);
    expect(rateLeaderboard('significant_strikes', field(), 'low').ranked[0]?.fighter).toBe('f00');
    expect(rateLeaderboard('significant_strikes', field(), 'high', { most: 2 }).ranked).toHaveLength(2);
  });

  it('ranks nobody among too few, nor where fighters differ no more than by chance', () => {
    const few = field().slice(0, MIN_FIGHTERS - 1);
    expect(rateLeaderboard('strikes', few, 'high')).toMatchObject({ unranked: 'too_few_fighters', ranked: [] });
    const alike = field().map(({ fighter }) => ({
      fighter,
      bouts: [9, 10, 11].map((total) => ({ total, minutes: 15 })),
    }));
    expect(rateLeaderboard('strikes', alike, 'high')).toMatchObject({ unranked: 'no_difference', ranked: [] });
  });

  const someField = fc.array(
    fc.array(fc.record({ total: fc.nat(60), minutes: fc.integer({ min: 1, max: 25 }) }), { maxLength: 6 }),
    { minLength: 8, maxLength: 25 },
  );

  it('does not mind the order of fighters and bouts, and ranks by the estimate', () => {
    fc.assert(
      fc.property(someField, fc.integer({ min: 1, max: 5 }), (lists, minBouts) => {
        const candidates = lists.map((bouts, at) => ({ fighter: `f${at}`, bouts }));
        const board = rateLeaderboard('strikes', candidates, 'high', { minBouts });
        const turned = candidates.toReversed().map((one) => ({ ...one, bouts: one.bouts.toReversed() }));
        expect(rateLeaderboard('strikes', turned, 'high', { minBouts })).toEqual(board);
        for (const { bouts, rank, estimate } of board.ranked) {
          expect(bouts).toBeGreaterThanOrEqual(Math.max(MIN_BOUTS, minBouts));
          expect(rank).toBe(1 + board.ranked.filter((other) => other.estimate > estimate).length);
        }
      }),
    );
  });

  it('of shares ranks by what is at least so', () => {
    const board = shareLeaderboard([
      { fighter: 'once', hits: 1, of: 1 },
      { fighter: 'thrice', hits: 3, of: 3 },
      { fighter: 'often', hits: 18, of: 20 },
      { fighter: 'half', hits: 5, of: 10 },
    ]);
    expect(board).toMatchObject({ fighters: 4, qualified: 3 });
    expect(board.ranked.map(({ fighter }) => fighter)).toEqual(['often', 'thrice', 'half']);
    expect(board.ranked[0]).toMatchObject({ rank: 1, share: 0.9, low: expect.closeTo(0.699, 3) });
  });
});
