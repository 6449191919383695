import { describe, expect, it } from 'vitest';
import { cornerTotals, selectObservers } from '../../../domain/bout/index.ts';
import { type Book, bookOf, LATER, type Line, panel, round, write } from '../support/book.ts';
import { clock, joining, judge, legacyTap, operator, replacing, SUPERVISOR, tap, voiding } from '../support/lines.ts';
import { ACTIONS } from '../support/script.ts';

function chosen(book: Book, number = 1) {
  return selectObservers(book.state, round(book, number));
}

/** Two of everything that an operator logs for red: damage 0.10, grappling 0.50. */
function twice(by: ReturnType<typeof operator>): Line[] {
  return [1_000, 2_000].flatMap((at) => [tap('Jab', { by, at }), tap('Takedown Landed', { by, at })]);
}

describe('among operators', () => {
  it('each corner and aspect has the one who is assigned to it', () => {
    const book = bookOf([
      joining('op-red', ['red']),
      joining('op-blue', ['blue']),
      tap('Jab', { by: operator('op-red') }),
      tap('Jab', { by: operator('op-red'), corner: 'blue' }),
      tap('Hook', { by: operator('op-blue'), corner: 'blue' }),
    ]);
    expect(chosen(book)).toEqual({
      red: { damage: 'operator:op-red', grappling: 'operator:op-red', control: 'operator:op-red' },
      blue: { damage: 'operator:op-blue', grappling: 'operator:op-blue', control: 'operator:op-blue' },
    });
    const totals = cornerTotals(book.state, round(book), LATER);
    expect([totals.red.damage, totals.blue.damage]).toEqual([0.05, 0.07]);
  });

  it('the narrowest assignment wins, aspect by aspect', () => {
    const book = bookOf([
      joining('op-all'),
      joining('op-red', ['red']),
      joining('op-red-damage', ['red'], ['damage']),
      ...['op-all', 'op-red', 'op-red-damage'].map((subject) => tap('Jab', { by: operator(subject) })),
    ]);
    expect(chosen(book)).toMatchObject({
      red: { damage: 'operator:op-red-damage', grappling: 'operator:op-red' },
      blue: { damage: 'operator:op-all' },
    });
  });

  it('a narrower assignment of the same person is theirs too', () => {
    const book = bookOf([
      joining('op-1'),
      joining('op-2', ['red']),
      joining('op-1', ['red'], ['damage']),
      tap('Jab', { by: operator('op-1') }),
      tap('Hook', { by: operator('op-2') }),
    ]);
    expect(chosen(book).red).toMatchObject({ damage: 'operator:op-1', grappling: 'operator:op-2' });
  });

  it('who joined first wins between equals, whoever logged first', () => {
    const book = bookOf([
      joining('op-1'),
      joining('op-2'),
      tap('Jab', { by: operator('op-2') }),
      tap('Hook', { by: operator('op-1'), at: 1 }),
    ]);
    expect(chosen(book).red.damage).toBe('operator:op-1');
  });

  it('who has logged nothing in the round is not there', () => {
    const book = bookOf([
      joining('op-1', ['red']),
      joining('op-2'),
      tap('Jab', { by: operator('op-1'), round: 2 }),
      tap('Jab', { by: operator('op-2') }),
    ]);
    expect([chosen(book).red.damage, chosen(book, 2).red.damage]).toEqual(['operator:op-2', 'operator:op-1']);
    write(book, voiding(write(book, tap('Hook', { by: operator('op-1') }))));
    expect(chosen(book).red.damage).toBe('operator:op-2');
  });

  it('two who tap the same do not count double', () => {
    const book = bookOf([joining('op-1'), joining('op-2'), ...twice(operator('op-1')), ...twice(operator('op-2'))]);
    expect(cornerTotals(book.state, round(book), LATER).red).toMatchObject({ damage: 0.1, grappling: 0.5 });
    expect(round(book).totalEvents).toBe(8);
  });
});

describe('judges', () => {
  it('count where there is no operator, in the order of the panel, not of arrival', () => {
    const book = bookOf([tap('Hook', { by: judge('JUDGE003') }), tap('Elbow', { by: judge('JUDGE002') })]);
    expect(chosen(book).red.damage).toBe('judge:JUDGE002');
    write(book, tap('Jab', { by: judge('JUDGE001') }));
    expect(chosen(book).red.damage).toBe('judge:JUDGE001');
    expect(cornerTotals(book.state, round(book), LATER).red.damage).toBe(0.05);
  });

  it('give way to an operator in what is assigned to them, and in nothing else', () => {
    const book = bookOf([
      joining('op-1', ['red'], ['damage']),
      tap('Jab', { by: judge() }),
      tap('Hook', { by: operator('op-1') }),
    ]);
    expect(chosen(book)).toMatchObject({
      red: { damage: 'operator:op-1', grappling: 'judge:JUDGE001' },
      blue: { damage: 'judge:JUDGE001' },
    });
  });

  it('of a bout without a panel count by seat', () => {
    const lines = [tap('Hook', { by: judge('seat-b') }), tap('Jab', { by: judge('seat-a') })];
    expect(chosen(bookOf(lines, { judges: panel() })).red.damage).toBe('judge:seat-a');
  });

  it('are seats: another person on the same seat is the same observer', () => {
    const book = bookOf([tap('Jab', { by: judge() }), tap('Hook', { by: { ...judge(), subject: 'stand-in' } })]);
    expect(cornerTotals(book.state, round(book), LATER).red.damage).toBe(0.12);
  });
});

describe('legacy events', () => {
  it('count in a round where nobody else logged, and only there', () => {
    const book = bookOf([legacyTap('Jab'), legacyTap('Hook', { round: 2 }), tap('Elbow', { round: 2, by: judge() })]);
    expect([chosen(book).red.damage, chosen(book, 2).red.damage]).toEqual(['legacy', 'judge:JUDGE001']);
  });

  it('never fill in what somebody else left out', () => {
    const book = bookOf([joining('op-1', ['red'], ['damage']), legacyTap('Takedown Landed'), tap('Jab')]);
    expect(chosen(book)).toMatchObject({ red: { damage: 'operator:op-1', grappling: null }, blue: { damage: null } });
    expect(cornerTotals(book.state, round(book), LATER).red.grappling).toBe(0);
  });

  it('count again once nothing else stands', () => {
    const book = bookOf([legacyTap('Jab')]);
    const stray = write(book, tap('Hook', { by: judge() }));
    write(book, voiding(stray));
    expect(chosen(book).red.damage).toBe('legacy');
  });
});

describe('a replacement', () => {
  it('by a supervisor still counts for who saw the action', () => {
    for (const by of [operator('op-1'), judge('JUDGE001')]) {
      const book = bookOf([joining('op-1')]);
      const jab = write(book, tap('Jab', { by }));
      const before = chosen(book);
      const hook = write(book, replacing(jab, 'Hook', { by: SUPERVISOR }));
      write(book, replacing(hook, 'Elbow', { by: SUPERVISOR }));
      expect(chosen(book)).toEqual(before);
      expect(cornerTotals(book.state, round(book), LATER).red.damage).toBe(0.07);
    }
  });

  it('of a legacy event stays legacy', () => {
    const book = bookOf([]);
    write(book, replacing(write(book, legacyTap('Jab')), 'Hook', { by: SUPERVISOR }));
    expect(chosen(book).red.damage).toBe('legacy');
  });
});

describe('everybody’s entries', () => {
  it('are in the count of events, whoever is chosen', () => {
    const book = bookOf([
      clock('start_round', 0),
      joining('op-1'),
      ...ACTIONS.flatMap(([name, metadata]) => [
        tap(name, { metadata }),
        tap(name, { metadata, by: judge() }),
        legacyTap(name, { metadata }),
      ]),
    ]);
    expect(round(book).totalEvents).toBe(3 * ACTIONS.length);
  });

  it('of nobody leave nobody chosen', () => {
    expect(chosen(bookOf([]))).toMatchObject({ red: { damage: null }, blue: { control: null } });
  });
});
