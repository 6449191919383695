import { webcrypto } from 'node:crypto';
import fc from 'fast-check';
import { verdictWords, verifyArchive } from '../../../domain/archive/index.ts';
import { describe, expect, it } from 'vitest';
import type { StoredRow } from '../../../domain/ledger/index.ts';
import { bundlesOf, formatCheckpoint, signNote, tilePath, tilesOf } from '../../../domain/log/index.ts';
import {
  archiveOf,
  checkpointOf,
  type Files,
  filesOf,
  hashesOf,
  newLogKey,
  rotationNote,
  rowsOf,
  sealBook,
  smallBout,
  verifyFiles,
} from '../../support/archive.ts';
import { LATER } from '../support/book.ts';

const key = newLogKey();
const other = newLogKey();
const rows = rowsOf(sealBook(smallBout()));
const BUNDLE = tilePath('entries', 0, rows.length);

/** Rows from elsewhere under a checkpoint of the attacker's choice; what is worked out stays as it was. */
function withTree(files: Files, tree: readonly StoredRow[], checkpoint?: string): Files {
  const kept = [...files].filter(
    ([path]) => !path.startsWith('tile/') && (checkpoint === undefined || path !== 'checkpoint'),
  );
  const leaves = tree.map(({ leaf }) => leaf);
  return new Map([
    ...kept,
    ...filesOf(bundlesOf(leaves)),
    ...filesOf(tilesOf(hashesOf(tree))),
    ...(checkpoint === undefined ? [] : [['checkpoint', new TextEncoder().encode(checkpoint)] as const]),
  ]);
}

/** Another history after the first entries: the same, but later. */
function forkedAt(index: number): StoredRow[] {
  const book = sealBook(smallBout());
  const entries = book.entries.map((entry) => (entry.index < index ? entry : { ...entry, receivedMs: LATER + 60_000 }));
  return rowsOf({ entries });
}

function codesOf(findings: readonly { readonly code: string }[]): string[] {
  return [...new Set(findings.map(({ code }) => code))];
}

describe('whoever holds the database, but not the log’s key', () => {
  it('cannot cut off the end, wherever', async () => {
    const { files } = await archiveOf(rows, key);
    for (let length = 1; length < rows.length; length += 1) {
      const cut = rows.slice(0, length);
      const underOld = await verifyFiles(withTree(files, cut), key);
      expect({ length, verdict: underOld.verdict, has: codesOf(underOld.findings).includes('truncated') }).toEqual({
        length,
        verdict: 'broken',
        has: true,
      });
      const resigned = await verifyFiles(withTree(files, cut, await checkpointOf(cut, other)), key);
      expect({ length, verdict: resigned.verdict }).toEqual({ length, verdict: 'broken' });
      expect(codesOf(resigned.findings)).toEqual(expect.arrayContaining(['signed_by_other', 'not_sealed']));
    }
  });

  it('cannot write the whole ledger anew, however whole it is', async () => {
    const forged = await archiveOf(forkedAt(0), other);
    expect((await verifyFiles(forged.files, other)).verdict).toBe('proven');
    const report = await verifyFiles(forged.files, key);
    expect(report.verdict).toBe('broken');
    expect(codesOf(report.findings)).toEqual(['signed_by_other']);
    expect(report.findings[0]?.file).toBe('checkpoint');
    expect(verdictWords(report).meaning).toContain('or the whole record is forged');
    const underOurs = await verifyFiles(withTree(forged.files, forkedAt(0), await checkpointOf(rows, key)), key);
    expect(codesOf(underOurs.findings)).toContain('root_differs');
    expect(underOurs.verdict).toBe('broken');
  });

  it('cannot sign under the deployment’s name with a key of their own', async () => {
    const { files } = await archiveOf(rows, key);
    const note = new TextDecoder().decode(files.get('checkpoint'));
    const [text = ''] = note.split('\n\n');
    const theirs = new TextDecoder().decode((await archiveOf(rows, other)).files.get('checkpoint'));
    const stolen = `${text}\n\n${note.split('\n\n')[1]?.slice(0, 40)}${theirs.split('\n\n')[1]?.slice(40)}`;
    const report = await verifyFiles(new Map(files).set('checkpoint', new TextEncoder().encode(stolen)), key);
    expect(report.verdict).toBe('broken');
  });

  it('cannot hand over another bout’s record', async () => {
    const { files } = await archiveOf(rows, key);
    const report = await verifyFiles(files, key, { boutId: 'bout_124' });
    expect(report.verdict).toBe('broken');
    expect(codesOf(report.findings)).toEqual(['other_bout']);
    const underOther = await archiveOf(rows, key, { checkpoint: await checkpointOf(rows, key, 'bout/bout_124') });
    expect(codesOf((await verifyFiles(underOther.files, key)).findings)).toEqual(['other_bout']);
    const asLog = await archiveOf(rows, key, { checkpoint: await checkpointOf(rows, key, 'ledger') });
    expect((await verifyFiles(asLog.files, key)).verdict).toBe('broken');
  });

  it('cannot put two entries in another order', async () => {
    const { files } = await archiveOf(rows, key);
    const place = fc.nat({ max: rows.length - 1 });
    await fc.assert(
      fc.asyncProperty(place, place, async (one, two) => {
        fc.pre(one !== two);
        const swapped = rows.with(one, rows[two] ?? fail()).with(two, rows[one] ?? fail());
        const [bundle] = bundlesOf(swapped.map(({ leaf }) => leaf));
        const bundleOnly = await verifyFiles(new Map(files).set(BUNDLE, bundle?.bytes ?? fail()), key);
        const named = bundleOnly.findings.filter(({ code }) => code === 'leaf_changed').map(({ index }) => index);
        expect(named).toEqual([one, two].toSorted((a, b) => a - b));
        // Re-signed by somebody with the log's key: the entries themselves say where they stood.
        const signed = await verifyFiles(withTree(files, swapped, await checkpointOf(swapped, key)), key);
        expect(signed.verdict).toBe('broken');
        expect(codesOf(signed.findings)).toContain('chain_broken');
        expect(
          Math.min(
            ...signed.findings.flatMap(({ code, index }) => (code === 'chain_broken' && index !== null ? [index] : [])),
          ),
        ).toBe(Math.min(one, two));
      }),
      { numRuns: 25 },
    );
  });
});

function fail(): never {
  throw new Error('nothing there');
}

describe('whoever holds the database and the log’s key', () => {
  it('cannot cut off the end while somebody holds a receipt or a checkpoint', async () => {
    const lastReceipt = rows.at(-1) ?? fail();
    const checkpoint = await checkpointOf(rows, key);
    for (let length = 1; length < rows.length; length += 1) {
      const cut = await archiveOf(rows.slice(0, length), key);
      const alone = await verifyFiles(cut.files, key);
      expect(alone.verdict).toBe('incomplete');
      expect(codesOf(alone.findings)).toEqual(['not_sealed']);
      const { findings, verdict } = await verifyFiles(cut.files, key, {
        receipts: [{ index: lastReceipt.index, hash: lastReceipt.hash }],
        checkpoints: [checkpoint],
      });
      expect(verdict).toBe('broken');
      expect(codesOf(findings)).toEqual(['not_sealed', 'receipt_beyond', 'held_beyond']);
    }
  });

  it('cannot rewrite from any entry on while somebody holds a receipt or a checkpoint of later', async () => {
    for (let from = 1; from < rows.length; from += 1) {
      const forged = await archiveOf(forkedAt(from), key);
      expect((await verifyFiles(forged.files, key)).verdict).toBe('proven');
      const receipts = rows.map(({ index, hash }) => ({ index, hash }));
      const held = rows.map(async (_row, at) => await checkpointOf(rows.slice(0, at + 1), key));
      const report = await verifyFiles(forged.files, key, { receipts, checkpoints: await Promise.all(held) });
      expect(report.verdict).toBe('broken');
      const receiptsOff = report.findings.filter(({ code }) => code === 'receipt_differs').map(({ index }) => index);
      expect(receiptsOff).toEqual(rows.slice(from).map(({ index }) => index));
      expect(report.findings.filter(({ code }) => code === 'held_differs')).toHaveLength(rows.length - from);
      expect(report.facts).toMatchObject({ receipts: from, checkpoints: from });
    }
  });

  it('is not believed for a checkpoint held outside that nobody signed, or of another log', async () => {
    const { files } = await archiveOf(rows, key);
    const report = await verifyFiles(files, key, {
      checkpoints: [await checkpointOf(forkedAt(2), other), await checkpointOf(rows, key, 'bout/bout_9'), 'nonsense'],
    });
    expect(report.verdict).toBe('unproven');
    expect(report.findings.map(({ code }) => code)).toEqual(['held_unsigned', 'held_unsigned', 'held_unsigned']);
  });
});

describe('keys', () => {
  it('without a key nothing is proven', async () => {
    const { files } = await archiveOf(rows, key);
    const report = await verifyFiles(files, null);
    expect(report.verdict).toBe('unproven');
    expect(codesOf(report.findings)).toEqual(['no_key']);
    expect((await verifyFiles(files, { ...key, text: 'no key' })).findings[0]?.code).toBe('key_unreadable');
  });

  it('the key of another deployment opens nothing', async () => {
    const { files } = await archiveOf(rows, key);
    const report = await verifyFiles(files, newLogKey('elsewhere.test'));
    expect(report.verdict).toBe('broken');
    expect(codesOf(report.findings)).toEqual(['other_origin']);
    expect(verdictWords(report)).toEqual({
      title: 'Not signed by the key that you gave',
      meaning: expect.stringContaining('another deployment’s'),
    });
    // Of another bout besides: that is no matter of the key.
    const other = await archiveOf(rows, key, { checkpoint: await checkpointOf(rows, key, 'bout/bout_124') });
    const both = await verifyFiles(other.files, newLogKey('elsewhere.test'));
    expect(codesOf(both.findings)).toEqual(['other_origin', 'other_bout']);
    expect(verdictWords(both).title).toBe('Broken');
  });

  it('a key that does not fit is not called a change, and whom to ask for the right one is said', async () => {
    const { files } = await archiveOf(rows, key);
    const report = await verifyFiles(files, newLogKey());
    expect(report.verdict).toBe('broken');
    const [id = ''] = report.facts.claimedIds;
    expect(id).toMatch(/^[0-9a-f]{8}$/);
    const { title, meaning } = verdictWords(report);
    expect(title).toBe('Not signed by the key that you gave');
    // No key that is handed out carries the id of a log of its own, so nobody could look for it.
    expect(meaning).not.toContain(id);
    expect(meaning).toContain('ask the promotion');
    expect(meaning).toContain('--rotations');
    expect(meaning).not.toContain('was changed');
    const changed = new Map(files).set('event_log.json', new Uint8Array(1));
    expect(verdictWords(await verifyFiles(changed, newLogKey())).title).toBe('Broken');
    expect(verdictWords(await verifyFiles(files, key)).meaning).toContain('no signed entry is missing');
  });

  it('an older key is followed through rotation notes, a newer one not backwards', async () => {
    const [first, second, third] = [newLogKey(), newLogKey(), newLogKey()];
    const rotations = [await rotationNote(first, second), await rotationNote(second, third)];
    const archive = await archiveOf(rows, third, { rotations });
    for (const [at, given] of [third, second, first].entries()) {
      const report = await verifyFiles(archive.files, given);
      expect({ verdict: report.verdict, rotations: report.facts.rotations }).toEqual({
        verdict: 'proven',
        rotations: at,
      });
      expect(report.facts.signedBy).toBe(third.text);
    }
    expect((await verifyFiles(archive.files, other)).verdict).toBe('broken');
    const old = await archiveOf(rows, first);
    expect((await verifyFiles(old.files, third, { rotations })).verdict).toBe('broken');
    // Kept by the verifier, not by the archive.
    const bare = await archiveOf(rows, third);
    expect((await verifyFiles(bare.files, first)).verdict).toBe('broken');
    expect((await verifyFiles(bare.files, first, { rotations })).verdict).toBe('proven');
  });

  it('a rotation note that was changed is named, whoever’s key is given', async () => {
    const [first, second] = [newLogKey(), newLogKey()];
    const archive = await archiveOf(rows, second, { rotations: [await rotationNote(first, second)] });
    const bytes = archive.files.get('rotations') ?? fail();
    for (let at = 0; at < bytes.length; at += 19) {
      const changed = bytes.with(at, (bytes[at] ?? 0) ^ 1);
      for (const given of [first, second, null]) {
        const report = await verifyFiles(new Map(archive.files).set('rotations', changed), given);
        expect(report.verdict).toBe('broken');
        expect(report.findings.find(({ code }) => code === 'rotation_false')?.file).toBe('rotations');
      }
    }
  });
});

describe('files', () => {
  it('each that is missing is named, and the verdict is no longer proven', async () => {
    const { files } = await archiveOf(rows, key);
    for (const path of files.keys()) {
      const without = new Map(files);
      without.delete(path);
      const report = await verifyFiles(without, key);
      expect({ path, verdict: report.verdict }).toEqual({ path, verdict: 'incomplete' });
      expect(report.findings.find(({ code }) => code === 'file_missing')?.file).toBe(path);
    }
  });

  it('worked out by another version of the program are not compared, and the verdict says so', async () => {
    const { files } = await archiveOf(rows, key);
    const edited = (path: string, from: string, to: string): [string, Uint8Array] => [
      path,
      new TextEncoder().encode(new TextDecoder().decode(files.get(path)).replace(from, to)),
    ];
    const newer = new Map([...files, edited('metadata.json', '"archive":1', '"archive":2')]);
    const report = await verifyFiles(newer, key);
    expect(report.verdict).toBe('unproven');
    expect(report.findings).toMatchObject([{ code: 'other_version', file: 'metadata.json' }]);
    expect(report.facts.compared).toEqual(['event_log.json', 'hash_chain.json']);
    const changedToo = new Map([...newer, edited('event_log.json', '"Jab"', '"Hook"')]);
    expect((await verifyFiles(changedToo, key)).verdict).toBe('broken');
    const notOurs = new Map([...files, edited('metadata.json', 'fightjudge/metadata/1', 'something else')]);
    expect((await verifyFiles(notOurs, key)).verdict).toBe('broken');
  });

  it('without end are not read without end', async () => {
    const origin = `${key.key.name}/bout/bout_123`;
    const text = formatCheckpoint({ origin, size: Number.MAX_SAFE_INTEGER, root: new Uint8Array(32) });
    const note = await signNote(text, { name: origin, publicKey: key.key.publicKey }, key.sign);
    let asked = 0;
    const source = async (path: string): Promise<Uint8Array | null> => {
      if (path === 'checkpoint') return new TextEncoder().encode(note);
      asked += 1;
      return new Uint8Array(0);
    };
    const report = await verifyArchive(source, { key: key.text, subtle: webcrypto.subtle });
    expect(report.verdict).toBe('broken');
    expect(asked).toBeLessThan(10_000);
  });

  it('those that the tree does not have are named; an earlier tree’s are lawful', async () => {
    const { files } = await archiveOf(rows, key);
    const early = withTree(new Map(), rows.slice(0, 5));
    expect((await verifyFiles(new Map([...early, ...files]), key)).verdict).toBe('proven');
    const surplus = new Map(files)
      .set('tile/entries/001.p/3', new Uint8Array([0, 1, 65]))
      .set('tile/.DS_Store', new Uint8Array(3));
    const report = await verifyFiles(surplus, key);
    expect(report.verdict).toBe('broken');
    expect(report.findings.map(({ code, file }) => `${code} ${file}`)).toEqual([
      'surplus_file tile/entries/001.p/3',
      'foreign_file tile/.DS_Store',
    ]);
    const forged = withTree(new Map(), forkedAt(1).slice(0, 5));
    expect(codesOf((await verifyFiles(new Map([...forged, ...files]), key)).findings)).toEqual(['surplus_file']);
  });

  it('of a live bout the tree alone is enough, and the verdict is that it is not closed', async () => {
    const live = rowsOf(smallBout()).slice(0, 6);
    const files = withTree(new Map(), live, await checkpointOf(live, key));
    const report = await verifyFiles(files, key);
    expect(report.verdict).toBe('incomplete');
    expect(codesOf(report.findings)).toEqual(['not_sealed']);
    expect(report.facts).toMatchObject({ size: 6, entries: 6, sealedMs: null });
  });

  it('an entry that breaks a rule of the bout is named, though it is signed', async () => {
    const book = sealBook(smallBout());
    const entries = book.entries.map((entry) => (entry.index === 4 ? { ...entry, round: 9 } : entry));
    const broken = rowsOf({ entries });
    const files = withTree(new Map(), broken, await checkpointOf(broken, key));
    const report = await verifyFiles(files, key);
    expect(report.verdict).toBe('broken');
    expect(report.findings.find(({ code }) => code === 'rule_broken')).toMatchObject({ index: 4, file: BUNDLE });
  });

  it('a bout that no program of ours would set up is refused, and takes no time', async () => {
    const [first] = smallBout().entries;
    for (const strange of [{ values: {} }, { scheduled_rounds: 2 ** 40 }, { round_length_ms: 2 ** 50 }]) {
      const entries = smallBout().entries.with(0, { ...(first ?? fail()), payload: { ...first?.payload, ...strange } });
      const made = rowsOf({ entries });
      const report = await verifyFiles(withTree(new Map(), made, await checkpointOf(made, key)), key);
      expect({ strange, verdict: report.verdict }).toEqual({ strange, verdict: 'broken' });
      expect(codesOf(report.findings)).toContain('rule_broken');
    }
    const claimed = formatCheckpoint({ origin: 'log.test/bout/bout_123', size: 2 ** 52, root: new Uint8Array(32) });
    const files = new Map([['checkpoint', new TextEncoder().encode(`${claimed}\n— log.test AAAAAAA=\n`)]]);
    expect((await verifyFiles(files, key)).verdict).toBe('broken');
  });

  it('a seal that states something else is named with what it states', async () => {
    const book = sealBook(smallBout());
    const entries = book.entries.map((entry) =>
      entry.kind === 'seal' ? { ...entry, payload: { ...entry.payload, actions: 7, voided: 1 } } : entry,
    );
    const archive = await archiveOf(rowsOf({ entries }), key);
    const { verdict, findings } = await verifyFiles(archive.files, key);
    expect(verdict).toBe('broken');
    expect(findings.map(({ code, index, detail }) => `${code} ${index} ${detail}`)).toEqual([
      `seal_differs ${entries.length - 1} the seal states actions 7, the entries give 4`,
      `seal_differs ${entries.length - 1} the seal states voided 1, the entries give 0`,
    ]);
  });
});
