import { describe, expect, it } from 'vitest';
import { hexOf, leafHash, tilePath } from '../../../domain/log/index.ts';
import { archiveOf, type Files, newLogKey, rowsOf, sealBook, smallBout, verifyFiles } from '../../support/archive.ts';

const key = newLogKey();
const rows = rowsOf(sealBook(smallBout()));
const bundle = tilePath('entries', 0, rows.length);
const tile = tilePath(0, 0, rows.length);
const JAB = rows.findIndex(({ leaf }) => leaf.includes('"Jab"'));
const WHICH = `entry ${JAB}: action “Jab” in round 1, received 20`;

function edited(files: Files, path: string): Files {
  // As long as before, so that nothing else moves.
  const text = Buffer.from(files.get(path) ?? [])
    .toString('latin1')
    .replace('"Jab"', '"Jib"');
  return new Map(files).set(path, new Uint8Array(Buffer.from(text, 'latin1')));
}

async function details(files: Files): Promise<readonly string[]> {
  const { findings } = await verifyFiles(files, key);
  return findings.map(({ code, index, detail }) => `${code} ${index} ${detail}`);
}

describe('what is said of a changed entry', () => {
  it('is which one it was, from event_log.json where that still holds the signed text', async () => {
    const { files } = await archiveOf(rows, key);
    const [changed = ''] = await details(edited(files, bundle));
    expect(changed).toMatch(new RegExp(`^leaf_changed ${JAB} `));
    expect(changed).toContain(WHICH);
    expect(changed).toContain('event_log.json still holds the text that was signed');
    const [both = ''] = await details(edited(edited(files, bundle), 'event_log.json'));
    expect(both).toMatch(new RegExp(`^leaf_changed ${JAB} `));
    expect(both).not.toMatch(/Jab|Jib|still holds/);
  });

  it('is that the bundle holds it, where event_log.json or a tile was changed', async () => {
    const { files } = await archiveOf(rows, key);
    const [log = ''] = await details(edited(files, 'event_log.json'));
    expect(log).toMatch(new RegExp(`^file_differs ${JAB} line ${JAB + 2}, `));
    expect(log).toContain(WHICH);
    expect(log).toContain(`${bundle} holds the text that was signed`);
    const hashes = files.get(tile) ?? new Uint8Array();
    const [hash = ''] = await details(new Map(files).set(tile, hashes.with(JAB * 32, (hashes[JAB * 32] ?? 0) ^ 1)));
    expect(hash).toMatch(new RegExp(`^tile_changed ${JAB} `));
    expect(hash).toContain(`${bundle} holds what was signed`);
  });

  it('is the same where bundle and tile were changed alike', async () => {
    const { files } = await archiveOf(rows, key);
    const leaf = new TextEncoder().encode(rows[JAB]?.leaf.replace('"Jab"', '"Jib"'));
    const hashes = (files.get(tile) ?? new Uint8Array()).slice();
    hashes.set(leafHash(leaf), JAB * 32);
    const found = await details(new Map(edited(files, bundle)).set(tile, hashes));
    const root = found.find((one) => one.startsWith('root_differs')) ?? '';
    expect(root).toMatch(new RegExp(`^root_differs ${JAB} `));
    expect(root).toContain(`event_log.json still holds the text that was signed; the first that differs is ${WHICH}`);
    expect(hexOf(leafHash(leaf))).not.toBe(rows[JAB]?.hash);
  });
});
