import type { RoundState } from '../../../domain/bout/index.ts';
import { decodeLeaf, type Entry } from '../../../domain/ledger/index.ts';
import type { Ledger } from './ledger.ts';
import * as store from './store.ts';

type StoredEntry = { readonly entry: Entry; readonly hash: string };

/** The entries of a round in ledger order, the last ones from memory; other rounds’ that lie between are passed over. */
export function entriesOf(ledger: Ledger, round: RoundState): StoredEntry[] {
  return stretchOf(ledger, round).filter(({ entry }) => entry.round === round.number);
}

/** Every entry between the round's first and last, whatever it belongs to. */
export function allEntriesOf(ledger: Ledger, round: RoundState): Entry[] {
  return stretchOf(ledger, round).map(({ entry }) => entry);
}

function stretchOf(ledger: Ledger, round: RoundState): StoredEntry[] {
  if (round.span === null) return [];
  const { first, last } = round.span;
  const keptFrom = (ledger.state?.next ?? 0) - ledger.kept.length;
  const entries: StoredEntry[] = [];
  for (const row of store.readEntries(ledger.storage.sql, first, Math.min(last, keptFrom - 1))) {
    const decoded = decodeLeaf(row.leaf);
    if (decoded.ok) entries.push({ entry: decoded.value, hash: row.hash });
  }
  for (const kept of ledger.kept) {
    const { entry } = kept;
    if (entry.index >= first && entry.index <= last) entries.push(kept);
  }
  return entries;
}
