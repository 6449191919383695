import { describe, expect, it } from 'vitest';
import type { StoredRow } from '../../../domain/ledger/index.ts';
import { tilePath } from '../../../domain/log/index.ts';
import {
  archiveOf,
  type Files,
  flipAll,
  leafAt,
  newLogKey,
  rowsOf,
  sealBook,
  smallBout,
  verifyFiles,
} from '../../support/archive.ts';
import { longRows } from './support.ts';

const rows = rowsOf(sealBook(smallBout()));
const BUNDLE = tilePath('entries', 0, rows.length);
const TILE = tilePath(0, 0, rows.length);
const key = newLogKey();

function fileIn(files: Files, path: string): Uint8Array {
  const bytes = files.get(path);
  if (bytes === undefined) throw new Error(`no ${path}`);
  return bytes;
}

/** Where the bytes of each entry begin and end in the bundle. */
function placesIn(bundle: Uint8Array): readonly { readonly from: number; readonly to: number }[] {
  const places: { from: number; to: number }[] = [];
  for (let at = 0; at < bundle.length;) {
    const from = at + 2;
    at = from + (((bundle[at] ?? 0) << 8) | (bundle[at + 1] ?? 0));
    places.push({ from, to: at });
  }
  return places;
}

/**
 * The tree alone, without the files that are worked out: they are the dear part of verifying. The faults suite flips every
 * bit of a whole archive.
 */
async function treeOnly(of: readonly StoredRow[] = rows): Promise<Files> {
  const { files } = await archiveOf(of, key);
  return new Map([...files].filter(([path]) => !path.endsWith('.json')));
}

describe('a flipped bit', () => {
  it('is found wherever it is in the checkpoint, and the checkpoint is named', async () => {
    const files = await treeOnly(rows.slice(0, 3));
    const flips = await flipAll(
      { files, key },
      (flip, { verdict, findings }) => {
        expect({ flip, verdict, file: findings[0]?.file }).toEqual({ flip, verdict: 'broken', file: 'checkpoint' });
      },
      (path) => (path === 'checkpoint' ? 1 : 0),
    );
    expect(flips).toBe(fileIn(files, 'checkpoint').length * 8);
  });

  it('is found wherever it is in a tile, in every hash at once too, and tile and hashes are named', async () => {
    const files = await treeOnly();
    const tile = fileIn(files, TILE);
    for (let bit = 0; bit < 256; bit += 1) {
      const changed = tile.slice();
      for (let at = bit >> 3; at < tile.length; at += 32) changed[at] = (changed[at] ?? 0) ^ (1 << (bit & 7));
      const { verdict, findings } = await verifyFiles(new Map(files).set(TILE, changed), key);
      const named = findings.filter(({ code }) => code === 'tile_changed').map(({ file, index }) => `${file} ${index}`);
      expect({ bit, verdict, named }).toEqual({
        bit,
        verdict: 'broken',
        named: rows.map(({ index }) => `${TILE} ${index}`),
      });
    }
  });

  it('is found in one hash of a tile, and that hash alone is named', async () => {
    const flips = await flipAll(
      { files: await treeOnly(), key },
      ({ byte }, { verdict, findings }) => {
        const named = findings.filter(({ code }) => code === 'tile_changed').map(({ index }) => index);
        expect({ verdict, named }).toEqual({ verdict: 'broken', named: [Math.floor(byte / 32)] });
      },
      (path) => (path === TILE ? 53 : 0),
    );
    expect(flips).toBeGreaterThan(50);
  });

  it('is found in an entry, in every entry at once too, and each of them is named', async () => {
    const files = await treeOnly();
    const bundle = fileIn(files, BUNDLE);
    const places = placesIn(bundle);
    const longest = Math.max(...places.map(({ from, to }) => to - from));
    for (let bit = 0; bit < longest * 8; bit += 23) {
      const changed = bundle.slice();
      const hit = places.flatMap(({ from, to }, index) => {
        const at = from + (bit >> 3);
        if (at >= to) return [];
        changed[at] = (changed[at] ?? 0) ^ (1 << (bit & 7));
        return [`${BUNDLE} ${index}`];
      });
      const { verdict, findings } = await verifyFiles(new Map(files).set(BUNDLE, changed), key);
      const named = findings.filter(({ code }) => code === 'leaf_changed').map(({ file, index }) => `${file} ${index}`);
      expect({ bit, verdict, named }).toEqual({ bit, verdict: 'broken', named: hit });
    }
  });

  it('is found in the length before an entry, and the entry is named', async () => {
    const files = await treeOnly();
    const bundle = fileIn(files, BUNDLE);
    for (const [index, { from }] of placesIn(bundle).entries()) {
      for (let bit = 0; bit < 16; bit += 1) {
        const changed = bundle.slice();
        const at = from - 2 + (bit >> 3);
        changed[at] = (changed[at] ?? 0) ^ (1 << (bit & 7));
        const { verdict, findings } = await verifyFiles(new Map(files).set(BUNDLE, changed), key);
        expect(verdict).toBe('broken');
        const first = Math.min(
          ...findings.flatMap((one) => (one.file === BUNDLE && one.index !== null ? [one.index] : [])),
        );
        expect({ bit, first }).toEqual({ bit, first: index });
        expect(leafAt(bundle, at)).toBe(index);
      }
    }
  });

  it('is found in the files that are worked out, and the file is named', async () => {
    const archive = await archiveOf(rows, key);
    const flips = await flipAll(
      archive,
      (flip, { verdict, findings }) => {
        // A changed version is one that was not compared: not proven, whatever else it is.
        expect({ flip, proven: verdict === 'proven', named: findings.some(({ file }) => file === flip.path) }).toEqual({
          flip,
          proven: false,
          named: true,
        });
      },
      (path) => (path.endsWith('.json') ? 797 : 0),
    );
    expect(flips).toBeGreaterThan(150);
  });

  it('is found in a tile above the leaves of a longer log, and the hash is named', async () => {
    const path = tilePath(1, 0, 1);
    const archive = await archiveOf(longRows(300), key, { people: [] });
    const flips = await flipAll(
      archive,
      (_flip, { verdict, findings }) => {
        expect(verdict).toBe('broken');
        expect(findings.map(({ code, file, index }) => ({ code, file, index }))).toEqual([
          { code: 'tile_changed', file: path, index: 0 },
        ]);
      },
      (file) => (file === path ? 61 : 0),
    );
    expect(flips).toBeGreaterThan(3);
  });
});
