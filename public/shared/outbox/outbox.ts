import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import { ownerOf } from '../device/claims.ts';
import type { Credential } from '../device/credential.ts';
import { backoffMs, chance } from '../live/backoff.ts';
import { localNow } from '../live/timesync.ts';
import { type Answer, deliver } from './deliver.ts';
import { type Draft, nextParcel, type OutboxItem, upToDate } from './items.ts';
import { openShelf } from './shelf.ts';
import { openSigned } from './signed.ts';
import { momentAfter, stamp } from './stamp.ts';

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
const NO_ANSWER: Answer = { fate: 'wait', receipt: null };

export async function openOutbox(credential: Credential): Promise<Outbox> {
  const owner = ownerOf(credential.claims.peek());
  const shelf = await openShelf(owner);
  const first = await shelf.read();
  const items = signal(first.items);
  const others = signal(first.others);
  const unsent = computed(() => items.value.filter(({ state }) => state === 'unsent').length);
  const refused = computed(() => items.value.filter(({ state }) => state === 'refused'));
  let stopped = false;
  let flushing = false;
  let failures = 0;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let stored = 0;
  let lastMs = 0;
  const dismissed = new Set<string>();
  let reading = false;
  let changedMeanwhile = false;
  const signed = openSigned(credential, shelf);

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
      await inTurn(sendAll);
    } catch {
      // The device's store or the token's renewal failed on the way: what is unsent still is, and is tried again.
      failures += 1;
    } finally {
      flushing = false;
    }
    if (!stopped && unsent.peek() > 0) {
      retryTimer = setTimeout(() => void flush(), failures === 0 ? 50 : backoffMs(failures, chance()));
    }
  }

  /** One page at a time: two tabs of one person share the queue. */
  async function inTurn(work: () => Promise<void>): Promise<void> {
    // What lies in this page alone is shared with nobody, and a browser that keeps nothing may forbid the lock too.
    if (!shelf.durable) return await work();
    await navigator.locks.request(`fightjudge-outbox|${owner}`, { ifAvailable: true }, async (lock) => {
      if (lock !== null) await work();
    });
  }

  async function sendAll(): Promise<void> {
    for (;;) {
      const parcel = await signed.sign(nextParcel(items.peek()));
      if (stopped || parcel.length === 0) return;
      const answers = await deliver(credential, parcel);
      if (answers === null) {
        failures += 1;
        return;
      }
      failures = 0;
      await settle(parcel, answers);
      // Something in it has to wait (the server is busy): not at once again.
      if (answers.some(({ fate }) => fate === 'wait')) {
        failures = 1;
        return;
      }
    }
  }

  /** On the device first. A crash before that sends the parcel once more, and the server knows it. */
  async function settle(parcel: readonly OutboxItem[], answers: readonly Answer[]): Promise<void> {
    const settled = parcel.map(({ eventId }, i) => ({ ...(answers[i] ?? NO_ANSWER), eventId }));
    await shelf.settle(settled);
    for (const { eventId, fate } of settled) if (fate !== 'wait') signed.forget(eventId);
    batch(() => {
      items.value = trim(
        items.peek().map((item) => {
          const fate = settled.find(({ eventId }) => eventId === item.eventId)?.fate ?? 'wait';
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
  /** Another tab has put something in, sent it, or put it away. Many such words in a row are one reason to look. */
  async function onChanged(gone: string | null): Promise<void> {
    if (gone !== null) dismissed.add(gone);
    changedMeanwhile = true;
    if (reading) return;
    reading = true;
    try {
      while (changedMeanwhile && !stopped) {
        changedMeanwhile = false;
        await reread();
      }
    } finally {
      reading = false;
    }
    void flush();
  }
  async function reread(): Promise<void> {
    const before = items.peek();
    const read = await shelf.read();
    items.value = trim(upToDate(before, items.peek(), read.items, dismissed));
    others.value = read.others;
  }
  const stopListening = shelf.onChange((gone) => void onChanged(gone));
  /** Where only this page has it, nobody closes it unasked. */
  const onLeaving = (event: BeforeUnloadEvent): void => {
    if (!shelf.durable && unsent.peek() > 0) event.preventDefault();
  };
  addEventListener('beforeunload', onLeaving);
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
      dismissed.add(eventId);
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
      removeEventListener('beforeunload', onLeaving);
      document.removeEventListener('visibilitychange', onVisible);
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
