import { expectedTiles, type Hash, sameBytes, TILE_WIDTH, tilePath, tilesOf } from '../../log/index.ts';
import { bundleLeaves } from './bundle.ts';
import type { Findings } from './report.ts';
import type { ArchiveSource } from './source.ts';
import type { Tree } from './tree.ts';

const TILE_NAME = /^tile\/(?:entries|\d+)\/(?:x\d{3}\/)*\d{3}(?:\.p\/\d+)?$/;

/**
 * Files under tile/ that the tree does not have. What an earlier, smaller tree left there is as lawful as the tree
 * itself (c2sp.org/tlog-tiles) and says nothing new; anything else that looks like a part of the tree is none.
 */
export async function findSurplus(
  source: ArchiveSource,
  paths: readonly string[],
  tree: Tree,
  size: number,
  findings: Findings,
): Promise<void> {
  const tiles = paths.filter((path) => path.startsWith('tile/'));
  const expected = new Set<string>();
  // As many as are listed at most: the size is only claimed.
  for (const { path } of expectedTiles(Math.min(size, tiles.length * TILE_WIDTH))) expected.add(path);
  for (const { path } of expectedTiles(Math.min(size, tree.hashes.length))) expected.add(path);
  for (const path of tiles) {
    if (expected.has(path)) continue;
    if (!TILE_NAME.test(path)) {
      findings.add('foreign_file', path, null, 'it is no part of a tree; nothing vouches for it');
    } else if (!(await isEarlier(source, path, tree))) {
      findings.add('surplus_file', path, null, 'the signed tree has no such part');
    }
  }
}

/** Whether a file is a part of the tree as it was when it was smaller. */
async function isEarlier(source: ArchiveSource, path: string, { leaves, hashes }: Tree): Promise<boolean> {
  const [place = '', width = ''] = path.split('.p/');
  const [, level = '', ...groups] = place.split('/');
  const index = Number(groups.join('').replaceAll('x', ''));
  const bytes = width === '' ? null : await source(path);
  if (bytes === null) return false;
  const from = index * TILE_WIDTH;
  if (level === 'entries') {
    const within = bundleLeaves(bytes);
    return (
      within.rest === 0 &&
      path === tilePath('entries', index, within.leaves.length) &&
      within.leaves.every((leaf, at) => isSame(leaf, leaves[from + at]))
    );
  }
  const known = hashes.filter((hash): hash is Hash => hash !== null);
  if (known.length !== hashes.length) return false;
  const whole = [...tilesOf(known)].find(
    (tile) => tile.path.startsWith(`tile/${level}/`) && tile.path.split('.p/')[0] === place,
  );
  return (
    whole !== undefined && bytes.length === Number(width) * 32 && isSame(bytes, whole.bytes.slice(0, bytes.length))
  );
}

function isSame(one: Uint8Array, other: Uint8Array | null | undefined): boolean {
  return other != null && sameBytes(one, other);
}
