import { sha256, type Verdict, verifyRows, type StoredRow, ZERO_HASH } from '../../../domain/ledger/index.ts';
import {
  bytesOfHex,
  EMPTY_FRONTIER,
  extend,
  type Frontier,
  type Hash,
  inclusionProof,
  rootOf,
} from '../../../domain/log/index.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { readEntries } from '../ledger/store.ts';

/** A tree over the first entries of a ledger, and where their chain ends. */
export type Stand = { readonly frontier: Frontier; readonly head: string };

export const NOTHING: Stand = { frontier: EMPTY_FRONTIER, head: ZERO_HASH };

/**
 * Reads the bytes of the entries from `from` to before `to` again, verifies them and grows the tree by their hashes.
 * `head` is the chain hash that the last of them must have, as somebody else than these rows says.
 */
export function grow(
  ledger: Ledger,
  boutId: string,
  from: Stand,
  to: { readonly size: number; readonly head: string },
): { readonly verdict: Verdict; readonly stand: Stand } {
  const hashes: Hash[] = [];
  const verdict = verifyRows(noting(readEntries(ledger.storage.sql, from.frontier.size, to.size - 1), hashes), {
    sha256,
    boutId,
    from: { index: from.frontier.size, prevChainHash: from.head },
    expect: { entries: to.size, head: to.head },
  });
  // Of a row that is refused nothing is kept: what was verified is what stands in the tree.
  const good = verdict.valid ? hashes : [];
  return { verdict, stand: { frontier: extend(from.frontier, good), head: verdict.head } };
}

/** The stored hash of a row is its leaf hash in the tree; verifying the row shows that it is its bytes' own. */
function* noting(rows: Iterable<StoredRow>, hashes: Hash[]): Generator<StoredRow> {
  for (const row of rows) {
    const hash = bytesOfHex(row.hash);
    if (hash !== null) hashes.push(hash);
    yield row;
  }
}

/** The leaf hashes of the first `size` entries as their rows state them; shorter where rows are missing. */
export function leafHashes(ledger: Ledger, size: number): Hash[] {
  return hashesBetween(ledger, 0, size);
}

function hashesBetween(ledger: Ledger, from: number, to: number): Hash[] {
  const hashes: Hash[] = [];
  for (const { index, hash } of readEntries(ledger.storage.sql, from, to - 1)) {
    const bytes = bytesOfHex(hash);
    if (index !== from + hashes.length || bytes === null) break;
    hashes.push(bytes);
  }
  return hashes;
}

/** As many leaves as a tile has: a subtree of its own wherever it is full. */
const BLOCK = 256;

/** Roots of full blocks, from the first: entries never change, so neither do these. */
const blockRoots = new WeakMap<Ledger, Hash[]>();

/**
 * The inclusion proof of an entry in the tree of `size`; null where rows are missing. Anybody may ask for one while taps
 * come in, so it reads and hashes the entry's own block, and of the others what has come since it was last asked for.
 * Every split of an RFC 6962 tree above 256 leaves lies between two blocks, so that the tree over their roots is its top.
 */
export function proveInclusion(ledger: Ledger, index: number, size: number): Hash[] | null {
  const full = blockRoots.get(ledger) ?? [];
  blockRoots.set(ledger, full);
  const count = Math.floor(size / BLOCK);
  while (full.length < count) {
    const block = hashesBetween(ledger, full.length * BLOCK, (full.length + 1) * BLOCK);
    if (block.length < BLOCK) return null;
    full.push(rootOf(block));
  }
  const rest = hashesBetween(ledger, count * BLOCK, size);
  if (rest.length < size - count * BLOCK) return null;
  const roots = rest.length === 0 ? full.slice(0, count) : [...full.slice(0, count), rootOf(rest)];
  const at = Math.floor(index / BLOCK);
  const own = at === count ? rest : hashesBetween(ledger, at * BLOCK, (at + 1) * BLOCK);
  if (index - at * BLOCK >= own.length) return null;
  return [...inclusionProof(own, index - at * BLOCK), ...inclusionProof(roots, at)];
}
