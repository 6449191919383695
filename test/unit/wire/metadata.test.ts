import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, isLeafObject, joinMetadata, splitMetadata } from '../../../domain/ledger/index.ts';
import { valueOf } from '../support/book.ts';

function fieldOf(raw: Readonly<Record<string, unknown>>): string | null {
  const split = splitMetadata(raw);
  return split.ok ? null : (split.errors[0]?.field ?? '');
}

/** Any JSON as it is read from a body: no minus nothing, no `undefined`. */
const json = fc.jsonValue({ maxDepth: 3 }).map((value): unknown => JSON.parse(JSON.stringify(value)));

const metadata = fc.dictionary(
  fc.oneof(
    fc.constantFrom('significant', 'tier', 'constructor', 'toString', '10', '9'),
    fc.stringMatching(/^[A-Za-z0-9_.:-]{1,12}$/).filter((name) => name !== '__proto__'),
  ),
  json,
  { maxKeys: 6, noNullPrototype: true },
);

describe('metadata', () => {
  it('comes out as it went in, whatever JSON it is', () => {
    fc.assert(
      fc.property(metadata, (raw) => {
        const split = splitMetadata(raw);
        // Refused are only texts and nestings that are too large.
        if (!split.ok) return JSON.stringify(raw).length > 500;
        expect(isLeafObject(split.value.metadata)).toBe(true);
        const stored: unknown = JSON.parse(canonicalJson(split.value.metadata));
        expect(stored).toEqual(split.value.metadata);
        expect(joinMetadata(split.value.metadata, split.value.extra)).toEqual(raw);
        return true;
      }),
      { numRuns: 500 },
    );
  });

  it('keeps whole numbers, truth values and text as they are, fractions and nesting as text', () => {
    const raw = { tier: 'Hard', speed: 12.5, n: 3, ok: true, none: null, at: { x: [0.1, 'é', null] }, huge: 2 ** 60 };
    expect(valueOf(splitMetadata(raw))).toEqual({
      metadata: { tier: 'Hard', n: 3, ok: true, none: null },
      extra: '{"speed":12.5,"at":{"x":[0.1,"é",null]},"huge":1152921504606847000}',
    });
  });

  it('of nothing is nothing', () => {
    expect(valueOf(splitMetadata({}))).toEqual({ metadata: {}, extra: null });
    expect(joinMetadata({}, null)).toEqual({});
  });

  it('keeps a lone surrogate that is nested, and refuses one that stands in the leaf', () => {
    expect(fieldOf({ note: 'a\ud800b' })).toBe('metadata.note');
    const split = valueOf(splitMetadata({ notes: ['a\ud800b'] }));
    expect(split.extra?.isWellFormed()).toBe(true);
    expect(joinMetadata(split.metadata, split.extra)).toEqual({ notes: ['a\ud800b'] });
  });

  it('refuses numbers that cannot be written again', () => {
    const raw: Readonly<Record<string, unknown>> = JSON.parse('{"x":1e400}');
    expect([fieldOf(raw), fieldOf({ list: [1, { deep: -Infinity }] }), fieldOf({ x: Number.NaN })]).toEqual([
      'metadata.x',
      'metadata.list',
      'metadata.x',
    ]);
  });

  it('refuses nesting that would overflow whoever writes it', () => {
    const nested = (levels: number): unknown => JSON.parse(`${'['.repeat(levels)}1${']'.repeat(levels)}`);
    expect(fieldOf({ x: nested(32) })).toBeNull();
    expect([fieldOf({ x: nested(33) }), fieldOf({ x: nested(30_000) })]).toEqual(['metadata.x', 'metadata.x']);
  });

  it('refuses names that are no ids', () => {
    for (const name of ['', 'a b', 'é', 'x'.repeat(65), '"', '__proto__']) {
      expect(fieldOf(Object.fromEntries([[name, 1]]))).toBe('metadata');
    }
  });

  it('has a size', () => {
    const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, i]));
    expect([fieldOf(many(32)), fieldOf(many(33))]).toEqual([null, 'metadata']);
    expect([fieldOf({ t: 'x'.repeat(512) }), fieldOf({ t: 'x'.repeat(513) })]).toEqual([null, 'metadata.t']);
    expect([fieldOf({ l: ['x'.repeat(4_000)] }), fieldOf({ l: ['x'.repeat(4_100)] })]).toEqual([null, 'metadata']);
  });
});
