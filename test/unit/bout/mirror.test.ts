import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BoutState, computeResult, roundStatistics } from '../../../domain/bout/index.ts';
import { LATER, openBook } from '../support/book.ts';
import { play, scoredNight, script } from '../support/script.ts';

/** The same of the other corner: names of members (`red`, `redX10`, `red.damage`) and values alike. */
function mirrored(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(mirrored);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [otherName(name), mirrored(part)]));
  }
  return value === 'red' || value === 'blue' ? otherName(value) : value;
}

function otherName(name: string): string {
  return name.replace(/^(?:red|blue)(?=$|X10$|\.)/, (corner) => (corner === 'red' ? 'blue' : 'red'));
}

/** What a bout is set up with names its fighters by corner; all else must not know one corner from the other. */
function withoutConfig({ config: _config, ...state }: BoutState): unknown {
  return state;
}

describe('a night in which the corners are swapped', () => {
  it('folds to the same state with the corners swapped', () => {
    fc.assert(
      fc.property(script, (steps) => {
        const [book, mirror] = [openBook(), openBook()];
        play(book, steps);
        play(mirror, steps, true);
        expect(withoutConfig(mirror.state)).toEqual(mirrored(withoutConfig(book.state)));
      }),
    );
  });

  it('has the same statistics and the same result with the corners swapped', () => {
    let results = 0;
    fc.assert(
      fc.property(scoredNight, (steps) => {
        const [book, mirror] = [openBook(), openBook()];
        play(book, steps);
        play(mirror, steps, true);
        for (const [at, round] of book.state.rounds.entries()) {
          const other = mirror.state.rounds[at];
          if (other === undefined) throw new Error('a round too few');
          const expected = mirrored(roundStatistics(book.state, round, LATER));
          expect(roundStatistics(mirror.state, other, LATER)).toEqual(expected);
        }
        const computed = computeResult(book.state, LATER);
        expect(computeResult(mirror.state, LATER)).toEqual(mirrored(computed));
        results += computed.ok && computed.value.winner !== 'draw' ? 1 : 0;
      }),
      { numRuns: 200 },
    );
    expect(results).toBeGreaterThan(10);
  });
});
