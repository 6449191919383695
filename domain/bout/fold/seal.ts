import type { Entry } from '../../ledger/entry.ts';
import { integerOf, textOf } from '../../ledger/read.ts';
import { ok, type Outcome, refuse } from '../../refusal.ts';
import { SEAL_TYPE } from '../seal.ts';
import type { BoutState } from '../state.ts';

/**
 * Closes the ledger for good. A seal says how many entries stand before it and which result it closes over; one that
 * says otherwise was made for another ledger, or for an earlier moment of this one.
 */
export function foldSeal(state: BoutState, entry: Entry): Outcome<BoutState> {
  if (state.result?.status !== 'official') {
    return refuse('conflict', 'A bout is sealed once its result is official.', 'bout_id');
  }
  if (textOf(entry.payload, 'type') !== SEAL_TYPE) return refuse('bad_request', 'The entry is no seal of a bout.');
  if (integerOf(entry.payload, 'entries') !== entry.index) {
    return refuse('conflict', `The seal is not of the ${entry.index} entries before it.`);
  }
  if (integerOf(entry.payload, 'result_index') !== state.result.index) {
    return refuse('conflict', 'The seal does not close over the result that is official.');
  }
  return ok({ ...state, sealed: { index: entry.index, atMs: entry.receivedMs } });
}
