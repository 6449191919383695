import { utf8Bytes } from '../ledger/index.ts';
import { ok, refuse } from '../refusal.ts';
import type { Outcome, Refusal } from '../refusal.ts';
import { verifyCosignature } from './cosignature.ts';
import { joinBytes } from './hash.ts';
import { COSIGNATURE, hasControls, idBytes, isKeyName, readId, verifierKey } from './key.ts';
import type { SignText, VerifierKey, VerifySignature } from './key.ts';
import { base64Of, bytesOfBase64 } from './text.ts';

/*
 * Signed notes: c2sp.org/signed-note. Whoever reads a note from bytes must read strict UTF-8 (`textOfUtf8`): what a
 * lenient reader mends is no longer what was signed.
 */

export type NoteSignature = {
  readonly name: string;
  readonly id: number;
  /** What follows the key id: for Ed25519 64 bytes, for a cosignature 72. */
  readonly bytes: Uint8Array;
  /** As it stands in the note, without its newline. */
  readonly line: string;
};

export type Note = {
  /** What is signed: ends with a newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
};

/** As golang.org/x/mod/sumdb/note has it; the format asks for 16 at least. */
export const MAX_SIGNATURES = 100;

/** In UTF-16 units. A hundred signatures of the longest kind known and a text beside them are half of it. */
export const MAX_NOTE_LENGTH = 1_000_000;

const SIGNATURE_PREFIX = '— ';

/** The text and the signatures of a note, none of them verified: nothing in it may be believed before {@link openNote}. */
export function parseNote(note: string): Outcome<Note> {
  if (note.length > MAX_NOTE_LENGTH) {
    return refuse('too_large', `a note has at most ${MAX_NOTE_LENGTH} characters`, 'note');
  }
  if (!isNoteText(note)) return bad('it is not UTF-8, holds control characters or does not end with a newline');
  const split = note.lastIndexOf('\n\n');
  if (split < 0) return bad('no empty line stands before its signatures');
  const lines = note.slice(split + 2, -1).split('\n');
  if (note.length === split + 2) return bad('it has no signature');
  if (lines.length > MAX_SIGNATURES) return bad(`it has more than ${MAX_SIGNATURES} signatures`);
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const signature = readSignature(line);
    if (signature === null) return bad(`signature line ${signatures.length + 1} is no signature`);
    signatures.push(signature);
  }
  return ok({ text: note.slice(0, split + 1), signatures });
}

function bad(detail: string): Refusal {
  return refuse('bad_request', `the note is malformed: ${detail}`, 'note');
}

/** Whether this can be the text of a note. */
export function isNoteText(text: string): boolean {
  return text.endsWith('\n') && text.isWellFormed() && !hasControls(text);
}

function readSignature(line: string): NoteSignature | null {
  if (!line.startsWith(SIGNATURE_PREFIX)) return null;
  const space = line.indexOf(' ', SIGNATURE_PREFIX.length);
  if (space < 0) return null;
  const name = line.slice(SIGNATURE_PREFIX.length, space);
  const bytes = bytesOfBase64(line.slice(space + 1));
  // The key id and at least one byte of signature.
  if (!isKeyName(name) || bytes === null || bytes.length < 5) return null;
  return { name, id: readId(bytes), bytes: bytes.slice(4), line };
}

/** The note of a text, which ends with a newline, and its signature lines, without theirs. */
export function formatNote(text: string, lines: readonly string[]): string {
  return `${text}\n${lines.map((line) => `${line}\n`).join('')}`;
}

/** The line that a signature stands on, without its newline. */
export function signatureLine(key: Pick<VerifierKey, 'name' | 'id'>, signature: Uint8Array): string {
  return `${SIGNATURE_PREFIX}${key.name} ${base64Of(joinBytes([idBytes(key.id), signature]))}`;
}

export type OpenedNote = {
  readonly note: Note;
  /** The known keys that signed it, each once, in order of their first signatures. */
  readonly signedBy: readonly VerifierKey[];
};

/**
 * Opens a note that is signed by at least one of the keys. Signatures of other keys are passed over; one of a known key
 * that does not verify refuses the whole note, and so do two keys of the same name and id, which nothing tells apart.
 * Stricter than golang.org/x/mod/sumdb/note in one respect: it looks at every line of a known key, not at its first only.
 */
export async function openNote(
  text: string,
  keys: readonly VerifierKey[],
  verify: VerifySignature,
): Promise<Outcome<OpenedNote>> {
  const parsed = parseNote(text);
  if (!parsed.ok) return parsed;
  const note = parsed.value;
  const message = utf8Bytes(note.text);
  const signedBy = new Set<VerifierKey>();
  const seen = new Set<string>();
  for (const { name, id, bytes, line } of note.signatures) {
    if (seen.has(line)) continue;
    seen.add(line);
    const [key, ...others] = keys.filter((known) => known.name === name && known.id === id);
    if (key === undefined) continue;
    if (others.length > 0) return refuse('bad_request', `two keys of ${name} have the same id`, 'keys');
    if (!(await isSigned(key, message, bytes, verify))) {
      return refuse('forbidden', `the signature of ${name} does not verify`, 'note');
    }
    signedBy.add(key);
  }
  if (signedBy.size === 0) return refuse('forbidden', 'the note is signed by none of the known keys', 'note');
  return ok({ note, signedBy: [...signedBy] });
}

async function isSigned(
  key: VerifierKey,
  message: Uint8Array,
  signature: Uint8Array,
  verify: VerifySignature,
): Promise<boolean> {
  if (key.type === COSIGNATURE) return await verifyCosignature(key, message, signature, verify);
  return await verify(key.publicKey, message, signature);
}

/**
 * Signs a text under a name: the whole note. Throws a RangeError for a text that no note can hold, which is a defect of
 * whoever wrote it.
 */
export async function signNote(
  text: string,
  key: { readonly name: string; readonly publicKey: Uint8Array },
  sign: SignText,
): Promise<string> {
  if (!isNoteText(text)) throw new RangeError('no note can hold the text');
  const signature = await sign(utf8Bytes(text));
  return formatNote(text, [signatureLine(verifierKey(key.name, key.publicKey), signature)]);
}

/** A note with more signature lines, those that it has already left out. Refused where it would have too many. */
export function addSignatures(note: string, lines: readonly string[]): Outcome<string> {
  const parsed = parseNote(note);
  if (!parsed.ok) return parsed;
  const { text, signatures } = parsed.value;
  const all = new Set([...signatures.map(({ line }) => line), ...lines]);
  const longer = formatNote(text, [...all]);
  const checked = parseNote(longer);
  return checked.ok ? ok(longer) : checked;
}
