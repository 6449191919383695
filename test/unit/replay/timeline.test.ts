import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cornerTotals, roundTotals } from '../../../domain/bout/index.ts';
import type { Entry } from '../../../domain/ledger/index.ts';
import { type Replay, replayRound } from '../../../domain/replay/index.ts';
import { type Book, bookOf, LATER, openBook, round, ROUND_MS, T0, write } from '../support/book.ts';
import { clock, joining, judge, lock, operator, tap, voiding } from '../support/lines.ts';
import { isAction, play, script, type Step } from '../support/script.ts';

type Shown = { readonly index: number; readonly voided: boolean; readonly counted: boolean };

function replay(book: Book, seconds = 300, nowMs = LATER, number = 1): Replay<Shown> {
  const entries = book.entries.filter((entry) => entry.round === number);
  const show = (entry: Entry, facts: { voided: boolean; counted: boolean }) => ({ index: entry.index, ...facts });
  return replayRound(book.state, round(book, number), entries, seconds, nowMs, show);
}

function played(steps: readonly Step[], mirror = false): Book {
  const book = openBook();
  play(book, steps, mirror);
  return book;
}

const lengths = fc.oneof(fc.constantFrom(1, 2, 299, 300, 301, 3_600), fc.integer({ min: 1, max: 400 }));

describe('a round second by second', () => {
  it('shows each action in its second, and the totals at its end', () => {
    const book = bookOf([
      joining('op-1'),
      clock('start_round', 0),
      tap('Jab', { at: 0 }),
      tap('Jab', { at: 15_999, metadata: { significant: true } }),
      tap('Takedown Landed', { at: 16_000, corner: 'blue' }),
      tap('Control Start', { at: 20_500, corner: 'blue', metadata: { control: 'Top' } }),
      tap('Control Stop', { at: 22_500, corner: 'blue' }),
    ]);
    const { timeline, event_count } = replay(book);
    const at = (second: number) => timeline[second];
    expect([timeline.length, event_count]).toEqual([300, 5]);
    expect(at(0)).toMatchObject({ second: 0, events: [{ index: 3 }], damage_totals: { red: 0.05, blue: 0 } });
    expect(at(14)).toMatchObject({ events: [], damage_totals: { red: 0.05, blue: 0 } });
    expect(at(15)).toMatchObject({ events: [{ index: 4 }], damage_totals: { red: 0.15, blue: 0 } });
    expect(at(16)).toMatchObject({ events: [{ index: 5 }], grappling_totals: { red: 0, blue: 0.25 } });
    // Half a second of top control is half a hundredth, and goes up.
    expect([19, 20, 21, 22, 299].map((second) => at(second)?.control_totals.blue)).toEqual([0, 0.01, 0.02, 0.02, 0.02]);
  });

  it('puts what lies beyond its end into its last second', () => {
    const book = bookOf([joining('op-1'), tap('Jab', { at: 500 }), tap('Hook', { at: ROUND_MS })]);
    expect(replay(book).timeline.at(-1)).toMatchObject({ second: 299, events: [{ index: 3 }] });
    const [second, ...more] = replay(book, 1).timeline;
    expect([second, more]).toMatchObject([{ events: [{ index: 2 }, { index: 3 }], damage_totals: { red: 0.12 } }, []]);
  });

  it('of a round without entries is empty and complete', () => {
    const { timeline, event_count, round_summary } = replay(bookOf([]), 60);
    expect([timeline.length, event_count]).toEqual([60, 0]);
    expect(round_summary.total_score).toEqual({ red: 0, blue: 0 });
  });

  it('shows a voided action, uncounted, and who is not chosen likewise', () => {
    const book = bookOf([joining('op-1'), tap('Jab', { by: operator() }), tap('Hook', { by: judge() })]);
    const elbow = write(book, tap('Elbow', { by: operator() }));
    write(book, voiding(elbow));
    const { timeline, event_count, round_summary } = replay(book);
    expect(timeline[0]?.events).toEqual([
      { index: 2, voided: false, counted: true },
      { index: 3, voided: false, counted: false },
      { index: 4, voided: true, counted: false },
    ]);
    expect([event_count, round_summary.damage_score]).toEqual([3, { red: 0.05, blue: 0 }]);
  });

  it('counts a late action once it has been let in', () => {
    const book = bookOf([joining('op-1'), tap('Jab'), lock(), tap('Hook', { flags: ['late'] })]);
    expect(replay(book).timeline[0]?.events[1]).toMatchObject({ counted: false });
    write(book, lock(1, true));
    expect(replay(book).timeline[0]).toMatchObject({ events: [{}, { counted: true }], damage_totals: { red: 0.12 } });
  });

  it('draws a hold to the bell, or to now', () => {
    const hold = tap('Control Start', { at: 100_000, metadata: { control: 'Top' } });
    const book = bookOf([joining('op-1'), clock('start_round', 0), hold]);
    expect(replay(book).round_summary.control_score.red).toBe(2);
    expect(replay(book, 300, T0 + 150_000).timeline.at(-1)?.control_totals.red).toBe(0.5);
  });
});

describe('whatever a night brings', () => {
  it('the last second is the round: its totals are the summary’s and the live ones', () => {
    fc.assert(
      fc.property(script, lengths, fc.integer({ min: 0, max: 900 }), (steps, seconds, now) => {
        const book = played(steps);
        const nowMs = T0 + now * 1_000;
        const { timeline, round_summary } = replay(book, seconds, nowMs);
        const last = timeline.at(-1);
        expect(timeline).toHaveLength(seconds);
        expect(last?.damage_totals).toEqual(round_summary.damage_score);
        expect(last?.grappling_totals).toEqual(round_summary.grappling_score);
        expect(last?.control_totals).toEqual(round_summary.control_score);
        const live = cornerTotals(book.state, round(book), nowMs);
        expect(round_summary.total_score).toEqual({ red: live.red.weighted_score, blue: live.blue.weighted_score });
        const { total } = roundTotals(book.state, round(book), nowMs);
        expect(Math.sign(round_summary.score_differential)).toBe(
          Math.abs(total.red - total.blue) < 5_000 ? 0 : Math.sign(total.red - total.blue),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('every action stands in exactly one second, that of its clock', () => {
    fc.assert(
      fc.property(script, lengths, (steps, seconds) => {
        const book = played(steps);
        const { timeline, event_count } = replay(book, seconds);
        const actions = book.entries.filter((entry) => isAction(entry) && entry.round === 1);
        const shown = timeline.flatMap(({ second, events }) => events.map(({ index }) => [index, second]));
        const due = actions.map(({ index, clockMs }) => [
          index,
          Math.min(Math.floor((clockMs ?? 0) / 1000), seconds - 1),
        ]);
        expect(shown.toSorted(byIndex)).toEqual(due);
        expect([event_count, event_count]).toEqual([actions.length, round(book).totalEvents]);
      }),
      { numRuns: 200 },
    );
  });

  it('totals never fall from one second to the next', () => {
    fc.assert(
      fc.property(script, lengths, (steps, seconds) => {
        const { timeline } = replay(played(steps), seconds);
        for (const totals of ['damage_totals', 'grappling_totals', 'control_totals'] as const) {
          for (const corner of ['red', 'blue'] as const) {
            const line = timeline.map((second) => second[totals][corner]);
            expect(line).toEqual(line.toSorted((one, other) => one - other));
          }
        }
      }),
    );
  });

  it('mirrors when the corners are swapped', () => {
    fc.assert(
      fc.property(script, lengths, (steps, seconds) => {
        const [one, other] = [replay(played(steps), seconds), replay(played(steps, true), seconds)];
        expect(other.round_summary.score_differential + one.round_summary.score_differential).toBe(0);
        for (const [second, shown] of one.timeline.entries()) {
          const swapped = other.timeline[second];
          expect(shown.damage_totals).toEqual({ red: swapped?.damage_totals.blue, blue: swapped?.damage_totals.red });
          expect(shown.control_totals).toEqual({
            red: swapped?.control_totals.blue,
            blue: swapped?.control_totals.red,
          });
          expect(shown.events).toEqual(swapped?.events);
        }
      }),
      { numRuns: 60 },
    );
  });
});

function byIndex(one: readonly (number | undefined)[], other: readonly (number | undefined)[]): number {
  return (one[0] ?? 0) - (other[0] ?? 0);
}
