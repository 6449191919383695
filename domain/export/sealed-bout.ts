import { beginBout, type BoutState, fold } from '../bout/index.ts';
import { decodeLeaf, type Entry } from '../ledger/index.ts';
import { ok, type Outcome, refuse } from '../refusal.ts';
import { type ArchivedPerson, type Names, namesOf } from './names.ts';

/** A bout's record as everything that is exported is made of it. */
export type SealedBout = {
  readonly state: BoutState;
  readonly entries: readonly Entry[];
  /** The stored bytes of each entry, as text: what the log's leaves are. */
  readonly leaves: readonly string[];
  readonly people: readonly ArchivedPerson[];
  readonly names: Names;
  /** The signed note over the whole log. */
  readonly checkpoint: string;
};

/**
 * Folds an archived log. Refused (`unavailable`) where the leaves are no bout: an archive that does not fold is
 * evidence, and nothing is exported from it as if it were whole.
 */
export function readSealedBout(
  leaves: readonly string[],
  people: readonly ArchivedPerson[],
  checkpoint: string,
): Outcome<SealedBout> {
  const entries: Entry[] = [];
  let state: BoutState | null = null;
  for (const [index, leaf] of leaves.entries()) {
    const entry = decodeLeaf(leaf);
    if (!entry.ok) return unreadable(index, entry.detail);
    entries.push(entry.value);
    const folded: Outcome<BoutState> =
      state === null ? beginBout(entry.value) : fold(state, entry.value, (at) => entries[at] ?? null);
    if (!folded.ok) return unreadable(index, folded.detail);
    state = folded.value;
  }
  if (state === null) return refuse('unavailable', 'The archive holds no entries.');
  return ok({ state, entries, leaves, people, names: namesOf(people), checkpoint });
}

function unreadable(index: number, detail: string): Outcome<never> {
  return refuse('unavailable', `The archived log does not read from entry ${index} on: ${detail}`);
}
