import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACTION_TYPES, wireName } from '../../../domain/actions/index.ts';
import {
  overMs,
  roundElapsed,
  roundStatistics,
  type RoundStatistics,
  takedownsTried,
} from '../../../domain/bout/index.ts';
import type { LeafObject } from '../../../domain/ledger/index.ts';
import { type Book, bookOf, LATER, openBook, round, T0, write } from '../support/book.ts';
import { clock, joining, judge, lock, operator, replacing, SUPERVISOR, tap, voiding } from '../support/lines.ts';
import { recountStatistics } from '../support/recount-statistics.ts';
import { play, script } from '../support/script.ts';

function statistics(book: Book, number = 1): RoundStatistics {
  return roundStatistics(book.state, round(book, number), LATER);
}

/** Red's counts that are not 0. */
function counts(book: Book): Record<string, number> {
  return Object.fromEntries(Object.entries(statistics(book).red).filter(([, count]) => count !== 0));
}

function logged(eventType: string, metadata: LeafObject = {}): Record<string, number> {
  return counts(bookOf([joining('op-1'), tap(eventType, { metadata })]));
}

const LIGHT = { strikes: 1 };

const SIGNIFICANT = { strikes: 1, significant: 1 };

const STRIKES = [
  'Jab',
  'Cross',
  'Hook',
  'Uppercut',
  'Elbow',
  'Knee',
  'Kick',
  'Front Kick',
  'Overhand',
  'Spinning Backfist',
];

const OTHERS: readonly (readonly [string, LeafObject, Record<string, number>])[] = [
  ['Head Kick', {}, LIGHT],
  ['Body Kick', {}, LIGHT],
  ['Low Kick', {}, LIGHT],
  ['Ground Strike', {}, LIGHT],
  ['KD', {}, { knockdowns: 1, pendingKnockdowns: 1 }],
  ['Rocked', {}, {}],
  ['Takedown Landed', {}, { takedowns: 1 }],
  ['Takedown Stuffed', {}, { stuffed: 1 }],
  ['Submission Attempt', {}, { submissions: 1 }],
  ['Sweep/Reversal', {}, { reversals: 1 }],
  ['Guard Passing', {}, {}],
  ['Control Start', { control: 'Top' }, { controlMs: 300_000 }],
  ['Control Stop', {}, {}],
  ['Point Deduction', {}, {}],
  ['Warning', {}, {}],
  ['Medical Timeout', {}, {}],
];

describe('one action counts', () => {
  it.each(STRIKES)('%s: a strike, and a significant one where it is marked so', (name) => {
    expect([logged(name), logged(name, { significant: true })]).toEqual([LIGHT, SIGNIFICANT]);
  });

  it.each(OTHERS)('%s %j: %j', (name, metadata, expected) => {
    expect(logged(name, metadata)).toEqual(expected);
  });

  it('as is written here, for every type that there is', () => {
    const named = [...STRIKES, ...OTHERS.map(([name]) => name)];
    expect(named.toSorted()).toEqual(ACTION_TYPES.map(wireName).toSorted());
  });

  it.each([
    ['Ground Strike', { tier: 'Solid' }, { ...SIGNIFICANT, ground: 1 }],
    ['Ground Strike', { tier: 'Light', significant: true }, { ...SIGNIFICANT, ground: 1 }],
    ['Jab', { position: 'Distance' }, { ...SIGNIFICANT, distance: 1 }],
    ['Jab', { position: 'Clinch' }, LIGHT],
    ['Jab', { target: 'Head' }, LIGHT],
    ['Elbow', { significant: true, position: 'Clinch', target: 'Head' }, { ...SIGNIFICANT, clinch: 1, head: 1 }],
    ['Head Kick', { significant: true }, { ...SIGNIFICANT, head: 1 }],
    ['Body Kick', { significant: true, position: 'Distance' }, { ...SIGNIFICANT, body: 1, distance: 1 }],
    ['Low Kick', { significant: true }, { ...SIGNIFICANT, leg: 1 }],
    ['Submission Attempt', { tier: 'Near-Finish' }, { submissions: 1 }],
    ['KD', { tier: 'Near-Finish' }, { knockdowns: 1, pendingKnockdowns: 1 }],
  ])('%s %j: %j', (name, metadata, expected) => {
    expect(logged(name, metadata)).toEqual(expected);
  });
});

describe('statistics', () => {
  it('are what a plain recount of the entries finds, whatever the night brings', () => {
    fc.assert(
      fc.property(script, fc.integer({ min: 0, max: 900 }), (steps, second) => {
        const book = openBook();
        play(book, steps);
        const nowMs = T0 + second * 1_000;
        for (const number of [1, 2]) {
          const one = round(book, number);
          const over = one.clock !== null && overMs(one.clock, nowMs) !== null;
          const expected = recountStatistics(book, number, roundElapsed(book.state, one, nowMs), over);
          expect(roundStatistics(book.state, one, nowMs)).toEqual(expected);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('stay in their round and with their fighter', () => {
    const book = bookOf([joining('op-1'), tap('Takedown Landed', { corner: 'blue', round: 2 })]);
    expect(statistics(book).blue.takedowns).toBe(0);
    expect(statistics(book, 2)).toMatchObject({ red: { takedowns: 0 }, blue: { takedowns: 1 } });
  });

  it('lose what is taken back and follow what is mended', () => {
    const book = bookOf([joining('op-1')]);
    const jab = write(book, tap('Jab', { metadata: { significant: true, target: 'Head' } }));
    const elbow = write(book, replacing(jab, 'Elbow', { by: SUPERVISOR, metadata: { target: 'Head' } }));
    expect(counts(book)).toEqual(LIGHT);
    const other = write(book, replacing(elbow, 'Sweep/Reversal', { by: SUPERVISOR, corner: 'blue' }));
    expect([counts(book), statistics(book).blue.reversals]).toEqual([{}, 1]);
    write(book, voiding(other, SUPERVISOR));
    expect(statistics(book).blue.reversals).toBe(0);
  });

  it('leave late entries out until a supervisor lets them in', () => {
    const book = bookOf([
      joining('op-1'),
      clock('start_round', 0),
      tap('Takedown Landed', { at: 1_000 }),
      clock('end_round', 300_000),
      lock(),
    ]);
    const late = { flags: ['late'] as const, at: 5_000 };
    write(book, tap('Takedown Landed', late));
    write(book, tap('KD', late));
    write(book, tap('Control Start', { ...late, metadata: { control: 'Cage', backfill_ms: 5_000 } }));
    expect(counts(book)).toEqual({ takedowns: 1 });
    write(book, lock(1, true));
    expect(counts(book)).toEqual({ takedowns: 2, knockdowns: 1, pendingKnockdowns: 1, controlMs: 5_000 });
  });

  it('are of each aspect’s own observer', () => {
    const book = bookOf([
      joining('op-1', ['red'], ['damage']),
      joining('op-2', ['red'], ['grappling']),
      ...['op-1', 'op-2'].flatMap((subject) => [
        tap('Jab', { by: operator(subject) }),
        tap('Takedown Landed', { by: operator(subject) }),
      ]),
      tap('Jab', { by: judge() }),
      tap('Jab', { by: operator('op-1'), at: 1 }),
      tap('Takedown Landed', { by: judge(), corner: 'blue' }),
    ]);
    expect(statistics(book)).toMatchObject({ red: { strikes: 2, takedowns: 1 }, blue: { takedowns: 1 } });
  });

  it('grow with a hold that is open, and end it at the bell', () => {
    const book = bookOf([
      joining('op-1'),
      clock('start_round', 0),
      tap('Control Start', { at: 10_000, metadata: { control: 'Back' } }),
    ]);
    const at = (second: number) => roundStatistics(book.state, round(book), T0 + second * 1_000);
    expect([at(40).red.controlMs, at(40).elapsedMs]).toEqual([30_000, 40_000]);
    expect([at(999).red.controlMs, at(999).elapsedMs]).toEqual([290_000, 300_000]);
  });

  it('know of takedowns that failed what the other corner stuffed', () => {
    const stuffed = { corner: 'blue' } as const;
    const book = bookOf([joining('op-1'), tap('Takedown Landed'), tap('Takedown Stuffed', stuffed)]);
    expect([takedownsTried(statistics(book), 'red'), takedownsTried(statistics(book), 'blue')]).toEqual([2, 0]);
  });
});
