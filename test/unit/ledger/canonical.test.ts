import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, isLeafObject, leafProblem, MAX_DEPTH } from '../../../domain/ledger/index.ts';
import type { LeafValue } from '../../../domain/ledger/index.ts';
import { leafName, leafValue } from './support.ts';

function isLeafValue(value: unknown): value is LeafValue {
  return leafProblem(value, 'value') === null;
}

describe('canonical JSON', () => {
  it('agrees with another RFC 8785 writer on every leaf value', () => {
    fc.assert(
      fc.property(leafValue, (value) => {
        expect(canonicalJson(value)).toBe(canonicalize(value));
      }),
    );
  });

  it('is a fixed point: what is read back is written the same', () => {
    fc.assert(
      fc.property(leafValue, (value) => {
        const text = canonicalJson(value);
        const back: unknown = JSON.parse(text);
        expect(isLeafValue(back) && canonicalJson(back)).toBe(text);
      }),
    );
  });

  it('does not depend on the order in which members were set', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(leafName, fc.nat()), { selector: ([name]) => name }),
        fc.nat(),
        (members, turn) => {
          const cut = members.length === 0 ? 0 : turn % members.length;
          const turned = [...members.slice(cut), ...members.slice(0, cut)];
          expect(canonicalJson(Object.fromEntries(turned))).toBe(canonicalJson(Object.fromEntries(members)));
        },
      ),
    );
  });

  it('sorts by UTF-16 code units, and writes -0 as 0', () => {
    expect(canonicalJson({ '\ufb33': 1, '😀': 2, '10': 3, '9': 4, '': -0 })).toBe(
      '{"":0,"10":3,"9":4,"😀":2,"\ufb33":1}',
    );
  });

  it('throws rather than write what two readers could read differently', () => {
    for (const value of [1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, '\ud800', { '\udfff': 1 }, { '\n': 1 }]) {
      expect(() => canonicalJson(value)).toThrow(RangeError);
    }
  });
});

describe('what cannot stand in a leaf', () => {
  const cases: readonly (readonly [string, unknown, string])[] = [
    ['a fraction', { a: [0, 1.5] }, 'metadata.a[1] must be a whole number'],
    ['an unsafe integer', { a: 2 ** 53 }, 'metadata.a must be a whole number'],
    ['not a number', Number.NaN, 'metadata must be a whole number'],
    ['a lone surrogate', { a: { b: 'x\ud83d' } }, 'metadata.a.b must be well-formed'],
    ['a lone surrogate as a name', { '\ud83d': 1 }, 'metadata must have names without'],
    ['a line break as a name', { a: { '\n': 1 } }, 'metadata.a must have names without'],
    ['a backslash in a name', { 'a\\': 1 }, 'metadata must have names without'],
    ['a quotation mark in a name', { '"': 1 }, 'metadata must have names without'],
    ['undefined', { a: undefined }, 'metadata.a must be text'],
    ['a hole', { a: Array.from({ length: 2 }) }, 'metadata.a[0] must be text'],
    ['a big integer', 1n, 'metadata must be text'],
    ['a date', { at: new Date(0) }, 'metadata.at must be a plain object'],
    ['a function', { toJSON: () => 1 }, 'metadata.toJSON must be text'],
  ];
  for (const [name, value, reason] of cases) {
    it(`${name} is refused with its path`, () => {
      expect(leafProblem(value, 'metadata')).toContain(reason);
    });
  }

  it('nesting is bounded, cycles included', () => {
    const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);
    expect(leafProblem(nested(MAX_DEPTH), 'x')).toBeNull();
    expect(leafProblem(nested(MAX_DEPTH + 1), 'x')).toContain('nested');
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    expect(leafProblem(cycle, 'x')).toContain('nested');
  });

  it('whatever JSON brings is either refused or written', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false, maxDepth: 10 }), (value) => {
        const written = isLeafValue(value) ? canonicalJson(value) : leafProblem(value, 'value')?.slice(0, 5);
        expect(written).toBe(isLeafValue(value) ? canonicalize(value) : 'value');
      }),
    );
  });

  it('an object is told from a list and from null', () => {
    expect([{}, [], null, 'x', { a: 1.5 }].map(isLeafObject)).toEqual([true, false, false, false, false]);
  });
});

/** Published pairs of input and canonical output; they are not part of the project. */
const VECTORS = join(import.meta.dirname, '../../../../shared/vectors/jcs-cyberphone/testdata');

const THERE = existsSync(VECTORS);
/** Which of them leaves cannot hold, and why. */
const REFUSED: Readonly<Record<string, string>> = {
  'structures.json': 'value.1 must have names without',
  'values.json': 'value.numbers[0] must be a whole number',
  'weird.json': 'value must have names without',
};

describe('published JCS vectors', () => {
  it.skipIf(!THERE)('are read from the folder ../shared/vectors/jcs-cyberphone', () => {
    expect(readdirSync(join(VECTORS, 'input'))).toHaveLength(6);
  });

  for (const file of THERE ? readdirSync(join(VECTORS, 'input')) : []) {
    it(`${file} is ${file in REFUSED ? 'refused' : 'written as published'}`, () => {
      const value: unknown = JSON.parse(readFileSync(join(VECTORS, 'input', file), 'utf8'));
      const published = readFileSync(join(VECTORS, 'output', file), 'utf8').trimEnd();
      expect(isLeafValue(value) ? canonicalJson(value) : leafProblem(value, 'value')).toContain(
        REFUSED[file] ?? published,
      );
    });
  }
});
