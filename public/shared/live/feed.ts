import type { DeltaFrame, HelloFrame, View, WireEntry } from '../wire/frames.ts';

/** What a page knows of a bout: the last view and the newest lines of its ledger, oldest first. */
export type Feed = {
  /** The index that the next entry will have. */
  readonly cursor: number;
  readonly view: View;
  readonly entries: readonly WireEntry[];
};

/**
 * As many as a `hello` brings. Keeping more would make what a page shows depend on how long it has
 * been open, and a page that has been through a restart must look like one that was just opened.
 */
export const FEED_LENGTH = 20;

export type Applied =
  | { readonly outcome: 'applied'; readonly feed: Feed }
  /** Something between is missing: ask for it. */
  | { readonly outcome: 'gap' }
  /** All of it is known already. */
  | { readonly outcome: 'known' };

/** A snapshot is the truth: what was known before only fills in older lines. */
export function applyHello(before: Feed | null, hello: HelloFrame): Feed {
  // A cursor behind ours is another history (the bout was set up anew): nothing of the old one stands.
  const kept = before !== null && sameBout(before.view, hello.snapshot) && before.cursor <= hello.cursor;
  return {
    cursor: hello.cursor,
    view: hello.snapshot,
    entries: merge(kept ? before.entries : [], hello.entries),
  };
}

/**
 * A delta is applied only where it joins on without a gap; hidden entries advance `to` all the same.
 * One that begins earlier (the answer to a `resume` and a delta may cross) joins on as well.
 */
export function applyDelta(before: Feed, delta: DeltaFrame): Applied {
  if (delta.from > before.cursor) return { outcome: 'gap' };
  // At the same cursor the view may still be newer: a round that the clock alone has ended is no entry.
  const older =
    delta.to < before.cursor || (delta.to === before.cursor && delta.view.server_ms < before.view.server_ms);
  if (older) return { outcome: 'known' };
  return {
    outcome: 'applied',
    feed: { cursor: delta.to, view: delta.view, entries: merge(before.entries, delta.entries) },
  };
}

/** By `sequence_index`, each once; a later delivery of the same line replaces the earlier one. */
function merge(before: readonly WireEntry[], added: readonly WireEntry[]): readonly WireEntry[] {
  const byIndex = new Map(before.map((entry) => [entry.sequence_index, entry]));
  for (const entry of added) byIndex.set(entry.sequence_index, entry);
  const all = [...byIndex.values()].sort((a, b) => a.sequence_index - b.sequence_index).slice(-FEED_LENGTH);
  const gone = new Set(all.flatMap((entry) => targetOf(entry) ?? []));
  return gone.size === 0
    ? all
    : all.map((entry) => (gone.has(entry.event_id) && !entry.voided ? { ...entry, voided: true } : entry));
}

/** The action that a `void` or `replace` entry takes back. */
function targetOf(entry: WireEntry): string | null {
  if (entry.kind === 'replace') return entry.replaces;
  if (entry.kind !== 'void') return null;
  const target = entry.payload.target_event_id;
  return typeof target === 'string' ? target : null;
}

function sameBout(a: View, b: View): boolean {
  return a.bout.bout_id === b.bout.bout_id;
}
