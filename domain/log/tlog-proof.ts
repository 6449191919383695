import { ok, refuse } from '../refusal.ts';
import type { Outcome, Refusal } from '../refusal.ts';
import { openCheckpoint } from './checkpoint.ts';
import type { OpenedCheckpoint } from './checkpoint.ts';
import { HASH_BYTES } from './hash.ts';
import type { Hash } from './hash.ts';
import type { VerifierKey, VerifySignature } from './key.ts';
import { MAX_NOTE_LENGTH } from './note.ts';
import { verifyInclusion } from './proof.ts';
import { base64Of, bytesOfBase64, readDecimal } from './text.ts';

/** What shows offline that a leaf stands in a log: c2sp.org/tlog-proof. */
export type TlogProof = {
  readonly index: number;
  /** The leaf's sibling first. */
  readonly proof: readonly Hash[];
  /** The whole note, as the log signed it. */
  readonly checkpoint: string;
  /** Whatever the writer added. Nothing signs it. Absent where there is none. */
  readonly extra?: Uint8Array;
};

const HEADER = 'c2sp.org/tlog-proof@v1';
/** No tree with a size of 64 bits has longer ones. */
export const MAX_PROOF = 64;
const MAX_EXTRA_LENGTH = 100_000;

export function formatProof({ index, proof, checkpoint, extra }: TlogProof): string {
  const lines = [
    HEADER,
    ...(extra === undefined ? [] : [`extra ${base64Of(extra)}`]),
    `index ${index}`,
    ...proof.map(base64Of),
  ];
  return `${lines.join('\n')}\n\n${checkpoint}`;
}

/** Reads a proof file; nothing in it is verified before {@link verifyProof}, its checkpoint not even parsed. */
export function parseProof(text: string): Outcome<TlogProof> {
  if (text.length > MAX_NOTE_LENGTH + 2 * MAX_EXTRA_LENGTH)
    return refuse('too_large', 'the proof is too long', 'proof');
  const split = text.indexOf('\n\n');
  if (split < 0) return bad('no empty line stands before its checkpoint');
  const [header, ...lines] = text.slice(0, split).split('\n');
  if (header !== HEADER) return bad(`it does not begin with ${HEADER}`);
  const extraLine = lines[0]?.startsWith('extra ') === true ? lines.shift() : undefined;
  const extra = extraLine === undefined ? undefined : bytesOfBase64(extraLine.slice('extra '.length));
  if (extra === null) return bad('what follows extra is no base64');
  const indexLine = lines.shift() ?? '';
  const index = indexLine.startsWith('index ') ? readDecimal(indexLine.slice('index '.length)) : null;
  if (index === null) return bad('it has no line index with a whole number from 0 to 2^53 - 1');
  const proof = readHashes(lines);
  if (proof === null) return bad(`its hashes must be at most ${MAX_PROOF}, each of ${HASH_BYTES} bytes in base64`);
  const checkpoint = text.slice(split + 2);
  return ok({ index, proof, checkpoint, ...(extra === undefined ? {} : { extra }) });
}

function readHashes(lines: readonly string[]): Hash[] | null {
  if (lines.length > MAX_PROOF) return null;
  const hashes: Hash[] = [];
  for (const line of lines) {
    const hash = bytesOfBase64(line);
    if (hash?.length !== HASH_BYTES) return null;
    hashes.push(hash);
  }
  return hashes;
}

function bad(detail: string): Refusal {
  return refuse('bad_request', `the text is no proof: ${detail}`, 'proof');
}

/** Whether the leaf of this hash stands in the log of this key, as the proof says: gives the opened checkpoint. */
export async function verifyProof(
  { index, proof, checkpoint }: TlogProof,
  leaf: Hash,
  key: VerifierKey,
  verify: VerifySignature,
  witnesses: readonly VerifierKey[] = [],
): Promise<Outcome<OpenedCheckpoint>> {
  const opened = await openCheckpoint(checkpoint, key, verify, witnesses);
  if (!opened.ok) return opened;
  const { size, root } = opened.value.checkpoint;
  if (!verifyInclusion({ index: BigInt(index), size: BigInt(size), leaf, proof, root })) {
    return refuse('forbidden', `the proof does not lead from the leaf to the root of ${key.name}`, 'proof');
  }
  return opened;
}
