import { describe, expect, it } from 'vitest';
import { computeResult, type ComputedResult } from '../../../domain/bout/index.ts';
import { type Book, LATER, refusal, ruleSet, valueOf, write } from '../support/book.ts';
import { bellMs, distance, score } from '../support/fought.ts';
import { clock, reopening, scorecard, tap } from '../support/lines.ts';
import { signing } from '../support/officials.ts';

function result(book: Book): ComputedResult {
  return valueOf(computeResult(book.state, LATER));
}

function refused(book: Book): string {
  const computed = computeResult(book.state, LATER);
  return computed.ok ? `no refusal: ${computed.value.method}` : computed.detail;
}

const LEVEL = [
  [1, 1, 1],
  [-1, -1, -1],
  [0, 0, 0],
];

describe('with an extension round', () => {
  function level(decides: 'alone' | 'total', rounds = 1): Book {
    return distance(LEVEL, {
      rules: { ...ruleSet('kickboxing'), extension: { rounds, decides, evenAllowed: false } },
      sport: 'kickboxing',
    });
  }

  it('the bout goes on where it is level, and is decided by that round alone', () => {
    const book = level('alone');
    expect(refused(book)).toContain('extension round is due');
    write(book, clock('start_round', bellMs(4), 4));
    expect([book.state.extensions, book.state.currentRound]).toEqual([1, 4]);
    expect(refusal(book, scorecard('JUDGE001', 4, 10, 10))).toEqual({ code: 'bad_request', fields: ['blue'] });
    score(book, 4, [-1, -1, 1]);
    expect(result(book)).toMatchObject({ winner: 'blue', method: 'DEC', decision: 'SD' });
    // What is signed is the sum that decides.
    expect(refusal(book, signing('JUDGE001', 38, 39))).toEqual({ code: 'conflict', fields: ['red'] });
    write(book, signing('JUDGE001', 9, 10));
    expect(result(book).unsigned).toEqual(['JUDGE002', 'JUDGE003']);
  });

  it('alone or not makes a difference where the seats were not level each', () => {
    for (const decides of ['alone', 'total'] as const) {
      const rules = { ...ruleSet('kickboxing'), extension: { rounds: 1, decides, evenAllowed: false } } as const;
      const book = distance(
        [
          [2, -1, 0],
          [0, 0, 0],
          [0, 0, 0],
        ],
        { rules },
      );
      write(book, clock('start_round', bellMs(4), 4));
      score(book, 4, [-1, -1, 1]);
      expect(result(book).winner).toBe(decides === 'alone' ? 'blue' : 'red');
    }
  });

  it('begins neither before it is due, nor beyond the rule set’s', () => {
    const conflict = { code: 'conflict', fields: ['round_id'] };
    const bad = { code: 'bad_request', fields: ['round_id'] };
    expect(refusal(distance(LEVEL), clock('start_round', bellMs(4), 4))).toEqual(bad);
    const decided = distance(
      LEVEL.map((seats) => seats.map((margin) => Math.abs(margin))),
      { rules: level('alone').state.config.rules },
    );
    expect(refusal(decided, clock('start_round', bellMs(4), 4))).toEqual(conflict);
    const book = level('alone');
    expect(refusal(book, clock('start_round', bellMs(5), 5))).toEqual(bad);
    expect(refusal(book, tap('Jab', { round: 4 }))).toEqual(bad);
    expect(refusal(book, scorecard('JUDGE001', 4, 10, 9))).toEqual(bad);
    write(book, clock('start_round', bellMs(4), 4));
    score(book, 4, [-1, 1, -1]);
    expect(refusal(book, clock('start_round', bellMs(5), 5))).toEqual(bad);
  });

  it('waits for the end of the round before it and for every scorecard', () => {
    const conflict = { code: 'conflict', fields: ['round_id'] };
    const book = level('alone');
    expect(refusal(book, clock('start_round', bellMs(3) + 1_000, 4))).toEqual(conflict);
    write(book, reopening('JUDGE001', 3));
    expect(refusal(book, clock('start_round', bellMs(4), 4))).toEqual(conflict);
    write(book, scorecard('JUDGE001', 3, 10, 10));
    expect(refusal(book, clock('start_round', bellMs(4), 4))).toBeNull();
  });

  it('may be followed by a second where the first, not scored as a win by a majority, left it level', () => {
    const extension = { rounds: 2, decides: 'alone', evenAllowed: true } as const;
    const book = distance(LEVEL, { rules: { ...ruleSet('kickboxing'), extension } });
    write(book, clock('start_round', bellMs(4), 4));
    score(book, 4, [0, 0, 0]);
    expect(refused(book)).toContain('extension round is due');
    write(book, clock('start_round', bellMs(5), 5));
    score(book, 5, [1, 0, 0]);
    expect(result(book)).toMatchObject({ winner: 'draw', decision: 'D-M' });
  });
});
