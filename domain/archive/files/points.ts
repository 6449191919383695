import type { Pair } from '../../corner.ts';

/** Tenths of a point as points. */
export function pairOf({ red, blue }: Pair): Pair {
  return { red: red / 10, blue: blue / 10 };
}
