import { addReceipts, type Receipt } from '../device/receipts.ts';
import { type Database, openStore, type StoredItem } from '../device/store.ts';
import { type Bag, isBag } from '../wire/decode.ts';
import type { Answer } from './deliver.ts';
import { itemOf, type OutboxItem } from './items.ts';

/** Where the outbox lies: on the device, or in memory where the browser keeps nothing. */
export type Shelf = {
  readonly durable: boolean;
  /** What lies here, in the order in which it was put here, and how many unsent items of other people do. */
  readonly read: () => Promise<{ readonly items: readonly OutboxItem[]; readonly others: number }>;
  /** Resolves once it is stored. */
  readonly add: (item: NewItem) => Promise<OutboxItem>;
  /**
   * Stores signatures beside what they are of; gives the items as they are to be sent: one that another tab has signed
   * before goes out as that tab has sent it.
   */
  readonly sign: (signed: readonly OutboxItem[]) => Promise<readonly OutboxItem[]>;
  readonly settle: (answers: readonly Settled[]) => Promise<void>;
  readonly remove: (eventId: string) => Promise<void>;
  /** Told when another tab has changed what lies here, and which refused item a person has read there. */
  readonly onChange: (listener: (dismissed: string | null) => void) => () => void;
};

/** What became of an item. */
export type Settled = Answer & { readonly eventId: string };

export type NewItem = Pick<OutboxItem, 'eventId' | 'boutId' | 'kind' | 'path' | 'body' | 'note' | 'atMs'> & {
  readonly deviceId: string;
};

export async function openShelf(owner: string): Promise<Shelf> {
  return (await openStore()) === null ? memoryShelf() : deviceShelf(owner);
}

/** Asked for each time: a browser may have closed the one that was open before. */
async function opened(): Promise<Database> {
  const database = await openStore();
  if (database === null) throw new Error('This device keeps nothing any more.');
  return database;
}

function deviceShelf(owner: string): Shelf {
  const channel = new BroadcastChannel('fightjudge-outbox');
  const tellOthers = (dismissed: string | null = null): void => channel.postMessage({ dismissed });

  /** All of them or none: a tab that dies in between leaves the queue as it was, and the parcel goes out once more. */
  async function change(
    changes: readonly { readonly eventId: string; readonly refusal: StoredItem['refusal'] | 'gone' }[],
  ): Promise<void> {
    const transaction = (await opened()).transaction('outbox', 'readwrite');
    for (const { eventId, refusal } of changes) {
      const cursor = await transaction.store.index('eventId').openCursor(eventId);
      if (cursor === null) continue;
      if (refusal === 'gone') await cursor.delete();
      else await cursor.update({ ...cursor.value, refusal });
    }
    await transaction.done;
  }

  /**
   * Before the queue lets go of the items: a crash in between sends them once more, and the answer is the same. In a
   * transaction of their own, so that the next tap never waits for them.
   */
  async function keepReceipts(receipts: readonly Receipt[]): Promise<void> {
    if (receipts.length === 0) return;
    const transaction = (await opened()).transaction('kept', 'readwrite');
    await addReceipts(transaction.store, owner, receipts);
    await transaction.done;
  }

  return {
    durable: true,
    read: async () => {
      const all = await (await opened()).getAll('outbox');
      return {
        items: all.filter((item) => item.owner === owner).map(itemOf),
        others: all.filter((item) => item.owner !== owner && item.refusal === null).length,
      };
    },
    add: async (item) => {
      // Strict: it is on the disk before the screen says so, also where a battery dies in the next moment.
      const transaction = (await opened()).transaction(['outbox', 'counter'], 'readwrite', { durability: 'strict' });
      const counter = `${item.boutId}|${item.deviceId}`;
      const counted = item.kind === 'action';
      // In one transaction with the item: no number is given twice, and none is lost with a tab.
      const seq = counted ? ((await transaction.objectStore('counter').get(counter)) ?? 0) + 1 : 0;
      if (counted) await transaction.objectStore('counter').put(seq, counter);
      const stored: StoredItem = {
        eventId: item.eventId,
        owner,
        boutId: item.boutId,
        kind: item.kind,
        path: item.path,
        body: JSON.stringify(withSeq(item.body, seq)),
        note: JSON.stringify(item.note),
        seq,
        atMs: item.atMs,
        refusal: null,
      };
      await transaction.objectStore('outbox').add(stored);
      await transaction.done;
      tellOthers();
      return itemOf(stored);
    },
    sign: async (signed) => {
      const transaction = (await opened()).transaction('outbox', 'readwrite');
      const toSend: OutboxItem[] = [];
      for (const item of signed) {
        const cursor = await transaction.store.index('eventId').openCursor(item.eventId);
        const before = cursor === null ? undefined : itemOf(cursor.value).body;
        if (before?.signature === undefined) {
          await cursor?.update({ ...cursor.value, body: JSON.stringify(item.body) });
          toSend.push(item);
        } else toSend.push({ ...item, body: before });
      }
      await transaction.done;
      return toSend;
    },
    settle: async (answers) => {
      // A full disk costs the receipts, never the queue: what was taken would be sent again for ever.
      await keepReceipts(answers.flatMap(({ receipt }) => receipt ?? [])).catch(() => undefined);
      await change(
        answers.flatMap(({ eventId, fate }) => {
          if (fate === 'wait') return [];
          return [{ eventId, refusal: fate === 'sent' ? ('gone' as const) : fate }];
        }),
      );
      tellOthers();
    },
    remove: async (eventId) => {
      await change([{ eventId, refusal: 'gone' }]);
      tellOthers(eventId);
    },
    onChange: (listener) => {
      const hear = ({ data }: MessageEvent<unknown>): void =>
        listener(isBag(data) && typeof data.dismissed === 'string' ? data.dismissed : null);
      channel.addEventListener('message', hear);
      return () => channel.removeEventListener('message', hear);
    },
  };
}

/** The same queue for as long as the page lives; the page says that it is no more than that. */
function memoryShelf(): Shelf {
  let items: readonly OutboxItem[] = [];
  const counters = new Map<string, number>();
  return {
    durable: false,
    read: async () => ({ items, others: 0 }),
    add: async ({ deviceId, ...item }) => {
      const counter = `${item.boutId}|${deviceId}`;
      const seq = item.kind === 'action' ? (counters.get(counter) ?? 0) + 1 : 0;
      if (seq > 0) counters.set(counter, seq);
      const added: OutboxItem = { ...item, body: withSeq(item.body, seq), seq, state: 'unsent', refusal: null };
      items = [...items, added];
      return added;
    },
    sign: async (signed) => {
      const byId = new Map(signed.map((item) => [item.eventId, item]));
      items = items.map((item) => byId.get(item.eventId) ?? item);
      return signed;
    },
    settle: async (fates) => {
      const gone = new Set(fates.filter(({ fate }) => fate === 'sent').map(({ eventId }) => eventId));
      items = items.filter(({ eventId }) => !gone.has(eventId));
    },
    remove: async (eventId) => {
      items = items.filter((item) => item.eventId !== eventId);
    },
    onChange: () => () => undefined,
  };
}

function withSeq(body: Bag, seq: number): Bag {
  return seq === 0 ? body : { ...body, device_seq: seq };
}
