import { sha256Bytes } from '../ledger/index.ts';
import { ok, refuse } from '../refusal.ts';
import type { Outcome, Refusal } from '../refusal.ts';
import { HASH_BYTES, nodeHash } from './hash.ts';
import type { Hash } from './hash.ts';
import { bytesOfHex, hexOf, readDecimal } from './text.ts';

/**
 * All that a tree needs to grow: how many leaves it has, and the roots of the full subtrees that they fall into, the
 * largest (leftmost) first: one per set bit of the size.
 */
export type Frontier = { readonly size: number; readonly hashes: readonly Hash[] };

export const EMPTY_FRONTIER: Frontier = { size: 0, hashes: [] };

/** The frontier after these leaves too. Their hashes are kept as they are given: nobody may change them after. */
export function extend(frontier: Frontier, leafHashes: Iterable<Hash>): Frontier {
  const hashes = [...frontier.hashes];
  let { size } = frontier;
  for (const hash of leafHashes) {
    push(hashes, size, hash);
    size += 1;
  }
  return { size, hashes };
}

/** Adds a leaf to the subtrees of a tree of `size`: it closes as many of them as the size has trailing one bits. */
function push(hashes: Hash[], size: number, leaf: Hash): void {
  let node = leaf;
  // Divided, not shifted: a size may be above 2^32.
  for (let left = size; left % 2 === 1; left = (left - 1) / 2) node = nodeHash(hashes.pop() ?? node, node);
  hashes.push(node);
}

/** The root (RFC 6962, 2.1); of the empty tree, SHA-256 of nothing. */
export function rootOfFrontier({ hashes }: Frontier): Hash {
  let root = hashes.at(-1);
  if (root === undefined) return sha256Bytes();
  for (let i = hashes.length - 2; i >= 0; i -= 1) root = nodeHash(hashes[i] ?? root, root);
  return root;
}

/** The root of the tree over these leaf hashes. */
export function rootOf(leafHashes: readonly Hash[]): Hash {
  return rootOfRange(leafHashes, 0, leafHashes.length);
}

/** The root of the tree over the leaf hashes from `from` to before `to`. */
export function rootOfRange(leafHashes: readonly Hash[], from: number, to: number): Hash {
  const hashes: Hash[] = [];
  for (let i = from; i < to; i += 1) push(hashes, i - from, hashAt(leafHashes, i));
  return rootOfFrontier({ size: to - from, hashes });
}

/** A hash of a list; throws a RangeError beyond its ends. */
export function hashAt(hashes: readonly Hash[], index: number): Hash {
  const hash = hashes[index];
  if (hash === undefined) throw new RangeError(`there is no hash ${index} among ${hashes.length}`);
  return hash;
}

/** One line for storage: the size, then the hashes in hexadecimal, separated by spaces. */
export function frontierToText({ size, hashes }: Frontier): string {
  return [String(size), ...hashes.map(hexOf)].join(' ');
}

/** Reads {@link frontierToText} back; a refusal says what is wrong with the text. */
export function frontierFromText(text: string): Outcome<Frontier> {
  const [sizeText = '', ...hexes] = text.split(' ');
  const size = readDecimal(sizeText);
  if (size === null) return bad('it does not begin with a size');
  const hashes: Hash[] = [];
  for (const hex of hexes) {
    const hash = bytesOfHex(hex);
    if (hash?.length !== HASH_BYTES) return bad(`word ${hashes.length + 1} after the size is no hash`);
    hashes.push(hash);
  }
  if (hashes.length !== subtrees(size)) return bad(`a tree of ${size} has ${subtrees(size)} full subtrees`);
  return ok({ size, hashes });
}

function bad(detail: string): Refusal {
  return refuse('bad_request', `the text is no frontier: ${detail}`, 'frontier');
}

/** How many full subtrees a tree falls into: the ones in its size in binary. */
function subtrees(size: number): number {
  let ones = 0;
  for (let left = size; left > 0; left = Math.floor(left / 2)) ones += left % 2;
  return ones;
}
