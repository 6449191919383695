import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  boutDamage,
  type Fight,
  fighterDamage,
  fighterProfile,
  MIN_TREND_BOUTS,
  rateOver,
  recordOf,
  sideTotals,
  trendOf,
  whenFought,
} from '../../../domain/analytics/index.ts';
import { corner, evenFight, fight, someFights } from './fights.ts';
import { numbersIn } from './support.ts';

describe('a record', () => {
  it('counts every outcome, by method, and what was finished', () => {
    const record = recordOf([
      fight(1, { method: 'KO' }),
      fight(2, { method: 'SUB' }),
      fight(3),
      fight(4, { outcome: 'loss', method: 'TKO' }),
      fight(5, { outcome: 'loss', method: 'DQ' }),
      fight(6, { outcome: 'draw', method: 'DRAW' }),
      fight(7, { outcome: 'no_contest', method: 'NC' }),
    ]);
    expect(record).toMatchObject({ bouts: 7, wins: 3, losses: 2, draws: 1, noContests: 1 });
    expect(record).toMatchObject({ winsBy: { DEC: 1, KO: 1, SUB: 1 }, lossesBy: { DQ: 1, TKO: 1 } });
    expect(record.winShare).toMatchObject({ n: 6, rate: 0.5 });
    expect(record.finishShare).toMatchObject({ n: 3, rate: 2 / 3 });
    expect(record.finishedShare).toMatchObject({ n: 2, rate: 0.5 });
  });

  it('knows its minutes only where every round’s are known', () => {
    expect(recordOf([evenFight(1, 5, 5)]).minutes).toBe(15);
    const untimed = [{ round: 1, foughtMs: null, own: corner({}), other: corner({}) }];
    expect(recordOf([evenFight(1, 5, 5), fight(2, { rounds: untimed })]).minutes).toBeNull();
  });
});

describe('a rate per 15 minutes', () => {
  it('of one bout has Garwood’s interval; of none nothing', () => {
    const rate = rateOver('knockdowns', [{ total: 10, minutes: 15 }]);
    expect(rate).toMatchObject({ bouts: 1, minutes: 15, total: 10, per15: 10, dispersion: null });
    expect(rate.low).toBeCloseTo(4.7954, 4);
    expect(rate.high).toBeCloseTo(18.3904, 4);
    expect(rateOver('knockdowns', [{ total: 0, minutes: 30 }])).toMatchObject({
      per15: 0,
      low: 0,
      high: expect.closeTo(1.8444, 4),
    });
    expect(rateOver('strikes', [])).toMatchObject({ per15: null, low: null, high: null });
  });

  it('is wider where bouts differ more than chance makes them', () => {
    const alike = rateOver(
      'strikes',
      [1, 2, 3, 4].map(() => ({ total: 50, minutes: 15 })),
    );
    const unlike = rateOver(
      'strikes',
      [5, 95, 20, 80].map((total) => ({ total, minutes: 15 })),
    );
    expect(alike).toMatchObject({ per15: 50, dispersion: 1 });
    // Σ (y − 50)² / 50 / 3 = (2025 + 2025 + 900 + 900) / 150.
    expect(unlike).toMatchObject({ per15: 50, dispersion: expect.closeTo(39, 9) });
    expect((unlike.high ?? 0) - (unlike.low ?? 0)).toBeGreaterThan(5 * ((alike.high ?? 0) - (alike.low ?? 0)));
  });

  it('of an amount has Student’s interval over bouts, and none of a single one', () => {
    expect(rateOver('control_seconds', [{ total: 60, minutes: 15 }])).toMatchObject({
      per15: 60,
      low: null,
      high: null,
    });
    const two = rateOver(
      'control_seconds',
      [60, 120].map((total) => ({ total, minutes: 15 })),
    );
    // t with one degree of freedom is 12.706; the standard error of 60 and 120 is 30.
    expect(two).toMatchObject({ per15: 90, low: 0, high: expect.closeTo(90 + 12.7062 * 30, 2) });
  });

  it('holds what was measured, within its interval', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ total: fc.nat(80), minutes: fc.integer({ min: 1, max: 25 }) }), {
          minLength: 1,
          maxLength: 12,
        }),
        (exposures) => {
          const { per15, low, high } = rateOver('strikes', exposures);
          expect(low ?? Number.NaN).toBeLessThanOrEqual((per15 ?? Number.NaN) + 1e-9);
          expect(high ?? Number.NaN).toBeGreaterThan(per15 ?? Number.NaN);
        },
      ),
    );
  });
});

describe('a trend', () => {
  it('is told from six bouts on, per year, and not moved by one of them', () => {
    const years = (n: number): readonly Fight[] =>
      Array.from({ length: n }, (_none, at) => evenFight(at * 365, 10 + at, 5));
    expect(trendOf(years(MIN_TREND_BOUTS - 1), 'significant_strikes', 'own').perYear).toBeNull();
    const rising = trendOf(years(8), 'significant_strikes', 'own');
    // Three rounds: one strike more in each is three more per 15 minutes.
    expect(rising.perYear).toBeCloseTo(3, 1);
    expect(rising.low).toBeGreaterThan(2.9);
    const wild = [...years(8).slice(0, 7), evenFight(7 * 365, 400, 5)];
    expect(trendOf(wild, 'significant_strikes', 'own').perYear).toBeCloseTo(3, 0);
    expect(trendOf(years(8), 'significant_strikes', 'absorbed').perYear).toBe(0);
    expect(rising.points.map(({ boutId }) => boutId)).toEqual(rising.points.map(({ boutId }) => boutId).toSorted());
  });
});

describe('when a bout was fought', () => {
  it('is its date at the venue, else when its result was official', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('2400-12-31'), noInvalidDate: true }), (at) => {
        const date = at.toISOString().slice(0, 10);
        expect(whenFought({ date, officialMs: 5 })).toBe(Date.parse(`${date}T00:00:00Z`));
      }),
    );
    expect(whenFought({ date: null, officialMs: 5 })).toBe(5);
    expect(whenFought({ date: 'Saturday', officialMs: 5 })).toBe(5);
  });
});

describe('damage', () => {
  it('adds up round by round until somebody did not look, and bout by bout', () => {
    const rounds = [2, null, 3].map((significant, at) => ({
      round: at + 1,
      foughtMs: 300_000,
      corners: {
        red: corner({ significant, points: significant ?? 0 }),
        blue: corner({ significant: 1, points: 0.5 }),
      },
    }));
    expect(boutDamage(rounds).map(({ red }) => [red.damage, red.cumulative])).toEqual([
      [2, 2],
      [null, null],
      [3, null],
    ]);
    expect(boutDamage(rounds).map(({ blue }) => blue.cumulative)).toEqual([0.5, 1, 1.5]);
    const series = fighterDamage([evenFight(9, 10, 20), evenFight(3, 30, 10)]);
    expect(series.map(({ dealt, absorbed }) => [dealt.damage, dealt.cumulative, absorbed.cumulative])).toEqual([
      [9, 9, 3],
      [3, 12, 9],
    ]);
    expect(series[0]).toMatchObject({ dealt: { rounds: 3, per15: 9 }, opponent: 'ben' });
  });
});

describe('totals', () => {
  it('are of what was counted, by type', () => {
    const { damage, grappling, strikesByType } = sideTotals([evenFight(1, 4, 2), evenFight(2, 1, 2)], 'own');
    expect(damage).toMatchObject({ significant: 15, head: 15, microPoints: 1_500_000 });
    expect([grappling?.takedowns, strikesByType]).toEqual([0, { jab: 15 }]);
    expect(sideTotals([], 'own')).toMatchObject({ damage: null, grappling: null, control: null });
  });
});

describe('any profile', () => {
  it('is the same in whatever order the bouts come', () => {
    fc.assert(
      fc.property(someFights, (fights) => {
        expect(fighterProfile('ann', fights.toReversed())).toEqual(fighterProfile('ann', fights));
      }),
    );
  });

  it('mirrors where own and other are swapped: what one absorbs, the other dealt', () => {
    fc.assert(
      fc.property(someFights, (fights) => {
        const swapped = fights.map((one) => ({
          ...one,
          rounds: one.rounds.map((round) => ({ ...round, own: round.other, other: round.own })),
        }));
        const [one, other] = [fighterProfile('ann', fights), fighterProfile('ben', swapped)];
        for (const [at, { own, absorbed }] of one.rates.entries()) {
          expect([other.rates[at]?.absorbed, other.rates[at]?.own]).toEqual([own, absorbed]);
        }
        for (const trend of one.trends) {
          const side = trend.side === 'own' ? 'absorbed' : 'own';
          const mirror = other.trends.find((two) => two.measure === trend.measure && two.side === side);
          expect({ ...mirror, side: trend.side }).toEqual(trend);
        }
      }),
    );
  });

  it('of more bouts counts no fewer of anything, and no figure is outside its interval', () => {
    fc.assert(
      fc.property(someFights, (fights) => {
        const [all, fewer] = [fighterProfile('ann', fights), fighterProfile('ann', fights.slice(1))];
        for (const [at, { own }] of all.rates.entries()) {
          expect(own.total).toBeGreaterThanOrEqual(fewer.rates[at]?.own.total ?? 0);
          expect(own.minutes).toBeGreaterThanOrEqual(fewer.rates[at]?.own.minutes ?? 0);
          if (own.per15 !== null && own.low !== null) expect(own.low).toBeLessThanOrEqual(own.per15 + 1e-9);
        }
        expect(numbersIn(all).every(([, value]) => Number.isFinite(value))).toBe(true);
      }),
    );
  });
});
