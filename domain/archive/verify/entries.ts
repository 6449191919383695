import { type FaultReason, sha256, type StoredRow, verifyRows, ZERO_HASH } from '../../ledger/index.ts';
import { hexOf, textOfUtf8, TILE_WIDTH, tilePath } from '../../log/index.ts';
import type { FindingCode, Findings } from './report.ts';
import type { Tree } from './tree.ts';

const CODES: Readonly<Record<FaultReason, FindingCode>> = {
  hash: 'leaf_changed',
  bytes: 'leaf_unreadable',
  index: 'chain_broken',
  link: 'chain_broken',
  event_hash: 'event_hash_differs',
  truncated: 'truncated',
};

/**
 * Verifies every entry's form, place, link and event hash, and goes on after each fault: an entry whose bytes are not
 * what was signed has been named already, and the next one is held against what was.
 * @returns the rows, where all of them are there
 */
export function verifyEntries(tree: Tree, boutId: string, size: number, findings: Findings): StoredRow[] | null {
  const rows = tree.leaves.map((leaf, index): StoredRow | null => {
    const text = leaf === null ? null : textOfUtf8(leaf);
    const hash = tree.hashes[index];
    if (leaf !== null && text === null)
      findings.add('leaf_unreadable', fileOf(index, size), index, `entry ${index} is not UTF-8`);
    return text === null || hash == null ? null : { index, leaf: text, hash: hexOf(hash) };
  });
  for (let at = 0; at < rows.length;) {
    const stretch = rows.slice(at, endOf(rows, at)).filter((row) => row !== null);
    const before = at === 0 ? ZERO_HASH : hexOf(tree.hashes[at - 1] ?? new Uint8Array());
    const { fault } = verifyRows(stretch, { sha256, boutId, from: { index: at, prevChainHash: before } });
    // After a gap whose hash nobody knows, the first entry's link cannot be judged.
    const unknown = fault?.reason === 'link' && fault.index === at && at > 0 && tree.hashes[at - 1] == null;
    if (fault !== null && !unknown)
      findings.add(CODES[fault.reason], fileOf(fault.index, size), fault.index, fault.detail);
    at = fault === null ? at + stretch.length + 1 : fault.index + 1;
  }
  const whole = rows.filter((row) => row !== null);
  return whole.length === size ? whole : null;
}

function endOf(rows: readonly (StoredRow | null)[], from: number): number {
  const gap = rows.indexOf(null, from);
  return gap < 0 ? rows.length : gap;
}

function fileOf(index: number, size: number): string {
  const bundle = Math.floor(index / TILE_WIDTH);
  return tilePath('entries', bundle, Math.min(TILE_WIDTH, size - bundle * TILE_WIDTH));
}
