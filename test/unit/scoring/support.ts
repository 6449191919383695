import fc from 'fast-check';
import {
  type CornerStatistics,
  INPUT_GROUPS,
  type InputGroup,
  NO_STATISTICS,
  type RoundInput,
} from '../../../domain/scoring/index.ts';

/** A round of which nothing is said but what is given. */
export function roundWith(
  red: Partial<CornerStatistics>,
  blue: Partial<CornerStatistics>,
  rest: Partial<RoundInput> = {},
): RoundInput {
  return {
    red: { ...NO_STATISTICS, ...red },
    blue: { ...NO_STATISTICS, ...blue },
    round: 1,
    scheduledRounds: 3,
    roundSeconds: 300,
    year: 2021,
    lacked: [],
    criteria: '2017',
    complete: true,
    ...rest,
  };
}

export function swapped(input: RoundInput): RoundInput {
  return { ...input, red: input.blue, blue: input.red };
}

const upTo = (max: number) => fc.nat({ max });

/** Statistics that hold together: landed within attempted, targets and positions adding up. */
export const anyCorner: fc.Arbitrary<CornerStatistics> = fc
  .record({
    strikes: fc.array(
      fc.record({
        target: fc.constantFrom('head', 'body', 'leg'),
        position: fc.constantFrom('distance', 'clinch', 'ground'),
        landed: fc.boolean(),
      }),
      { maxLength: 90 },
    ),
    kd: upTo(3),
    otherLanded: upTo(60),
    otherMissed: upTo(20),
    takedowns: upTo(6),
    stopped: upTo(8),
    submissionAttempts: upTo(4),
    reversals: upTo(3),
    controlSeconds: upTo(300),
  })
  .map((drawn) => {
    const count = (kept: (strike: (typeof drawn.strikes)[number]) => boolean): number =>
      drawn.strikes.filter(kept).length;
    const sigLanded = count((s) => s.landed);
    return {
      kd: drawn.kd,
      sigLanded,
      sigAttempted: drawn.strikes.length,
      headLanded: count((s) => s.landed && s.target === 'head'),
      headAttempted: count((s) => s.target === 'head'),
      bodyLanded: count((s) => s.landed && s.target === 'body'),
      bodyAttempted: count((s) => s.target === 'body'),
      legLanded: count((s) => s.landed && s.target === 'leg'),
      legAttempted: count((s) => s.target === 'leg'),
      distanceLanded: count((s) => s.landed && s.position === 'distance'),
      distanceAttempted: count((s) => s.position === 'distance'),
      clinchLanded: count((s) => s.landed && s.position === 'clinch'),
      clinchAttempted: count((s) => s.position === 'clinch'),
      groundLanded: count((s) => s.landed && s.position === 'ground'),
      groundAttempted: count((s) => s.position === 'ground'),
      totalLanded: sigLanded + drawn.otherLanded,
      totalAttempted: drawn.strikes.length + drawn.otherLanded + drawn.otherMissed,
      takedownsLanded: drawn.takedowns,
      takedownsAttempted: drawn.takedowns + drawn.stopped,
      submissionAttempts: drawn.submissionAttempts,
      reversals: drawn.reversals,
      controlSeconds: drawn.controlSeconds,
    };
  });

export const anyLack: fc.Arbitrary<InputGroup[]> = fc.subarray([...INPUT_GROUPS]);

export const anyRound: fc.Arbitrary<RoundInput> = fc.record({
  red: anyCorner,
  blue: anyCorner,
  round: fc.integer({ min: 1, max: 5 }),
  scheduledRounds: fc.constantFrom(3, 5),
  roundSeconds: fc.integer({ min: 1, max: 300 }),
  year: fc.option(fc.integer({ min: 1995, max: 2040 })),
  lacked: anyLack,
  criteria: fc.constantFrom('2017', '2025'),
  complete: fc.boolean(),
});

type Act = Partial<Record<keyof CornerStatistics, number>>;

const strike = (target: 'head' | 'body' | 'leg', position: 'distance' | 'clinch' | 'ground', landed: boolean): Act => ({
  sigAttempted: 1,
  totalAttempted: 1,
  [`${target}Attempted`]: 1,
  [`${position}Attempted`]: 1,
  ...(landed ? { sigLanded: 1, totalLanded: 1, [`${target}Landed`]: 1, [`${position}Landed`]: 1 } : {}),
});

/** Every kind of offence, as what it adds to the statistics of the corner. */
export const OFFENCE: Readonly<Record<string, Act>> = {
  ...Object.fromEntries(
    (['head', 'body', 'leg'] as const).flatMap((target) =>
      (['distance', 'clinch', 'ground'] as const).flatMap((position) => [
        [`a strike to the ${target} at ${position}`, strike(target, position, true)],
        [`a missed strike to the ${target} at ${position}`, strike(target, position, false)],
      ]),
    ),
  ),
  'a strike that is not significant': { totalLanded: 1, totalAttempted: 1 },
  'a miss that is not significant': { totalAttempted: 1 },
  'a knockdown': { kd: 1 },
  'a takedown': { takedownsLanded: 1, takedownsAttempted: 1 },
  'a submission attempt': { submissionAttempts: 1 },
  'a reversal': { reversals: 1 },
  'a second of control': { controlSeconds: 1 },
};

/** A corner's statistics with an act added once or more. */
export function withAct(statistics: CornerStatistics, act: Act, times = 1): CornerStatistics {
  const more: Record<keyof CornerStatistics, number> = { ...statistics };
  for (const field of FIELDS) more[field] += times * (act[field] ?? 0);
  return more;
}

const FIELDS = Object.keys(NO_STATISTICS).filter(isField);

function isField(name: string): name is keyof CornerStatistics {
  return Object.hasOwn(NO_STATISTICS, name);
}
