import { describe, expect, it } from 'vitest';
import { decide, type PanelRound, type Rules, type RuleOverrides } from '../../../domain/rules/index.ts';
import { roundOf, rulesWith, SEATS, setOf } from './support.ts';

const MMA = setOf('mma-unified-2017');
const THREE = SEATS.slice(0, 3);

function verdict(rules: Rules, rounds: readonly PanelRound[], absent: readonly string[] = [], seats = THREE) {
  const { winner, decision } = decide(rules, seats, absent, rounds, { scheduled: rounds.length });
  return [winner, decision];
}

/** One round with a margin in points for each seat, red's less blue's. */
function margins(...all: readonly number[]): readonly PanelRound[] {
  return [
    roundOf(
      1,
      all.map((margin) => [Math.min(10, 10 + margin), Math.min(10, 10 - margin)] as const),
    ),
  ];
}

describe('the scorecards of a panel of any size (three: N.J.A.C. 13:46-24A)', () => {
  it.each([
    [[1, 1, 1], 'red', 'UD'],
    [[-1, -1, -2], 'blue', 'UD'],
    [[1, 1, -1], 'red', 'SD'],
    [[-1, 1, -1], 'blue', 'SD'],
    [[1, 1, 0], 'red', 'MD'],
    [[0, -1, -1], 'blue', 'MD'],
    [[0, 0, 0], 'draw', 'D-U'],
    [[1, 0, -1], 'draw', 'D-S'],
    [[1, 0, 0], 'draw', 'D-M'],
    [[0, -1, 0], 'draw', 'D-M'],
    [[1], 'red', 'UD'],
    [[1, -1], 'draw', 'D-S'],
    [[1, 0], 'draw', 'D-S'],
    [[1, 1, 1, 1, 1], 'red', 'UD'],
    [[1, 1, 1, -1, -1], 'red', 'SD'],
    [[1, 1, 1, 1, -1], 'red', 'SD'],
    [[1, 1, 1, 0, 0], 'red', 'MD'],
    [[1, 1, 1, -1, 0], 'red', 'SD'],
    [[1, 1, 0, 0, 0], 'draw', 'D-M'],
    [[1, 1, -1, 0, 0], 'draw', 'D-S'],
    [[0, 0, 0, 0, 0], 'draw', 'D-U'],
  ])('%j: %s by %s', (all, winner, decision) => {
    expect(verdict(MMA, margins(...all), [], SEATS.slice(0, all.length))).toEqual([winner, decision]);
  });
});

describe('a deduction', () => {
  it('makes a 9-9 of a 10-9 in the round of the foul, for every judge alike', () => {
    const rounds = [
      roundOf(
        1,
        [
          [10, 9],
          [10, 9],
          [9, 10],
        ],
        { deductions: { red: 10, blue: 0 } },
      ),
    ];
    const { totals, winner, decision } = decide(MMA, THREE, [], rounds, { scheduled: 1 });
    expect(totals.map(({ total }) => total)).toEqual([
      { red: 90, blue: 90 },
      { red: 90, blue: 90 },
      { red: 80, blue: 100 },
    ]);
    expect([winner, decision]).toEqual(['draw', 'D-M']);
  });

  it('makes a 10-7 of a 10-8', () => {
    const rounds = [
      roundOf(
        1,
        [
          [10, 8],
          [10, 8],
          [10, 8],
        ],
        { deductions: { red: 0, blue: 10 } },
      ),
    ];
    expect(decide(MMA, THREE, [], rounds, { scheduled: 1 }).totals[0]?.total).toEqual({ red: 100, blue: 70 });
  });
});

describe('a missing judge', () => {
  const split = margins(1, -1, 1);
  const remaining = MMA;
  const average = rulesWith('mma-unified-2017', { missingJudge: 'average' });

  it('leaves the decision to the others: two who split make a draw, two who agree decide', () => {
    expect(verdict(remaining, split, ['s3'])).toEqual(['draw', 'D-S']);
    expect(verdict(remaining, split, ['s2'])).toEqual(['red', 'UD']);
    expect(decide(remaining, THREE, ['s3'], split, { scheduled: 1 }).totals.map(({ seat }) => seat)).toEqual([
      's1',
      's2',
    ]);
  });

  it('or gets the mean of the others, in tenths: here 10-8 and 9-10 are 9.5-9, for red', () => {
    const rounds = [roundOf(1, [[10, 8], [9, 10], null])];
    expect(verdict(remaining, rounds, ['s3'])).toEqual(['draw', 'D-S']);
    const { totals, winner, decision } = decide(average, THREE, ['s3'], rounds, { scheduled: 1 });
    expect(totals[2]).toEqual({ seat: 's3', total: { red: 95, blue: 90 }, vote: 'red' });
    expect([winner, decision]).toEqual(['red', 'SD']);
  });

  it('whose mean is no whole tenth has it rounded half up, for both corners', () => {
    const rounds = [roundOf(1, [[10, 9.5], [9.5, 10], [10, 9], [10, 9], null])];
    const { totals } = decide(average, SEATS, ['s5'], rounds, { scheduled: 1 });
    // 39.5 / 4 = 9.875 and 37.5 / 4 = 9.375.
    expect(totals[4]).toEqual({ seat: 's5', total: { red: 99, blue: 94 }, vote: 'red' });
  });

  it('is not waited for, and everybody else is', () => {
    const rounds = [roundOf(1, [[10, 9], [10, 9], null]), roundOf(2, [[10, 9], null, null])];
    const { complete, missing, winner } = decide(MMA, THREE, ['s3'], rounds, { scheduled: 2 });
    expect({ complete, missing, winner }).toEqual({
      complete: false,
      missing: [{ seat: 's2', round: 2 }],
      winner: null,
    });
  });

  it('on every seat leaves nobody to decide', () => {
    expect(decide(average, THREE, THREE, split, { scheduled: 1 })).toMatchObject({ complete: false, totals: [] });
  });
});

describe('half points', () => {
  it('decide like whole ones: a 10-9.5 is a round won', () => {
    const rules = rulesWith('mma-unified-2017', { halfPoints: true });
    const rounds = [
      roundOf(1, [
        [10, 9.5],
        [10, 9.5],
        [10, 9],
      ]),
      roundOf(2, [
        [9.5, 10],
        [10, 10],
        [9, 10],
      ]),
    ];
    expect(verdict(rules, rounds)).toEqual(['draw', 'D-M']);
    expect(decide(rules, THREE, [], rounds, { scheduled: 2 }).totals[1]?.total).toEqual({ red: 200, blue: 195 });
  });
});

describe('an extension round (GLORY)', () => {
  const glory = rulesWith('kickboxing', { jurisdiction: 'glory' });
  const level = [
    roundOf(1, [
      [10, 8],
      [10, 9],
      [10, 9],
    ]),
    roundOf(2, [
      [9, 10],
      [9, 10],
      [9, 10],
    ]),
  ];
  const drawn = [
    roundOf(1, [
      [10, 8],
      [10, 9],
      [9, 10],
    ]),
    roundOf(2, [
      [9, 10],
      [9, 10],
      [10, 9],
    ]),
  ];
  const due = (rules: Rules, rounds: readonly PanelRound[], scheduled = 2) =>
    decide(rules, THREE, [], rounds, { scheduled }).extensionDue;

  it('is due when all scheduled rounds are over and the bout is drawn', () => {
    expect(due(glory, drawn)).toBe(true);
    expect(due(glory, drawn, 3)).toBe(false);
    expect(due(setOf('kickboxing'), drawn)).toBe(false);
    expect(
      due(
        glory,
        [
          roundOf(1, [
            [10, 9],
            [10, 9],
            [10, 9],
          ]),
          ...level.slice(1, 1),
        ],
        1,
      ),
    ).toBe(false);
    expect(due(glory, [roundOf(1, [[10, 10], null, [10, 10]])], 1)).toBe(false);
  });

  it('decides alone, whatever the lead of one judge was', () => {
    const extension = roundOf(
      3,
      [
        [9, 10],
        [9, 10],
        [9, 10],
      ],
      { extension: true },
    );
    expect(decide(glory, THREE, [], [...level, extension], { scheduled: 2 })).toMatchObject({
      winner: 'blue',
      decision: 'UD',
      extensionDue: false,
      totals: [{ total: { red: 90, blue: 100 } }, {}, {}],
    });
  });

  it('or is added to the others', () => {
    const total = rulesWith('kickboxing', { extension: { rounds: 1, decides: 'total' } });
    const extension = roundOf(
      3,
      [
        [9, 10],
        [9, 10],
        [9, 10],
      ],
      { extension: true },
    );
    // The first judge had red a point ahead: level now.
    expect(verdict(total, [...level, extension])).toEqual(['blue', 'MD']);
  });

  it('is followed by another only where the rules have one left, and then the last decides', () => {
    const two: RuleOverrides = { extension: { rounds: 2, evenAllowed: true } };
    const even = roundOf(
      3,
      [
        [10, 10],
        [10, 10],
        [10, 10],
      ],
      { extension: true },
    );
    expect(due(rulesWith('kickboxing', two), [...drawn, even])).toBe(true);
    expect(due(glory, [...drawn, even])).toBe(false);
    const last = roundOf(
      4,
      [
        [10, 9],
        [10, 9],
        [9, 10],
      ],
      { extension: true },
    );
    expect(verdict(rulesWith('kickboxing', two), [last, even, ...drawn])).toEqual(['red', 'SD']);
  });
});

describe('a seat', () => {
  it('may have a name that objects inherit', () => {
    const seats = ['constructor', '__proto__'];
    const rounds: PanelRound[] = [{ ...roundOf(1, []), scorecards: {} }];
    expect(decide(MMA, seats, [], rounds, { scheduled: 1 }).missing).toEqual([
      { seat: 'constructor', round: 1 },
      { seat: '__proto__', round: 1 },
    ]);
  });
});
