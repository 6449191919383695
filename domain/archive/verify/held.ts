import { type Hash, hexOf, parseCheckpoint, parseNote, rootOf, sameBytes } from '../../log/index.ts';
import type { Findings } from './report.ts';
import { signerOf, type SignedCheckpoint, type Trust } from './signed.ts';
import type { Receipt } from './source.ts';
import type { Tree } from './tree.ts';

/** Holds the archive against receipts of entries: each names an index and the hash that the entry there had. */
export function verifyReceipts(receipts: readonly Receipt[], tree: Tree, size: number, findings: Findings): number {
  let good = 0;
  for (const { index, hash } of receipts) {
    const found = tree.hashes[index] ?? null;
    if (index >= size) {
      const detail = `somebody holds a receipt for entry ${index}, and the record ends after ${size} entries`;
      findings.add('receipt_beyond', null, index, detail);
    } else if (found !== null && hexOf(found) !== hash.toLowerCase()) {
      const detail = `somebody holds a receipt for entry ${index} with hash ${hash}; the record has ${hexOf(found)} there`;
      findings.add('receipt_differs', null, index, detail);
    } else if (found !== null) {
      good += 1;
    }
  }
  return good;
}

/**
 * Holds the archive against earlier checkpoints of the same bout: each must be the root over the record's first entries,
 * which is computed from the entries themselves.
 */
export async function verifyHeld(
  notes: readonly string[],
  signed: SignedCheckpoint,
  tree: Tree,
  trust: Trust,
  findings: Findings,
): Promise<number> {
  let good = 0;
  for (const [at, text] of notes.entries()) {
    const called = `checkpoint ${at + 1} of those given`;
    const note = parseNote(text);
    const held = note.ok ? parseCheckpoint(note.value.text) : note;
    if (!held.ok) {
      findings.add('held_unsigned', null, null, `${called} cannot be read: ${held.detail}`);
      continue;
    }
    const { origin, size, root } = held.value;
    if (origin !== signed.checkpoint.origin) {
      findings.add('held_unsigned', null, null, `${called} is of ${origin}, another log`);
      continue;
    }
    const object = (_code: string, detail: string): void =>
      findings.add('held_unsigned', null, null, `${called} is not signed by the key given: ${detail}`);
    const signer = await signerOf(text, origin, trust, object);
    if (trust.keys.length > 0 && signer === null) continue;
    if (size > signed.checkpoint.size) {
      const detail = `${called} is over ${size} entries; the record has ${signed.checkpoint.size}: later entries were cut off`;
      findings.add('held_beyond', null, signed.checkpoint.size, detail);
      continue;
    }
    const before = tree.hashes.slice(0, size);
    if (before.length < size || !before.every((hash): hash is Hash => hash !== null)) continue;
    if (sameBytes(rootOf(before), root)) {
      good += 1;
      continue;
    }
    const detail = `${called} is over the first ${size} entries, and they were others: its root is ${hexOf(root)}, the record’s ${hexOf(rootOf(before))}`;
    findings.add('held_differs', null, null, detail);
  }
  return good;
}
