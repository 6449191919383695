import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  assessBy,
  type CornerStatistics,
  INPUT_GROUPS,
  MMA_MODEL,
  recommend,
  type RoundInput,
} from '../../../domain/scoring/index.ts';
import { marginProbability } from '../../../domain/scoring/margin.ts';
import { contributionsOf } from '../../../domain/scoring/reasons.ts';
import { measureRound } from '../../../domain/scoring/measures.ts';
import { variantFor } from '../../../domain/scoring/model.ts';
import { probabilityOf, winnerLogOdds } from '../../../domain/scoring/winner.ts';
import { anyCorner, anyLack, anyRound, OFFENCE, roundWith, swapped, withAct } from './support.ts';

/** Red's chance, without the work of finding reasons. */
const chanceOf = (round: RoundInput): number => assessBy(MMA_MODEL, round).pRed;

const MIRRORED = { '10-9': '9-10', '9-10': '10-9', '10-8': '8-10', '8-10': '10-8', '10-10': '10-10' };

describe('exchanging the corners', () => {
  test('mirrors all that is said, to the last bit', () => {
    fc.assert(
      fc.property(anyRound, (round) => {
        const one = recommend(round);
        const other = recommend(swapped(round));
        expect(other.pRed).toBe(1 - one.pRed);
        expect(other.margin2).toBe(one.margin2);
        expect(other.card).toBe(Object.entries(MIRRORED).find(([card]) => card === one.card)?.[1]);
        expect(other.tooClose).toBe(one.tooClose);
        expect(other.reasons).toEqual(
          one.reasons.map((reason) => ({ ...reason, corner: reason.corner === 'red' ? 'blue' : 'red' })),
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe('more offence', () => {
  test.each(Object.entries(OFFENCE))('%s never lowers the own chance', (_, act) => {
    fc.assert(
      fc.property(anyRound, fc.integer({ min: 1, max: 20 }), (round, times) => {
        const more: RoundInput = { ...round, red: withAct(round.red, act, times) };
        expect(chanceOf(more)).toBeGreaterThanOrEqual(chanceOf(round));
      }),
      { numRuns: 150 },
    );
  });

  test('in any one column alone never lowers it either, but for takedowns that failed', () => {
    const columns = Object.keys(roundWith({}, {}).red).filter((name) => name !== 'takedownsAttempted');
    fc.assert(
      fc.property(anyRound, fc.constantFrom(...columns), (round, column) => {
        const more: RoundInput = { ...round, red: withAct(round.red, { [column]: 1 }) };
        expect(chanceOf(more)).toBeGreaterThanOrEqual(chanceOf(round));
      }),
      { numRuns: 600 },
    );
  });

  test.each(Object.entries(OFFENCE))('%s never moves the card to the other corner', (_, act) => {
    const marginOf = (round: RoundInput): number => {
      const [red = 0, blue = 0] = recommend(round).card.split('-').map(Number);
      return red - blue;
    };
    fc.assert(
      fc.property(anyRound, (round) => {
        expect(marginOf({ ...round, red: withAct(round.red, act) })).toBeGreaterThanOrEqual(marginOf(round));
      }),
      { numRuns: 150 },
    );
  });

  test('a stopped takedown counts for the one who stopped it', () => {
    fc.assert(
      fc.property(anyRound, (round) => {
        const failed: RoundInput = { ...round, red: withAct(round.red, { takedownsAttempted: 1 }) };
        expect(chanceOf(failed)).toBeLessThanOrEqual(chanceOf(round));
      }),
    );
    const even = roundWith({ takedownsAttempted: 4 }, {});
    expect(recommend(even).pRed).toBeLessThan(0.5);
  });

  test.each(Object.entries(OFFENCE))('%s never lowers the chance of two points for oneself', (_, act) => {
    const chance = (red: CornerStatistics, blue: CornerStatistics, year: number): number => {
      const variant = variantFor(MMA_MODEL, []);
      const round = measureRound({ red, blue });
      return marginProbability(variant.margin, variant.signs, round.red, round.blue, year);
    };
    fc.assert(
      fc.property(anyCorner, anyCorner, fc.constantFrom(2008, 2014, 2017, 2021), (red, blue, year) => {
        // But for the last bits of the sum.
        expect(chance(withAct(red, act), blue, year)).toBeGreaterThanOrEqual(chance(red, blue, year) - 1e-12);
      }),
    );
  });
});

describe('a card', () => {
  test('is 10-10 only where nothing separates the corners', () => {
    expect(recommend(roundWith({}, {}))).toMatchObject({ pRed: 0.5, margin2: 0, card: '10-10', reasons: [] });
    fc.assert(
      fc.property(anyRound, (round) => {
        const { pRed, card } = recommend(round);
        expect(card === '10-10').toBe(pRed === 0.5);
      }),
    );
  });

  test.each(Object.entries(OFFENCE))('of %s and nothing else is not 10-8', (_, act) => {
    fc.assert(
      fc.property(anyLack, fc.constantFrom(1995, 2017, 2021, 2040), fc.nat({ max: 3 }), (lacked, year, kd) => {
        const red = { ...withAct(roundWith({}, {}).red, act), kd: Math.min(kd, 1), controlSeconds: 0 };
        expect(recommend(roundWith(red, {}, { lacked, year })).card).not.toBe('10-8');
      }),
    );
  });

  test('of two points is the leader’s own, and not where the round is too close', () => {
    // Either corner might win this round by two; nobody can say which.
    const wild = roundWith(
      {
        kd: 2,
        sigLanded: 40,
        sigAttempted: 60,
        headLanded: 40,
        headAttempted: 60,
        totalLanded: 40,
        totalAttempted: 60,
      },
      {
        kd: 2,
        sigLanded: 38,
        sigAttempted: 60,
        headLanded: 38,
        headAttempted: 60,
        totalLanded: 38,
        totalAttempted: 60,
      },
    );
    expect(recommend(wild)).toMatchObject({ card: '10-9', tooClose: true });
    fc.assert(
      fc.property(anyRound, (round) => {
        const { card, tooClose } = recommend(round);
        if (tooClose) expect(['10-9', '9-10', '10-10']).toContain(card);
      }),
    );
  });

  test('a strike and five minutes of control are not 10-8', () => {
    const red = { sigLanded: 1, sigAttempted: 1, headLanded: 1, totalLanded: 1, kd: 1, controlSeconds: 300 };
    expect(recommend(roundWith(red, {})).card).toBe('10-9');
  });

  test('counts knockdowns: each of three raises both probabilities', () => {
    const base = { sigLanded: 20, headLanded: 15, sigAttempted: 40, totalLanded: 25, distanceLanded: 20 };
    const said = [0, 1, 2, 3].map((kd) => recommend(roundWith({ ...base, kd }, base)));
    for (const [i, one] of said.entries()) {
      if (i === 0) continue;
      expect(one.pRed).toBeGreaterThan(said[i - 1]?.pRed ?? 1);
      expect(one.margin2).toBeGreaterThan(said[i - 1]?.margin2 ?? 1);
    }
  });

  const smothered = {
    sigLanded: 10,
    sigAttempted: 15,
    headLanded: 10,
    headAttempted: 15,
    groundLanded: 10,
    groundAttempted: 15,
    totalLanded: 90,
    totalAttempted: 110,
    takedownsLanded: 3,
    takedownsAttempted: 3,
    submissionAttempts: 3,
    controlSeconds: 290,
  };

  test('of two points needs damage under the criteria of 2025 and none under those of 2017', () => {
    expect(recommend(roundWith(smothered, {})).card).toBe('10-8');
    const damage = recommend(roundWith(smothered, {}, { criteria: '2025' }));
    expect(damage.card).toBe('10-9');
    expect(damage.notes.join()).toContain('ask for damage');
    expect(recommend(roundWith({ ...smothered, kd: 1 }, {}, { criteria: '2025' })).card).toBe('10-8');
    expect(recommend(roundWith({}, smothered, { criteria: '2025' })).card).toBe('9-10');
  });
});

describe('lacking inputs', () => {
  test('have no say, whatever stands in them', () => {
    const full = roundWith(
      { sigLanded: 20, sigAttempted: 40, headLanded: 12, bodyLanded: 8, controlSeconds: 100, clinchLanded: 9 },
      { sigLanded: 15, sigAttempted: 90, headLanded: 15, takedownsAttempted: 5, controlSeconds: 10 },
      { lacked: [...INPUT_GROUPS] },
    );
    const emptied = roundWith({ sigLanded: 20 }, { sigLanded: 15 }, { lacked: [...INPUT_GROUPS] });
    expect(recommend(full).pRed).toBe(recommend(emptied).pRed);
    expect(recommend(full).lacked).toEqual(INPUT_GROUPS);
    expect(recommend(full).notes.join()).toContain('without strikes that missed');
  });

  test('of every combination are answered by weights that lack no less', () => {
    fc.assert(
      fc.property(anyLack, (lacked) => {
        expect(variantFor(MMA_MODEL, lacked).lacked).toEqual(expect.arrayContaining(lacked));
      }),
    );
  });
});

describe('reasons', () => {
  test('are at most three, strongest first, above nothing, of measures in which the corners differ', () => {
    fc.assert(
      fc.property(anyRound, (round) => {
        const { reasons } = recommend(round);
        expect(reasons.length).toBeLessThanOrEqual(3);
        const odds = reasons.map((reason) => reason.logOdds);
        expect(odds).toEqual(odds.toSorted((a, b) => b - a));
        for (const value of odds) expect(value).toBeGreaterThan(0);
      }),
    );
  });

  test('come from contributions that add up to the log-odds', () => {
    fc.assert(
      fc.property(anyCorner, anyCorner, (red, blue) => {
        const variant = variantFor(MMA_MODEL, []);
        const round = measureRound({ red, blue });
        const x = variant.measures.map((measure) => round.red[measure]);
        const y = variant.measures.map((measure) => round.blue[measure]);
        const sum = contributionsOf(variant, round, 2021).reduce((total, one) => total + one, 0);
        const whole = winnerLogOdds(variant.winner, x, y, 2021);
        expect(Math.abs(sum - whole)).toBeLessThan(0.02 + 0.05 * Math.abs(whole));
      }),
    );
  });

  test('say in words what the corner did', () => {
    const { reasons } = recommend(roundWith({ kd: 2 }, { controlSeconds: 192 }));
    expect(reasons.map(({ corner, input, words }) => ({ corner, input, words }))).toEqual([
      { corner: 'red', input: 'knockdowns', words: '2 knockdowns to 0' },
      { corner: 'blue', input: 'control', words: '3:12 of control to 0:00' },
    ]);
  });
});

describe('a round', () => {
  test('that is not over is marked as partial and read as it stands', () => {
    const whole = roundWith({ sigLanded: 10, totalLanded: 10 }, {});
    const partial = recommend({ ...whole, complete: false, roundSeconds: 90 });
    expect(partial.pRed).toBe(recommend(whole).pRed);
    expect(partial.complete).toBe(false);
    expect(partial.notes.join()).toContain('partial: 90 s so far');
  });

  test.each([
    [180, '3:00'],
    [269, '4:29'],
    [331, '5:31'],
    [605, '10:05'],
  ])('of %d s is noted as unlike those of the fit, and read no differently', (roundSeconds, length) => {
    const round = roundWith({ sigLanded: 10, totalLanded: 10 }, {});
    const said = recommend({ ...round, roundSeconds });
    expect(said.notes).toContain(`fitted on rounds of five minutes; this one had ${length}`);
    expect({ ...said, notes: [] }).toEqual({ ...recommend(round), notes: [] });
  });

  test('of about five minutes, or not yet over, has no note of its length', () => {
    const round = roundWith({ sigLanded: 10, totalLanded: 10 }, {});
    const notes = [
      ...[270, 300, 330].map((roundSeconds) => recommend({ ...round, roundSeconds }).notes.join()),
      recommend({ ...round, roundSeconds: 90, complete: false }).notes.join(),
    ];
    for (const note of notes) expect(note).not.toContain('five minutes');
  });

  test('of a year outside the fit is read as of the nearest within', () => {
    const round = roundWith({ sigLanded: 30, totalLanded: 30 }, { sigLanded: 10, totalLanded: 10 });
    const late = recommend({ ...round, year: MMA_MODEL.fittedOn.lastYear });
    expect(recommend({ ...round, year: 2060 })).toEqual(late);
    expect(recommend({ ...round, year: null })).toEqual(late);
  });

  test.each([Number.NaN, -1, Number.POSITIVE_INFINITY])('with a count of %d is a defect', (kd) => {
    expect(() => recommend(roundWith({}, { kd }))).toThrow('blue.kd is no count');
  });
});

test('probabilities of log-odds and of their negation add up to one exactly', () => {
  fc.assert(
    fc.property(fc.double({ min: -60, max: 60, noNaN: true }), (z) => {
      expect(probabilityOf(-z)).toBe(1 - probabilityOf(z));
    }),
  );
});
