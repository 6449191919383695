import { describe, expect, it } from 'vitest';
import { recommendationFor } from '../../../domain/bout/index.ts';
import type { Rules } from '../../../domain/rules/index.ts';
import { bookOf, LATER, type Line, round, ruleSet, write } from '../support/book.ts';
import { bellMs, distance } from '../support/fought.ts';
import { clock, joining, tap } from '../support/lines.ts';

const NO_SCORE = 'the rule set has no score for a round this even';

const LEVEL = [tap('Jab'), tap('Jab', { corner: 'blue' })];

/** A round that red wins as widely as the model ever says. */
const WIDE = Array.from({ length: 6 }, (_, i) => tap('KD', { at: i * 1_000, metadata: { tier: 'Near-Finish' } }));

function said(lines: readonly Line[], changes: Partial<Rules>, id = 'mma-unified', sport = 'mma') {
  const book = bookOf([joining('op-1'), clock('start_round', 0), ...lines], {
    sport,
    rules: { ...ruleSet(id), ...changes },
  });
  const advice = recommendationFor(book.state, round(book), LATER);
  if (advice === null) throw new Error('no recommendation');
  return advice;
}

describe('a recommendation under the bout’s own rules', () => {
  it('has their widest margin where the model’s is wider', () => {
    const free = said(WIDE, {});
    expect(['10-8', '10-7']).toContain(free.card);
    expect(said(WIDE, { lowestX10: 90 })).toEqual({ ...free, card: '10-9' });
    const blue = WIDE.map((_, i) => tap('KD', { at: i * 1_000, corner: 'blue', metadata: { tier: 'Near-Finish' } }));
    expect(said(blue, { lowestX10: 90 }).card).toBe('9-10');
  });

  it('has no score for an even round where they have none, says so, and keeps all else', () => {
    const free = said(LEVEL, { evenRounds: true });
    expect(free.card).toBe('10-10');
    expect(free.notes).not.toContain(NO_SCORE);
    const bound = said(LEVEL, { evenRounds: false });
    expect(bound).toEqual({ ...free, card: null, notes: [...free.notes, NO_SCORE] });
  });

  it('is bound by them in a striking sport too', () => {
    const wide = said(WIDE, {}, 'muay-thai', 'muay-thai');
    expect(wide.card).not.toBe('10-9');
    expect(said(WIDE, { lowestX10: 90 }, 'muay-thai', 'muay-thai').card).toBe('10-9');
    expect(said(LEVEL, { evenRounds: false }, 'boxing', 'boxing').card).toBeNull();
  });

  it('has the extension’s own word on even rounds in an extension', () => {
    const of = (evenAllowed: boolean) => {
      const extension = { rounds: 1, decides: 'alone', evenAllowed } as const;
      const level = Array.from({ length: 3 }, () => [0, 0, 0]);
      const book = distance(level, { rules: { ...ruleSet('mma-unified'), extension } });
      write(book, joining('op-1'));
      write(book, clock('start_round', bellMs(4), 4));
      for (const corner of ['red', 'blue'] as const) write(book, tap('Jab', { round: 4, corner }));
      return recommendationFor(book.state, round(book, 4), LATER)?.card;
    };
    expect([of(true), of(false)]).toEqual(['10-10', null]);
  });
});
