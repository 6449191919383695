import { describe, expect, it } from 'vitest';
import { computeResult, countingRounds, decide, isSigned, totalOf } from '../../../domain/bout/index.ts';
import { type Book, bookOf, LATER, openBook, refusal, ROUND_MS, ruleSet, write } from '../support/book.ts';
import { bellMs, distance, fought, score } from '../support/fought.ts';
import { clock, reopening, ruling, scorecard, tap } from '../support/lines.ts';
import { rescinding, signing } from '../support/officials.ts';

const SEAT = 'JUDGE001';

function counting(book: Book): readonly number[] {
  return countingRounds(book.state).map(({ number }) => number);
}

function total(book: Book, seat = SEAT): readonly number[] {
  const { red, blue } = totalOf(book.state, seat);
  return [red / 10, blue / 10];
}

/** What is shown, what is signed and what decides are one sum. */
function expectTotal(book: Book, red: number, blue: number): void {
  expect(total(book)).toEqual([red, blue]);
  const decided = decide(book.state).totals.find(({ seat }) => seat === SEAT)?.total;
  expect(decided).toEqual({ red: red * 10, blue: blue * 10 });
}

describe('of a bout that a blow stopped', () => {
  function stopped(): Book {
    const book = fought(2);
    score(book, 1, [1, 1, 1]);
    score(book, 2, [-2, -2, -2]);
    return book;
  }

  it('the stopped round counts for nothing, though it was scored and points were taken in it', () => {
    const book = stopped();
    write(book, ruling('deduction', { round: 2, fighterId: 'fighter1', pointsX10: 10 }));
    expectTotal(book, 17, 19);
    const how = { round: 2, method: 'TKO', fighterId: 'fighter1', atMs: bellMs(2) + 60_000 };
    const stoppage = write(book, ruling('stoppage', how));
    expect(counting(book)).toEqual([1]);
    expectTotal(book, 10, 9);
    write(book, rescinding(stoppage));
    expect(counting(book)).toEqual([1, 2]);
    expectTotal(book, 17, 19);
  });

  it('what is signed is the sum without that round', () => {
    const book = stopped();
    const how = { round: 2, method: 'TKO', fighterId: 'fighter1', atMs: bellMs(2) + 60_000 };
    const stoppage = write(book, ruling('stoppage', how));
    expect(refusal(book, signing(SEAT, 18, 19))).toEqual({ code: 'conflict', fields: ['red'] });
    write(book, signing(SEAT, 10, 9));
    expect(isSigned(book.state, SEAT)).toBe(true);
    write(book, rescinding(stoppage));
    expect(isSigned(book.state, SEAT)).toBe(false);
  });

  it('nor does a round after it, though it was scored and somebody logged an action in it', () => {
    const book = stopped();
    write(book, scorecard(SEAT, 3, 10, 7));
    write(book, tap('Jab', { round: 3 }));
    expect(counting(book)).toEqual([1, 2, 3]);
    const how = { round: 2, method: 'TKO', fighterId: 'fighter1', atMs: bellMs(2) + 60_000 };
    write(book, ruling('stoppage', how));
    expect(counting(book)).toEqual([1]);
    expectTotal(book, 10, 9);
  });

  it('in its first round there is nothing to add up', () => {
    const book = fought(1);
    score(book, 1, [1, 1, 1]);
    write(book, ruling('stoppage', { method: 'NC', atMs: 5_000 }));
    expect(counting(book)).toEqual([]);
    expect(total(book)).toEqual([0, 0]);
  });
});

describe('of a bout that a foul stopped', () => {
  /** An accidental foul by red in the last round; every round has been scored. */
  function stopped(scorePartialRound: boolean, clockMs: number): Book {
    const rules = ruleSet('mma-unified');
    const accidentalFoul = { ...rules.accidentalFoul, scorePartialRound };
    const book = distance([[1], [1], [-3]], {
      rules: { ...rules, accidentalFoul },
      judges: [{ id: SEAT, commitment: '', person: null }],
    });
    const target = write(book, ruling('foul', { round: 3, fighterId: 'fighter1', intent: 'accidental' }));
    write(book, ruling('stoppage', { round: 3, target, clockMs, atMs: bellMs(3) + clockMs }));
    return book;
  }

  it('the stopped round counts where the rules score it', () => {
    expect(counting(stopped(true, 100_000))).toEqual([1, 2, 3]);
    expectTotal(stopped(true, 100_000), 27, 28);
  });

  it('and not where they leave it out, unless it had been fought to its end', () => {
    expect(counting(stopped(false, 100_000))).toEqual([1, 2]);
    expectTotal(stopped(false, 100_000), 20, 18);
    expect(counting(stopped(false, ROUND_MS - 1))).toEqual([1, 2]);
    expect(counting(stopped(false, ROUND_MS))).toEqual([1, 2, 3]);
    expectTotal(stopped(false, ROUND_MS), 27, 28);
  });
});

describe('a scorecard for a round that has not come', () => {
  it('counts for nothing in a timed bout until that round begins', () => {
    const book = fought(1);
    write(book, scorecard(SEAT, 1, 10, 9));
    write(book, scorecard(SEAT, 2, 8, 10));
    expect(counting(book)).toEqual([1]);
    expectTotal(book, 10, 9);
    write(book, clock('start_round', bellMs(2), 2));
    expect(counting(book)).toEqual([1, 2]);
    expectTotal(book, 18, 19);
  });

  it('nor do the points taken in a round count while it has not', () => {
    const book = bookOf([ruling('deduction', { round: 2, fighterId: 'fighter1', pointsX10: 10 })]);
    write(book, scorecard(SEAT, 1, 10, 9));
    expectTotal(book, 10, 9);
    write(book, scorecard(SEAT, 2, 10, 9));
    expectTotal(book, 19, 18);
  });

  it('is a round fought in a bout that nobody times, until it is reopened', () => {
    const book = bookOf([scorecard(SEAT, 1, 10, 9), scorecard(SEAT, 2, 8, 10)]);
    expect(counting(book)).toEqual([1, 2]);
    expectTotal(book, 18, 19);
    write(book, reopening(SEAT, 2));
    expect(counting(book)).toEqual([1]);
    // What lies before a round that was fought was fought too.
    write(book, reopening(SEAT, 1));
    write(book, scorecard(SEAT, 2, 8, 10));
    expect(counting(book)).toEqual([1, 2]);
    expectTotal(book, 8, 10);
  });

  it('is one with the first action, timed or not', () => {
    const book = fought(1);
    write(book, tap('Jab', { round: 2 }));
    expect(counting(book)).toEqual([1, 2]);
    expect(counting(openBook())).toEqual([]);
    expect(counting(bookOf([tap('Jab')]))).toEqual([1]);
  });
});

describe('after an extension round', () => {
  function extended(decides: 'alone' | 'total'): Book {
    const rules = { ...ruleSet('kickboxing'), extension: { rounds: 1, decides, evenAllowed: false } };
    const level = [
      [1, 1, 1],
      [-1, -1, -1],
      [0, 0, 0],
    ];
    const book = distance(level, { rules, sport: 'kickboxing' });
    expectTotal(book, 29, 29);
    write(book, clock('start_round', bellMs(4), 4));
    score(book, 4, [-1, -1, -1]);
    return book;
  }

  it('that decides alone the totals are that round’s, the points taken in it included', () => {
    const book = extended('alone');
    expectTotal(book, 9, 10);
    write(book, ruling('deduction', { round: 3, fighterId: 'fighter2', pointsX10: 10 }));
    expectTotal(book, 9, 10);
    write(book, ruling('deduction', { round: 4, fighterId: 'fighter2', pointsX10: 10 }));
    expectTotal(book, 9, 9);
  });

  it('that is added they are those of all rounds', () => {
    expectTotal(extended('total'), 38, 39);
  });

  it('a signature from before it no longer stands', () => {
    const rules = { ...ruleSet('kickboxing'), extension: { rounds: 1, decides: 'alone', evenAllowed: false } } as const;
    const book = distance([[1], [1], [1]], { rules, judges: [{ id: SEAT, commitment: '', person: null }] });
    write(book, signing(SEAT, 30, 27));
    expect(isSigned(book.state, SEAT)).toBe(true);
    write(book, reopening(SEAT, 1));
    write(book, scorecard(SEAT, 1, 8, 10));
    write(book, reopening(SEAT, 2));
    write(book, scorecard(SEAT, 2, 10, 10));
    write(book, reopening(SEAT, 3));
    write(book, scorecard(SEAT, 3, 10, 8));
    write(book, clock('start_round', bellMs(4), 4));
    write(book, scorecard(SEAT, 4, 10, 9));
    expect(isSigned(book.state, SEAT)).toBe(false);
    write(book, signing(SEAT, 10, 9));
    expect(computeResult(book.state, LATER)).toMatchObject({ ok: true, value: { winner: 'red', unsigned: [] } });
  });
});
