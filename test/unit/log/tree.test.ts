import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  EMPTY_FRONTIER,
  extend,
  frontierFromText,
  frontierToText,
  leafHash,
  nodeHash,
  rootOf,
  rootOfFrontier,
} from '../../../domain/log/index.ts';
import { bytesOf, fromHex, naiveLeafHash, naiveRoot, someLeafHashes, toHex, valueOf, vectors } from './support.ts';

/** Of the leaves `leaf 0`, `leaf 1` and so on, sizes 0 to 8; made apart from this project, by Python's hashlib. */
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '1bb97dcc21635d47e2663efdfd0a174686d98dd701352dd2cd06e8b43fd3d305',
  'fc5f6b88ff8554f75bb2f9e6f39c31b1936d44b69276edf7b1205a955b9761e3',
  'd4f92c8fbb89720eb3b55677c7d7efaddfeb10d11a1a84a0ba8f1a23337faa95',
  '4f631084a157c54f54fcfb23ff5eb8650c4ba160c295bb13a9832b109d52677e',
  '341515982d650e23520dbd54d7fcf0afa1b70cc3a16a411d464dc9c1ac96c301',
  '8363c3821ce41ebb46222116a42cc83dba753984b23cfca26aaad0a6867336ea',
  '5a61fc2b54f9cfa71774f2432143dd40c6cb2b11947faf65a7d3da5cb65199c8',
  'c5c2c820ed342fdda8ce896b6b9cf5b8c00a21cc4b20714cc6e5d3c05c35240b',
];

describe('the tree', () => {
  it.each(ROOTS.map((root, size) => ({ size, root })))('of $size known leaves', ({ size, root }) => {
    const hashes = Array.from({ length: size }, (_, i) => leafHash(bytesOf(`leaf ${i}`)));
    expect(toHex(rootOf(hashes))).toBe(root);
    expect(toHex(rootOfFrontier(extend(EMPTY_FRONTIER, hashes)))).toBe(root);
  });

  it('has the recursive root at every size, however it grew', () => {
    const hashes = someLeafHashes(130);
    let frontier = EMPTY_FRONTIER;
    for (const [size, hash] of hashes.entries()) {
      expect(rootOfFrontier(frontier)).toEqual(naiveRoot(hashes.slice(0, size)));
      expect(rootOf(hashes.slice(0, size))).toEqual(rootOfFrontier(frontier));
      frontier = extend(frontier, [hash]);
    }
    fc.assert(
      fc.property(fc.nat({ max: 130 }), fc.nat({ max: 130 }), (a, b) => {
        const parts = [hashes.slice(0, Math.min(a, b)), hashes.slice(Math.min(a, b))];
        expect(parts.reduce((grown, part) => extend(grown, part), EMPTY_FRONTIER)).toEqual(frontier);
      }),
    );
  });

  it('leaves the frontier that it grows from as it is', () => {
    const [a, b, c] = [3, 4, 5].map((size) => extend(EMPTY_FRONTIER, someLeafHashes(size)));
    const fourth = someLeafHashes(5).slice(3, 4);
    expect(extend(a ?? EMPTY_FRONTIER, fourth)).toEqual(b);
    expect(extend(a ?? EMPTY_FRONTIER, someLeafHashes(5).slice(3))).toEqual(c);
    expect(a?.hashes).toHaveLength(2);
  });

  it('grows at a size above 2^32', () => {
    // 2^33 + 1: two subtrees; the next leaf closes the second.
    const [big, last, next] = someLeafHashes(3);
    if (big === undefined || last === undefined || next === undefined) throw new Error('three leaves are three');
    const grown = extend({ size: 2 ** 33 + 1, hashes: [big, last] }, [next]);
    expect(grown).toEqual({ size: 2 ** 33 + 2, hashes: [big, nodeHash(last, next)] });
  });
});

describe('a frontier as text', () => {
  it('is its size and its hashes', () => {
    const frontier = extend(EMPTY_FRONTIER, someLeafHashes(5));
    const [, , , , four] = ROOTS;
    expect(frontierToText(frontier)).toBe(`5 ${four} ${toHex(naiveLeafHash(bytesOf('leaf 4')))}`);
    expect(frontierToText(EMPTY_FRONTIER)).toBe('0');
  });

  it('is read back at every size', () => {
    for (let size = 0; size < 40; size += 1) {
      const frontier = extend(EMPTY_FRONTIER, someLeafHashes(size));
      expect(valueOf(frontierFromText(frontierToText(frontier)))).toEqual(frontier);
    }
  });

  it.each([
    '',
    'x',
    '1',
    '0 ',
    '-1',
    '01',
    `0 ${ROOTS[0]}`,
    `3 ${ROOTS[0]}`,
    `1 ${ROOTS[0]}00`,
    `1  ${ROOTS[0]}`,
    '1e3',
  ])('%j is none', (text) => {
    expect(frontierFromText(text)).toMatchObject({ ok: false, errors: [{ field: 'frontier' }] });
  });
});

type Reference = {
  readonly leafInputsHex: readonly string[];
  readonly rootHashesHex: readonly string[];
  readonly hashLeaf: readonly { readonly dataUtf8: string; readonly hex: string }[];
  readonly hashChildren: readonly { readonly leftUtf8: string; readonly rightUtf8: string; readonly hex: string }[];
  readonly goldenRootsB64: Readonly<Record<string, string>>;
};

const { path, isThere, leftOut } = vectors('rfc6962-reference.json');

describe(`the reference tree of Certificate Transparency${leftOut}`, () => {
  it.skipIf(!isThere)('has the published hashes and roots, up to 65,535 leaves', () => {
    const reference: Reference = JSON.parse(readFileSync(path, 'utf8'));
    for (const { dataUtf8, hex } of reference.hashLeaf) expect(toHex(leafHash(bytesOf(dataUtf8)))).toBe(hex);
    // These are no hashes but texts: the format does not mind.
    for (const { leftUtf8, rightUtf8, hex } of reference.hashChildren) {
      expect(toHex(nodeHash(bytesOf(leftUtf8), bytesOf(rightUtf8)))).toBe(hex);
    }
    const hashes = reference.leafInputsHex.map((leaf) => leafHash(fromHex(leaf)));
    const roots = reference.rootHashesHex.map((_, size) => toHex(rootOf(hashes.slice(0, size))));
    expect(roots).toEqual(reference.rootHashesHex);
    expect(roots).toHaveLength(9);

    const golden = Object.entries(reference.goldenRootsB64).map(([size, root]) => ({ size: Number(size), root }));
    expect(golden).toHaveLength(11);
    let frontier = EMPTY_FRONTIER;
    for (const { size, root } of golden.sort((a, b) => a.size - b.size)) {
      const { size: from } = frontier;
      const more = Array.from({ length: size - from }, (_, i) => leafHash(Uint8Array.of(from + i, (from + i) >> 8)));
      frontier = extend(frontier, more);
      expect(Buffer.from(rootOfFrontier(frontier)).toString('base64')).toBe(root);
    }
  });
});
