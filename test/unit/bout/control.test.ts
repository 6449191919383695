import { describe, expect, it } from 'vitest';
import { cornerTotals } from '../../../domain/bout/index.ts';
import { bookOf, LATER, type Book, type Line, round, T0, write } from '../support/book.ts';
import { clock, joining, legacyTap, operator, tap, type Tap, voiding } from '../support/lines.ts';

/** Seconds of top control, ten to a tenth of a point. */
function seconds(book: Book, nowMs = LATER): { red: number; blue: number } {
  const { red, blue } = cornerTotals(book.state, round(book), nowMs);
  return { red: Math.round(red.control * 100), blue: Math.round(blue.control * 100) };
}

function start(second: number, said: Tap = {}): Line {
  return tap('Control Start', { ...said, at: second * 1_000, metadata: { control: 'Top' } });
}

function stop(second: number, said: Tap = {}): Line {
  return tap('Control Stop', { ...said, at: second * 1_000 });
}

function backfill(second: number, length: number, said: Tap = {}): Line {
  return tap('Control Start', {
    ...said,
    at: second * 1_000,
    metadata: { control: 'Top', backfill_ms: length * 1_000 },
  });
}

const STARTED = [joining('op-1'), clock('start_round', 0)];

describe('control', () => {
  it('is the time between start and stop', () => {
    expect(seconds(bookOf([...STARTED, start(10), stop(70)]))).toEqual({ red: 60, blue: 0 });
  });

  it('is the same however it was cut into pieces', () => {
    const pieces = [start(10), stop(25), start(25), start(40), stop(55), start(55), stop(70)];
    expect(seconds(bookOf([...STARTED, ...pieces]))).toEqual({ red: 60, blue: 0 });
  });

  it('reported afterwards fills only what nobody holds', () => {
    expect(seconds(bookOf([...STARTED, backfill(70, 60)]))).toEqual({ red: 60, blue: 0 });
    const held = [start(20, { corner: 'blue' }), stop(40, { corner: 'blue' }), backfill(70, 60)];
    expect(seconds(bookOf([...STARTED, ...held]))).toEqual({ red: 40, blue: 20 });
  });

  it('reported afterwards never reaches before the bell', () => {
    expect(seconds(bookOf([...STARTED, backfill(30, 60)]))).toEqual({ red: 30, blue: 0 });
  });

  it('has one holder at a time, also where each corner has an operator of its own', () => {
    const book = bookOf([
      clock('start_round', 0),
      joining('op-red', ['red']),
      joining('op-blue', ['blue']),
      start(10, { by: operator('op-red') }),
      start(30, { by: operator('op-blue'), corner: 'blue' }),
      stop(50, { by: operator('op-blue'), corner: 'blue' }),
      stop(60, { by: operator('op-red') }),
    ]);
    expect(seconds(book)).toEqual({ red: 20, blue: 20 });
  });

  it('leaves out what other observers saw', () => {
    const book = bookOf([
      ...STARTED,
      start(10),
      stop(20),
      legacyTap('Control Start', { at: 0, metadata: { control: 'Top' } }),
    ]);
    expect(seconds(book)).toEqual({ red: 10, blue: 0 });
  });

  it('grows with a hold while it is held', () => {
    const book = bookOf([...STARTED, start(10)]);
    expect([5, 10, 11, 60].map((second) => seconds(book, T0 + second * 1_000).red)).toEqual([0, 0, 1, 50]);
  });

  it('ends at the expiry of the round, whenever anybody looks', () => {
    const book = bookOf([...STARTED, start(280)]);
    for (const second of [300, 301, 340, 90_000]) expect(seconds(book, T0 + second * 1_000).red).toBe(20);
  });

  it('stands while the clock stands, and ends at the expiry that the pauses put off', () => {
    const book = bookOf([...STARTED, start(280), clock('pause', 290_000), clock('resume', 350_000)]);
    expect([290, 320, 350, 355, 360, 400].map((second) => seconds(book, T0 + second * 1_000).red)).toEqual([
      10, 10, 10, 15, 20, 20,
    ]);
  });

  it('ends where the round was ended by hand', () => {
    const book = bookOf([...STARTED, start(10), clock('end_round', 90_000)]);
    expect(seconds(book)).toEqual({ red: 80, blue: 0 });
  });

  it('does not go on into the next round', () => {
    const book = bookOf([
      ...STARTED,
      start(280),
      clock('start_round', 360_000, 2),
      tap('Jab', { round: 2, at: 5_000 }),
    ]);
    const { red } = cornerTotals(book.state, round(book, 2), LATER);
    expect([seconds(book).red, red.control]).toEqual([20, 0]);
  });

  it('of a round that nobody times ends with its length', () => {
    const book = bookOf([joining('op-1'), start(0), tap('Jab', { at: 10_000 })]);
    expect([seconds(book, T0 + 60_000).red, seconds(book).red]).toEqual([60, 300]);
  });

  it('comes back as it was when a mark is taken back', () => {
    const book = bookOf([...STARTED, start(10)]);
    const early = write(book, stop(20));
    write(book, stop(70));
    expect(seconds(book).red).toBe(10);
    write(book, voiding(early));
    expect(seconds(book).red).toBe(60);
  });

  it('keeps a mark that runs a moment ahead of the clock', () => {
    const book = bookOf([...STARTED, start(10), stop(20)]);
    expect(seconds(book, T0 + 19_800).red).toBe(10);
  });

  it('is held until now and no longer, though a mark of another device runs ahead of the clock', () => {
    const book = bookOf([...STARTED, start(10), tap('Jab', { at: 20_000 }), stop(250, { corner: 'blue' })]);
    expect(seconds(book, T0 + 20_000)).toEqual({ red: 10, blue: 0 });
  });

  it('closes at a bell that was rung by hand, whatever is marked beyond it', () => {
    const book = bookOf([...STARTED, start(10), clock('end_round', 100_000), stop(250)]);
    expect(seconds(book)).toEqual({ red: 90, blue: 0 });
  });

  it('reported afterwards does not depend on which report came first', () => {
    const reports = [backfill(60, 30), backfill(50, 20, { corner: 'blue' })];
    const told = bookOf([...STARTED, ...reports]);
    expect(seconds(bookOf([...STARTED, ...reports.toReversed()]))).toEqual(seconds(told));
  });
});
