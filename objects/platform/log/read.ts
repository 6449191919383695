import {
  addSignatures,
  bundlesOf,
  formatProof,
  joinBytes,
  TILE_WIDTH,
  type TileLevel,
  tilePath,
} from '../../../domain/log/index.ts';
import { knownKey } from './keys.ts';
import { findLeaf } from './leaves.ts';
import { hashesAt, inclusionIn } from './nodes.ts';
import { publishedSize } from './publish.ts';

/** The newest published checkpoint of the log with its cosignatures: a signed note; null before the first. */
export function logCheckpoint(sql: SqlStorage): string | null {
  const size = publishedSize(sql);
  return size === 0 ? null : checkpointAt(sql, size);
}

/**
 * What shows offline that a bout's checkpoint stands in the log (c2sp.org/tlog-proof@v1): under the newest checkpoint of
 * the log, or one before it that more witnesses cosigned; never under one of an earlier key where one of the present key
 * has the leaf. Null where the bout's was not added, or is not
 * published yet.
 */
export function proofOf(sql: SqlStorage, boutId: string, size: number): string | null {
  const leaf = findLeaf(sql, boutId, size);
  if (leaf === null) return null;
  const [under] = sql.exec<{ size: number }>(
    `SELECT size, (SELECT count(DISTINCT witness) FROM cosignature WHERE cosignature.size = log_checkpoint.size) AS cosigned
     FROM log_checkpoint WHERE size > ? AND published_ms IS NOT NULL ORDER BY key = ? DESC, cosigned DESC, size DESC LIMIT 1`,
    leaf.index,
    knownKey(sql),
  );
  if (under === undefined) return null;
  const proof = inclusionIn(sql, leaf.index, under.size);
  return formatProof({ index: leaf.index, proof, checkpoint: checkpointAt(sql, under.size) });
}

function checkpointAt(sql: SqlStorage, size: number): string {
  const { note } = sql.exec<{ note: string }>('SELECT note FROM log_checkpoint WHERE size = ?', size).one();
  const lines = sql
    .exec<{ line: string }>('SELECT line FROM cosignature WHERE size = ? ORDER BY witness, line', size)
    .toArray();
  const cosigned = addSignatures(
    note,
    lines.map(({ line }) => line),
  );
  // More witnesses than a note can hold: without them it is still the log's.
  return cosigned.ok ? cosigned.value : note;
}

/** A tile or an entry bundle as its path names it. */
type Tile = { readonly level: TileLevel; readonly index: number; readonly width: number };

/**
 * A file of the published log by its path of c2sp.org/tlog-tiles (`tile/0/x001/234.p/7`); null where the log has none.
 * A partial tile is there for every width that was ever the last one's, also after it was filled.
 */
export function tileAt(sql: SqlStorage, path: string): Uint8Array | null {
  const tile = parseTilePath(path);
  if (tile === null) return null;
  const { level, index, width } = tile;
  const from = index * TILE_WIDTH;
  const hashes = level === 'entries' ? publishedSize(sql) : Math.floor(publishedSize(sql) / TILE_WIDTH ** level);
  if (from + width > hashes) return null;
  if (level !== 'entries') return joinBytes(hashesAt(sql, level, from, width));
  const leaves = sql
    .exec<{ note: string }>('SELECT note FROM checkpoint_leaf WHERE idx >= ? ORDER BY idx LIMIT ?', from, width)
    .toArray();
  const [bundle] = bundlesOf(leaves.map(({ note }) => note));
  return bundle?.bytes ?? null;
}

const TILE_PATH = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/){0,4}\d{3})(?:\.p\/(\d{1,3}))?$/;

function parseTilePath(path: string): Tile | null {
  const [, levelText = '', groups = '', widthText = String(TILE_WIDTH)] = TILE_PATH.exec(path) ?? [];
  if (levelText === '') return null;
  const level = levelText === 'entries' ? levelText : Number(levelText);
  const index = Number(groups.replaceAll(/[x/]/g, ''));
  const width = Number(widthText);
  // One tile, one path: no leading zeroes, no group too many, no partial tile of 0 or 256.
  return width >= 1 && tilePath(level, index, width) === path ? { level, index, width } : null;
}
