import { ok, refuse } from '../refusal.ts';
import type { Outcome, Refusal } from '../refusal.ts';
import { HASH_BYTES } from './hash.ts';
import type { Hash } from './hash.ts';
import type { VerifierKey, VerifySignature } from './key.ts';
import { isNoteText, openNote } from './note.ts';
import type { OpenedNote } from './note.ts';
import { base64Of, bytesOfBase64, readDecimal } from './text.ts';

/** What a log was at one moment: c2sp.org/tlog-checkpoint. */
export type Checkpoint = {
  /** Which log: the name of the key that signs it too. */
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
  /** Lines after these, which our own logs never have; absent where there are none. */
  readonly extensions?: readonly string[];
};

/** The text of a checkpoint's note, unsigned. Throws a RangeError for what no checkpoint can say. */
export function formatCheckpoint({ origin, size, root, extensions = [] }: Checkpoint): string {
  const lines = [origin, String(size), base64Of(root), ...extensions];
  const text = lines.map((line) => `${line}\n`).join('');
  const isWhole = lines.every((line) => line !== '' && !line.includes('\n')) && isNoteText(text);
  if (!isWhole || readDecimal(String(size)) === null || root.length !== HASH_BYTES) {
    throw new RangeError('no checkpoint can say this');
  }
  return text;
}

/** Reads the text of a checkpoint's note: the `text` of a parsed note, not the whole with its signatures. */
export function parseCheckpoint(noteText: string): Outcome<Checkpoint> {
  if (!isNoteText(noteText)) return bad('it is not UTF-8, holds control characters or does not end with a newline');
  const lines = noteText.slice(0, -1).split('\n');
  const [origin = '', sizeText = '', rootText = '', ...extensions] = lines;
  if (lines.includes('')) return bad('it has an empty line');
  if (lines.length < 3) return bad('it has fewer than three lines');
  const size = readDecimal(sizeText);
  if (size === null) return bad('the size must be a whole number from 0 to 2^53 - 1 without leading zeroes');
  const root = bytesOfBase64(rootText);
  if (root?.length !== HASH_BYTES) return bad(`the root must be ${HASH_BYTES} bytes in base64`);
  return ok({ origin, size, root, ...(extensions.length === 0 ? {} : { extensions }) });
}

function bad(detail: string): Refusal {
  return refuse('bad_request', `the text is no checkpoint: ${detail}`, 'checkpoint');
}

export type OpenedCheckpoint = OpenedNote & { readonly checkpoint: Checkpoint };

/**
 * Opens the signed checkpoint of one log: signed by the log's own key, whose name is the origin, whatever witnesses
 * signed it too. A known witness's cosignature that does not verify refuses it.
 */
export async function openCheckpoint(
  note: string,
  key: VerifierKey,
  verify: VerifySignature,
  witnesses: readonly VerifierKey[] = [],
): Promise<Outcome<OpenedCheckpoint>> {
  const opened = await openNote(note, [key, ...witnesses], verify);
  if (!opened.ok) return opened;
  if (!opened.value.signedBy.includes(key)) {
    return refuse('forbidden', `the checkpoint is not signed by the log ${key.name}`, 'checkpoint');
  }
  const checkpoint = parseCheckpoint(opened.value.note.text);
  if (!checkpoint.ok) return checkpoint;
  if (checkpoint.value.origin !== key.name) {
    return refuse('forbidden', `the checkpoint is of ${checkpoint.value.origin}, not of ${key.name}`, 'checkpoint');
  }
  return ok({ ...opened.value, checkpoint: checkpoint.value });
}
