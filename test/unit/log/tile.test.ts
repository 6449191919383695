import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bundlesOf,
  expectedTiles,
  extend,
  EMPTY_FRONTIER,
  joinBytes,
  leafHash,
  openCheckpoint,
  parseVerifierKey,
  readBundle,
  readTile,
  rootOf,
  rootOfFrontier,
  tilePath,
  tilesOf,
} from '../../../domain/log/index.ts';
import type { Hash } from '../../../domain/log/index.ts';
import { bytesOf, naiveRoot, someLeafHashes, toHex, valueOf, vectors, verify } from './support.ts';

/** Hashes that cost nothing: their number, and zeroes. */
function numbers(count: number): Hash[] {
  return Array.from({ length: count }, (_, i) => {
    const hash = new Uint8Array(32);
    new DataView(hash.buffer).setUint32(0, i);
    return hash;
  });
}

describe('paths', () => {
  it.each([
    [0, 0, 256, 'tile/0/000'],
    [0, 1_234_067, 256, 'tile/0/x001/x234/067'],
    [1, 999, 1, 'tile/1/999.p/1'],
    [2, 1000, 255, 'tile/2/x001/000.p/255'],
    ['entries', 12, 7, 'tile/entries/012.p/7'],
    ['entries', 123_456_789_012, 256, 'tile/entries/x123/x456/x789/012'],
  ] as const)('%s, %d, width %d is %s', (level, index, width, path) => {
    expect(tilePath(level, index, width)).toBe(path);
  });
});

describe('tiles', () => {
  it('of no leaves are none', () => {
    expect([...tilesOf([]), ...bundlesOf([]), ...expectedTiles(0)]).toEqual([]);
  });

  it('of 70,000 leaves stand on three levels, the upper holding roots of full tiles only', () => {
    const hashes = numbers(70_000);
    const tiles = new Map([...tilesOf(hashes)].map(({ path, bytes }) => [path, bytes]));
    // 273 full tiles and 112 over; of their 273 roots one full tile and 17 over; of that one root.
    expect(tiles.size).toBe(273 + 1 + 1 + 1 + 1);
    expect(tiles.get('tile/0/273.p/112')?.length).toBe(112 * 32);
    expect(tiles.get('tile/1/001.p/17')?.length).toBe(17 * 32);
    expect(tiles.get('tile/1/000')?.slice(0, 32)).toEqual(naiveRoot(hashes.slice(0, 256)));
    expect(tiles.get('tile/2/000.p/1')).toEqual(naiveRoot(hashes.slice(0, 65_536)));
  });

  it.each([1, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537])('at size %d are the expected ones', (size) => {
    const leaves = Array.from({ length: size }, () => '');
    const made = [...tilesOf(numbers(size)), ...bundlesOf(leaves)];
    const expected = [...expectedTiles(size)];
    expect(made.map(({ path }) => path)).toEqual(expected.map(({ path }) => path));
    expect(expected.every(({ width }) => width >= 1 && width <= 256)).toBe(true);
    // An empty leaf is two bytes of a bundle.
    const unit = expected.map(({ level, width }) => width * (level === 'entries' ? 2 : 32));
    expect(made.map(({ bytes }) => bytes.length)).toEqual(unit);
  });

  it('can be looked for one by one, whatever size somebody claims', () => {
    const [first] = expectedTiles(Number.MAX_SAFE_INTEGER);
    expect(first?.path).toBe('tile/0/000');
  });

  it('of the lowest level rebuild the root', () => {
    const hashes = someLeafHashes(600);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600 }), (size) => {
        const within = hashes.slice(0, size);
        const files = new Map([...tilesOf(within)].map(({ path, bytes }) => [path, bytes]));
        const read = [...expectedTiles(size)]
          .filter(({ level }) => level === 0)
          .flatMap(({ path }) => valueOf(readTile(files.get(path) ?? new Uint8Array())));
        expect(rootOf(read)).toEqual(naiveRoot(within));
      }),
      { numRuns: 20 },
    );
  });

  it.each([0, 31, 33, 257 * 32])('%d bytes are none', (length) => {
    expect(readTile(new Uint8Array(length))).toMatchObject({ ok: false, errors: [{ field: 'tile' }] });
  });
});

describe('entry bundles', () => {
  it('write each leaf after its length', () => {
    const [bundle, ...more] = bundlesOf(['', 'a', 'é', new Uint8Array([0, 255])]);
    expect(more).toEqual([]);
    expect(bundle?.path).toBe('tile/entries/000.p/4');
    expect(toHex(bundle?.bytes ?? new Uint8Array())).toBe('00000001610002c3a9000200ff');
  });

  it('give their leaves back, empty ones and those of 65,535 bytes among them', () => {
    const longest = new Uint8Array(65_535).fill(7);
    const leaf = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.constant(new Uint8Array()),
      fc.constant(longest),
      fc.uint8Array({ minLength: 255, maxLength: 257 }),
    );
    fc.assert(
      fc.property(fc.array(leaf, { maxLength: 20 }), fc.constantFrom(0, 250, 256, 500), (some, before) => {
        const leaves = [...Array.from({ length: before }, (_, i) => Uint8Array.of(i)), ...some];
        const read = [...bundlesOf(leaves)].flatMap(({ bytes }) => valueOf(readBundle(bytes)));
        expect(read.length).toBe(leaves.length);
        expect(read.every((bytes, i) => Buffer.compare(bytes, leaves[i] ?? longest) === 0)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('hold no leaf that is longer', () => {
    expect(() => [...bundlesOf([new Uint8Array(65_536)])]).toThrow(RangeError);
    expect(() => [...bundlesOf(['é'.repeat(32_768)])]).toThrow(RangeError);
  });

  it.each([
    ['nothing', new Uint8Array(), 'empty'],
    ['half a length', new Uint8Array([0, 1, 97, 0]), 'ends within leaf 1'],
    ['a cut leaf', new Uint8Array([0, 2, 97]), 'ends within leaf 0'],
    ['257 leaves', new Uint8Array(257 * 2), 'goes on after its 256 leaves'],
  ])('%s is none', (_, bytes, detail) => {
    const read = readBundle(bytes);
    expect(read).toMatchObject({ ok: false, errors: [{ field: 'bundle' }] });
    expect(read.ok ? '' : read.detail).toContain(detail);
  });
});

const { path, isThere, leftOut } = vectors('tlog-tiles-tessera', 'testdata', 'log');
const TESSERA_KEY = 'example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx';

describe(`a whole log of Tessera${leftOut}`, () => {
  it.skipIf(!isThere)('opens at every size, and every tile and bundle of it comes out byte for byte', async () => {
    const file = (...names: readonly string[]): Uint8Array => new Uint8Array(readFileSync(join(path, ...names)));
    const key = valueOf(parseVerifierKey(TESSERA_KEY));
    const leaves = valueOf(readBundle(file('tile', 'entries', '000.p', '15')));
    expect(leaves).toHaveLength(15);
    const hashes = leaves.map(leafHash);
    const made: string[] = [];
    for (let size = 0; size <= 15; size += 1) {
      const note = Buffer.from(file(`checkpoint.${size}`)).toString('utf8');
      const { checkpoint } = valueOf(await openCheckpoint(note, key, verify));
      expect(checkpoint).toEqual({
        origin: key.name,
        size,
        root: rootOfFrontier(extend(EMPTY_FRONTIER, hashes.slice(0, size))),
      });
      for (const tile of [...tilesOf(hashes.slice(0, size)), ...bundlesOf(leaves.slice(0, size))]) {
        expect(tile.bytes).toEqual(file(tile.path));
        made.push(tile.path);
      }
    }
    const all = readdirSync(join(path, 'tile'), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(made).toHaveLength(all.length);
    expect(made).toHaveLength(30);
  });
});

describe('joinBytes', () => {
  it('puts parts one after the other', () => {
    expect(joinBytes([bytesOf('ab'), new Uint8Array(), bytesOf('c')])).toEqual(bytesOf('abc'));
  });
});
