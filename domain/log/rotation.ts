import { ok, refuse } from '../refusal.ts';
import type { Outcome, Refusal } from '../refusal.ts';
import { ED25519, formatVerifierKey, parseVerifierKey } from './key.ts';
import type { SignText, VerifierKey, VerifySignature } from './key.ts';
import { formatNote, openNote, parseNote, signNote } from './note.ts';

/*
 * How a deployment's key gives way to its next: a note that names both and is signed by both under the deployment's
 * name, the old one to say who follows it, the new one to show that its holder has it. A checkpoint can never be read as
 * one, nor one as a checkpoint: a checkpoint's second line is a number.
 */

const HEADER = 'fightjudge log key rotation v1';

/** A key that can sign. */
export type Signer = { readonly key: VerifierKey; readonly sign: SignText };

/** The text that both keys sign. */
export function rotationText(from: VerifierKey, to: VerifierKey): string {
  return `${HEADER}\n${formatVerifierKey(from)}\n${formatVerifierKey(to)}\n`;
}

/** The rotation note from one key of a deployment to its next. Throws a RangeError where no note can say so. */
export async function signRotation(from: Signer, to: Signer): Promise<string> {
  const text = rotationText(from.key, to.key);
  const read = readRotation(text);
  if (!read.ok) throw new RangeError(read.detail);
  const notes = await Promise.all([from, to].map(({ key, sign }) => signNote(text, key, sign)));
  const lines = notes.map((note) => note.slice(text.length + 1, -1));
  return formatNote(text, lines);
}

type Rotation = { readonly from: VerifierKey; readonly to: VerifierKey };

/**
 * Every key of a deployment that its key leads to through rotation notes, itself first. The order of the notes does not
 * matter; those that lead elsewhere are verified all the same. A note that is not one, or that not both of its keys
 * signed, refuses all: `errors[0].field` is `rotations[i]`, and the refusal names the key.
 */
export async function followRotations(
  key: VerifierKey,
  notes: readonly string[],
  verify: VerifySignature,
): Promise<Outcome<readonly VerifierKey[]>> {
  const rotations: Rotation[] = [];
  for (const [index, note] of notes.entries()) {
    const opened = await openRotation(note, verify);
    if (!opened.ok) return refuse(opened.code, opened.detail, `rotations[${index}]`);
    rotations.push(opened.value);
  }
  // A Map goes on through what is added while it is walked, and holds each key once: cycles end.
  const found = new Map([[formatVerifierKey(key), key]]);
  for (const reached of found.keys()) {
    for (const { from, to } of rotations) {
      const next = formatVerifierKey(to);
      if (formatVerifierKey(from) === reached && !found.has(next)) found.set(next, to);
    }
  }
  return ok([...found.values()]);
}

/** The keys of one rotation note, both of which signed it. */
export async function openRotation(note: string, verify: VerifySignature): Promise<Outcome<Rotation>> {
  const parsed = parseNote(note);
  if (!parsed.ok) return parsed;
  const read = readRotation(parsed.value.text);
  if (!read.ok) return read;
  const { from, to } = read.value;
  const opened = await openNote(note, [from, to], verify);
  if (!opened.ok) return opened;
  for (const key of [from, to]) {
    if (opened.value.signedBy.includes(key)) continue;
    return refuse('forbidden', `the rotation is not signed by ${formatVerifierKey(key)}`, 'rotation');
  }
  return read;
}

function readRotation(text: string): Outcome<Rotation> {
  const [header, fromText = '', toText = '', end, ...more] = text.split('\n');
  if (header !== HEADER || end !== '' || more.length > 0) {
    return bad(`it must be the line "${HEADER}" and two verifier keys`);
  }
  const from = parseVerifierKey(fromText);
  if (!from.ok) return from;
  const to = parseVerifierKey(toText);
  if (!to.ok) return to;
  if (from.value.type !== ED25519 || to.value.type !== ED25519) return bad('both keys must sign notes (type 1)');
  if (from.value.name !== to.value.name) return bad('both keys must have the same name');
  if (from.value.id === to.value.id) return bad('the two keys must differ, in their ids too');
  return ok({ from: from.value, to: to.value });
}

function bad(detail: string): Refusal {
  return refuse('bad_request', `the text is no rotation: ${detail}`, 'rotation');
}
