import { isId } from '../../../domain/ids.ts';
import { base64Of, type Checkpoint, openNote, parseCheckpoint } from '../../../domain/log/index.ts';
import { ok, type Outcome, type Refusal, refuse } from '../../../domain/refusal.ts';
import { boutOrigin, type LogKey, readLogKey } from '../../log-key.ts';
import { type LogContext, verifySignature } from './context.ts';
import { arm, enqueue } from './jobs.ts';
import { keysOf } from './keys.ts';
import { appendLeaf, findLeaf, newestLeaf } from './leaves.ts';
import { appendLedgerCheckpoint, nextLedgerCheckpoint } from './own-ledger.ts';
import { checkSound, publish } from './publish.ts';
import { proofOf } from './read.ts';

export type AddCheckpoint = {
  readonly boutId: string;
  /** The bout's signed checkpoint, the whole note: its bytes become the leaf. */
  readonly note: string;
};

/** `index` is the leaf's; `proof` is null where the log could not be published now: `proofOf` has it later. */
export type AddedCheckpoint = {
  readonly index: number;
  readonly isDuplicate: boolean;
  readonly proof: string | null;
};

/** A crash between a leaf and its publication is mended this much later at the latest. */
const HEAL_MS = 1_000;

/**
 * Adds a bout's checkpoint to the log, and one of the deployment's own ledger where that has grown, and publishes both.
 * The same checkpoint again gets the first answer, also when another key has signed it since. Refuses with `conflict` a
 * checkpoint of another root at a known size, or of a smaller size than the bout's newest: the bout has forked.
 */
export async function addCheckpoint(log: LogContext, input: AddCheckpoint): Promise<Outcome<AddedCheckpoint>> {
  const { storage } = log;
  const key = readLogKey(log.env);
  if (!key.ok) return key;
  const checkpoint = await openBoutCheckpoint(key.value, input);
  if (!checkpoint.ok) return checkpoint;
  const sound = await soundOrUnknown(log, key.value);
  if (!sound.ok) return sound;
  const ledger = await nextLedgerCheckpoint(log, key.value);
  const placed = storage.transactionSync(() => {
    const { sql } = storage;
    const before = placeOf(sql, input.boutId, checkpoint.value);
    if (before !== null) return before;
    const { size, root } = checkpoint.value;
    const index = appendLeaf(sql, { boutId: input.boutId, size, root: base64Of(root), note: input.note });
    if (ledger !== null) appendLedgerCheckpoint(sql, ledger);
    enqueue(sql, 'publish', Date.now() + HEAL_MS);
    return ok({ index, isDuplicate: false });
  });
  if (!placed.ok) return placed;
  await arm(storage);
  try {
    await publish(log, placed.value.index + 1);
  } catch (error) {
    // The leaf is stored and its publication owed; the bout must not wait for it.
    console.error(JSON.stringify({ at: 'log.publish', error: String(error).slice(0, 300) }));
  }
  return ok({ ...placed.value, proof: proofOf(storage.sql, input.boutId, checkpoint.value.size) });
}

/** Where R2 does not answer, a leaf may be appended all the same: nothing is signed before R2 has. */
async function soundOrUnknown(log: LogContext, key: LogKey): Promise<Outcome<true>> {
  try {
    return await checkSound(log, key);
  } catch (error) {
    console.error(JSON.stringify({ at: 'log.anchor', error: String(error).slice(0, 300) }));
    return ok(true);
  }
}

/** Where this checkpoint stands already, or why it must not stand anywhere; null where it is new. */
function placeOf(
  sql: SqlStorage,
  boutId: string,
  { size, root }: Checkpoint,
): Outcome<Omit<AddedCheckpoint, 'proof'>> | null {
  const same = findLeaf(sql, boutId, size);
  if (same !== null) {
    if (same.root === base64Of(root)) return ok({ index: same.index, isDuplicate: true });
    return forked(`Bout ${boutId} has another root at size ${size}`);
  }
  const newest = newestLeaf(sql, boutId);
  if (newest === null || newest.size < size) return null;
  return forked(`Bout ${boutId} has been here with size ${newest.size}, and comes with ${size}`);
}

function forked(detail: string): Refusal {
  return refuse('conflict', `${detail}: a fork.`, 'note');
}

async function openBoutCheckpoint(key: LogKey, { boutId, note }: AddCheckpoint): Promise<Outcome<Checkpoint>> {
  if (!isId(boutId)) return refuse('bad_request', 'That is no id of a bout.', 'bout_id');
  const origin = boutOrigin(key, boutId);
  const opened = await openNote(note, keysOf(key, origin), verifySignature);
  if (!opened.ok) return refuse(opened.code, `The checkpoint of bout ${boutId}: ${opened.detail}.`, 'note');
  const { text, signatures } = opened.value.note;
  // Nobody else's line belongs to the bytes that this deployment vouches for.
  if (signatures.length !== 1) return refuse('bad_request', 'The checkpoint has more than one signature.', 'note');
  const checkpoint = parseCheckpoint(text);
  if (!checkpoint.ok) return refuse(checkpoint.code, `Bout ${boutId}: ${checkpoint.detail}.`, 'note');
  if (checkpoint.value.origin !== origin || checkpoint.value.extensions !== undefined) {
    return refuse('bad_request', `The note is no checkpoint of bout ${boutId} alone.`, 'note');
  }
  return checkpoint;
}
