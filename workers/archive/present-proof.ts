import { rotationsText } from '../../domain/archive/index.ts';
import { utf8Bytes } from '../../domain/ledger/index.ts';
import { keyFor, parseNote, parseProof, parseVerifierKey, textOfUtf8 } from '../../domain/log/index.ts';
import { platformOf } from '../auth/platform.ts';
import type { Env } from '../env.ts';
import type { ArchivePlace } from './read-archived.ts';

const PROOF = 'log.tlog-proof';
const ROTATIONS = 'rotations';

/** Files of a record that depend on which key signs now, and their media types, which are those of the stored ones. */
export const KEY_FILES: Readonly<Record<string, string>> = {
  [PROOF]: 'text/plain; charset=utf-8',
  [ROTATIONS]: 'application/json',
};

/** By path, what is handed over in place of the stored file of that name, or where none is stored. */
export type PresentFiles = ReadonlyMap<string, Uint8Array>;

const NONE: PresentFiles = new Map();

/**
 * Where the log's key was replaced, the proof of a bout's checkpoint under the present key and the notes that lead to
 * that key; empty where it never was. What is stored is of the day of the seal and stays: a verifier who was given only
 * the present key could not open it, and a proof of today without today's notes would say nothing to one who holds the
 * key of then. Where the platform is away, what is stored has to do.
 */
export async function presentFiles(
  env: Pick<Env, 'PLATFORM' | 'ARCHIVE'>,
  { boutId, prefix, entries }: Pick<ArchivePlace, 'boutId' | 'prefix' | 'entries'>,
): Promise<PresentFiles> {
  try {
    const platform = platformOf(env);
    const keys = await platform.logKeys();
    if (!keys.ok || keys.value.previous.length === 0) return NONE;
    const { key, origins, rotations } = keys.value;
    const files = new Map([[ROTATIONS, utf8Bytes(rotationsText(rotations))]]);
    const stored = await env.ARCHIVE.get(`${prefix}${PROOF}`);
    const bytes = stored === null ? null : new Uint8Array(await stored.arrayBuffer());
    if (bytes !== null && isSignedWith(key, origins.log, textOfUtf8(bytes) ?? '')) return files;
    const proof = await platform.proofOf(boutId, entries);
    return proof === null ? files : files.set(PROOF, utf8Bytes(proof));
  } catch (error) {
    console.error(JSON.stringify({ at: 'archive.proof', bout: boutId, error: String(error).slice(0, 300) }));
    return NONE;
  }
}

/** Whether a proof's checkpoint names the key as its signer; that the signature holds is the verifier's to find. */
function isSignedWith(deployment: string, origin: string, text: string): boolean {
  const parsed = parseVerifierKey(deployment);
  const key = parsed.ok ? keyFor(parsed.value, origin) : parsed;
  const proof = parseProof(text);
  const note = proof.ok ? parseNote(proof.value.checkpoint) : proof;
  if (!key.ok || !note.ok) return false;
  return note.value.signatures.some(({ name, id }) => name === key.value.name && id === key.value.id);
}
