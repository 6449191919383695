import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { WireEntry } from '../../shared/wire/frames.ts';
import type { Desk } from './desk.ts';
import { openResource, type Resource } from './resource.ts';
import { decodeEvents, type RoundEvent } from './wire.ts';

export type RoundEvents = { readonly round: number; readonly events: readonly RoundEvent[] };

/** The actions of every round that has begun: a ruling names the action that it is about. */
export function openRoundEvents(desk: Desk): {
  readonly rounds: ReadonlySignal<readonly RoundEvents[]>;
  readonly stop: () => void;
} {
  const open = signal<readonly (Resource<{ readonly events: readonly RoundEvent[] }> & { readonly round: number })[]>(
    [],
  );
  const count = computed(() => desk.view.value?.rounds.length ?? 0);
  const stopOpening = effect(() => {
    const known = open.peek();
    const added = Array.from({ length: Math.max(0, count.value - known.length) }, (_, i) => known.length + i + 1);
    if (added.length > 0) open.value = [...known, ...added.map((round) => ({ round, ...openRound(desk, round) }))];
  });
  return {
    rounds: computed(() => open.value.map(({ round, value }) => ({ round, events: value.value?.events ?? [] }))),
    stop: () => {
      stopOpening();
      for (const one of open.peek()) one.stop();
    },
  };
}

function openRound(desk: Desk, round: number) {
  // Every tap would ask for the whole round again; only what can be ruled on, or takes such a thing back, does.
  const matters = computed(() => {
    const last = desk.log.value.findLast((entry) => entry.round_id === round && canBeRuledOn(entry))?.sequence_index;
    const view = desk.view.value;
    const moments = view?.round_id === round ? view.redline_moments : [];
    const signature = moments.map(
      ({ timestamp, event_type, pending }) => `${timestamp}${event_type}${String(pending)}`,
    );
    return `${last ?? -1}|${signature.join()}|${desk.live.connection.value.state}`;
  });
  return openResource({
    credential: desk.credential,
    path: () => `/api/events/v2/${encodeURIComponent(desk.boutId)}/${round}`,
    decode: decodeEvents,
    trigger: () => matters.value,
    gapMs: 400,
  });
}

function canBeRuledOn(entry: WireEntry): boolean {
  return entry.event_type === 'KD' || ['ruling', 'void', 'replace'].includes(entry.kind);
}
