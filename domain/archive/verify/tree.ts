import {
  type Checkpoint,
  hexOf,
  leafHash,
  rootOf,
  sameBytes,
  textOfUtf8,
  TILE_WIDTH,
  tilePath,
  tilesOf,
  type Hash,
} from '../../log/index.ts';
import { decodeLeaf } from '../../ledger/index.ts';
import { bundleLeaves } from './bundle.ts';
import type { Findings } from './report.ts';
import type { ArchiveSource } from './source.ts';

/** What the archive's files hold of the tree. */
export type Tree = {
  /** By index: the bytes of an entry; null where they are missing or not those that were signed. */
  readonly leaves: readonly (Uint8Array | null)[];
  /** By index: the hash that the entry had when it was signed, as far as that can be told. */
  readonly hashes: readonly (Hash | null)[];
};

type Read = { leaf: Uint8Array | null; hash: Hash | null; tile: Hash | null };

/** Of one file so many wrong entries are named one by one. */
const NAMED = 16;

/** Far beyond any bout: whoever answers to every path must not keep a verifier reading for ever. */
const MOST_ENTRIES = 2 ** 20;

/**
 * Reads every bundle and tile of a log and recomputes all of it. Where a bundle and a tile of level 0 disagree, the one
 * that leads to the signed root is right; where neither does, the next entry says what the one before it was.
 */
export async function readTree(
  source: ArchiveSource,
  { size, root }: Checkpoint,
  findings: Findings,
  onRead: (done: number) => void,
): Promise<Tree> {
  const reads: Read[] = [];
  for (let index = 0; index * TILE_WIDTH < size; index += 1) {
    const width = Math.min(TILE_WIDTH, size - index * TILE_WIDTH);
    const found = reads.length < MOST_ENTRIES ? await readRange(source, index, width, findings) : null;
    // A size that is merely claimed may be beyond all that anybody has: the first gap of both ends the search.
    if (found === null) {
      findings.add(
        'truncated',
        'checkpoint',
        reads.length,
        `the checkpoint is over ${size} entries; ${reads.length} are there, or are read at most`,
      );
      break;
    }
    reads.push(...found);
    onRead(reads.length);
  }
  const hashes = judge(reads, { size, root }, findings);
  await compareTiles(source, hashes, size, findings);
  return {
    leaves: reads.map(({ leaf, hash }, at) => (hash !== null && isSame(hash, hashes[at]) ? leaf : null)),
    hashes,
  };
}

async function readRange(
  source: ArchiveSource,
  index: number,
  width: number,
  findings: Findings,
): Promise<Read[] | null> {
  const bundlePath = tilePath('entries', index, width);
  const path = tilePath(0, index, width);
  const bundle = await source(bundlePath);
  const tile = await source(path);
  if (bundle === null) findings.add('file_missing', bundlePath, index * TILE_WIDTH, 'entries are missing');
  if (tile === null) findings.add('file_missing', path, index * TILE_WIDTH, 'hashes of entries are missing');
  if (bundle === null && tile === null) return null;
  const { leaves, rest } = bundleLeaves(bundle ?? new Uint8Array());
  const reads = Array.from({ length: width }, (_, at): Read => {
    const leaf = leaves[at] ?? null;
    const hash = tile?.slice(at * 32, at * 32 + 32);
    return { leaf, hash: leaf === null ? null : leafHash(leaf), tile: hash?.length === 32 ? hash : null };
  });
  if (bundle !== null && (rest > 0 || leaves.length !== width)) {
    const wrong = reads.findIndex(({ hash, tile: said }) => said !== null && !isSame(said, hash));
    const detail = `it holds ${leaves.length} whole entries and ${rest} bytes more; the checkpoint asks for ${width} entries`;
    findings.add(
      'bundle_malformed',
      bundlePath,
      index * TILE_WIDTH + (wrong < 0 ? Math.min(leaves.length, width - 1) : wrong),
      detail,
    );
  }
  if (tile !== null && tile.length !== width * 32) {
    findings.add('tile_changed', path, index * TILE_WIDTH, `it has ${tile.length} bytes instead of ${width * 32}`);
  }
  return reads;
}

/** Says of every disagreement which side is wrong, and gives the hashes that are right as far as that can be told. */
function judge(
  reads: readonly Read[],
  { size, root }: { size: number; root: Hash },
  findings: Findings,
): (Hash | null)[] {
  const ofLeaves = reads.map(({ hash }) => hash);
  const ofTiles = reads.map(({ tile }) => tile);
  if (leadTo(ofLeaves, size, root)) return accuse(reads, size, () => 'tile', findings);
  if (leadTo(ofTiles, size, root)) return accuse(reads, size, () => 'leaf', findings);
  const hashes = accuse(reads, size, (index) => accused(reads, index), findings);
  if (!leadTo(hashes, size, root) && reads.length === size && hashes.every((hash) => hash !== null)) {
    const given = hexOf(rootOf(hashes));
    findings.add(
      'root_differs',
      'checkpoint',
      null,
      `the entries give the root ${given}, the checkpoint says ${hexOf(root)}`,
    );
  }
  return hashes;
}

function leadTo(hashes: readonly (Hash | null)[], size: number, root: Hash): boolean {
  return hashes.length === size && hashes.every((hash) => hash !== null) && sameBytes(rootOf(hashes), root);
}

/** Which side is wrong, by what the next entry says of this one; the leaf where it says nothing. */
function accused(reads: readonly Read[], index: number): 'leaf' | 'tile' {
  const next = reads[index + 1]?.leaf ?? null;
  const entry = next === null ? null : decodeLeaf(textOfUtf8(next) ?? '');
  const hash = reads[index]?.hash ?? null;
  return entry?.ok === true && hash !== null && entry.value.prevChainHash === hexOf(hash) ? 'tile' : 'leaf';
}

function accuse(
  reads: readonly Read[],
  size: number,
  who: (index: number) => 'leaf' | 'tile',
  findings: Findings,
): (Hash | null)[] {
  const named = new Map<string, number>();
  return reads.map(({ leaf, hash, tile }, index) => {
    if (hash === null || tile === null || sameBytes(hash, tile)) return hash ?? tile;
    const side = who(index);
    const path = pathOf(side === 'leaf' ? 'entries' : 0, index, size);
    const count = (named.get(path) ?? 0) + 1;
    named.set(path, count);
    const detail =
      side === 'leaf'
        ? `the bytes of entry ${index} give ${hexOf(hash)}; signed was ${hexOf(tile)}`
        : `the tile says ${hexOf(tile)} of entry ${index}, whose bytes give ${hexOf(hash)}`;
    if (count <= NAMED && leaf !== null)
      findings.add(side === 'leaf' ? 'leaf_changed' : 'tile_changed', path, index, detail);
    return side === 'leaf' ? tile : hash;
  });
}

function pathOf(level: number | 'entries', index: number, size: number): string {
  const tile = Math.floor(index / TILE_WIDTH);
  return tilePath(level, tile, Math.min(TILE_WIDTH, size - tile * TILE_WIDTH));
}

/** Tiles above level 0 follow from the hashes of level 0; those of level 0 have been judged with their entries. */
async function compareTiles(
  source: ArchiveSource,
  hashes: readonly (Hash | null)[],
  size: number,
  findings: Findings,
): Promise<void> {
  if (hashes.length !== size || !hashes.every((hash) => hash !== null)) return;
  for (const { path, bytes } of tilesOf(hashes)) {
    if (path.startsWith('tile/0/')) continue;
    const stored = await source(path);
    if (stored === null) {
      findings.add('file_missing', path, null, 'a tile of the tree is missing');
      continue;
    }
    if (sameBytes(stored, bytes)) continue;
    const at = Math.floor(firstDifference(stored, bytes) / 32);
    const said = hexOf(stored.slice(at * 32, at * 32 + 32));
    const detail = `hash ${at} of this tile is ${said}; the entries give ${hexOf(bytes.slice(at * 32, at * 32 + 32))}`;
    findings.add('tile_changed', path, at, detail);
  }
}

export function firstDifference(one: Uint8Array, other: Uint8Array): number {
  const length = Math.min(one.length, other.length);
  for (let at = 0; at < length; at += 1) if (one[at] !== other[at]) return at;
  return length;
}

function isSame(one: Hash, other: Hash | null | undefined): boolean {
  return other != null && sameBytes(one, other);
}
