import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recommendStriking, STRIKING_SPORTS, type StrikingInput } from '../../../domain/scoring/index.ts';
import { anyRound, OFFENCE, roundWith, swapped, withAct } from './support.ts';

const anyInput: fc.Arbitrary<StrikingInput> = fc
  .tuple(anyRound, fc.constantFrom(null, 0, 1, 2))
  .map(([round, knockdownPoints]) => ({ ...round, knockdownPoints }));

const anySport = fc.constantFrom(...STRIKING_SPORTS);

test('exchanging the corners mirrors all that is said, to the last bit', () => {
  fc.assert(
    fc.property(anySport, anyInput, (sport, input) => {
      const one = recommendStriking(sport, input);
      const other = recommendStriking(sport, { ...input, ...swapped(input) });
      expect(other.pRed).toBe(1 - one.pRed);
      expect(other.margin2).toBe(one.margin2);
      expect(other.card).toBe(one.card.split('-').toReversed().join('-'));
      expect(other.reasons.map((reason) => reason.logOdds)).toEqual(one.reasons.map((reason) => reason.logOdds));
    }),
  );
});

test.each(Object.entries(OFFENCE))('%s never lowers the own chance', (_, act) => {
  fc.assert(
    fc.property(anySport, anyInput, (sport, input) => {
      const more = { ...input, red: withAct(input.red, act) };
      expect(recommendStriking(sport, more).pRed).toBeGreaterThanOrEqual(recommendStriking(sport, input).pRed - 1e-12);
    }),
  );
});

describe('a card', () => {
  const ahead = { sigLanded: 20, headLanded: 20 };
  const behind = { sigLanded: 10, headLanded: 10 };
  const carded = (kd: number, knockdownPoints: number | null): string =>
    recommendStriking('boxing', { ...roundWith({ ...ahead, kd }, behind, { roundSeconds: 180 }), knockdownPoints })
      .card;

  test('takes a point for each knockdown where the rules say so', () => {
    expect([0, 1, 2, 3, 9].map((kd) => carded(kd, 1))).toEqual(['10-9', '10-8', '10-7', '10-6', '10-6']);
  });

  test('leaves knockdowns to the judge where the rules do', () => {
    expect(carded(2, null)).toBe('10-9');
  });

  test('sets knockdowns of both off against each other', () => {
    const input = { ...roundWith({ ...ahead, kd: 1 }, { ...behind, kd: 1 }), knockdownPoints: 1 };
    expect(recommendStriking('muay-thai', input).card).toBe('10-9');
  });

  test('of one strike is not 10-8 unless it was ruled a knockdown', () => {
    const one = { sigLanded: 1, headLanded: 1 };
    expect(recommendStriking('boxing', { ...roundWith(one, {}), knockdownPoints: 1 })).toMatchObject({
      card: '10-9',
      tooClose: true,
      margin2: 0,
    });
    expect(recommendStriking('boxing', { ...roundWith({ ...one, kd: 1 }, {}), knockdownPoints: 1 }).card).toBe('10-8');
  });

  test('of nothing is 10-10', () => {
    expect(recommendStriking('karate-combat', { ...roundWith({}, {}), knockdownPoints: null })).toMatchObject({
      pRed: 0.5,
      card: '10-10',
      reasons: [],
    });
  });
});

test('says that it is not fitted, and follows the published form', () => {
  const input = {
    ...roundWith({ sigLanded: 12, headLanded: 12 }, { sigLanded: 8, headLanded: 8 }, { roundSeconds: 180 }),
    knockdownPoints: null,
  };
  const said = recommendStriking('boxing', input);
  const ratio = ((5.75 * 12) / 30 + 5.55) / ((5.75 * 8) / 30 + 5.55);
  expect(said.pRed).toBeCloseTo(ratio ** 7.73 / (1 + ratio ** 7.73), 12);
  expect(said).toMatchObject({ fitted: false, tooClose: true });
  expect(said.notes.join()).toContain('not fitted');
});

test('without targets counts every strike', () => {
  const input = { ...roundWith({ sigLanded: 9 }, {}, { lacked: ['targets'] as const }), knockdownPoints: null };
  expect(recommendStriking('kickboxing', input).pRed).toBeGreaterThan(0.5);
});

test.each([-1, 0.5])('knockdown points of %d are a defect', (knockdownPoints) => {
  expect(() => recommendStriking('boxing', { ...roundWith({}, {}), knockdownPoints })).toThrow('no knockdown points');
});
