import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Credential } from '../shared/device/credential.ts';
import { keep, kept } from '../shared/device/store.ts';
import type { Live } from '../shared/live/live.ts';
import type { Outbox } from '../shared/outbox/outbox.ts';
import { getJson } from '../shared/wire/api.ts';
import { keptFacts, type SeatFacts, seatFactsFor } from './wire.ts';

const AGAIN_MS = 3_000;

/**
 * What the ledger says to the seat about the bout that is shown: asked for when the bout changes, when the connection
 * comes back, and when something of it may have changed; kept on the device for a start without network.
 */
export function openFacts(
  credential: Credential,
  live: Live,
  outbox: Outbox,
  seat: string,
): { readonly facts: ReadonlySignal<SeatFacts | null>; readonly stop: () => void } {
  const facts = signal<SeatFacts | null>(null);
  const decode = seatFactsFor(seat);
  let asking = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let shown: string | null = null;

  async function recall(boutId: string): Promise<void> {
    const known = await kept(keyOf(boutId, seat), decode);
    if (known !== undefined && shown === boutId && facts.peek() === null) facts.value = known;
  }

  async function ask(boutId: string): Promise<void> {
    asking.abort();
    clearTimeout(timer);
    const mine = new AbortController();
    asking = mine;
    const answer = await getJson(
      `/api/bouts/${encodeURIComponent(boutId)}/scorecards`,
      decode,
      credential,
      mine.signal,
    );
    if (mine.signal.aborted) return;
    if (answer.ok) {
      facts.value = answer.value;
      void keep(keyOf(boutId, seat), keptFacts(seat, answer.value));
    } else if (answer.failure.kind === 'unreachable') timer = setTimeout(() => void ask(boutId), AGAIN_MS);
  }

  const isLive = computed(() => live.connection.value.state === 'live');
  // Each change of it may mean that the answer is another by now; a tap does not change it.
  const news = computed(() => `${newestIn(live)}|${arrivedIn(outbox)}`);

  const stop = effect(() => {
    const boutId = live.boutId.value;
    void news.value;
    if (boutId !== shown) {
      shown = boutId;
      asking.abort();
      facts.value = null;
      if (boutId !== null) void recall(boutId);
    }
    if (boutId !== null && isLive.value) void ask(boutId);
  });

  return {
    facts,
    stop: () => {
      stop();
      asking.abort();
      clearTimeout(timer);
    },
  };
}

/** The newest entry that can change a scorecard or what it adds up to. */
function newestIn(live: Live): number {
  const entries = live.feed.value?.entries ?? [];
  return (
    entries.findLast(({ kind }) => kind === 'scorecard' || kind === 'ruling' || kind === 'result')?.sequence_index ?? -1
  );
}

/** The last command of this device that the server has answered. */
function arrivedIn(outbox: Outbox): string {
  return outbox.items.value.findLast(({ kind, state }) => kind === 'command' && state !== 'unsent')?.eventId ?? '';
}

function keyOf(boutId: string, seat: string): string {
  return `judge|${boutId}|${seat}`;
}
