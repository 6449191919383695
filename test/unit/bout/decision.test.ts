import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../../domain/bout/index.ts';
import { type Book, bookOf, panel, write } from '../support/book.ts';
import { clock, reopening, ruling, scorecard, tap } from '../support/lines.ts';

const SEATS = ['s1', 's2', 's3', 's4', 's5'];

/** One round, scored by as many judges as there are scores: each red's points less blue's. */
function oneRound(margins: readonly number[]): Book {
  const seats = SEATS.slice(0, margins.length);
  const book = bookOf([clock('start_round', 0)], { judges: panel(...seats) });
  for (const [i, seat] of seats.entries()) {
    const margin = margins[i] ?? 0;
    write(book, scorecard(seat, 1, Math.min(10, 10 + margin), Math.min(10, 10 - margin)));
  }
  return book;
}

function verdict(margins: readonly number[]) {
  const { winner, decision } = decide(oneRound(margins).state);
  return [winner, decision];
}

describe('the cards', () => {
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
    [[1, 1, 1, 1, 1], 'red', 'UD'],
    [[1, 1, 1, -1, -1], 'red', 'SD'],
    [[1, 1, 1, 1, -1], 'red', 'SD'],
    [[1, 1, 1, 0, 0], 'red', 'MD'],
    [[1, 1, 1, -1, 0], 'red', 'SD'],
    [[1, 1, 0, 0, 0], 'draw', 'D-M'],
    [[1, 1, -1, 0, 0], 'draw', 'D-S'],
    [[0, 0, 0, 0, 0], 'draw', 'D-U'],
  ])('%j are %s by %s', (margins, winner, decision) => {
    expect(verdict(margins)).toEqual([winner, decision]);
  });

  it('mirror with the corners', () => {
    const margins = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(margins, (all) => {
        const [winner, decision] = verdict(all);
        const mirrored = verdict(all.map((margin) => -margin));
        expect(mirrored).toEqual([winner === 'draw' ? 'draw' : winner === 'red' ? 'blue' : 'red', decision]);
      }),
    );
  });

  it('are added up over the rounds, seat by seat', () => {
    const book = bookOf(
      [
        ...[1, 2, 3].map((number) => clock('start_round', number * 400_000, number)),
        ...[1, 2, 3].map((number) => scorecard('s1', number, 10, number === 2 ? 8 : 10)),
      ],
      { judges: panel('s1') },
    );
    expect(decide(book.state)).toMatchObject({
      complete: true,
      totals: [{ seat: 's1', total: { red: 300, blue: 280 } }],
      winner: 'red',
    });
  });

  it('turn with a deduction, whichever came first', () => {
    const deduction = ruling('deduction', { fighterId: 'fighter1', pointsX10: 10 });
    const before = bookOf([clock('start_round', 0), deduction], { judges: panel('s1', 's2', 's3') });
    for (const [i, seat] of ['s1', 's2', 's3'].entries()) write(before, scorecard(seat, 1, 10, i === 0 ? 8 : 9));
    const after = oneRound([2, 1, 1]);
    write(after, deduction);
    for (const book of [before, after]) expect(decide(book.state)).toMatchObject({ winner: 'draw', decision: 'D-M' });
    write(after, ruling('deduction', { fighterId: 'john-doe', pointsX10: 10 }));
    expect(decide(after.state)).toMatchObject({ winner: 'blue', decision: 'MD' });
    write(after, ruling('foul', { fighterId: 'fighter2', pointsX10: 10 }));
    expect(decide(after.state)).toMatchObject({ winner: 'blue', decision: 'MD' });
  });
});

describe('no decision', () => {
  it('stands while a seat has not scored a round that was fought', () => {
    const open = { complete: false, winner: null, decision: null };
    const book = bookOf([clock('start_round', 0), scorecard('JUDGE001', 1, 10, 9), scorecard('JUDGE002', 1, 10, 9)]);
    expect(decide(book.state)).toMatchObject(open);
    write(book, scorecard('JUDGE003', 1, 10, 9));
    expect(decide(book.state)).toMatchObject({ complete: true, decision: 'UD' });
    write(book, reopening('JUDGE003', 1));
    expect(decide(book.state)).toMatchObject(open);
    write(book, scorecard('JUDGE003', 1, 9, 10));
    expect(decide(book.state)).toMatchObject({ complete: true, decision: 'SD' });
    write(book, tap('Jab', { round: 2 }));
    expect(decide(book.state)).toMatchObject(open);
  });

  it('comes of a bout without a panel or without a round', () => {
    expect(decide(bookOf([]).state).complete).toBe(false);
    expect(decide(bookOf([clock('start_round', 0)], { judges: panel() }).state).complete).toBe(false);
  });
});

describe('a bout that is only scored', () => {
  it('is decided by its cards: judges need neither a clock nor statistics', () => {
    const book = bookOf(['JUDGE001', 'JUDGE002'].map((seat) => scorecard(seat, 1, 10, 9)));
    expect(decide(book.state).complete).toBe(false);
    write(book, scorecard('JUDGE003', 1, 10, 9));
    expect(decide(book.state)).toMatchObject({ complete: true, winner: 'red', decision: 'UD' });
  });

  it('is not held up by a card for a round too many, once that is reopened', () => {
    const book = bookOf(['JUDGE001', 'JUDGE002', 'JUDGE003'].map((seat) => scorecard(seat, 1, 10, 9)));
    write(book, scorecard('JUDGE001', 2, 10, 9));
    expect(decide(book.state).complete).toBe(false);
    write(book, reopening('JUDGE001', 2));
    expect(decide(book.state)).toMatchObject({
      complete: true,
      winner: 'red',
      totals: [{ total: { red: 100 } }, {}, {}],
    });
  });
});
