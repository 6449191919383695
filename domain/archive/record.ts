import { beginBout, type BoutState, fold, type LookUp, type RoundState } from '../bout/index.ts';
import { decodeLeaf, type Entry, type StoredRow } from '../ledger/index.ts';
import { type Ok, type Outcome, refuse } from '../refusal.ts';

/** A bout's rows and what they fold to. */
export type BoutRecord = {
  readonly rows: readonly StoredRow[];
  readonly state: BoutState;
  /** The entries, where they are few enough to be kept in memory beside their bytes. */
  readonly kept: readonly Entry[] | null;
};

/** So many take some 15 MB; of a longer bout entries are read from their bytes whenever they are asked for. */
const MOST_KEPT = 16_384;

/** What does not fold: the first entry that is refused, and why. */
export type Unfoldable = { readonly ok: false; readonly index: number; readonly detail: string };

/**
 * At an instant after everything: clocks that nobody stopped have run out, so that what is worked out then is what the API
 * says of the bout ever after.
 */
export const AFTER_ALL = Number.MAX_SAFE_INTEGER;

/** Far beyond what can be set up: a made-up ledger must not keep a verifier busy with rounds by the million. */
const MOST_ROUNDS = 255;
const LONGEST_ROUND_MS = 86_400_000;

/** Folds a ledger. What it holds may be anybody's: nothing in it makes this throw. */
export function readRecord(rows: readonly StoredRow[]): Ok<BoutRecord> | Unfoldable {
  const kept: Entry[] | null = rows.length <= MOST_KEPT ? [] : null;
  let state: BoutState | null = null;
  for (const [index, row] of rows.entries()) {
    const entry = decodeLeaf(row.leaf);
    if (!entry.ok) return { ok: false, index, detail: entry.detail };
    const next = step(state, entry.value, (at) => entryAt({ rows, kept }, at));
    if (!next.ok) return { ok: false, index, detail: next.detail };
    state = next.value;
    kept?.push(entry.value);
  }
  return state === null
    ? { ok: false, index: 0, detail: 'There are no entries.' }
    : { ok: true, value: { rows, state, kept } };
}

function step(state: BoutState | null, entry: Entry, lookUp: LookUp): Outcome<BoutState> {
  try {
    if (state !== null) return fold(state, entry, lookUp);
    const begun = beginBout(entry);
    if (!begun.ok) return begun;
    const { scheduledRounds, roundLengthMs } = begun.value.config;
    const isWithin = scheduledRounds <= MOST_ROUNDS && roundLengthMs > 0 && roundLengthMs <= LONGEST_ROUND_MS;
    return isWithin ? begun : refuse('bad_request', 'No bout has so many rounds, or rounds of that length.');
  } catch (error) {
    // Set up by another program: this one refuses such a bout before anything is written.
    const detail = error instanceof Error ? error.message : String(error);
    return refuse('bad_request', `It cannot be followed: ${detail}.`);
  }
}

/** An entry; null where there is none or its bytes are no leaf. */
export function entryAt({ rows, kept }: Pick<BoutRecord, 'rows' | 'kept'>, index: number): Entry | null {
  const known = kept?.[index];
  if (known !== undefined) return known;
  const row = rows[index];
  const decoded = row === undefined ? null : decodeLeaf(row.leaf);
  return decoded?.ok === true ? decoded.value : null;
}

/** The entries from `first` up to and with `last`, in ledger order. */
export function* entriesBetween(record: BoutRecord, first: number, last: number): Generator<Entry> {
  for (let index = first; index <= last; index += 1) {
    const entry = entryAt(record, index);
    if (entry !== null) yield entry;
  }
}

/** The entries of a round in ledger order. */
export function* entriesOf(record: BoutRecord, { span, number }: RoundState): Generator<Entry> {
  if (span === null) return;
  for (const entry of entriesBetween(record, span.first, span.last)) if (entry.round === number) yield entry;
}
