import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  beginBout,
  type BoutState,
  decide,
  fold,
  isAbsent,
  redlineMoments,
  roundTotals,
} from '../../../domain/bout/index.ts';
import type { Entry } from '../../../domain/ledger/index.ts';
import { bookOf, deepFreeze, LATER, openBook, round, T0, valueOf, write } from '../support/book.ts';
import { clock, joining, judge, lock, reopening, scorecard, seating, tap, voiding } from '../support/lines.ts';
import { isAction, play, script } from '../support/script.ts';

/** Every state that a ledger goes through, from its first entry on. */
function states(entries: readonly Entry[], from?: { readonly state: BoutState; readonly at: number }): BoutState[] {
  const lookUp = (index: number) => entries[index] ?? null;
  const [first] = entries;
  if (first === undefined) return [];
  const all = [from?.state ?? valueOf(beginBout(first))];
  for (const entry of entries.slice((from?.at ?? 0) + 1)) {
    const last = all.at(-1);
    if (last !== undefined) all.push(valueOf(fold(last, entry, lookUp)));
  }
  return all;
}

function throughJson(state: BoutState): BoutState {
  const read: BoutState = JSON.parse(JSON.stringify(state));
  return read;
}

describe('the state of a bout', () => {
  it('is the same whenever the ledger is folded again', () => {
    fc.assert(
      fc.property(script, (steps) => {
        const book = openBook();
        play(book, steps);
        expect(states(book.entries).at(-1)).toEqual(book.state);
      }),
    );
  });

  it('is plain JSON: a snapshot at any entry, read back, goes on to the same end', () => {
    fc.assert(
      fc.property(script, (steps) => {
        const book = openBook();
        play(book, steps);
        const end = JSON.stringify(book.state);
        for (const [at, state] of states(book.entries).entries()) {
          const snapshot = throughJson(state);
          expect(snapshot).toStrictEqual(state);
          const resumed = states(book.entries, { state: deepFreeze(snapshot), at }).at(-1);
          expect(JSON.stringify(resumed)).toBe(end);
        }
      }),
    );
  });

  it('counts in each round every action, and knows its first and last entry', () => {
    fc.assert(
      fc.property(script, (steps) => {
        const book = openBook();
        play(book, steps);
        expect(book.state.next).toBe(book.entries.length);
        for (const number of [1, 2]) {
          const entries = book.entries.filter((entry) => entry.round === number);
          const { totalEvents, span } = round(book, number);
          expect(totalEvents).toBe(entries.filter(isAction).length);
          const ends = [entries[0]?.index, entries.at(-1)?.index];
          expect([span?.first, span?.last]).toEqual(ends);
        }
      }),
    );
  });

  it('does not grow with the number of strikes', () => {
    const book = bookOf([joining('op-1'), clock('start_round', 0), tap('Jab', { at: 1_000 })]);
    const small = JSON.stringify(book.state).length;
    for (let second = 2; second < 250; second += 1) write(book, tap('Jab', { at: second * 1_000 }));
    expect(JSON.stringify(book.state).length - small).toBeLessThan(64);
  });

  it('fills in the rounds that nobody named before a later one', () => {
    const book = bookOf([tap('Jab', { round: 3 })]);
    expect(book.state.rounds.map(({ number, totalEvents }) => [number, totalEvents])).toEqual([
      [1, 0],
      [2, 0],
      [3, 1],
    ]);
  });
});

describe('which round is on', () => {
  it('is what the clock says', () => {
    const book = bookOf([clock('start_round', 0), tap('Jab', { round: 2 })]);
    expect(book.state.currentRound).toBe(1);
    write(book, clock('start_round', 400_000, 2));
    expect(book.state.currentRound).toBe(2);
  });

  it('is what the actions say where nobody times, and never goes back', () => {
    const book = bookOf([tap('Jab')]);
    write(book, tap('Jab', { round: 2 }));
    write(book, tap('Jab', { round: 1, at: 5 }));
    expect(book.state.currentRound).toBe(2);
  });
});

describe('what the bout remembers of who wrote', () => {
  it('is a seat’s last entry of its own', () => {
    const book = bookOf([tap('Jab', { by: judge() })]);
    const hook = write(book, tap('Hook', { by: judge() }));
    expect(book.state.lastBySeat).toEqual({ JUDGE001: 2 });
    write(book, voiding(hook));
    write(book, scorecard('JUDGE002', 1, 10, 9));
    // What a supervisor does with a seat is not the seat's own.
    write(book, reopening('JUDGE002', 1));
    expect(book.state.lastBySeat).toEqual({ JUDGE001: 3, JUDGE002: 4 });
  });

  it('is what each device sent: how many entries, its highest number and epoch', () => {
    const book = bookOf([
      tap('Jab', { device: 'tablet-1', deviceSeq: 4 }),
      tap('Hook', { device: 'tablet-1', deviceSeq: 3 }),
      tap('Hook', { device: 'tablet-2' }),
    ]);
    expect(book.state.devices).toEqual([
      { device: 'tablet-1', entries: 2, lastSeq: 4, epoch: null },
      { device: 'tablet-2', entries: 1, lastSeq: null, epoch: null },
    ]);
  });

  it('is how many repeats came under a new id', () => {
    const note = { kind: 'note', payload: { type: 'suppressed', of_index: 1 } } as const;
    expect(bookOf([note, note, { kind: 'note', payload: { type: 'fenced' } }]).state.suppressed).toBe(2);
  });

  it('is which device has a seat, and since when the others are fenced', () => {
    const book = bookOf([seating('JUDGE001', 'tablet-1', T0), seating('JUDGE001', 'tablet-2', T0 + 1_000)]);
    expect(book.state.sessions['JUDGE001']).toMatchObject({
      device: 'tablet-2',
      epoch: 2,
      fences: { 'tablet-1': T0 + 1_000 },
    });
    write(book, seating('JUDGE001', 'tablet-1', T0 + 2_000));
    expect(book.state.sessions['JUDGE001']).toMatchObject({
      device: 'tablet-1',
      epoch: 3,
      fences: { 'tablet-2': T0 + 2_000 },
    });
  });
});

describe('a changed configuration', () => {
  it('counts from its entry on and leaves what it does not name', () => {
    const book = bookOf([{ kind: 'config', payload: { type: 'changed', delay_ms: 5_000 } }]);
    write(book, {
      kind: 'config',
      payload: { type: 'changed', release_policy: { scorecards: 'public', statistics: 'nobody' } },
    });
    expect(book.state.config).toMatchObject({
      delayMs: 5_000,
      release: { statistics: 'public', scorecards: 'public', recommendation: 'commission' },
    });
  });
});

describe('reading', () => {
  it('changes nothing', () => {
    fc.assert(
      fc.property(script, (steps) => {
        const book = openBook();
        play(book, steps);
        deepFreeze(book.state);
        for (const one of book.state.rounds) {
          roundTotals(book.state, one, LATER);
          redlineMoments(book.state, one);
        }
        const there = book.state.config.judges.filter(({ id }) => !isAbsent(book.state, id));
        expect(decide(book.state).totals.map(({ seat }) => seat)).toEqual(there.map(({ id }) => id));
      }),
    );
  });

  it('finds a lock in the round that it locks', () => {
    const book = bookOf([tap('Jab', { round: 2 }), lock(2)]);
    expect([round(book, 1).lockedAt, round(book, 2).lockedAt]).toEqual([null, 2]);
  });
});
