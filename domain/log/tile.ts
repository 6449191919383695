import { MAX_LEAF_BYTES, utf8Bytes } from '../ledger/index.ts';
import { ok, refuse } from '../refusal.ts';
import type { Outcome, Refusal } from '../refusal.ts';
import { HASH_BYTES, joinBytes } from './hash.ts';
import type { Hash } from './hash.ts';
import { rootOf } from './tree.ts';

/*
 * A log as files: c2sp.org/tlog-tiles. A tile holds up to 256 hashes of one level of the tree, an entry bundle the
 * leaves below a tile of level 0.
 */

/** How many hashes a full tile, and how many leaves a full bundle holds. */
export const TILE_WIDTH = 256;

/** Of a tile's hashes: 0 are the leaves', each level above holds the roots of the full tiles below. */
export type TileLevel = number | 'entries';

export type TileFile = { readonly path: string; readonly bytes: Uint8Array };

export type ExpectedTile = {
  readonly level: TileLevel;
  readonly index: number;
  /** Hashes or leaves within: 1 to 256. */
  readonly width: number;
  readonly path: string;
};

/** `tile/<level>/<index>`, and `.p/<width>` after it where the tile is not full. */
export function tilePath(level: TileLevel, index: number, width: number): string {
  const partial = width === TILE_WIDTH ? '' : `.p/${width}`;
  return `tile/${level}/${groupsOf(index)}${partial}`;
}

/** In groups of three digits, all but the last beginning with x: 1234067 is x001/x234/067. */
function groupsOf(index: number): string {
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  return padded.replaceAll(/\d{3}(?=\d)/g, 'x$&/');
}

/**
 * The tiles of a tree, level by level from the leaves, in order of their index: the full ones, and the last of each
 * level with what it holds so far.
 */
export function* tilesOf(leafHashes: readonly Hash[]): Generator<TileFile> {
  let hashes = leafHashes;
  for (let level = 0; hashes.length > 0; level += 1) {
    const roots: Hash[] = [];
    for (let index = 0; index * TILE_WIDTH < hashes.length; index += 1) {
      const within = hashes.slice(index * TILE_WIDTH, (index + 1) * TILE_WIDTH);
      yield { path: tilePath(level, index, within.length), bytes: joinBytes(within) };
      if (within.length === TILE_WIDTH) roots.push(rootOf(within));
    }
    hashes = roots;
  }
}

/**
 * The entry bundles of leaves, in order. Throws a RangeError for a leaf above {@link MAX_LEAF_BYTES}, whose length the
 * format cannot write.
 */
export function* bundlesOf(leaves: Iterable<string | Uint8Array>): Generator<TileFile> {
  let parts: Uint8Array[] = [];
  let index = 0;
  for (const leaf of leaves) {
    const bytes = typeof leaf === 'string' ? utf8Bytes(leaf) : leaf;
    const { length } = bytes;
    if (length > MAX_LEAF_BYTES) throw new RangeError(`a leaf of ${length} bytes cannot stand in a bundle`);
    parts.push(new Uint8Array([length >>> 8, length & 0xff]), bytes);
    if (parts.length < 2 * TILE_WIDTH) continue;
    yield { path: tilePath('entries', index, TILE_WIDTH), bytes: joinBytes(parts) };
    parts = [];
    index += 1;
  }
  if (parts.length > 0) yield { path: tilePath('entries', index, parts.length / 2), bytes: joinBytes(parts) };
}

/**
 * Every tile and bundle that a log of this size has, levels from the leaves up, the bundles last. One by one: a size that
 * somebody claims may be far beyond what is there, and who looks for the files stops at the first that is missing.
 */
export function* expectedTiles(size: number): Generator<ExpectedTile> {
  for (let level = 0, hashes = size; hashes > 0; level += 1, hashes = Math.floor(hashes / TILE_WIDTH)) {
    yield* tilesAt(level, hashes);
  }
  yield* tilesAt('entries', size);
}

function* tilesAt(level: TileLevel, hashes: number): Generator<ExpectedTile> {
  for (let index = 0; index * TILE_WIDTH < hashes; index += 1) {
    const width = Math.min(TILE_WIDTH, hashes - index * TILE_WIDTH);
    yield { level, index, width, path: tilePath(level, index, width) };
  }
}

/** The hashes in a tile. */
export function readTile(bytes: Uint8Array): Outcome<Hash[]> {
  const width = bytes.length / HASH_BYTES;
  if (!Number.isInteger(width) || width < 1 || width > TILE_WIDTH) {
    return bad('tile', `a tile holds 1 to ${TILE_WIDTH} hashes of ${HASH_BYTES} bytes, not ${bytes.length} bytes`);
  }
  return ok(Array.from({ length: width }, (_, i) => bytes.slice(i * HASH_BYTES, (i + 1) * HASH_BYTES)));
}

/** The leaves in an entry bundle: each has its length before it, two bytes, big-endian. */
export function readBundle(bytes: Uint8Array): Outcome<Uint8Array[]> {
  const leaves: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (leaves.length === TILE_WIDTH) return bad('bundle', `the bundle goes on after its ${TILE_WIDTH} leaves`);
    const length = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
    const end = at + 2 + length;
    if (end > bytes.length) return bad('bundle', `the bundle ends within leaf ${leaves.length}`);
    leaves.push(bytes.slice(at + 2, end));
    at = end;
  }
  return leaves.length === 0 ? bad('bundle', 'the bundle is empty') : ok(leaves);
}

function bad(field: string, detail: string): Refusal {
  return refuse('bad_request', detail, field);
}
