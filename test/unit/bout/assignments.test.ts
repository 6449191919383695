import { describe, expect, it } from 'vitest';
import { cornerTotals } from '../../../domain/bout/index.ts';
import { bookOf, LATER, round } from '../support/book.ts';
import { joining, operator, tap } from '../support/lines.ts';

describe('operators who swap corners between rounds', () => {
  const swapped = bookOf([
    joining('op-1', ['red']),
    joining('op-2', ['blue']),
    tap('Jab', { by: operator('op-1') }),
    tap('Hook', { by: operator('op-2'), corner: 'blue' }),
    joining('op-1', ['blue']),
    joining('op-2', ['red']),
    tap('Cross', { by: operator('op-1'), corner: 'blue', round: 2 }),
    tap('Elbow', { by: operator('op-2'), round: 2 }),
  ]);

  it.each([
    [1, 0.05, 0.07],
    [2, 0.07, 0.07],
  ])('count for the corner that each has in round %i', (number, red, blue) => {
    const totals = cornerTotals(swapped.state, round(swapped, number), LATER);
    expect([totals.red.damage, totals.blue.damage]).toEqual([red, blue]);
  });
});
