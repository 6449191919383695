import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import { ownerOf } from '../device/claims.ts';
import type { Credential } from '../device/credential.ts';
import { backoffMs, chance } from '../live/backoff.ts';
import { localNow } from '../live/timesync.ts';
import { newEventId } from '../wire/event-id.ts';
import { deliver, type Fate } from './deliver.ts';
import { type Draft, nextParcel, type OutboxItem } from './items.ts';
import { openShelf, type Shelf } from './shelf.ts';

export type { Draft, ItemRefusal, OutboxItem } from './items.ts';

/**
 * The queue between a person's hand and the server. What is put in is stored on the device before the page confirms
 * it, and stays there until the server has answered for it: a crash, a reload or a night without network delays it
 * and changes nothing else. Every delivery of an item is the same bytes under the same `event_id`.
 */
export type Outbox = {
  /** Oldest first: unsent and refused ones of this person, and the last sent since the page was opened. */
  readonly items: ReadonlySignal<readonly OutboxItem[]>;
  readonly unsent: ReadonlySignal<number>;
  readonly refused: ReadonlySignal<readonly OutboxItem[]>;
  /** Items of other people that wait on this device for their own page. */
  readonly others: ReadonlySignal<number>;
  /** False where the browser keeps nothing: then an item lives as long as the page. */
  readonly durable: boolean;
  /** Resolves once the item is stored on the device: only then may the screen confirm it. */
  readonly put: (draft: Draft) => Promise<OutboxItem>;
  /** Takes a refused item away, once a person has read why. */
  readonly dismiss: (eventId: string) => Promise<void>;
  /** Tries now. */
  readonly flush: () => void;
  /** How many actions have been stored since the page was opened. */
  readonly stored: () => number;
  readonly stop: () => void;
};

/** Enough for a list of last actions to know its own while the server's word is on its way. */
const KEEP_SENT = 50;
const TRY_EVERY_MS = 5_000;

export async function openOutbox(credential: Credential): Promise<Outbox> {
  const owner = ownerOf(credential.claims.peek());
  const shelf = await openShelf(owner);
  const items = signal<readonly OutboxItem[]>(await shelf.read());
  const others = signal(await shelf.others());
  const unsent = computed(() => items.value.filter(({ state }) => state === 'unsent').length);
  const refused = computed(() => items.value.filter(({ state }) => state === 'refused'));
  let stopped = false;
  let flushing = false;
  let failures = 0;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let stored = 0;
  let lastMs = 0;

  async function put(draft: Draft): Promise<OutboxItem> {
    // Stamped before anything is awaited: the time is that of the hand, not of the disk.
    lastMs = momentAfter(lastMs, localNow());
    const item = await shelf.add(stamp(draft, credential, lastMs));
    stored += draft.kind === 'action' ? 1 : 0;
    // Another tab's word may have brought it here already.
    if (!isIn(items.peek(), item)) items.value = [...items.peek(), item];
    void flush();
    return item;
  }

  async function flush(): Promise<void> {
    if (flushing || stopped || credential.state.peek() !== 'valid') return;
    flushing = true;
    clearTimeout(retryTimer);
    try {
      // One page at a time: two tabs of one person share the queue.
      await navigator.locks.request(`fightjudge-outbox|${owner}`, { ifAvailable: true }, async (lock) => {
        if (lock !== null) await sendAll();
      });
    } finally {
      flushing = false;
    }
    if (!stopped && unsent.peek() > 0) {
      retryTimer = setTimeout(() => void flush(), failures === 0 ? 50 : backoffMs(failures, chance()));
    }
  }

  async function sendAll(): Promise<void> {
    for (;;) {
      const parcel = nextParcel(items.peek());
      if (stopped || parcel.length === 0) return;
      const fates = await deliver(credential, parcel);
      if (fates === null) {
        failures += 1;
        return;
      }
      failures = 0;
      await settle(parcel, fates);
      // Something in it has to wait (the server is busy): not at once again.
      if (fates.includes('wait')) {
        failures = 1;
        return;
      }
    }
  }

  /** On the device first. A crash before that sends the parcel once more, and the server knows it. */
  async function settle(parcel: readonly OutboxItem[], fates: readonly Fate[]): Promise<void> {
    await shelf.settle(parcel.map(({ eventId }, i) => ({ eventId, fate: fates[i] ?? 'wait' })));
    batch(() => {
      items.value = trim(
        items.peek().map((item) => {
          const at = parcel.findIndex(({ eventId }) => eventId === item.eventId);
          const fate = at === -1 ? 'wait' : (fates[at] ?? 'wait');
          if (fate === 'wait') return item;
          return fate === 'sent' ? { ...item, state: 'sent' } : { ...item, state: 'refused', refusal: fate };
        }),
      );
    });
  }

  const retry = (): void => {
    failures = 0;
    void flush();
  };
  const onVisible = (): void => {
    if (document.visibilityState === 'visible') retry();
  };
  /** Another tab has put something in, or sent it. What is put in here meanwhile is not in what was read. */
  async function reread(): Promise<void> {
    const before = items.peek();
    const read = await shelf.read();
    const known = items.peek().map((item): OutboxItem => {
      const stored = read.find(({ eventId }) => eventId === item.eventId);
      return stored ?? (isIn(before, item) ? { ...item, state: 'sent' } : item);
    });
    items.value = trim([...known, ...read.filter((item) => !isIn(known, item))].sort(byTime));
    others.value = await shelf.others();
    void flush();
  }
  const stopListening = shelf.onChange(() => void reread());
  const timer = setInterval(() => void flush(), TRY_EVERY_MS);
  addEventListener('online', retry);
  document.addEventListener('visibilitychange', onVisible);
  void flush();

  return {
    items,
    unsent,
    refused,
    others,
    durable: shelf.durable,
    put,
    dismiss: async (eventId) => {
      await shelf.remove(eventId);
      items.value = items.peek().filter((item) => item.eventId !== eventId || item.state !== 'refused');
    },
    flush: retry,
    stored: () => stored,
    stop: () => {
      stopped = true;
      stopListening();
      clearInterval(timer);
      clearTimeout(retryTimer);
      removeEventListener('online', retry);
      document.removeEventListener('visibilitychange', onVisible);
    },
  };
}

/** The ledger takes the same action of a device within the same 10 ms for one that was sent twice. */
const FINGERPRINT_MS = 10;

/**
 * The moment of a tap, never in the same 10 ms as the one before: two taps, however fast, are two. A hand is slower
 * than that, so a tap is all but never moved, and then by less than 10 ms.
 */
export function momentAfter(lastMs: number, nowMs: number): number {
  const now = Math.round(nowMs);
  const next = (Math.floor(lastMs / FINGERPRINT_MS) + 1) * FINGERPRINT_MS;
  // A calendar that was set back meanwhile is believed: an hour ahead of everybody helps nobody.
  return now >= next || lastMs - now > 1_000 ? now : next;
}

/** An item with everything that will ever be sent of it. `seq` is the shelf's to give. */
function stamp(draft: Draft, credential: Credential, atMs: number): Parameters<Shelf['add']>[0] {
  const eventId = newEventId();
  const base = { eventId, boutId: draft.boutId, atMs, note: draft.note ?? {}, deviceId: credential.deviceId };
  if (draft.kind === 'command') {
    return { ...base, kind: 'command', path: draft.path, body: { ...draft.fields, event_id: eventId } };
  }
  return {
    ...base,
    kind: 'action',
    path: '',
    body: {
      ...draft.fields,
      bout_id: draft.boutId,
      timestamp_ms: atMs,
      device_id: credential.deviceId,
      event_id: eventId,
      ...(credential.deviceEpoch === null ? {} : { device_epoch: credential.deviceEpoch }),
    },
  };
}

function trim(items: readonly OutboxItem[]): readonly OutboxItem[] {
  const sent = items.filter(({ state }) => state === 'sent');
  if (sent.length <= KEEP_SENT) return items;
  const gone = new Set(sent.slice(0, sent.length - KEEP_SENT).map(({ eventId }) => eventId));
  return items.filter(({ eventId }) => !gone.has(eventId));
}

function isIn(items: readonly OutboxItem[], item: OutboxItem): boolean {
  return items.some(({ eventId }) => eventId === item.eventId);
}

function byTime(a: OutboxItem, b: OutboxItem): number {
  return a.atMs - b.atMs || (a.eventId < b.eventId ? -1 : 1);
}
