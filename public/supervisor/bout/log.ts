import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Feed } from '../../shared/live/feed.ts';
import type { WireEntry } from '../../shared/wire/frames.ts';

/** More than a person scrolls through, far fewer than a browser feels. */
const KEEP = 400;

/** What this page has heard of the bout's ledger since it was opened, oldest first: more than the feed's last lines. */
export type HeardLog = { readonly entries: ReadonlySignal<readonly WireEntry[]>; readonly stop: () => void };

export function hearLog(feed: ReadonlySignal<Feed | null>): HeardLog {
  const entries = signal<readonly WireEntry[]>([]);
  let boutId: string | null = null;
  const stop = effect(() => {
    const now = feed.value;
    if (now === null) return;
    const other = now.view.bout.bout_id !== boutId;
    boutId = now.view.bout.bout_id;
    entries.value = joined(other ? [] : entries.peek(), now.entries);
  });
  return { entries, stop };
}

/** By index, each once; a newer copy of a line tells whether it was taken back. */
export function joined(before: readonly WireEntry[], added: readonly WireEntry[]): readonly WireEntry[] {
  const byIndex = new Map(before.map((entry) => [entry.sequence_index, entry]));
  for (const entry of added) byIndex.set(entry.sequence_index, entry);
  const all = [...byIndex.values()].toSorted((a, b) => a.sequence_index - b.sequence_index).slice(-KEEP);
  const gone = new Set(all.flatMap((entry) => takenBack(entry) ?? []));
  return all.map((entry) => (gone.has(entry.event_id) && !entry.voided ? { ...entry, voided: true } : entry));
}

function takenBack(entry: WireEntry): string | null {
  if (entry.kind === 'replace') return entry.replaces;
  const target = entry.payload.target_event_id;
  const takes = entry.kind === 'void' || (entry.kind === 'ruling' && entry.payload.kind === 'rescind');
  return takes && typeof target === 'string' ? target : null;
}
