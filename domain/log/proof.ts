import { HASH_BYTES, nodeHash, sameBytes } from './hash.ts';
import type { Hash } from './hash.ts';
import { hashAt, rootOfRange } from './tree.ts';

/**
 * The hashes that lead from leaf `index` to the root of the first `size` leaves, the leaf's sibling first (RFC 6962,
 * 2.1.1). Throws a RangeError where there is no such leaf.
 */
export function inclusionProof(leafHashes: readonly Hash[], index: number, size: number = leafHashes.length): Hash[] {
  if (!isWithin(index, 0, size - 1) || size > leafHashes.length) {
    throw new RangeError(`there is no leaf ${index} in a tree of ${size} over ${leafHashes.length} leaves`);
  }
  const proof: Hash[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + splitOf(to - from);
    if (index < middle) {
      proof.push(rootOfRange(leafHashes, middle, to));
      to = middle;
    } else {
      proof.push(rootOfRange(leafHashes, from, middle));
      from = middle;
    }
  }
  return proof.reverse();
}

/**
 * The hashes that show the tree of the first `from` leaves to be the beginning of that of the first `to` (RFC 6962,
 * 2.1.2); none where both are the same. Throws a RangeError outside 1 <= from <= to <= the number of leaves: of the empty
 * tree everything is a continuation, so that a proof from it says nothing.
 */
export function consistencyProof(leafHashes: readonly Hash[], from: number, to: number = leafHashes.length): Hash[] {
  if (!isWithin(from, 1, to) || !isWithin(to, 1, leafHashes.length)) {
    throw new RangeError(`there is no proof from size ${from} to ${to} over ${leafHashes.length} leaves`);
  }
  const proof: Hash[] = [];
  let [start, end] = [0, to];
  while (end !== from) {
    const middle = start + splitOf(end - start);
    if (from <= middle) {
      proof.push(rootOfRange(leafHashes, middle, end));
      end = middle;
    } else {
      proof.push(rootOfRange(leafHashes, start, middle));
      start = middle;
    }
  }
  // The subtree in which the old tree ends is the old root itself, which the verifier has, where it begins at 0.
  if (start > 0) proof.push(start + 1 === end ? hashAt(leafHashes, start) : rootOfRange(leafHashes, start, end));
  return proof.reverse();
}

function isWithin(value: number, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= least && value <= most;
}

/** The largest power of two below a number above 1. */
function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

export type InclusionClaim = {
  readonly index: bigint;
  readonly size: bigint;
  /** The leaf's hash. */
  readonly leaf: Hash;
  readonly proof: readonly Hash[];
  readonly root: Hash;
};

/** Sizes are of 64 bits wherever logs write them. */
const SIZES = 1n << 64n;

/** Whether the leaf stands at `index` in the tree of that size and root (RFC 9162, 2.1.3.2). */
export function verifyInclusion({ index, size, leaf, proof, root }: InclusionClaim): boolean {
  if (index < 0n || index >= size || size > SIZES || ![leaf, root, ...proof].every(isHash)) return false;
  let fn = index;
  let sn = size - 1n;
  let hash = leaf;
  for (const sibling of proof) {
    if (sn === 0n) return false;
    if (isOdd(fn) || fn === sn) {
      hash = nodeHash(sibling, hash);
      const levels = isOdd(fn) ? 0n : trailingZeroes(fn);
      fn >>= levels;
      sn >>= levels;
    } else {
      hash = nodeHash(hash, sibling);
    }
    fn >>= 1n;
    sn >>= 1n;
  }
  return sn === 0n && sameBytes(hash, root);
}

export type ConsistencyClaim = {
  readonly from: bigint;
  readonly to: bigint;
  readonly fromRoot: Hash;
  readonly toRoot: Hash;
  readonly proof: readonly Hash[];
};

/**
 * Whether the tree of size `to` continues that of size `from` (RFC 9162, 2.1.4.2). From size 0 nothing is shown, which
 * is why it is refused whatever comes with it.
 */
export function verifyConsistency({ from, to, fromRoot, toRoot, proof }: ConsistencyClaim): boolean {
  if (from <= 0n || from > to || to > SIZES || ![fromRoot, toRoot, ...proof].every(isHash)) return false;
  if (from === to) return proof.length === 0 && sameBytes(fromRoot, toRoot);
  if (proof.length === 0) return false;
  // An old tree that is one full subtree is where the path begins, and the proof leaves it out.
  const [first = fromRoot, ...rest] = isPowerOfTwo(from) ? [fromRoot, ...proof] : proof;
  const levels = trailingZeroes(from);
  let fn = (from - 1n) >> levels;
  let sn = (to - 1n) >> levels;
  let fromHash = first;
  let toHash = first;
  for (const sibling of rest) {
    if (sn === 0n) return false;
    if (isOdd(fn) || fn === sn) {
      fromHash = nodeHash(sibling, fromHash);
      toHash = nodeHash(sibling, toHash);
      const more = isOdd(fn) ? 0n : trailingZeroes(fn);
      fn >>= more;
      sn >>= more;
    } else {
      toHash = nodeHash(toHash, sibling);
    }
    fn >>= 1n;
    sn >>= 1n;
  }
  return sn === 0n && sameBytes(fromHash, fromRoot) && sameBytes(toHash, toRoot);
}

function isHash(hash: Hash): boolean {
  return hash.length === HASH_BYTES;
}

function isOdd(value: bigint): boolean {
  return (value & 1n) === 1n;
}

function isPowerOfTwo(value: bigint): boolean {
  return (value & (value - 1n)) === 0n;
}

/** How often a number can be halved; 0 for 0, of which every half is the same. */
function trailingZeroes(value: bigint): bigint {
  let zeroes = 0n;
  if (value === 0n) return zeroes;
  while (((value >> zeroes) & 1n) === 0n) zeroes += 1n;
  return zeroes;
}
