import { describe, expect, it } from 'vitest';
import { cornerTotals, redlineMoments } from '../../../domain/bout/index.ts';
import { type Book, bookOf, LATER, round, write } from '../support/book.ts';
import { clock, joining, judge, lock, operator, replacing, SUPERVISOR, tap, voiding } from '../support/lines.ts';

function red(book: Book) {
  return cornerTotals(book.state, round(book), LATER).red;
}

/** A round with one jab, locked. */
function locked(): Book {
  return bookOf([
    joining('op-1'),
    clock('start_round', 0),
    tap('Jab', { at: 1_000 }),
    clock('end_round', 300_000),
    lock(),
  ]);
}

const LATE = { flags: ['late'] as const };

describe('an action that comes after the lock', () => {
  it('is kept but does not count', () => {
    const book = locked();
    write(book, tap('Hook', LATE));
    expect(red(book).damage).toBe(0.05);
    expect(round(book).totalEvents).toBe(2);
  });

  it('counts once it has been let in, and the next one does not again', () => {
    const book = locked();
    write(book, tap('Hook', LATE));
    write(book, lock(1, true));
    expect(red(book).damage).toBe(0.12);
    write(book, tap('Elbow', LATE));
    expect(red(book).damage).toBe(0.12);
    write(book, lock(1, true));
    expect(red(book).damage).toBe(0.19);
  });

  it('is the same for grappling, control and the moments of danger', () => {
    const book = locked();
    write(book, tap('Takedown Landed', { ...LATE, at: 9_000 }));
    write(book, tap('Control Start', { ...LATE, at: 10_000, metadata: { control: 'Top' } }));
    write(book, tap('Control Stop', { ...LATE, at: 20_000 }));
    write(book, tap('KD', { ...LATE, at: 30_000, metadata: { tier: 'Flash' } }));
    expect([red(book), redlineMoments(book.state, round(book))]).toMatchObject([{ weighted_score: 0.05 }, []]);
    write(book, lock(1, true));
    expect(red(book)).toEqual({ damage: 0.45, grappling: 0.25, control: 0.1, weighted_score: 0.8 });
    expect(redlineMoments(book.state, round(book))).toHaveLength(1);
  });

  it('lets nobody else’s taps count instead until it is let in', () => {
    const book = bookOf([
      joining('op-1'),
      tap('Jab', { by: judge() }),
      lock(),
      tap('Hook', { ...LATE, by: operator() }),
    ]);
    expect(red(book).damage).toBe(0.05);
    write(book, lock(1, true));
    expect(red(book).damage).toBe(0.07);
  });
});

describe('a late action taken back', () => {
  it('before it is let in never counts', () => {
    const book = locked();
    const hook = write(book, tap('Hook', LATE));
    write(book, voiding(hook, SUPERVISOR));
    expect(red(book).damage).toBe(0.05);
    write(book, lock(1, true));
    expect(red(book).damage).toBe(0.05);
  });

  it('after it was let in counts no more', () => {
    const book = locked();
    const hook = write(book, tap('Hook', LATE));
    const hold = write(book, tap('Control Start', { ...LATE, at: 200_000, metadata: { control: 'Top' } }));
    write(book, lock(1, true));
    expect(red(book)).toMatchObject({ damage: 0.12, control: 1 });
    write(book, voiding(hook, SUPERVISOR));
    write(book, voiding(hold, SUPERVISOR));
    expect(red(book)).toMatchObject({ damage: 0.05, control: 0 });
    write(book, tap('Elbow', LATE));
    write(book, lock(1, true));
    expect(red(book)).toMatchObject({ damage: 0.12, control: 0 });
  });
});

describe('what was in time', () => {
  it('can be taken back and mended after the lock, and that counts at once', () => {
    const book = locked();
    const jab = book.entries[3];
    if (jab === undefined) throw new Error('no jab');
    const hook = write(book, replacing(jab, 'Hook', { by: SUPERVISOR }));
    expect(red(book).damage).toBe(0.07);
    write(book, voiding(hook, SUPERVISOR));
    expect(red(book).damage).toBe(0);
  });
});
