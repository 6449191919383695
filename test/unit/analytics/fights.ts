import fc from 'fast-check';
import type { CornerFacts, Fight } from '../../../domain/analytics/index.ts';

const NIGHT = Date.UTC(2020, 0, 1);

/** A corner that landed so much; what is left out is nought, `null` is not counted. */
export function corner(said: {
  readonly significant?: number | null;
  readonly points?: number;
  readonly takedowns?: number | null;
  readonly controlMs?: number | null;
}): CornerFacts {
  const { significant = 0, points = 0, takedowns = 0, controlMs = 0 } = said;
  return {
    damage:
      significant === null
        ? null
        : {
            microPoints: points * 1e6,
            strikes: significant,
            significant,
            head: significant,
            body: 0,
            leg: 0,
            distance: significant,
            clinch: 0,
            ground: 0,
            knockdowns: 0,
            flash: 0,
            hard: 0,
            nearFinish: 0,
            rocked: 0,
          },
    grappling: takedowns === null ? null : { microPoints: 0, takedowns, stuffed: 0, submissions: 0, reversals: 0 },
    control: controlMs === null ? null : { microPoints: 0, ms: controlMs },
    deductionsX10: 0,
    actions: significant === null ? {} : { 'jab.significant': significant },
  };
}

/** A fight of ann against ben, `day` days after the first; three rounds of five minutes where nothing else is said. */
export function fight(day: number, over: Partial<Fight> = {}): Fight {
  const officialMs = NIGHT + day * 86_400_000;
  return {
    boutId: `bout-${String(day).padStart(5, '0')}`,
    fighter: 'ann',
    corner: 'red',
    opponent: 'ben',
    date: new Date(officialMs).toISOString().slice(0, 10),
    officialMs,
    sport: 'mma',
    ruleset: 'mma-unified',
    valuesVersion: 'v1',
    outcome: 'win',
    method: 'DEC',
    decision: 'UD',
    endedRound: null,
    endedMs: null,
    rounds: [],
    ...over,
  };
}

/** With the same in each of three rounds. */
export function evenFight(day: number, own: number, other: number, over: Partial<Fight> = {}): Fight {
  const rounds = [1, 2, 3].map((round) => ({
    round,
    foughtMs: 300_000,
    own: corner({ significant: own, points: own / 10 }),
    other: corner({ significant: other, points: other / 10 }),
  }));
  return fight(day, { rounds, ...over });
}

const counted = fc.option(fc.nat(40), { nil: null, freq: 6 });

const someCorner = fc
  .record({ significant: counted, takedowns: counted, controlMs: fc.option(fc.nat(300_000), { nil: null, freq: 6 }) })
  .map(corner);

/** Fights of one fighter on different days, some of it not counted or not timed. */
export const someFights: fc.Arbitrary<readonly Fight[]> = fc
  .uniqueArray(fc.nat(4_000), { minLength: 1, maxLength: 12 })
  .chain((days) =>
    fc.tuple(
      ...days.map((day) =>
        fc
          .record({
            outcome: fc.constantFrom('win', 'loss', 'draw', 'no_contest'),
            method: fc.constantFrom('DEC', 'KO', 'SUB'),
            rounds: fc.array(
              fc.record({
                foughtMs: fc.option(fc.integer({ min: 1, max: 300_000 }), { nil: null, freq: 6 }),
                own: someCorner,
                other: someCorner,
              }),
              { minLength: 1, maxLength: 5 },
            ),
          })
          .map(({ outcome, method, rounds }) =>
            fight(day, { outcome, method, rounds: rounds.map((one, at) => ({ round: at + 1, ...one })) }),
          ),
      ),
    ),
  );
