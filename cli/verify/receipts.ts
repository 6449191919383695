import { readReceipts, type ReceiptsFile } from '../../domain/ledger/index.ts';
import { parseCheckpoint, parseNote, textOfUtf8 } from '../../domain/log/index.ts';
import type { ArchiveSource } from '../../domain/archive/index.ts';

/** A file of receipts that a device has saved, and what it is called. */
export type HeldFile = ReceiptsFile & { readonly name: string };

/** @throws Error that names the file and what is wrong with it */
export function heldFile(name: string, text: string): HeldFile {
  const read = readReceipts(text);
  if (!read.ok) throw new Error(`--receipts ${name}: ${read.detail}`);
  return { ...read.value, name };
}

/** The bout that a record says it is of; null where it does not say. Whether it is so is for the verification to find. */
export async function boutOf(source: ArchiveSource): Promise<string | null> {
  const bytes = await source('checkpoint');
  const text = bytes === null ? null : textOfUtf8(bytes);
  const note = text === null ? null : parseNote(text);
  const checkpoint = note?.ok === true ? parseCheckpoint(note.value.text) : null;
  return checkpoint?.ok === true ? (/\/bout\/([^/]+)$/.exec(checkpoint.value.origin)?.[1] ?? null) : null;
}

/** The files that a record is held against: those of its bout, and all of them where it does not say which it is of. */
export function filesFor(files: readonly HeldFile[], boutId: string | null): readonly HeldFile[] {
  return files.filter((file) => boutId === null || file.boutId === boutId);
}

/** @throws Error where a file is of none of the bouts: it would have proven nothing, and nobody would have known */
export function checkAllUsed(files: readonly HeldFile[], bouts: readonly (string | null)[]): void {
  if (bouts.includes(null)) return;
  const stray = files.find(({ boutId }) => !bouts.includes(boutId));
  if (stray !== undefined) {
    throw new Error(`--receipts ${stray.name} is of bout ${stray.boutId}, and there is no record of it here.`);
  }
}
