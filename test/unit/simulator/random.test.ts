import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom, splitWhole } from '../../../cli/simulator/random.ts';
import { uuid7 } from '../../../cli/simulator/uuid7.ts';
import { anySeed } from './round-row.ts';

describe('seeded randomness', () => {
  test('is mulberry32: the numbers of its reference implementation', () => {
    const random = seededRandom(1);
    expect([random.unit(), random.unit(), random.unit()].map((n) => Math.round(n * 2 ** 32))).toEqual([
      2693262067, 11749833, 2265367787,
    ]);
  });

  test('stays below its bound and reorders without losing anything', () => {
    fc.assert(
      fc.property(anySeed, fc.array(fc.nat()), (seed, list) => {
        const random = seededRandom(seed);
        expect(random.shuffle(list).toSorted((a, b) => a - b)).toEqual(list.toSorted((a, b) => a - b));
        const drawn = random.below(list.length);
        expect(drawn === 0 || (drawn > 0 && drawn < list.length)).toBe(true);
      }),
    );
  });

  test('splits a total into pieces that add up to it, none below the least where that is possible', () => {
    fc.assert(
      fc.property(anySeed, fc.nat({ max: 300_000 }), fc.integer({ min: 1, max: 30 }), (seed, total, parts) => {
        const pieces = splitWhole(total, parts, 1000, seededRandom(seed));
        expect(pieces).toHaveLength(parts);
        expect(pieces.reduce((sum, piece) => sum + piece, 0)).toBe(total);
        const least = Math.min(1000, Math.floor(total / parts));
        expect(pieces.every((piece) => Number.isInteger(piece) && piece >= least)).toBe(true);
      }),
    );
  });
});

describe('uuid7', () => {
  test('has version, variant and the moment, and is never the same twice', () => {
    const moment = Date.UTC(2026, 10, 21);
    const ids = Array.from({ length: 1000 }, () => uuid7(moment));
    expect(new Set(ids).size).toBe(1000);
    for (const id of ids) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(moment);
    }
  });
});
