import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redlineMoments, overMs, roundElapsed, roundTotals, type Totals } from '../../../domain/bout/index.ts';
import { type Book, bookOf, LATER, openBook, round, T0, tryWrite, write } from '../support/book.ts';
import { clock, joining, operator, replacing, tap, voiding } from '../support/lines.ts';
import { recount } from '../support/recount.ts';
import { actionNo, earlierAction, play, script } from '../support/script.ts';

function totals(book: Book, number = 1, nowMs = LATER): Totals {
  return roundTotals(book.state, round(book, number), nowMs);
}

const STARTED = [joining('op-1'), clock('start_round', 0)];

describe('totals', () => {
  it('are the values of the actions that stand, per corner and aspect', () => {
    const book = bookOf([
      ...STARTED,
      tap('Jab', { at: 1_000 }),
      tap('KD', { at: 2_000, corner: 'blue', metadata: { tier: 'Hard' } }),
      tap('Takedown Landed', { at: 3_000 }),
      tap('Control Start', { at: 4_000, metadata: { control: 'Top' } }),
      tap('Control Stop', { at: 14_000 }),
    ]);
    expect(totals(book)).toEqual({
      damage: { red: 50_000, blue: 700_000 },
      grappling: { red: 250_000, blue: 0 },
      control: { red: 100_000, blue: 0 },
      total: { red: 400_000, blue: 700_000 },
    });
  });

  it('of a round that nobody logged are nothing', () => {
    expect(totals(bookOf(STARTED), 3).total).toEqual({ red: 0, blue: 0 });
  });

  it('stay in their round', () => {
    const book = bookOf([joining('op-1'), tap('Jab'), tap('Hook', { round: 2 })]);
    expect([1, 2, 3].map((number) => totals(book, number).total.red)).toEqual([50_000, 70_000, 0]);
  });

  it('take a fighter by corner or by their own id', () => {
    const book = bookOf([...STARTED, tap('Jab', { fighterId: 'jane-smith' }), tap('Jab', { fighterId: 'fighter2' })]);
    expect(totals(book).damage).toEqual({ red: 0, blue: 100_000 });
  });

  it('are what a plain recount of the entries finds, whatever the night brings', () => {
    fc.assert(
      fc.property(script, fc.integer({ min: 0, max: 900 }), (steps, second) => {
        const book = openBook();
        play(book, steps);
        const nowMs = T0 + second * 1_000;
        for (const number of [1, 2]) {
          const { total, ...aspects } = totals(book, number, nowMs);
          const { clock } = round(book, number);
          const over = clock !== null && overMs(clock, nowMs) !== null;
          const expected = recount(book, number, roundElapsed(book.state, round(book, number), nowMs), over);
          expect(aspects).toEqual(expected);
          for (const corner of ['red', 'blue'] as const) {
            expect(total[corner]).toBe(expected.damage[corner] + expected.grappling[corner] + expected.control[corner]);
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  it('mirror when the corners are swapped', () => {
    fc.assert(
      fc.property(script, (steps) => {
        const [book, mirror] = [openBook(), openBook()];
        play(book, steps);
        play(mirror, steps, true);
        for (const number of [1, 2]) {
          const [one, other] = [totals(book, number), totals(mirror, number)];
          for (const aspect of ['damage', 'grappling', 'control', 'total'] as const) {
            expect(one[aspect]).toEqual({ red: other[aspect].blue, blue: other[aspect].red });
          }
        }
      }),
    );
  });
});

describe('taking back', () => {
  it('undoes an action exactly, whatever came before', () => {
    fc.assert(
      fc.property(script, fc.nat(), fc.nat({ max: 300 }), (steps, action, second) => {
        const book = openBook();
        play(book, steps);
        const before = [totals(book), redlineMoments(book.state, round(book))];
        const [name, metadata] = actionNo(action);
        const logged = tryWrite(book, tap(name, { metadata, at: second * 1_000 }));
        if (!logged.ok) return;
        write(book, voiding(logged.value));
        expect([totals(book), redlineMoments(book.state, round(book))]).toEqual(before);
      }),
    );
  });

  it('leaves the action in the count of events', () => {
    const book = bookOf(STARTED);
    write(book, voiding(write(book, tap('Jab'))));
    expect([round(book).totalEvents, round(book).voided]).toEqual([1, [3]]);
  });

  it('takes the observer away with their last action', () => {
    const book = bookOf([...STARTED, joining('op-2', ['red']), tap('Jab')]);
    const stray = write(book, tap('Hook', { by: operator('op-2') }));
    expect(totals(book).damage.red).toBe(70_000);
    write(book, voiding(stray));
    expect(totals(book).damage.red).toBe(50_000);
  });
});

describe('a replacement', () => {
  it('is a void and another action, for whoever saw the first', () => {
    fc.assert(
      fc.property(script, fc.nat(), fc.nat({ max: 6 }), (steps, action, back) => {
        const [name, metadata] = actionNo(action);
        const [replaced, voided] = [openBook(), openBook()];
        play(replaced, steps);
        play(voided, steps);
        const target = earlierAction(replaced, back);
        if (target === null || target.kind !== 'action') return;
        const outcome = tryWrite(replaced, replacing(target, name, { metadata }));
        expect(tryWrite(voided, voiding(target)).ok).toBe(outcome.ok);
        if (!outcome.ok) return;
        const { payload } = outcome.value;
        const { on_behalf: _behalf, target_index: _target, ...claim } = payload;
        write(voided, { ...target, kind: 'action', payload: { ...claim, judge_id: target.payload['judge_id'] ?? '' } });
        for (const number of [1, 2]) expect(totals(replaced, number)).toEqual(totals(voided, number));
      }),
    );
  });

  it('can itself be replaced and taken back', () => {
    const book = bookOf(STARTED);
    const hook = write(book, replacing(write(book, tap('Jab')), 'Hook'));
    const elbow = write(book, replacing(hook, 'Elbow', { corner: 'blue' }));
    expect(totals(book).damage).toEqual({ red: 0, blue: 70_000 });
    write(book, voiding(elbow));
    expect(totals(book).damage).toEqual({ red: 0, blue: 0 });
    expect(round(book).totalEvents).toBe(3);
  });
});
