import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redlineMoments, roundTotals, selectObservers } from '../../../domain/bout/index.ts';
import { CORNERS } from '../../../domain/corner.ts';
import { bookOf, LATER, type Line, round } from '../support/book.ts';
import { clock, joining, legacyTap, tap } from '../support/lines.ts';
import { actionNo, ACTIONS, PEOPLE } from '../support/script.ts';

/** Actions with the client's own reading of the clock; no two in one moment, no two reports afterwards overlapping. */
const actions: fc.Arbitrary<Line[]> = fc
  .uniqueArray(
    fc.record({
      at: fc.nat({ max: 37 }),
      who: fc.nat({ max: PEOPLE.length - 1 }),
      action: fc.nat({ max: ACTIONS.length - 1 }),
      corner: fc.constantFrom(...CORNERS),
    }),
    { selector: ({ at }) => at, maxLength: 16 },
  )
  .map((all) =>
    all.map(({ at, who, action, corner }) => {
      const by = PEOPLE[who] ?? null;
      const [name, metadata] = actionNo(action);
      const said = { corner, at: at * 8_000, metadata };
      return by === null ? legacyTap(name, said) : tap(name, { ...said, by });
    }),
  );

const shuffled = actions.chain((lines) =>
  fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length })),
);

describe('the order in which actions arrive', () => {
  it.each([
    ['timed', [clock('start_round', 0)]],
    ['untimed', []],
  ])('changes neither totals nor whose taps count in a round that is %s', (_how, before) => {
    const joined = [joining('op-1', [], ['damage']), joining('op-2', ['red']), joining('supervisor-1')];
    fc.assert(
      fc.property(shuffled, ([inOrder, arrived]) => {
        const [one, other] = [inOrder, arrived].map((lines) => {
          const book = bookOf([...before, ...joined, ...lines]);
          return {
            totals: roundTotals(book.state, round(book), LATER),
            observers: selectObservers(book.state, round(book)),
            events: round(book).totalEvents,
            danger: redlineMoments(book.state, round(book)).toSorted((a, b) => a.timestamp - b.timestamp),
          };
        });
        expect(other).toEqual(one);
      }),
      { numRuns: 300 },
    );
  });
});
