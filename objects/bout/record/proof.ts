import { formatProof } from '../../../domain/log/index.ts';
import { ok, type Outcome, refuse } from '../../../domain/refusal.ts';
import type { Caller } from '../../../domain/roles/index.ts';
import type { BoutContext } from '../context.ts';
import { look } from '../reads/look.ts';
import { latestCheckpoint } from './store.ts';
import { proveInclusion } from './tree.ts';

/** The latest signed checkpoint; for who is kept behind, the latest of what they may see. */
export function readCheckpoint(context: BoutContext, caller: Caller | null): Outcome<string> {
  const sight = look(context, caller);
  if (!sight.ok) return sight;
  const { ledger, state } = sight.value;
  const latest = latestCheckpoint(ledger.storage.sql, state.next);
  return latest === null
    ? refuse('not_found', 'No checkpoint has been signed yet; the first is at the end of a round.', 'bout_id')
    : ok(latest.note);
}

/**
 * That an entry stands in the ledger, as text of c2sp.org/tlog-proof under the latest checkpoint. It tells of the entry
 * no more than that; whoever has its receipt (index and chain hash, which is the leaf's) verifies it offline.
 */
export function readInclusion(context: BoutContext, caller: Caller | null, index: number): Outcome<string> {
  const sight = look(context, caller);
  if (!sight.ok) return sight;
  const { ledger, state } = sight.value;
  if (index >= state.next) return refuse('not_found', `There is no entry ${index}.`, 'index');
  const latest = latestCheckpoint(ledger.storage.sql, state.next);
  if (latest === null || index >= latest.size) {
    return refuse('conflict', `No checkpoint covers entry ${index} yet; the next is at the end of the round.`, 'index');
  }
  const proof = proveInclusion(ledger, index, latest.size);
  return proof === null
    ? refuse('unavailable', 'Entries are missing under the latest checkpoint.')
    : ok(formatProof({ index, proof, checkpoint: latest.note }));
}
