import { type Database, openStore, type StoredItem } from '../device/store.ts';
import type { Bag } from '../wire/decode.ts';
import type { Fate } from './deliver.ts';
import { itemOf, type OutboxItem } from './items.ts';

/** Where the outbox lies: on the device, or in memory where the browser keeps nothing. */
export type Shelf = {
  readonly durable: boolean;
  readonly read: () => Promise<readonly OutboxItem[]>;
  /** How many items of other people lie here. */
  readonly others: () => Promise<number>;
  /** Resolves once it is stored. */
  readonly add: (item: NewItem) => Promise<OutboxItem>;
  readonly settle: (fates: readonly { readonly eventId: string; readonly fate: Fate }[]) => Promise<void>;
  readonly remove: (eventId: string) => Promise<void>;
  /** Told when another tab has changed what lies here. */
  readonly onChange: (listener: () => void) => () => void;
};

export type NewItem = Pick<OutboxItem, 'eventId' | 'boutId' | 'kind' | 'path' | 'body' | 'note' | 'atMs'> & {
  readonly deviceId: string;
};

export async function openShelf(owner: string): Promise<Shelf> {
  const database = await openStore();
  return database === null ? memoryShelf() : deviceShelf(database, owner);
}

function deviceShelf(database: Database, owner: string): Shelf {
  const channel = new BroadcastChannel('fightjudge-outbox');
  const tellOthers = (): void => channel.postMessage('changed');
  const all = async (): Promise<readonly StoredItem[]> => await database.getAll('outbox');

  /** All of them or none: a tab that dies in between leaves the queue as it was, and the parcel goes out once more. */
  async function change(
    changes: readonly { readonly eventId: string; readonly refusal: StoredItem['refusal'] | 'gone' }[],
  ): Promise<void> {
    const transaction = database.transaction('outbox', 'readwrite');
    for (const { eventId, refusal } of changes) {
      const cursor = await transaction.store.index('eventId').openCursor(eventId);
      if (cursor === null) continue;
      if (refusal === 'gone') await cursor.delete();
      else await cursor.update({ ...cursor.value, refusal });
    }
    await transaction.done;
    tellOthers();
  }

  return {
    durable: true,
    read: async () => (await all()).filter((item) => item.owner === owner).map(itemOf),
    others: async () => (await all()).filter((item) => item.owner !== owner && item.refusal === null).length,
    add: async (item) => {
      // Strict: it is on the disk before the screen says so, also where a battery dies in the next moment.
      const transaction = database.transaction(['outbox', 'counter'], 'readwrite', { durability: 'strict' });
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
    settle: async (fates) => {
      await change(
        fates.flatMap(({ eventId, fate }) => {
          if (fate === 'wait') return [];
          return [{ eventId, refusal: fate === 'sent' ? ('gone' as const) : fate }];
        }),
      );
    },
    remove: async (eventId) => {
      await change([{ eventId, refusal: 'gone' }]);
    },
    onChange: (listener) => {
      channel.addEventListener('message', listener);
      return () => channel.removeEventListener('message', listener);
    },
  };
}

/** The same queue for as long as the page lives; the page says that it is no more than that. */
function memoryShelf(): Shelf {
  let items: readonly OutboxItem[] = [];
  const counters = new Map<string, number>();
  return {
    durable: false,
    read: async () => items,
    others: async () => 0,
    add: async ({ deviceId, ...item }) => {
      const counter = `${item.boutId}|${deviceId}`;
      const seq = item.kind === 'action' ? (counters.get(counter) ?? 0) + 1 : 0;
      if (seq > 0) counters.set(counter, seq);
      const added: OutboxItem = { ...item, body: withSeq(item.body, seq), seq, state: 'unsent', refusal: null };
      items = [...items, added];
      return added;
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
