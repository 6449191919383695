import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CONTROL_KINDS,
  controlAt,
  controlCursor,
  controlSpans,
  controlTotals,
  DEFAULT_VALUES,
  openHold,
} from '../../../domain/actions/index.ts';
import type { ControlKind, ControlMark, ControlSpan } from '../../../domain/actions/index.ts';
import { CORNERS, otherCorner } from '../../../domain/corner.ts';
import type { Corner } from '../../../domain/corner.ts';

type Said = Omit<ControlMark, 'index'>;

function start(clockMs: number, corner: Corner, kind: ControlKind = 'top'): Said {
  return { clockMs, corner, kind, edge: 'start', lengthMs: 0 };
}

function stop(clockMs: number, corner: Corner, kind: ControlKind | null = null): Said {
  return { clockMs, corner, kind, edge: 'stop', lengthMs: 0 };
}

function backfill(clockMs: number, lengthMs: number, corner: Corner, kind: ControlKind = 'top'): Said {
  return { clockMs, corner, kind, edge: 'backfill', lengthMs };
}

function marks(...said: readonly Said[]): ControlMark[] {
  return said.map((mark, index) => ({ ...mark, index }));
}

function held(fromMs: number, toMs: number, corner: Corner, kind: ControlKind = 'top'): ControlSpan {
  return { corner, kind, fromMs, toMs };
}

const END = 300;
// A small clock, so that marks meet often.
const clock = fc.integer({ min: -5, max: END + 10 });
const corner = fc.constantFrom(...CORNERS);
const kind = fc.constantFrom(...CONTROL_KINDS);
const said: fc.Arbitrary<Said> = fc.oneof(
  fc.tuple(clock, corner, kind).map(([at, who, what]) => start(at, who, what)),
  fc.tuple(clock, corner, fc.option(kind)).map(([at, who, what]) => stop(at, who, what)),
  fc
    .tuple(clock, fc.integer({ min: 1, max: 120 }), corner, kind)
    .map(([at, ms, who, what]) => backfill(at, ms, who, what)),
);
const someMarks = fc.array(said, { maxLength: 14 }).map((all) => marks(...all));

/** The same in the plainest way: who holds each millisecond. */
function plainly(all: readonly ControlMark[], endMs: number): string[] {
  const edges = all
    .filter((mark) => mark.edge !== 'backfill')
    .toSorted((one, other) => one.clockMs - other.clockMs || one.index - other.index);
  const holders = Array.from({ length: endMs }, (_, ms) => {
    let holder: string = '';
    for (const mark of edges) {
      if (mark.clockMs > ms) break;
      const own = mark.kind === null ? holder.startsWith(mark.corner) : holder === `${mark.corner} ${mark.kind}`;
      if (mark.edge === 'start') holder = `${mark.corner} ${mark.kind}`;
      else if (own) holder = '';
    }
    return holder;
  });
  const backfills = all.filter(({ edge }) => edge === 'backfill');
  for (const mark of backfills.toSorted((one, other) => one.clockMs - other.clockMs || one.index - other.index)) {
    for (let ms = Math.max(0, mark.clockMs - mark.lengthMs); ms < Math.min(mark.clockMs, endMs); ms += 1) {
      if (holders[ms] === '') holders[ms] = `${mark.corner} ${mark.kind}`;
    }
  }
  return holders;
}

describe('control spans', () => {
  it('agree with asking for every millisecond who holds', () => {
    fc.assert(
      fc.property(someMarks, (all) => {
        const holders = Array.from({ length: END }, () => '');
        for (const span of controlSpans(all, END)) holders.fill(`${span.corner} ${span.kind}`, span.fromMs, span.toMs);
        expect(holders).toEqual(plainly(all, END));
      }),
      { numRuns: 500 },
    );
  });

  it('are in order, never empty, never overlapping, within the round and joined', () => {
    fc.assert(
      fc.property(someMarks, (all) => {
        let last: ControlSpan | null = null;
        for (const span of controlSpans(all, END)) {
          expect(span.fromMs).toBeLessThan(span.toMs);
          expect(span.fromMs).toBeGreaterThanOrEqual(last?.toMs ?? 0);
          expect(span.toMs).toBeLessThanOrEqual(END);
          const adjoins = last?.toMs === span.fromMs && last.corner === span.corner && last.kind === span.kind;
          expect(adjoins).toBe(false);
          last = span;
        }
      }),
    );
  });

  it('do not depend on the order of arrival', () => {
    const shuffled = someMarks.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, ([all, other]) => {
        expect(controlSpans(other, END)).toEqual(controlSpans(all, END));
      }),
    );
  });

  it('mirror when the corners change places', () => {
    fc.assert(
      fc.property(someMarks, (all) => {
        const mirrored = all.map((mark) => ({ ...mark, corner: otherCorner(mark.corner) }));
        const spans = controlSpans(all, END);
        expect(controlSpans(mirrored, END)).toEqual(
          spans.map((span) => ({ ...span, corner: otherCorner(span.corner) })),
        );
        const { red, blue } = controlTotals(spans, DEFAULT_VALUES);
        expect(controlTotals(controlSpans(mirrored, END), DEFAULT_VALUES)).toEqual({ red: blue, blue: red });
      }),
    );
  });

  it('do not show how a client cut one hold into pieces', () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 11, max: 199 }), { maxLength: 8 });
    fc.assert(
      fc.property(
        cuts,
        fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
        corner,
        kind,
        (at, stops, who, what) => {
          const pieces = at
            .toSorted((one, other) => one - other)
            .flatMap((ms, index) =>
              stops[index] === true ? [stop(ms, who, what), start(ms, who, what)] : [start(ms, who, what)],
            );
          const all = marks(start(10, who, what), ...pieces, stop(200, who));
          expect(controlSpans(all, END)).toEqual([held(10, 200, who, what)]);
        },
      ),
    );
  });

  it('go to whoever starts last, and end at the bell', () => {
    const all = marks(start(10, 'red'), start(50, 'blue', 'cage'), start(80, 'blue', 'back'));
    expect(controlSpans(all, END)).toEqual([
      held(10, 50, 'red'),
      held(50, 80, 'blue', 'cage'),
      held(80, END, 'blue', 'back'),
    ]);
  });

  it('end by a stop of their own corner and kind alone', () => {
    expect(controlSpans(marks(start(10, 'red'), stop(20, 'blue')), END)).toEqual([held(10, END, 'red')]);
    expect(controlSpans(marks(start(10, 'red'), stop(20, 'red', 'back')), END)).toEqual([held(10, END, 'red')]);
    expect(controlSpans(marks(start(10, 'red'), stop(20, 'red', 'top')), END)).toEqual([held(10, 20, 'red')]);
    expect(controlSpans(marks(start(10, 'red'), stop(20, 'red')), END)).toEqual([held(10, 20, 'red')]);
  });

  it('lie within the round', () => {
    expect(
      controlSpans(marks(start(-3, 'red'), stop(4, 'red'), start(END, 'blue'), start(END + 5, 'red')), END),
    ).toEqual([held(0, 4, 'red')]);
    expect(controlSpans(marks(backfill(END + 20, 40, 'red'), backfill(5, 10, 'blue')), END)).toEqual([
      held(0, 5, 'blue'),
      held(END - 20, END, 'red'),
    ]);
    expect(controlSpans([], END)).toEqual([]);
  });

  it('are filled in afterwards where nobody holds, never twice', () => {
    const all = marks(
      start(50, 'red'),
      stop(60, 'red'),
      backfill(100, 100, 'blue', 'cage'),
      backfill(110, 30, 'red', 'back'),
    );
    expect(controlSpans(all, END)).toEqual([
      held(0, 50, 'blue', 'cage'),
      held(50, 60, 'red'),
      held(60, 100, 'blue', 'cage'),
      held(100, 110, 'red', 'back'),
    ]);
    const twice = marks(backfill(100, 50, 'red'), backfill(100, 50, 'red'));
    expect(controlSpans(twice, END)).toEqual([held(50, 100, 'red')]);
  });

  it('tell what is still open', () => {
    expect(openHold(marks(start(10, 'red'), stop(20, 'red')), END)).toBeNull();
    expect(openHold(marks(start(10, 'red'), start(20, 'red')), END)).toEqual({
      corner: 'red',
      kind: 'top',
      sinceMs: 10,
    });
  });
});

describe('what control is worth', () => {
  it('is its length by its kind', () => {
    const spans = [held(0, 1000, 'red', 'back'), held(1000, 3000, 'red'), held(3000, 4000, 'blue', 'cage')];
    expect(controlTotals(spans, DEFAULT_VALUES)).toEqual({ red: 12_000 + 20_000, blue: 6_000 });
    expect(controlTotals([], DEFAULT_VALUES)).toEqual({ red: 0, blue: 0 });
  });

  it('adds up: at every moment the sum of what was held before it, at the end the total', () => {
    const moments = fc.array(fc.integer({ min: 0, max: END + 20 }), { maxLength: 10 });
    fc.assert(
      fc.property(someMarks, moments, (all, atMs) => {
        const spans = controlSpans(all, END);
        const upTo = controlCursor(spans, DEFAULT_VALUES);
        for (const ms of atMs) {
          const sum = { red: 0, blue: 0 };
          for (const span of spans) {
            sum[span.corner] +=
              Math.max(0, Math.min(span.toMs, ms) - span.fromMs) * (DEFAULT_VALUES[`control.${span.kind}`] ?? 0);
          }
          expect(controlAt(spans, ms, DEFAULT_VALUES)).toEqual(sum);
          expect(upTo(ms)).toEqual(sum);
        }
        expect(upTo(END)).toEqual(controlTotals(spans, DEFAULT_VALUES));
      }),
    );
  });
});
