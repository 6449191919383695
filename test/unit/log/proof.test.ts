import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  consistencyProof,
  inclusionProof,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from '../../../domain/log/index.ts';
import type { ConsistencyClaim, Hash, InclusionClaim } from '../../../domain/log/index.ts';
import { flipped, naiveRoot, someLeafHashes, splitOf, toHex, vectors } from './support.ts';

/** RFC 6962, 2.1.1, word for word. */
function naivePath(index: number, hashes: readonly Hash[]): Hash[] {
  if (hashes.length === 1) return [];
  const split = splitOf(hashes.length);
  const [left, right] = [hashes.slice(0, split), hashes.slice(split)];
  return index < split
    ? [...naivePath(index, left), naiveRoot(right)]
    : [...naivePath(index - split, right), naiveRoot(left)];
}

/** RFC 6962, 2.1.2, word for word. */
function naiveSubproof(from: number, hashes: readonly Hash[], isWhole: boolean): Hash[] {
  if (from === hashes.length) return isWhole ? [] : [naiveRoot(hashes)];
  const split = splitOf(hashes.length);
  const [left, right] = [hashes.slice(0, split), hashes.slice(split)];
  return from <= split
    ? [...naiveSubproof(from, left, isWhole), naiveRoot(right)]
    : [...naiveSubproof(from - split, right, false), naiveRoot(left)];
}

const MOST = 20;
const HASHES = someLeafHashes(MOST);

function inclusion(index: number, size: number): InclusionClaim {
  const proof = inclusionProof(HASHES, index, size);
  const root = rootOf(HASHES.slice(0, size));
  return { index: BigInt(index), size: BigInt(size), leaf: HASHES[index] ?? root, proof, root };
}

function consistency(from: number, to: number): ConsistencyClaim {
  const [fromRoot, toRoot] = [rootOf(HASHES.slice(0, from)), rootOf(HASHES.slice(0, to))];
  return { from: BigInt(from), to: BigInt(to), fromRoot, toRoot, proof: consistencyProof(HASHES, from, to) };
}

/** The same proofs with one bit of one hash changed, each in turn. */
function* spoilt(proof: readonly Hash[]): Generator<readonly Hash[]> {
  for (const [at, hash] of proof.entries()) {
    for (let bit = 0; bit < 256; bit += 1) yield proof.with(at, flipped(hash, bit));
  }
}

/** A size, and a number below it. */
const within = fc
  .integer({ min: 1, max: MOST })
  .chain((size) => fc.tuple(fc.nat({ max: size - 1 }), fc.constant(size)));

describe('inclusion proofs', () => {
  it('are the known ones', () => {
    expect(inclusionProof(HASHES, 4, 7).map((hash) => toHex(hash).slice(0, 16))).toEqual([
      '95adf15b7ef5db67',
      'fb7f869ce8b7b51f',
      '4f631084a157c54f',
    ]);
  });

  it('of every leaf at every size are the recursive ones, and verify', () => {
    for (let size = 1; size <= MOST; size += 1) {
      for (let index = 0; index < size; index += 1) {
        expect(inclusionProof(HASHES, index, size)).toEqual(naivePath(index, HASHES.slice(0, size)));
        expect(verifyInclusion(inclusion(index, size))).toBe(true);
      }
    }
  });

  it('fail with any one bit changed, with another index or size, longer or shorter', () => {
    fc.assert(
      fc.property(within, ([index, size]) => {
        const claim = inclusion(index, size);
        const { proof, leaf, root } = claim;
        const bits = Array.from({ length: 256 }, (_, bit) => bit);
        const wrong = [
          ...[...spoilt(proof)].map((changed) => ({ ...claim, proof: changed })),
          ...bits.map((bit) => ({ ...claim, leaf: flipped(leaf, bit) })),
          ...bits.map((bit) => ({ ...claim, root: flipped(root, bit) })),
          { ...claim, proof: [...proof, root] },
          { ...claim, proof: [root, ...proof] },
          { ...claim, index: claim.index + 1n },
          { ...claim, index: claim.index - 1n },
          { ...claim, index: claim.size },
          { ...claim, index: -1n },
          ...(proof.length === 0
            ? []
            : [
                { ...claim, proof: proof.slice(1) },
                { ...claim, proof: proof.slice(0, -1) },
              ]),
        ];
        expect(wrong.filter(verifyInclusion)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it.each([
    [0, 0],
    [1, 1],
    [-1, 3],
    [0.5, 3],
    [0, MOST + 1],
  ])('of leaf %d of %d there is none', (index, size) => {
    expect(() => inclusionProof(HASHES, index, size)).toThrow(RangeError);
  });
});

describe('consistency proofs', () => {
  it('are the known ones', () => {
    const short = (from: number, to: number): string[] =>
      consistencyProof(HASHES, from, to).map((hash) => toHex(hash).slice(0, 16));
    expect(short(3, 7)).toEqual(['ab37ba34d1dfe290', '58bd1496e1684aac', 'fc5f6b88ff8554f7', '01571b557bc70672']);
    expect(short(4, 8)).toEqual(['c3e6b3b91f3a13b9']);
    expect(short(7, 7)).toEqual([]);
  });

  it('between every two sizes are the recursive ones, and verify', () => {
    for (let to = 1; to <= MOST; to += 1) {
      for (let from = 1; from <= to; from += 1) {
        expect(consistencyProof(HASHES, from, to)).toEqual(naiveSubproof(from, HASHES.slice(0, to), true));
        expect(verifyConsistency(consistency(from, to))).toBe(true);
      }
    }
  });

  it('fail with any one bit changed, longer or shorter, or the roots the other way round', () => {
    fc.assert(
      fc.property(within, ([less, to]) => {
        const claim = consistency(less + 1, to);
        const { proof, fromRoot, toRoot } = claim;
        const bits = Array.from({ length: 256 }, (_, bit) => bit);
        const wrong = [
          ...[...spoilt(proof)].map((changed) => ({ ...claim, proof: changed })),
          ...bits.map((bit) => ({ ...claim, fromRoot: flipped(fromRoot, bit) })),
          ...bits.map((bit) => ({ ...claim, toRoot: flipped(toRoot, bit) })),
          { ...claim, proof: [...proof, toRoot] },
          { ...claim, proof: [fromRoot, ...proof] },
          { ...claim, from: claim.to, to: claim.from - 1n },
          ...(proof.length === 0
            ? []
            : [
                { ...claim, proof: proof.slice(1) },
                { ...claim, proof: proof.slice(0, -1) },
                { ...claim, fromRoot: toRoot, toRoot: fromRoot },
                { ...claim, to: claim.from },
              ]),
        ];
        expect(wrong.filter(verifyConsistency)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it('from the empty tree are refused, to itself too: they would say nothing', () => {
    const empty = rootOf([]);
    for (const to of [0n, 1n, 5n]) {
      const toRoot = rootOf(HASHES.slice(0, Number(to)));
      expect(verifyConsistency({ from: 0n, to, fromRoot: empty, toRoot, proof: [] })).toBe(false);
    }
    expect(() => consistencyProof(HASHES, 0, 5)).toThrow(RangeError);
  });

  it.each([
    [3, 2],
    [1, MOST + 1],
    [1.5, 3],
  ])('from %d to %d there is none', (from, to) => {
    expect(() => consistencyProof(HASHES, from, to)).toThrow(RangeError);
  });
});

/** The numbers of a probe, which may be above 2^53, as texts. */
type Probe = Readonly<
  Record<'leafIdx' | 'treeSize' | 'size1' | 'size2' | 'root' | 'leafHash' | 'root1' | 'root2', string>
> & {
  readonly proof: readonly string[] | null;
  readonly desc: string;
  readonly wantErr: boolean;
};

function probes(folder: string): Probe[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
  return names.map((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    return JSON.parse(text.replaceAll(/("(?:leafIdx|treeSize|size1|size2)":\s*)(\d+)/g, '$1"$2"'));
  });
}

const { path, isThere, leftOut } = vectors('merkle-transparency-dev', 'testdata');
const bytes = (text: string | null): Hash => new Uint8Array(Buffer.from(text ?? '', 'base64'));

describe(`the probes of transparency-dev${leftOut}`, () => {
  it.skipIf(!isThere)('of inclusion are answered as they should be', () => {
    const all = probes(join(path, 'inclusion'));
    const answers = all.map(({ leafIdx, treeSize, leafHash, root, proof }) =>
      verifyInclusion({
        index: BigInt(leafIdx),
        size: BigInt(treeSize),
        leaf: bytes(leafHash),
        proof: (proof ?? []).map(bytes),
        root: bytes(root),
      }),
    );
    expect(answers).toEqual(all.map(({ wantErr }) => !wantErr));
    expect(all).toHaveLength(98);
    expect(answers).toContain(true);
  });

  it.skipIf(!isThere)(
    'of consistency are answered as they should be; from size 0, and with roots that are no hashes, refused',
    () => {
      const all = probes(join(path, 'consistency'));
      const answers = all.map(({ size1, size2, root1, root2, proof }) =>
        verifyConsistency({
          from: BigInt(size1),
          to: BigInt(size2),
          fromRoot: bytes(root1),
          toRoot: bytes(root2),
          proof: (proof ?? []).map(bytes),
        }),
      );
      // One probe has "don't care 2" for both roots of the same tree of one leaf.
      const isShown = ({ wantErr, size1, root1 }: Probe): boolean =>
        !wantErr && size1 !== '0' && bytes(root1).length === 32;
      expect(answers).toEqual(all.map(isShown));
      expect(all).toHaveLength(98);
      expect(answers).toContain(true);
    },
  );
});
