import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boutFlags, flagsOf, roundFlags } from '../../../domain/analytics/index.ts';
import { cards, mirrored, recommended, round, someRounds } from './support.ts';

const told = (flags: ReturnType<typeof flagsOf>): unknown =>
  flags.map(({ kind, round: number, judges }) => [kind, number, judges.join()]);

describe('the flags of a round', () => {
  it('see opposite winners, and who stands alone', () => {
    expect(told(roundFlags(round(cards('a 10-9', 'b 10-9', 'c 9-10'))))).toEqual([
      ['opposite_winners', 1, 'a,b,c'],
      ['lone_dissent', 1, 'c'],
    ]);
    expect(told(roundFlags(round(cards('a 10-9', 'b 9-10'))))).toEqual([['opposite_winners', 1, 'a,b']]);
  });

  it('see a lone 10-8, and none where another concurs or a colleague is missing', () => {
    expect(told(roundFlags(round(cards('a 10-8', 'b 10-9', 'c 10-9'))))).toEqual([['lone_10_8', 1, 'a']]);
    expect(told(roundFlags(round(cards('a 10-8', 'b 10-7', 'c 10-9'))))).toEqual([]);
    expect(told(roundFlags(round(cards('a 10-8', 'b 10-9'))))).toEqual([]);
  });

  it('take an even round for a dissent, but not for an opposite winner', () => {
    expect(told(roundFlags(round(cards('a 10-9', 'b 10-9', 'c 10-10'))))).toEqual([['lone_dissent', 1, 'c']]);
    expect(told(roundFlags(round(cards('a 10-9', 'b 9-10', 'c 10-10'))))).toEqual([['opposite_winners', 1, 'a,b']]);
  });

  it('see a scorecard against a near-certain recommendation, from the set probability on', () => {
    const one = round(cards('a 9-10', 'b 10-9', 'c 10-10'), recommended(0.95));
    expect(told(roundFlags(one))).toContainEqual(['against_near_certain', 1, 'a']);
    expect(told(roundFlags(mirrored(one)))).toContainEqual(['against_near_certain', 1, 'a']);
    expect(told(roundFlags({ ...one, ...recommended(0.94) }))).not.toContainEqual(['against_near_certain', 1, 'a']);
    expect(told(roundFlags(one, { nearCertain: 0.96 }))).not.toContainEqual(['against_near_certain', 1, 'a']);
    expect(told(roundFlags({ ...one, ...recommended(0.8) }, { nearCertain: 0.8 }))).toContainEqual([
      'against_near_certain',
      1,
      'a',
    ]);
  });

  it('find nothing where all agree', () => {
    expect(roundFlags(round(cards('a 10-8', 'b 10-8', 'c 10-8'), recommended(0.99)))).toEqual([]);
    expect(roundFlags(round([]))).toEqual([]);
  });

  it('ask, and show what there is to see', () => {
    const [flag] = roundFlags(round(cards('a 9-10', 'b 9-10', 'c 9-10'), { ...recommended(0.985), round: 2 }));
    expect(flag).toMatchObject({
      kind: 'against_near_certain',
      boutId: 'b1',
      round: 2,
      recommendation: { pRed: 0.985 },
    });
    expect(flag?.question).toContain('a and b and c gave blue the round');
    expect(flag?.question).toContain('1.5 %');
  });
});

describe('the flags of a bout', () => {
  it('go by totals with the deductions taken off', () => {
    const rounds = [
      round(cards('a 10-9', 'b 10-9', 'c 10-9'), { round: 1 }),
      round(cards('a 9-10', 'b 10-9', 'c 9-10'), { round: 2 }),
      round(cards('a 10-9', 'b 10-9', 'c 10-9'), { round: 3 }),
    ];
    expect(boutFlags(rounds)).toEqual([]);
    // Two points off red: a and c have 27-28, b has 28-27.
    const taken = rounds.map((one) => (one.round === 3 ? { ...one, deductions: { red: 20, blue: 0 } } : one));
    expect(told(boutFlags(taken))).toEqual([
      ['opposite_winners', null, 'b,a,c'],
      ['lone_dissent', null, 'b'],
    ]);
    expect(boutFlags(taken)[0]?.scorecards.map(({ redX10, blueX10 }) => [redX10, blueX10])).toEqual([
      [270, 280],
      [280, 270],
      [270, 280],
    ]);
  });

  it('leave a seat out that missed a round', () => {
    const rounds = [
      round(cards('a 10-9', 'b 9-10', 'c 10-9'), { round: 1 }),
      round(cards('a 10-9', 'c 10-9'), { round: 2 }),
    ];
    expect(boutFlags(rounds)).toEqual([]);
  });

  it('come round by round, bout by bout, then the totals', () => {
    const split = cards('a 10-9', 'b 10-9', 'c 9-10');
    const rounds = [
      round(split, { boutId: 'y', round: 2 }),
      round(cards('a 10-9', 'b 10-9', 'c 10-9'), { boutId: 'x' }),
      round(split, { boutId: 'y', round: 1 }),
    ];
    expect(flagsOf(rounds).map((flag) => [flag.boutId, flag.round, flag.kind])).toEqual([
      ['y', 1, 'opposite_winners'],
      ['y', 1, 'lone_dissent'],
      ['y', 2, 'opposite_winners'],
      ['y', 2, 'lone_dissent'],
      ['y', null, 'opposite_winners'],
      ['y', null, 'lone_dissent'],
    ]);
  });
});

describe('all flags', () => {
  const sorted = (flags: ReturnType<typeof flagsOf>): readonly string[] =>
    flags.map((one) => [one.kind, one.boutId, one.round, one.judges.toSorted().join()].join('/')).toSorted();

  it('are the same with the corners changed, and whatever the order of rounds and scorecards', () => {
    fc.assert(
      fc.property(someRounds, (rounds) => {
        const flags = sorted(flagsOf(rounds));
        const turned = rounds.toReversed().map((one) => ({ ...one, scorecards: one.scorecards.toReversed() }));
        expect(sorted(flagsOf(rounds.map(mirrored)))).toEqual(flags);
        expect(sorted(flagsOf(turned))).toEqual(flags);
      }),
    );
  });

  it('name judges of that panel, and never say that somebody was wrong', () => {
    fc.assert(
      fc.property(someRounds, (rounds) => {
        for (const flag of flagsOf(rounds, { nearCertain: 0.6 })) {
          expect(flag.judges.length).toBeGreaterThan(0);
          for (const judge of flag.judges) expect(flag.scorecards.map((card) => card.judge)).toContain(judge);
          expect(flag.question).toMatch(/\?$/);
          expect(flag.question).not.toMatch(/wrong|mistake|error|bad|fault/i);
        }
      }),
    );
  });
});
