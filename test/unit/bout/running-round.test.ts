import { describe, expect, it } from 'vitest';
import { computeResult, signable } from '../../../domain/bout/index.ts';
import { type Book, bookOf, LATER, openBook, refusal, ROUND_MS, ruleSet, T0, write } from '../support/book.ts';
import { bellMs, distance, fought, score } from '../support/fought.ts';
import { clock, judge, reopening, ruling, scorecard } from '../support/lines.ts';
import { signing } from '../support/officials.ts';

const SEAT = 'JUDGE001';

const RED_BY_ALL = [
  [1, 1, 1],
  [1, 1, 1],
  [1, 1, 1],
];

/** What a result and a signature say at an instant, counted from the first bell. */
function said(book: Book, atMs: number): readonly [string, string] {
  const computed = computeResult(book.state, T0 + atMs);
  return [computed.ok ? computed.value.winner : computed.detail, signable(book.state, SEAT, T0 + atMs) ?? 'may sign'];
}

describe('while a round is on', () => {
  it('there is neither a result nor a signature until its clock has run out', () => {
    const book = distance(RED_BY_ALL);
    const not = 'Round 3 is not over.';
    expect(said(book, bellMs(3))).toEqual([not, not]);
    expect(said(book, bellMs(3) + ROUND_MS - 1)).toEqual([not, not]);
    expect(computeResult(book.state, T0 + bellMs(3))).toMatchObject({ ok: false, code: 'conflict' });
    const early = signing(SEAT, 30, 27, judge(SEAT), T0 + bellMs(3) + ROUND_MS - 1);
    expect(refusal(book, early)).toEqual({ code: 'conflict', fields: ['judge_id'] });
    expect(said(book, bellMs(3) + ROUND_MS)).toEqual(['red', 'may sign']);
    expect(refusal(book, { ...early, receivedMs: T0 + bellMs(3) + ROUND_MS })).toBeNull();
  });

  it('nor while it stands paused, however long', () => {
    const book = distance(RED_BY_ALL);
    write(book, clock('pause', bellMs(3) + 100_000, 3));
    expect(said(book, LATER - T0)).toEqual(['Round 3 is not over.', 'Round 3 is not over.']);
    write(book, clock('end_round', bellMs(3) + 110_000, 3));
    expect(said(book, LATER - T0)).toEqual(['red', 'may sign']);
  });

  it('the result of a stoppage does not wait for anything', () => {
    const book = fought(1);
    write(book, ruling('stoppage', { method: 'KO', fighterId: 'fighter2', clockMs: 5_000, atMs: 5_000 }));
    expect(said(book, 5_000)).toEqual(['blue', 'may sign']);
  });

  it('is nothing that a bout without a clock knows', () => {
    const book = bookOf([1, 2, 3].map((number) => scorecard(SEAT, number, 10, 9)));
    expect(signable(book.state, SEAT, T0)).toBeNull();
  });
});

describe('a judge who wants to sign', () => {
  it('waits for the last round to be fought, timed or not, and scores every one', () => {
    expect(signable(openBook().state, SEAT, LATER)).toBe('Round 3 has not been fought.');
    const book = fought(2);
    for (const number of [1, 2, 3]) write(book, scorecard(SEAT, number, 10, 9));
    expect(signable(book.state, SEAT, LATER)).toBe('Round 3 has not been fought.');
    write(book, clock('start_round', bellMs(3), 3));
    expect(signable(book.state, SEAT, LATER)).toBeNull();
    write(book, reopening(SEAT, 2));
    expect(signable(book.state, SEAT, LATER)).toBe(`Seat ${SEAT} has not scored round 2.`);
  });

  it('need not wait for the others where no extension can follow', () => {
    const book = fought(3);
    for (const number of [1, 2, 3]) write(book, scorecard(SEAT, number, 10, 9));
    expect(signable(book.state, SEAT, LATER)).toBeNull();
  });

  describe('under rules with an extension round', () => {
    const extension = { rounds: 1, decides: 'alone', evenAllowed: false } as const;
    const rules = { ...ruleSet('kickboxing'), extension };
    const NEUTRAL = 'Another seat has not scored every round, or an extension round follows.';

    it('hears the same of a level bout as of one that others have yet to score', () => {
      const waiting = fought(3, { rules });
      const level = fought(3, { rules });
      for (const book of [waiting, level]) {
        for (const number of [1, 2]) score(book, number, number === 1 ? [1, 1, 1] : [-1, -1, -1]);
        write(book, scorecard(SEAT, 3, 10, 10));
      }
      for (const seat of ['JUDGE002', 'JUDGE003']) write(level, scorecard(seat, 3, 10, 10));
      expect([waiting, level].map((book) => signable(book.state, SEAT, LATER))).toEqual([NEUTRAL, NEUTRAL]);
      // Its own missing round is the seat's to know.
      expect(signable(waiting.state, 'JUDGE002', LATER)).toBe('Seat JUDGE002 has not scored round 3.');
    });

    it('may sign once the scorecards of all have a winner, and in the last extension without waiting', () => {
      expect(signable(distance(RED_BY_ALL, { rules }).state, SEAT, LATER)).toBeNull();
      const level = distance(
        [
          [0, 0, 0],
          [0, 0, 0],
          [0, 0, 0],
        ],
        { rules },
      );
      write(level, clock('start_round', bellMs(4), 4));
      write(level, scorecard(SEAT, 4, 10, 9));
      expect(signable(level.state, SEAT, T0 + bellMs(4))).toBe('Round 4 is not over.');
      expect(signable(level.state, SEAT, LATER)).toBeNull();
    });
  });
});
