import type { LeafValue } from '../../domain/ledger/index.ts';
import type { Bag } from '../shared/wire/decode.ts';

/** The plain values of a bag; what an action means stands in nothing else. */
export function leafOf(bag: Bag): Readonly<Record<string, LeafValue>> {
  return Object.fromEntries(
    Object.entries(bag).flatMap(([name, value]): readonly (readonly [string, LeafValue])[] =>
      value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? [[name, value]]
        : [],
    ),
  );
}
