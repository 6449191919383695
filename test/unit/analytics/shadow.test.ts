import { describe, expect, it } from 'vitest';
import { compareShadow, satOnPanel, traineeSummary } from '../../../domain/analytics/index.ts';
import { cards, recommended, round } from './support.ts';

const tina = (redX10: number, blueX10: number) => ({ trainee: 'tina', redX10, blueX10 });

describe('a trainee’s scorecard', () => {
  it('is held against each official one, their majority, and the recommendation', () => {
    const one = round(cards('a 10-9', 'b 10-8', 'c 9-10'), recommended(0.97));
    const comparison = compareShadow(one, tina(90, 100));
    expect(comparison).toMatchObject({
      winner: 'blue',
      official: [
        { judge: 'a', winner: 'red', marginX10: 10, sameWinner: false, sameScore: false },
        { judge: 'b', winner: 'red', marginX10: 20, sameWinner: false, sameScore: false },
        { judge: 'c', winner: 'blue', marginX10: -10, sameWinner: true, sameScore: true },
      ],
      majority: 'red',
      withMajority: false,
      withMajorityScore: null,
      recommendation: { pRed: 0.97 },
    });
    expect(comparison.flags.map(({ kind }) => kind)).toEqual(['opposite_winners', 'against_near_certain']);
  });

  it('meets no majority where there is none', () => {
    const split = round(cards('a 10-9', 'b 9-10', 'c 10-10'));
    expect(compareShadow(split, tina(100, 90))).toMatchObject({ majority: null, withMajority: null });
    const alone = round(cards('a 10-9'));
    expect(compareShadow(alone, tina(100, 90))).toMatchObject({ majority: null, withMajority: null });
  });

  it('gets the questions that concern the trainee and no others', () => {
    const split = round(cards('a 10-8', 'b 10-9', 'c 10-9'));
    expect(compareShadow(split, tina(100, 90)).flags).toEqual([]);
    const flags = compareShadow(round(cards('a 10-9', 'b 10-9', 'c 10-9')), tina(100, 80)).flags;
    expect(flags.map(({ kind, judges }) => [kind, judges])).toEqual([['lone_10_8', ['tina']]]);
  });
});

describe('a trainee’s summary', () => {
  it('is over official panels, with what is missing until it may be compared', () => {
    const scored = [
      { round: round(cards('a 10-9', 'b 10-9', 'c 9-10'), { round: 1 }), shadow: tina(100, 90) },
      { round: round(cards('a 9-10', 'b 9-10', 'c 9-10'), { round: 2 }), shadow: tina(90, 100) },
      { round: round(cards('a 9-10', 'b 10-9', 'c 10-10'), { round: 3 }), shadow: tina(100, 90) },
      { round: round(cards('a 10-8', 'b 10-8', 'c 10-9'), { round: 4 }), shadow: tina(100, 90) },
    ];
    const summary = traineeSummary('tina', scored);
    expect(summary).toMatchObject({
      rounds: 4,
      isEnough: false,
      missing: 26,
      agreement: { majority: { n: 3, rate: 1 }, exact: { n: 3, rate: 2 / 3 } },
      panelKappa: { n: 3, kappa: 1 },
      twoPoint: { given: { n: 4, rate: 0 } },
    });
    expect(traineeSummary('tina', [])).toMatchObject({ rounds: 0, missing: 30, panelKappa: { kappa: null } });
  });
});

describe('a judge of the bout itself', () => {
  const panel = [
    { judge: 'ann', seat: 'J1', subject: 'ann-tablet' },
    // From paper, and nobody knows who held this seat.
    { judge: 'J2', seat: 'J2', subject: null },
  ];

  it.each([
    ['by person', { subject: 'ann', seat: null, isAtTable: false }, true],
    ['by the token that scored', { subject: 'ann-tablet', seat: null, isAtTable: false }, true],
    ['by a seat whose person is not known', { subject: 'bob', seat: 'J2', isAtTable: false }, true],
    ['by a person’s id that is the seat’s', { subject: 'J1', seat: null, isAtTable: false }, true],
    ['by the seat at this very table', { subject: 'bob', seat: 'J1', isAtTable: true }, true],
    ['not by a seat of the same name elsewhere', { subject: 'bob', seat: 'J1', isAtTable: false }, false],
    ['not by another seat', { subject: 'bob', seat: 'J3', isAtTable: true }, false],
    ['not without a seat', { subject: 'bob', seat: null, isAtTable: true }, false],
  ])('is known %s', (_how, trainee, known) => {
    expect(satOnPanel(trainee, panel)).toBe(known);
  });
});
