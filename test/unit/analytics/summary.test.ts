import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cornerBias,
  judgeSummaries,
  judgeSummary,
  MIN_ROUNDS,
  panelAgreement,
  panelFigures,
  recommendationAgreement,
  twoPointHabits,
} from '../../../domain/analytics/index.ts';
import { cards, mirrored, numbersIn, recommended, round, someRounds } from './support.ts';

describe('agreement with the panel', () => {
  const rounds = [
    round(cards('a 10-9', 'b 10-9', 'c 10-9')),
    round(cards('a 10-9', 'b 9-10', 'c 9-10')),
    // The others have no majority.
    round(cards('a 10-9', 'b 9-10', 'c 10-9')),
    round(cards('a 10-8', 'b 10-9', 'c 10-9')),
  ];

  it('is with the majority of the others, never with one’s own vote', () => {
    expect(panelAgreement('a', rounds).majority).toMatchObject({ n: 3, rate: 2 / 3 });
    expect(panelAgreement('a', rounds).exact).toMatchObject({ n: 3, rate: 1 / 3 });
  });

  it('counts a round once in the mean share of colleagues', () => {
    const { colleagues, colleaguesExact } = panelAgreement('a', rounds);
    expect(colleagues).toMatchObject({ n: 4, rate: 2.5 / 4 });
    expect(colleaguesExact).toMatchObject({ n: 4, rate: 1.5 / 4 });
  });

  it('with one colleague alone is no agreement with a majority', () => {
    const missing = [round(cards('a 10-9', 'b 10-9'))];
    expect(panelAgreement('a', missing)).toMatchObject({
      majority: { n: 0, rate: null },
      colleagues: { n: 1, rate: 1 },
    });
  });

  it('has Wilson’s interval', () => {
    // Newcombe (1998), Statist. Med. 17, 857-872, table I: 81 of 263 is .2553 to .3662, 15 of 148 is .0624 to .1605.
    for (const [agreed, all, low, high] of [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [29, 29, 0.883, 1],
    ] as const) {
      const { majority } = panelAgreement(
        'a',
        Array.from({ length: all }, (_, i) =>
          round(cards('a 10-9', ...(i < agreed ? ['b 10-9', 'c 10-9'] : ['b 9-10', 'c 9-10']))),
        ),
      );
      expect(majority.n).toBe(all);
      expect(majority.low).toBeCloseTo(low, 4);
      expect(majority.high).toBeCloseTo(high, 4);
    }
  });
});

describe('agreement with the recommendation', () => {
  it('stands beside what calibrated probabilities lead to expect', () => {
    const rounds = [
      round(cards('a 10-9'), recommended(0.9)),
      round(cards('a 9-10'), recommended(0.6)),
      round(cards('a 10-10'), recommended(0.9)),
      round(cards('a 10-9'), recommended(0.5)),
      round(cards('a 10-9')),
    ];
    const agreement = recommendationAgreement('a', rounds);
    expect(agreement.favourite).toMatchObject({ n: 2, rate: 0.5 });
    expect(agreement.favouriteExpected).toBeCloseTo(0.75, 12);
    expect(agreement.chosen).toBeCloseTo((0.9 + 0.4 + 0.5) / 3, 12);
    expect(agreement.chosenExpected).toBeCloseTo((0.82 + 0.52 + 0.5) / 3, 12);
    expect(agreement.evenRounds).toBe(1);
  });

  it('is nothing where there is no recommendation', () => {
    const none = { n: 0, rate: null, low: null, high: null };
    expect(recommendationAgreement('a', [round(cards('a 10-9'))])).toEqual({
      favourite: none,
      favouriteExpected: null,
      chosen: null,
      chosenExpected: null,
      evenRounds: 0,
    });
  });
});

describe('bias by corner', () => {
  it('is measured against those who saw the same rounds', () => {
    const rounds = [
      round(cards('a 10-9', 'b 10-9', 'c 10-9')),
      round(cards('a 10-9', 'b 9-10', 'c 9-10')),
      round(cards('a 10-8', 'b 10-9', 'c 10-10')),
    ];
    const bias = cornerBias('a', rounds);
    expect(bias.red).toMatchObject({ n: 3, rate: 1 });
    expect(bias.colleaguesRed).toBeCloseTo((1 + 0 + 0.75) / 3, 12);
    expect(bias.redAgainstColleagues.mean).toBeCloseTo((0 + 1 + 0.25) / 3, 12);
    expect(bias.marginAgainstColleagues.mean).toBeCloseTo((0 + 2 + 1.5) / 3, 12);
    // d = 0, 1, .25: s = .52042, t(2) = 4.3027.
    expect(bias.redAgainstColleagues.high).toBeCloseTo(1.25 / 3 + (4.3027 * 0.52042) / Math.sqrt(3), 3);
  });

  it('has no interval where nothing varies', () => {
    const rounds = [1, 2, 3].map(() => round(cards('a 10-9', 'b 10-9')));
    expect(cornerBias('a', rounds).redAgainstColleagues).toEqual({ n: 3, mean: 0, low: null, high: null });
  });
});

describe('two-point habits', () => {
  it('say how often, whether others concur, and what was to be expected', () => {
    const rounds = [
      round(cards('a 10-8', 'b 10-8', 'c 10-9'), recommended(0.9, 0.6)),
      round(cards('a 10-8', 'b 10-9', 'c 10-9'), recommended(0.9, 0.2)),
      round(cards('a 10-9', 'b 10-9', 'c 10-8')),
      // Wide the other way does not concur, but a is not alone.
      round(cards('a 10-8', 'b 8-10', 'c 10-9')),
      round(cards('a 10-8', 'b 10-9')),
      round(cards('a 10-8.5', 'b 10-9')),
    ];
    const habits = twoPointHabits('a', rounds);
    expect(habits.given).toMatchObject({ n: 6, rate: 4 / 6 });
    expect(habits.colleaguesGiven.rate).toBeCloseTo(1.5 / 6, 12);
    expect(habits.concurred).toMatchObject({ n: 4, rate: 0.5 / 4 });
    expect(habits.alone).toMatchObject({ n: 3, rate: 1 / 3 });
    expect(habits.givenWhereRecommended).toMatchObject({ n: 2, rate: 1 });
    expect(habits.recommendedExpected).toBeCloseTo(0.4, 12);
  });
});

describe('a list of judges', () => {
  it('ranks nobody under the minimum, and equals alike', () => {
    const enough = Array.from({ length: MIN_ROUNDS + 3 }, (_, i) =>
      round(cards('a 10-9', 'b 10-9', i < 3 ? 'c 9-10' : 'c 10-9'), { round: i + 1 }),
    );
    // Where c dissents, the others of a and b have no majority.
    const few = enough.slice(4).map((one) => ({
      ...one,
      boutId: 'b2',
      scorecards: [...cards('d 10-9'), ...one.scorecards.slice(1)],
    }));
    expect(judgeSummaries([...enough, ...few]).map((one) => [one.judge, one.rank, one.isEnough])).toEqual([
      ['a', 1, true],
      ['b', 1, true],
      ['c', 3, true],
      ['d', null, false],
    ]);
  });

  it('gives nobody figures of rounds that they did not score', () => {
    const rounds = [round(cards('a 10-9', 'b 10-9'))];
    expect(judgeSummary('z', rounds)).toMatchObject({ rounds: 0, bouts: 0, isEnough: false });
  });
});

describe('every figure', () => {
  const everything = (rounds: Parameters<typeof judgeSummaries>[0]): unknown => [
    judgeSummaries(rounds, 2),
    panelFigures(rounds),
  ];

  it('is finite, and within its interval', () => {
    fc.assert(
      fc.property(someRounds, (rounds) => {
        for (const [path, value] of numbersIn(everything(rounds)))
          expect([path, Number.isFinite(value)]).toEqual([path, true]);
        for (const { agreement, bias } of judgeSummaries(rounds)) {
          for (const { rate, low, high } of [...Object.values(agreement), bias.red]) {
            if (rate === null) expect([low, high]).toEqual([null, null]);
            else expect([low, rate, high]).toEqual([low, rate, high].toSorted((x, y) => Number(x) - Number(y)));
          }
        }
      }),
    );
  });

  it('does not depend on the order of rounds or of scorecards', () => {
    fc.assert(
      fc.property(someRounds, (rounds) => {
        const turned = rounds.toReversed().map((one) => ({ ...one, scorecards: one.scorecards.toReversed() }));
        expect(numbersIn(everything(turned))).toEqual(numbersIn(everything(rounds)));
      }),
    );
  });

  it('mirrors with the corners: agreement and habits stay, a lean to red becomes one to blue', () => {
    fc.assert(
      fc.property(someRounds, (rounds) => {
        const there = judgeSummaries(rounds, 2);
        const back = judgeSummaries(rounds.map(mirrored), 2);
        const still = ({ bias: _bias, ...rest }: (typeof there)[number]): unknown => rest;
        expect(numbersIn(back.map(still))).toEqual(numbersIn(there.map(still)));
        for (const [i, { bias }] of there.entries()) {
          const other = back[i]?.bias;
          expect(other?.red.rate ?? null).toEqual(bias.red.rate === null ? null : expect.closeTo(1 - bias.red.rate, 9));
          for (const name of ['redAgainstColleagues', 'marginAgainstColleagues'] as const) {
            const { mean } = bias[name];
            expect(other?.[name].mean ?? null).toEqual(mean === null ? null : expect.closeTo(-mean, 9));
          }
        }
      }),
    );
  });
});
