import {
  type Checkpoint,
  keyFor,
  leafHash,
  openCheckpoint,
  parseCheckpoint,
  parseNote,
  parseProof,
  parseVerifierKey,
  textOfUtf8,
  type TlogProof,
  type VerifierKey,
  verifyInclusion,
} from '../../log/index.ts';
import { ok, type Outcome, refuse } from '../../refusal.ts';
import type { Findings, PlatformFacts } from './report.ts';
import type { SignedCheckpoint, Trust } from './signed.ts';
import type { ArchiveSource } from './source.ts';

const FILE = 'log.tlog-proof';

/**
 * Verifies that the bout's checkpoint is a leaf of the deployment's log of checkpoints, whose own checkpoint must open
 * with the same deployment's key under the origin of that log, and which of the given witnesses cosigned it.
 */
export async function verifyPlatformLog(
  source: ArchiveSource,
  signed: SignedCheckpoint,
  trust: Trust,
  witnesses: readonly string[],
  findings: Findings,
): Promise<PlatformFacts | null> {
  const known = witnesses.flatMap((text) => {
    const key = parseVerifierKey(text.trim());
    if (key.ok) return [key.value];
    findings.add('witness_missing', null, null, `the key of a witness cannot be read: ${key.detail}`);
    return [];
  });
  const bytes = await source(FILE);
  const proof = bytes === null ? null : parseProof(textOfUtf8(bytes) ?? '');
  if (proof === null) {
    missing(known, [], findings);
    return null;
  }
  if (!proof.ok) {
    findings.add('proof_false', FILE, null, proof.detail);
    return null;
  }
  const opened = await openLog(proof.value, logOf(signed.checkpoint.origin), trust, known);
  if (!opened.ok) {
    findings.add('proof_false', FILE, null, opened.detail);
    return null;
  }
  const { checkpoint, cosigned } = opened.value;
  const { index, proof: path } = proof.value;
  const claim = { index: BigInt(index), size: BigInt(checkpoint.size), root: checkpoint.root, proof: path };
  if (!verifyInclusion({ ...claim, leaf: leafHash(signed.bytes) })) {
    findings.add(
      'proof_false',
      FILE,
      null,
      `it does not lead from this checkpoint to the root of ${checkpoint.origin}`,
    );
    return null;
  }
  missing(known, cosigned, findings);
  return { origin: checkpoint.origin, size: checkpoint.size, index, witnesses: cosigned.map(({ name }) => name) };
}

/** The log of checkpoints of the deployment that a bout's origin names. */
function logOf(origin: string): string {
  return `${origin.slice(0, origin.lastIndexOf('/bout/'))}/log`;
}

type OpenedLog = { readonly checkpoint: Checkpoint; readonly cosigned: readonly VerifierKey[] };

/** Without a key the log's checkpoint is read as it stands: the path through the tree can be checked all the same. */
async function openLog(
  { checkpoint: note }: TlogProof,
  origin: string,
  { keys, verify }: Trust,
  witnesses: readonly VerifierKey[],
): Promise<Outcome<OpenedLog>> {
  let refusal: Outcome<OpenedLog> = refuse('forbidden', `no key given is for ${origin}`);
  if (keys.length === 0) {
    const parsed = parseNote(note);
    const checkpoint = parsed.ok ? parseCheckpoint(parsed.value.text) : parsed;
    if (!checkpoint.ok) return checkpoint;
    return checkpoint.value.origin === origin
      ? ok({ checkpoint: checkpoint.value, cosigned: [] })
      : refuse('forbidden', `it is of ${checkpoint.value.origin}, not of ${origin}`);
  }
  for (const deployment of keys) {
    const key = keyFor(deployment, origin);
    if (!key.ok) continue;
    const opened = await openCheckpoint(note, key.value, verify, witnesses);
    if (opened.ok) {
      const { checkpoint, signedBy } = opened.value;
      return ok({ checkpoint, cosigned: signedBy.filter((one) => one !== key.value) });
    }
    refusal = opened;
  }
  return refusal;
}

function missing(known: readonly VerifierKey[], cosigned: readonly VerifierKey[], findings: Findings): void {
  for (const witness of known) {
    if (cosigned.includes(witness)) continue;
    findings.add('witness_missing', FILE, null, `${witness.name} has not cosigned the log of checkpoints here`);
  }
}
