import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recommendationFor, SPORTS } from '../../../domain/bout/index.ts';
import { CORNERS, type Corner, otherCorner } from '../../../domain/corner.ts';
import type { LeafObject } from '../../../domain/ledger/index.ts';
import { type Book, bookOf, LATER, type Line, openBook, round, ruleSet, T0, write } from '../support/book.ts';
import { clock, joining, lock, ruling, tap } from '../support/lines.ts';
import { rescinding } from '../support/officials.ts';
import { actionNo, ACTIONS, play, script } from '../support/script.ts';

/** What is said of a round, where anything is. */
type Advice = NonNullable<ReturnType<typeof recommendationFor>>;

const STARTED = [joining('op-1'), clock('start_round', 0)];

function recommendation(book: Book, number = 1, nowMs = LATER): Advice | null {
  return recommendationFor(book.state, round(book, number), nowMs);
}

/** Of a round in which somebody has done something. */
function said(book: Book, number = 1): Advice {
  const one = recommendation(book, number);
  if (one === null) throw new Error('no recommendation');
  return one;
}

type Blow = { readonly at: number; readonly action: number; readonly corner: Corner };

const blow: fc.Arbitrary<Blow> = fc.record({
  at: fc.nat({ max: 299 }),
  action: fc.nat({ max: ACTIONS.length - 1 }),
  corner: fc.constantFrom(...CORNERS),
});

/** By the clock no two are in one moment: their order then is the order of arrival. */
const blows = fc.uniqueArray(blow, { selector: ({ at }) => at, maxLength: 30 });

function lineOf({ at, action, corner }: Blow): Line {
  const [name, metadata] = actionNo(action);
  return tap(name, { at: at * 1_000, corner, metadata });
}

function roundOf(all: readonly Blow[]): Book {
  return bookOf([...STARTED, ...all.map(lineOf)]);
}

describe('nothing is recommended', () => {
  it.each<[string, readonly Line[]]>([
    ['of a round that nobody began', []],
    ['of a round in which nobody did anything', STARTED],
    ['of what is no statistic', [...STARTED, tap('Warning'), tap('Rocked'), tap('Guard Passing'), tap('Control Stop')]],
    [
      'of control that nobody held yet',
      [...STARTED, tap('Control Start', { at: 300_000, metadata: { control: 'Top' } })],
    ],
  ])('%s', (_of, lines) => {
    expect(recommendation(bookOf(lines))).toBeNull();
  });

  it('once all that was logged has been taken back', () => {
    const book = bookOf(STARTED);
    const knockdown = write(book, tap('KD'));
    expect(recommendation(book)?.pRed).toBeGreaterThan(0.5);
    const slip = write(book, ruling('slip', { target: knockdown }));
    expect(recommendation(book)).toBeNull();
    write(book, rescinding(slip));
    expect(recommendation(book)?.pRed).toBeGreaterThan(0.5);
  });
});

describe('a recommendation', () => {
  it('is of its round and says whether that is over', () => {
    const book = bookOf([...STARTED, tap('KD', { at: 10_000 })]);
    expect(recommendation(book, 1, T0 + 40_000)).toMatchObject({
      complete: false,
      notes: expect.arrayContaining([expect.stringContaining('40 s')]),
    });
    expect(said(book).complete).toBe(true);
    expect(recommendation(book, 2)).toBeNull();
  });

  it('mirrors with the corners, whatever the night brings', () => {
    fc.assert(
      fc.property(script, (steps) => {
        const [book, mirror] = [openBook(), openBook()];
        play(book, steps);
        play(mirror, steps, true);
        for (const number of [1, 2]) {
          const [one, other] = [recommendation(book, number), recommendation(mirror, number)];
          if (one === null || other === null) {
            expect(other).toBe(one);
            continue;
          }
          expect(other.pRed + one.pRed).toBeCloseTo(1, 12);
          expect(other).toEqual({
            ...one,
            pRed: other.pRed,
            margin2: expect.closeTo(one.margin2, 12),
            card: one.card?.split('-').toReversed().join('-'),
            reasons: one.reasons.map((reason) => ({
              ...reason,
              corner: otherCorner(reason.corner),
              logOdds: expect.closeTo(reason.logOdds, 9),
            })),
          });
        }
      }),
    );
  });

  it('does not depend on the order of arrival', () => {
    const shuffled = blows.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, ([inOrder, arrived]) => {
        expect(recommendation(roundOf(arrived))).toEqual(recommendation(roundOf(inOrder)));
      }),
    );
  });

  it('does not depend on how control is cut into pieces', () => {
    const start = (at: number) => tap('Control Start', { at, metadata: { control: 'Top' } });
    const stop = (at: number) => tap('Control Stop', { at });
    const backfill = (at: number, backfill_ms: number) =>
      tap('Control Start', { at, metadata: { control: 'Top', backfill_ms } });
    const [whole, ...others] = [
      [start(10_000), stop(100_000)],
      [start(10_000), stop(40_000), start(40_000), stop(100_000)],
      [start(10_000), start(20_000), start(30_000), stop(100_000)],
      [backfill(100_000, 90_000)],
      [backfill(40_000, 30_000), backfill(100_000, 60_000)],
      [start(10_000), stop(70_000), backfill(100_000, 60_000)],
    ].map((lines) => said(bookOf([...STARTED, tap('Jab', { corner: 'blue' }), ...lines])));
    expect(whole?.reasons).toContainEqual(expect.objectContaining({ corner: 'red', input: 'control' }));
    for (const other of others) expect(other).toEqual(whole);
  });

  it('gives nobody 10-8 for a single strike, knockdown or not', () => {
    const strikes = ACTIONS.filter(([name]) => !/Takedown|Submission|Control|Sweep|Warning/.test(name));
    for (const criteria of ['mma-unified-2017', 'mma-unified-2025']) {
      for (const corner of CORNERS) {
        for (const [name, metadata] of strikes) {
          const changes = { rules: ruleSet(criteria) };
          const one = bookOf([...STARTED, tap(name, { corner, metadata })], changes);
          const cards = [recommendation(one)?.card];
          write(one, tap('KD', { corner, metadata: { tier: 'Near-Finish' } }));
          cards.push(recommendation(one)?.card);
          expect(['10-8', '8-10', '10-7', '7-10'].filter((card) => cards.some((given) => given === card))).toEqual([]);
        }
      }
    }
  });
});

describe('more offence', () => {
  it('never lowers one’s own chance, as long as it adds no kind of input that nobody had logged', () => {
    let compared = 0;
    fc.assert(
      fc.property(blows, blow, (all, more) => {
        // Starts and stops may end somebody’s hold; control reported afterwards only adds.
        const [name, metadata] = actionNo(more.action);
        if (name.startsWith('Control') && metadata['backfill_ms'] === undefined) return;
        const [before, after] = [roundOf(all), roundOf(all)];
        write(after, lineOf(more));
        const [one, other] = [recommendation(before), recommendation(after)];
        if (one === null || other === null || one.lacked.join() !== other.lacked.join()) return;
        const gain = more.corner === 'red' ? other.pRed - one.pRed : one.pRed - other.pRed;
        expect(gain).toBeGreaterThanOrEqual(0);
        compared += 1;
      }),
      { numRuns: 1_000 },
    );
    expect(compared).toBeGreaterThan(300);
  });
});

describe('a takedown that was stopped', () => {
  it('speaks for who stopped it', () => {
    const both = [tap('Jab'), tap('Jab', { corner: 'blue' }), tap('Takedown Stuffed'), tap('Control Stop')];
    const level = bookOf([...STARTED, ...both, tap('Takedown Stuffed', { corner: 'blue' })]);
    expect(said(level).pRed).toBe(0.5);
    for (const at of [1_000, 2_000, 3_000]) write(level, tap('Takedown Stuffed', { corner: 'blue', at }));
    expect(said(level).pRed).toBeLessThan(0.5);
    expect(said(level).reasons).toMatchObject([
      { corner: 'blue', input: 'stopped', words: '4 takedowns stopped to 1' },
    ]);
  });
});

describe('what it lacked', () => {
  const significant = (metadata: LeafObject = {}, said: Parameters<typeof tap>[1] = {}) =>
    tap('Jab', { ...said, metadata: { significant: true, ...metadata } });

  function lacked(lines: readonly Line[], number = 1): readonly string[] {
    return said(bookOf([...STARTED, ...lines]), number).lacked.toSorted();
  }

  it('is said: misses always, the others where nobody has logged them', () => {
    const bare = [significant(), significant()];
    const all = ['attempts', 'control', 'positions', 'takedownAttempts', 'targets', 'total'];
    expect(lacked(bare)).toEqual(all);
    const without = (group: string) => all.filter((one) => one !== group);
    expect(lacked([...bare, tap('Jab')])).toEqual(without('total'));
    expect(lacked([...bare, tap('Takedown Stuffed', { corner: 'blue' })])).toEqual(without('takedownAttempts'));
    expect(lacked([...bare, tap('Control Stop')])).toEqual(without('control'));
    expect(lacked([significant({ target: 'Head' }), significant()])).toEqual(without('targets'));
    expect(lacked([significant({ position: 'Clinch' }), significant()])).toEqual(without('positions'));
    expect(lacked([significant({ target: 'Head' }), significant(), significant()])).toEqual(all);
  });

  it('is nothing but misses where all is logged, or was in an earlier round', () => {
    const full = [
      significant({ target: 'Head', position: 'Distance' }),
      tap('Jab'),
      tap('Takedown Stuffed'),
      tap('Control Stop'),
    ];
    expect(lacked(full)).toEqual(['attempts']);
    const second = significant({ target: 'Head', position: 'Distance' }, { round: 2 });
    expect(lacked([...full, second], 2)).toEqual(['attempts']);
  });

  it('is said in words too', () => {
    const notes = said(bookOf([...STARTED, tap('KD')])).notes.join();
    expect(notes).toContain('without strikes that missed');
    expect(notes).toContain('less sure');
  });
});

describe('of another sport than MMA', () => {
  it.each(SPORTS.filter((sport) => sport !== 'mma'))(
    '%s: a recommendation that says it is fitted on nothing',
    (sport) => {
      const lines = [tap('Jab', { metadata: { significant: true, target: 'Head' } })];
      const of = (more: readonly Line[]) => bookOf([...STARTED, ...more], { sport, rules: ruleSet(sport) });
      expect(recommendation(of([]))).toBeNull();
      expect(said(of(lines))).toMatchObject({ fitted: false, card: '10-9' });
      expect(said(bookOf([...STARTED, ...lines]))).toMatchObject({ fitted: true });
    },
  );

  it('gives a knockdown its point where the rules do, and nowhere else', () => {
    const down = (sport: string) => said(bookOf([...STARTED, tap('KD')], { sport, rules: ruleSet(sport) })).card;
    expect([down('muay-thai'), down('boxing')]).toEqual(['10-8', '10-9']);
  });

  it('there is none for a sport that nobody knows', () => {
    expect(recommendation(bookOf([...STARTED, tap('KD')], { sport: 'chess-boxing' }))).toBeNull();
  });
});

describe('a round that is locked', () => {
  it('is not judged anew by what comes late or in a later round, until a supervisor lets it in', () => {
    fc.assert(
      fc.property(blows, blows, (inTime, afterwards) => {
        const book = roundOf(inTime);
        write(book, clock('end_round', 300_000));
        write(book, lock());
        const before = recommendation(book);
        for (const one of afterwards) {
          const [name, metadata] = actionNo(one.action);
          const late = { at: one.at * 1_000, corner: one.corner, metadata };
          write(book, tap(name, { ...late, flags: ['late'] }));
          write(book, tap(name, { ...late, round: 2 }));
        }
        expect(recommendation(book)).toEqual(before);
      }),
    );
    const book = bookOf([...STARTED, tap('Jab'), lock()]);
    write(book, tap('KD', { corner: 'blue', flags: ['late'] }));
    const before = said(book);
    write(book, lock(1, true));
    expect(said(book).pRed).toBeLessThan(before.pRed);
  });
});
