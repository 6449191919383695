import { bytesOfHex, type Hash, hexOf, rootOf, rootOfFrontier, TILE_WIDTH } from '../../../domain/log/index.ts';

/** Levels of the tree between one level of tiles and the next. */
const TILE_HEIGHT = 8;

/** Hashes of one level of tiles: level 0 the leaves', each level above the roots of the full tiles below. */
export function hashesAt(sql: SqlStorage, level: number, from: number, count: number): readonly Hash[] {
  const rows =
    level === 0
      ? sql.exec<HashRow>('SELECT hash FROM checkpoint_leaf WHERE idx >= ? ORDER BY idx LIMIT ?', from, count)
      : sql.exec<HashRow>(
          'SELECT hash FROM log_node WHERE level = ? AND idx >= ? ORDER BY idx LIMIT ?',
          level,
          from,
          count,
        );
  const hashes = rows.toArray().map(({ hash }) => hashOf(hash));
  if (hashes.length !== count) throw new Error(`the log lacks hashes from ${from} on at level ${level}`);
  return hashes;
}

type HashRow = { hash: string };

/** A hash as it is stored. */
export function hashOf(hex: string): Hash {
  const bytes = bytesOfHex(hex);
  if (bytes?.length !== 32) throw new Error(`the log holds ${JSON.stringify(hex)} as a hash`);
  return bytes;
}

/** Keeps the root of every tile that the last leaf filled. Inside the transaction that appends the leaf. */
export function closeTiles(sql: SqlStorage, size: number): void {
  let count = size;
  for (let level = 1; count > 0 && count % TILE_WIDTH === 0; level += 1) {
    count /= TILE_WIDTH;
    const root = rootOf(hashesAt(sql, level - 1, (count - 1) * TILE_WIDTH, TILE_WIDTH));
    sql.exec('INSERT INTO log_node (level, idx, hash) VALUES (?, ?, ?)', level, count - 1, hexOf(root));
  }
}

/** The root of the first `size` leaves. */
export function rootOfFirst(sql: SqlStorage, size: number): Hash {
  return rootOfRange(sql, 0, size);
}

/** As `inclusionProof` of `domain/log`, for a log that is never in memory as a whole. */
export function inclusionIn(sql: SqlStorage, index: number, size: number): readonly Hash[] {
  const proof: Hash[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + splitOf(to - from);
    if (index < middle) {
      proof.push(rootOfRange(sql, middle, to));
      to = middle;
    } else {
      proof.push(rootOfRange(sql, from, middle));
      from = middle;
    }
  }
  return proof.reverse();
}

/** As `consistencyProof` of `domain/log`; 1 <= from <= to. */
export function consistencyIn(sql: SqlStorage, from: number, to: number): readonly Hash[] {
  const proof: Hash[] = [];
  let [start, end] = [0, to];
  while (end !== from) {
    const middle = start + splitOf(end - start);
    if (from <= middle) {
      proof.push(rootOfRange(sql, middle, end));
      end = middle;
    } else {
      proof.push(rootOfRange(sql, start, middle));
      start = middle;
    }
  }
  if (start > 0) proof.push(rootOfRange(sql, start, end));
  return proof.reverse();
}

/**
 * The root over the leaves from `from` to before `to`, where `from` is a multiple of a power of two that is not below
 * their number: so it is with every range of the tree that a proof names.
 */
function rootOfRange(sql: SqlStorage, from: number, to: number): Hash {
  const hashes: Hash[] = [];
  for (let at = from; at < to;) {
    const height = Math.floor(Math.log2(to - at));
    hashes.push(subtreeAt(sql, height, at));
    at += 2 ** height;
  }
  return rootOfFrontier({ size: to - from, hashes });
}

/** The root of the full subtree of 2^height leaves that begins at leaf `from`, from at most 128 stored hashes. */
function subtreeAt(sql: SqlStorage, height: number, from: number): Hash {
  const level = Math.floor(height / TILE_HEIGHT);
  return rootOf(hashesAt(sql, level, from / TILE_WIDTH ** level, 2 ** (height % TILE_HEIGHT)));
}

/** The largest power of two below a number above 1. */
function splitOf(size: number): number {
  return 2 ** Math.floor(Math.log2(size - 1));
}
