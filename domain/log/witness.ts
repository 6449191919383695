import { ok, refuse } from '../refusal.ts';
import type { Outcome } from '../refusal.ts';
import type { Hash } from './hash.ts';
import type { VerifierKey, VerifySignature } from './key.ts';
import { openNote, parseNote } from './note.ts';
import { base64Of, readDecimal } from './text.ts';

/*
 * The words between a log and its witness: c2sp.org/tlog-witness, POST <prefix>/add-checkpoint.
 */

export type AddCheckpoint = {
  /** The size of the checkpoint that the witness cosigned last; 0 where it has seen none. */
  readonly old: number;
  /** From the old size to the checkpoint's; empty where they are the same or the old is 0. */
  readonly proof: readonly Hash[];
  /** The whole signed note. */
  readonly checkpoint: string;
};

/** The body of a request to cosign a checkpoint. */
export function formatAddCheckpoint({ old, proof, checkpoint }: AddCheckpoint): string {
  return [`old ${old}`, ...proof.map(base64Of), '', checkpoint].join('\n');
}

/** What a witness of another opinion answers with 409: the size that it cosigned last, in decimal and a newline. */
export function readWitnessSize(body: string): Outcome<number> {
  const size = body.endsWith('\n') ? readDecimal(body.slice(0, -1)) : null;
  return size === null ? refuse('bad_request', 'the witness answered no size', 'body') : ok(size);
}

/**
 * The signature lines (without newlines) in a witness's answer that known witnesses made over a checkpoint, given as its
 * whole signed note. Lines of unknown keys are left out; refused where a known one does not verify or none is there.
 */
export async function readCosignatures(
  body: string,
  checkpoint: string,
  witnessKeys: readonly VerifierKey[],
  verify: VerifySignature,
): Promise<Outcome<readonly string[]>> {
  const parsed = parseNote(checkpoint);
  if (!parsed.ok) return parsed;
  const { text } = parsed.value;
  const opened = await openNote(`${text}\n${body}`, witnessKeys, verify);
  if (!opened.ok) return opened;
  const { note, signedBy } = opened.value;
  // An answer with an empty line of its own moves the end of the text, and speaks of something else.
  if (note.text !== text) return refuse('bad_request', 'the witness answered more than signature lines', 'body');
  const isKnown = ({ name, id }: { name: string; id: number }): boolean =>
    signedBy.some((key) => key.name === name && key.id === id);
  return ok([...new Set(note.signatures.filter(isKnown).map(({ line }) => line))]);
}
