import { type ReceiptsFile, readReceipts } from '../../../domain/ledger/index.ts';
import { parseCheckpoint, parseNote, textOfUtf8 } from '../../../domain/log/index.ts';
import type { Outcome } from '../../../domain/refusal.ts';
import type { Folder } from './folder.ts';

/** What a device saved of its entries; refuses, with the member that is wrong, what is no such file. */
export async function receiptsIn(file: Blob): Promise<Outcome<ReceiptsFile>> {
  return readReceipts(await file.text());
}

/**
 * Whether receipts can be held against a record: those of another bout would accuse it falsely. A record that does not
 * say whose it is cannot get out of it by that.
 */
export async function areOf({ boutId }: ReceiptsFile, { source }: Folder): Promise<boolean> {
  // What cannot be read is told by the verification itself.
  const bytes = await source('checkpoint').catch(() => null);
  const text = bytes === null ? null : textOfUtf8(bytes);
  const note = text === null ? null : parseNote(text);
  const checkpoint = note?.ok === true ? parseCheckpoint(note.value.text) : null;
  const said = checkpoint?.ok === true ? (/\/bout\/([^/]+)$/.exec(checkpoint.value.origin)?.[1] ?? null) : null;
  return said === null || said === boutId;
}
