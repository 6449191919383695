import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Decode } from '../wire/decode.ts';

/** What JSON can say; the store takes nothing that would not survive a journey through it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json | undefined };

/** A line of the outbox as it lies on the device. `order` is its place in the queue. */
export type StoredItem = {
  readonly order?: number;
  readonly eventId: string;
  /** Whose it is: only a page of the same person and place sends it. */
  readonly owner: string;
  readonly boutId: string;
  readonly kind: 'action' | 'command';
  readonly path: string;
  /** JSON text, written once, so that every delivery is the same bytes. */
  readonly body: string;
  readonly note: string;
  readonly seq: number;
  readonly atMs: number;
  readonly refusal: { readonly status: number; readonly code: string; readonly detail: string } | null;
};

interface Schema extends DBSchema {
  kept: { key: string; value: Json };
  keys: { key: string; value: CryptoKeyPair };
  outbox: { key: number; value: StoredItem; indexes: { eventId: string } };
  counter: { key: string; value: number };
}

export type Database = IDBPDatabase<Schema>;

let opened: Promise<Database | null> | null = null;

/** The device's own store; null where the browser keeps nothing (storage forbidden, or no room to open it). */
export async function openStore(): Promise<Database | null> {
  opened ??= tryToOpen();
  return await opened;
}

async function tryToOpen(): Promise<Database | null> {
  try {
    return await openDB<Schema>('fightjudge', 1, {
      upgrade: (database) => {
        database.createObjectStore('kept');
        database.createObjectStore('keys');
        database
          .createObjectStore('outbox', { keyPath: 'order', autoIncrement: true })
          .createIndex('eventId', 'eventId');
        database.createObjectStore('counter');
      },
      // A browser may close a database under memory pressure; the next call opens it again.
      terminated: () => {
        opened = null;
      },
    });
  } catch {
    // Where storage is forbidden some browsers answer so, and others throw at the mere name.
    return null;
  }
}

/** Keeps a small value for a later start without network. Best effort: what must not be lost goes into the outbox. */
export async function keep(key: string, value: Json): Promise<boolean> {
  try {
    const database = await openStore();
    await database?.put('kept', value, key);
    return database !== null;
  } catch {
    return false;
  }
}

/** What was kept, where it is still there and this version understands it. */
export async function kept<T>(key: string, decode: Decode<T>): Promise<T | undefined> {
  try {
    return decode(await (await openStore())?.get('kept', key));
  } catch {
    return undefined;
  }
}

export async function forget(key: string): Promise<void> {
  try {
    await (await openStore())?.delete('kept', key);
  } catch {
    // What cannot be opened holds nothing that could be read again.
  }
}
