import {
  type Checkpoint,
  followRotations,
  formatVerifierKey,
  keyFor,
  openNote,
  openRotation,
  parseCheckpoint,
  parseNote,
  parseVerifierKey,
  textOfUtf8,
  type VerifierKey,
  type VerifySignature,
} from '../../log/index.ts';
import { rotationsText } from '../build.ts';
import type { Findings } from './report.ts';
import type { ArchiveSource } from './source.ts';

/** The deployment's keys that a verifier trusts: the given one and those that rotation notes lead to from it. */
export type Trust = { readonly keys: readonly VerifierKey[]; readonly verify: VerifySignature };

/** The keys that count; none where the verifier has none. Notes in the archive are verified in any case. */
export async function trustOf(
  source: ArchiveSource,
  given: { readonly key: string | null; readonly rotations?: readonly string[] },
  verify: VerifySignature,
  findings: Findings,
): Promise<Trust> {
  const archived = await readRotations(source, verify, findings);
  if (given.key === null) {
    findings.add(
      'no_key',
      null,
      null,
      'ask the promotion for its verifier key; one that came along with the record proves nothing',
    );
    return { keys: [], verify };
  }
  const key = parseVerifierKey(given.key.trim());
  if (!key.ok) {
    findings.add('key_unreadable', null, null, key.detail);
    return { keys: [], verify };
  }
  const keys = await followRotations(key.value, [...archived, ...(given.rotations ?? [])], verify);
  if (keys.ok) return { keys: keys.value, verify };
  findings.add('rotation_false', null, null, keys.detail);
  return { keys: [key.value], verify };
}

/** The notes of the archive that both of their keys signed. */
async function readRotations(
  source: ArchiveSource,
  verify: VerifySignature,
  findings: Findings,
): Promise<readonly string[]> {
  const bytes = await source('rotations');
  if (bytes === null) return [];
  const notes = notesIn(textOfUtf8(bytes));
  if (notes === null) {
    findings.add('rotation_false', 'rotations', null, 'the file is no list of rotation notes as an archive has it');
    return [];
  }
  const good: string[] = [];
  for (const [at, note] of notes.entries()) {
    const opened = await openRotation(note, verify);
    if (opened.ok) good.push(note);
    else findings.add('rotation_false', 'rotations', null, `note ${at + 1}: ${opened.detail}`);
  }
  return good;
}

function notesIn(text: string | null): readonly string[] | null {
  try {
    const notes: unknown = JSON.parse(text ?? '');
    if (!Array.isArray(notes) || !notes.every((note): note is string => typeof note === 'string')) return null;
    // Written again, so that there is one text of each list only.
    return rotationsText(notes) === text ? notes : null;
  } catch {
    return null;
  }
}

export type SignedCheckpoint = {
  readonly bytes: Uint8Array;
  readonly checkpoint: Checkpoint;
  /** The deployment's key whose signature holds; null where none does, or none was given. */
  readonly signedBy: VerifierKey | null;
  /** Key ids under it, as its signatures name themselves; with the name where that is not the checkpoint's origin. */
  readonly claimedIds: readonly string[];
};

/** Reads `checkpoint` and who signed it; null where there is none that can be read. */
export async function readCheckpoint(
  source: ArchiveSource,
  trust: Trust,
  findings: Findings,
): Promise<SignedCheckpoint | null> {
  const bytes = await source('checkpoint');
  if (bytes === null) {
    findings.add('file_missing', 'checkpoint', null, 'there is no checkpoint, so nothing says what the entries were');
    return null;
  }
  const text = textOfUtf8(bytes) ?? '';
  const note = parseNote(text);
  const checkpoint = note.ok ? parseCheckpoint(note.value.text) : note;
  if (!checkpoint.ok) {
    findings.add('checkpoint_malformed', 'checkpoint', null, checkpoint.detail);
    return null;
  }
  const signedBy = await signerOf(text, checkpoint.value.origin, trust, (code, detail) =>
    findings.add(code, 'checkpoint', null, detail),
  );
  const claimedIds = idsUnder(text, checkpoint.value.origin);
  return { bytes, checkpoint: checkpoint.value, signedBy, claimedIds };
}

type Objection = (code: 'other_origin' | 'signature_false' | 'signed_by_other', detail: string) => void;

/** Which of the trusted keys signed a checkpoint under its origin; null, and an objection where there are keys, if none. */
export async function signerOf(
  text: string,
  origin: string,
  { keys, verify }: Trust,
  object: Objection,
): Promise<VerifierKey | null> {
  const [given] = keys;
  if (given === undefined) return null;
  const pairs = keys.flatMap((deployment) => {
    const own = keyFor(deployment, origin);
    return own.ok ? [{ deployment, own: own.value }] : [];
  });
  if (pairs.length === 0) {
    object('other_origin', `it is of ${origin}, and the key given is of ${given.name}`);
    return null;
  }
  const opened = await openNote(
    text,
    pairs.map(({ own }) => own),
    verify,
  );
  if (opened.ok) return pairs.find(({ own }) => opened.value.signedBy.includes(own))?.deployment ?? null;
  const note = parseNote(text);
  const claims = note.ok && note.value.signatures.some((one) => pairs.some(({ own }) => isOf(one, own)));
  const names = keys.map(formatVerifierKey).join(' or ');
  if (claims) object('signature_false', `the signature is not that of ${names} over these lines`);
  else {
    const own = pairs.map(({ own: { id } }) => hexOfId(id)).join(' or ');
    const ids = idsUnder(text, origin).join(', ');
    object(
      'signed_by_other',
      `nobody signed it with ${names}; in this log alone that key has the id ${own}, and the one under it ${ids}`,
    );
  }
  return null;
}

/** So many are named; witnesses may have signed too. */
const IDS_NAMED = 4;

function idsUnder(text: string, origin: string): readonly string[] {
  const note = parseNote(text);
  const signatures = note.ok ? note.value.signatures : [];
  const own = signatures.filter(({ name }) => name === origin).map(({ id }) => hexOfId(id));
  const others = signatures.map(({ name, id }) => `${hexOfId(id)} (${name})`);
  return (own.length > 0 ? own : others).slice(0, IDS_NAMED);
}

function hexOfId(id: number): string {
  return id.toString(16).padStart(8, '0');
}

function isOf(signature: { readonly name: string; readonly id: number }, key: VerifierKey): boolean {
  return signature.name === key.name && signature.id === key.id;
}
