import type { WireEntry } from '../shared/wire/frames.ts';

/** The actions of one bout by round, each once, oldest first. */
export type RoundEntries = ReadonlyMap<number, readonly WireEntry[]>;

/** With the lines that have just come live; what they take back is marked. */
export function withEntries(before: RoundEntries, added: readonly WireEntry[]): RoundEntries {
  const rounds = new Map(before);
  for (const entry of added) {
    const round = entry.round_id;
    if (round === null || !isAction(entry)) continue;
    // A round that has not been read from its beginning is left to be read: part of it would be counted as all.
    const known = rounds.get(round);
    if (known === undefined || known.some((one) => one.sequence_index === entry.sequence_index)) continue;
    rounds.set(round, [...known, entry]);
  }
  const gone = new Set(added.flatMap((entry) => targetOf(entry) ?? []));
  if (gone.size === 0) return rounds;
  for (const [round, entries] of rounds) {
    if (!entries.some((entry) => gone.has(entry.event_id) && !entry.voided)) continue;
    rounds.set(
      round,
      entries.map((entry) => (gone.has(entry.event_id) ? { ...entry, voided: true } : entry)),
    );
  }
  return rounds;
}

/** Whether the lines that came live join on to what is known: if not, something between has to be read. */
export function joinsOn(cursor: number, added: readonly WireEntry[], length: number): boolean {
  const first = added[0]?.sequence_index;
  return added.length < length || (first !== undefined && first <= cursor);
}

export function isAction(entry: WireEntry): boolean {
  return entry.kind === 'action' || entry.kind === 'replace';
}

/** A ruling may take a knockdown back or put it back: only the server says what then counts. */
export function needsReading(added: readonly WireEntry[]): boolean {
  return added.some((entry) => entry.kind === 'ruling');
}

function targetOf(entry: WireEntry): string | null {
  if (entry.kind === 'replace') return entry.replaces;
  const target = entry.kind === 'void' ? entry.payload.target_event_id : null;
  return typeof target === 'string' ? target : null;
}
