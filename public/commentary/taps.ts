import { type Action, normaliseAction } from '../../domain/actions/index.ts';
import type { Corner } from '../../domain/corner.ts';
import type { Aspect } from '../../domain/roles/index.ts';
import { cornerOf } from '../shared/look/corner.tsx';
import type { View, WireEntry } from '../shared/wire/frames.ts';
import { leafOf } from './leaf.ts';

type Observer = { readonly id: string; readonly kind: 'operator' | 'judge' | 'legacy'; readonly seat: string | null };

/** An action that counts for somebody, and who saw it. */
export type Tap = {
  readonly entry: WireEntry;
  readonly action: Action;
  readonly corner: Corner;
  readonly observer: Observer;
};

/** Actions that stand: neither voided, nor late, nor of a kind that this page does not know. */
export function countedTaps(view: View, entries: readonly WireEntry[]): readonly Tap[] {
  const byId = new Map(entries.map((entry) => [entry.event_id, entry]));
  return entries.flatMap((entry) => {
    if (entry.voided || entry.flags.includes('late') || entry.event_type === null) return [];
    const corner = cornerOf(view.bout, entry.fighter_id);
    const read = normaliseAction(entry.event_type, leafOf(entry.metadata));
    if (corner === null || !read.ok) return [];
    return [{ entry, action: read.value.action, corner, observer: observerOf(entry, byId) }];
  });
}

/** A correction belongs to whoever saw what it replaces, not to who mended it. */
function observerOf(entry: WireEntry, byId: ReadonlyMap<string, WireEntry>): Observer {
  let seen = entry;
  for (let step = 0; step < byId.size && seen.kind === 'replace'; step += 1) {
    const before = seen.replaces === null ? undefined : byId.get(seen.replaces);
    if (before === undefined) break;
    seen = before;
  }
  if (seen.flags.includes('legacy')) return { id: 'legacy', kind: 'legacy', seat: null };
  if (seen.actor.role === 'judge') {
    const seat = seen.judge_id ?? seen.actor.subject;
    return { id: `judge:${seat}`, kind: 'judge', seat };
  }
  return { id: `operator:${seen.actor.subject}`, kind: 'operator', seat: null };
}

/** Who may be the one that counts; null where the taps do not say. */
export function candidatesOf(
  view: View,
  taps: readonly Tap[],
  corner: Corner,
  aspect: Aspect,
): readonly string[] | null {
  const kinds = new Set(taps.map((tap) => tap.observer.kind));
  const inCell = taps.filter((tap) => tap.corner === corner && tap.action.aspect === aspect);
  if (kinds.has('operator')) {
    const operators = inCell.filter((tap) => tap.observer.kind === 'operator').map((tap) => tap.observer.id);
    if (operators.length > 0) return [...new Set(operators)];
    return inCell.some((tap) => tap.observer.kind === 'judge') ? null : [];
  }
  if (kinds.has('judge')) {
    const seats = taps.flatMap((tap) =>
      tap.observer.kind === 'judge' && tap.observer.seat !== null ? [tap.observer.seat] : [],
    );
    const first = view.bout.judges.find((judge) => seats.includes(judge.judge_id))?.judge_id ?? seats.toSorted()[0];
    return first === undefined ? [] : [`judge:${first}`];
  }
  return kinds.has('legacy') ? ['legacy'] : [];
}
