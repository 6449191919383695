import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  deductionProblem,
  RULE_SET_IDS,
  type RuleOverrides,
  type RuleSetId,
  scorecardHints,
  scorecardProblem,
} from '../../../domain/rules/index.ts';
import { rulesWith, setOf } from './support.ts';

const ROUND = { extension: false };

function fieldOf(id: RuleSetId, overrides: RuleOverrides, red: number, blue: number, where = ROUND) {
  const problem = scorecardProblem(rulesWith(id, overrides), Math.round(red * 10), Math.round(blue * 10), where);
  return problem?.field ?? null;
}

describe('a raw score', () => {
  it.each<[RuleSetId, RuleOverrides, number, number, 'red' | 'blue' | null]>([
    // Ten-point must: 14B NCAC 10.0503, COMAR 09.14.06.13.
    ['boxing', {}, 10, 9, null],
    ['boxing', {}, 8, 10, null],
    ['boxing', {}, 9, 8, 'red'],
    ['boxing', {}, 8, 9, 'blue'],
    ['boxing', {}, 11, 9, 'red'],
    ['boxing', {}, 10, -1, 'blue'],
    // 9-9 is what a deduction makes of 10-9: as a raw score it is none.
    ['boxing', {}, 9, 9, 'red'],
    ['boxing', { mustHaveTen: false }, 9, 8, null],
    // Scores can reach 10-6 in boxing (secondsout), one point in North Carolina (14B NCAC 10.0503).
    ['boxing', {}, 10, 6, null],
    ['boxing', {}, 10, 5, 'blue'],
    ['boxing', { jurisdiction: 'north-carolina' }, 1, 10, null],
    ['boxing', { jurisdiction: 'north-carolina' }, 0, 10, 'red'],
    // ABC kickboxing 2017: the loser has 9, 8 or 7.
    ['kickboxing', {}, 10, 7, null],
    ['kickboxing', {}, 10, 6, 'blue'],
    // Half points: 10-9.5, 10-9, 10-8.5, 10-8 (mmajunkie); COMAR 09.14.06.13 B(3): no fractions.
    ['mma-unified-2017', { halfPoints: true }, 10, 9.5, null],
    ['mma-unified-2017', { halfPoints: true }, 10, 9.4, 'blue'],
    ['mma-unified-2017', {}, 10, 9.5, 'blue'],
    ['boxing', { jurisdiction: 'maryland' }, 9.5, 10, 'red'],
    // Even rounds.
    ['mma-unified-2017', {}, 10, 10, null],
    ['mma-unified-2017', { evenRounds: false }, 10, 10, 'blue'],
  ])('%s %j: %d-%d', (id, overrides, red, blue, field) => {
    expect(fieldOf(id, overrides, red, blue)).toBe(field);
  });

  it('of an extension round has a winner, unless the rules let it be even', () => {
    const glory: RuleOverrides = { jurisdiction: 'glory' };
    expect(fieldOf('kickboxing', glory, 10, 10)).toBeNull();
    expect(fieldOf('kickboxing', glory, 10, 10, { extension: true })).toBe('blue');
    expect(fieldOf('kickboxing', glory, 10, 9, { extension: true })).toBeNull();
    expect(
      fieldOf('kickboxing', { extension: { rounds: 1, evenAllowed: true } }, 10, 10, { extension: true }),
    ).toBeNull();
  });

  it('is lawful for a corner if it is lawful for the other', () => {
    const tenths = fc.oneof(
      fc.integer({ min: 6, max: 10 }).map((points) => points * 10),
      fc.integer(),
    );
    const lawful = { yes: 0, no: 0 };
    fc.assert(
      fc.property(fc.constantFrom(...RULE_SET_IDS), tenths, tenths, fc.boolean(), (id, red, blue, extension) => {
        const there = scorecardProblem(setOf(id), red, blue, { extension });
        lawful[there === null ? 'yes' : 'no'] += 1;
        expect(scorecardProblem(setOf(id), blue, red, { extension }) === null).toBe(there === null);
      }),
    );
    expect(Math.min(lawful.yes, lawful.no)).toBeGreaterThan(0);
  });
});

describe('hints', () => {
  const hints = (
    id: RuleSetId,
    red: number,
    blue: number,
    knockdowns: [number, number],
    overrides: RuleOverrides = {},
  ) =>
    scorecardHints(rulesWith(id, overrides), {
      redX10: red * 10,
      blueX10: blue * 10,
      knockdowns: { red: knockdowns[0], blue: knockdowns[1] },
    });

  it('say that a Muay Thai round with one count is usually 10-8, and clearly won 10-7', () => {
    expect(hints('muay-thai', 10, 9, [1, 0])[0]).toContain('10-8');
    expect(hints('muay-thai', 10, 8, [1, 0])).toEqual([]);
    expect(hints('muay-thai', 10, 7, [1, 0])).toEqual([]);
    expect(hints('muay-thai', 8, 10, [0, 2])[0]).toContain('10-7');
    // No score below the lowest is ever called usual.
    expect(hints('muay-thai', 10, 7, [3, 0])).toEqual([]);
  });

  it('say that a Maryland knockdown is a point by rule, and elsewhere that it is practice', () => {
    expect(hints('boxing', 10, 9, [1, 0], { jurisdiction: 'maryland' })[0]).toContain('by rule, beside');
    expect(hints('boxing', 10, 8, [1, 0], { jurisdiction: 'maryland' })).toEqual([]);
    expect(hints('boxing', 10, 9, [1, 0])[0]).toContain('not by rule');
    expect(hints('boxing', 10, 9, [0, 0])).toEqual([]);
    expect(hints('boxing', 10, 9, [2, 2])).toEqual([]);
  });

  it('say who scored the knockdown where the card has the other ahead, in every sport', () => {
    for (const id of RULE_SET_IDS) {
      expect(hints(id, 9, 10, [1, 0])).toEqual(['Red scored more knockdowns, and the card has blue ahead.']);
      expect(hints(id, 10, 9, [0, 1])).toEqual(['Blue scored more knockdowns, and the card has red ahead.']);
    }
  });

  it('ask for nothing of a knockdown in MMA', () => {
    expect(hints('mma-unified-2017', 10, 9, [1, 0])).toEqual([]);
    expect(hints('mma-unified-2017', 10, 8, [1, 0])).toEqual([]);
    expect(hints('mma-unified-2025', 10, 9, [1, 0])).toEqual([]);
  });

  it('ask for damage behind a 10-8 under the criteria of 2025, where its winner scored no knockdown', () => {
    const damage = expect.stringContaining('requires damage');
    expect(hints('mma-unified-2025', 10, 8, [0, 0])).toEqual([damage]);
    expect(hints('mma-unified-2025', 7, 10, [0, 0])).toEqual([damage]);
    expect(hints('mma-unified-2025', 10, 8, [1, 0])).toEqual([]);
    expect(hints('mma-unified-2025', 8, 10, [1, 1])).toEqual([]);
    // The loser's knockdown is no damage done by the winner.
    expect(hints('mma-unified-2025', 8, 10, [1, 0])).toContainEqual(damage);
    expect(hints('mma-unified-2025', 10, 9, [0, 0])).toEqual([]);
    expect(hints('mma-unified-2017', 10, 8, [0, 0])).toEqual([]);
  });
});

describe('a deduction', () => {
  const problem = (id: RuleSetId, points: number, intent: 'accidental' | 'intentional' | null, injury: boolean) =>
    deductionProblem(setOf(id), { pointsX10: points * 10, intent, injury });

  it('is of as many points as the rules allow', () => {
    expect(problem('boxing', 1, null, false)).toBeNull();
    expect(problem('boxing', 2, 'intentional', true)).toBeNull();
    expect(problem('muay-thai', 2, null, false)).toBe('Points that may be taken: 1.');
    for (const points of [0, 0.5, 3, -1]) expect(problem('boxing', points, null, false)).not.toBeNull();
  });

  it('is of two points in North Carolina where an intentional foul injures (14B NCAC 10.0809)', () => {
    expect(problem('mma-unified-2017', 2, 'intentional', true)).toBeNull();
    expect(problem('mma-unified-2017', 1, 'intentional', true)).toContain('costs 2 points');
    expect(problem('mma-unified-2017', 1, 'intentional', false)).toBeNull();
    expect(problem('mma-unified-2017', 1, 'accidental', true)).toBeNull();
    expect(problem('mma-unified-2017', 1, null, true)).toBeNull();
  });
});
