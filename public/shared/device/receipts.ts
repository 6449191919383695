import { signal } from '@preact/signals';
import type { ReceiptsFile } from '../../../domain/ledger/index.ts';
import { nullable, number, object, text } from '../wire/decode.ts';
import { type Json, openStore } from './store.ts';

/*
 * The server's word for what it has taken, kept on the device: where an entry stands and its hash, and the last signed
 * checkpoint. A record that was changed later contradicts them. They lie beside the other small things under keys of
 * their own: a store of their own would be a new version of the database, which a page of an older build, pinned for the
 * bout, could not open.
 */

export type Receipt = {
  readonly boutId: string;
  readonly eventId: string;
  readonly index: number;
  /** 64 hexadecimal digits. */
  readonly hash: string;
};

/** What is kept for one person in one bout. */
export type Held = { readonly count: number; readonly checkpoint: string | null };

const NOTHING: Held = { count: 0, checkpoint: null };

/** The last entries of a bout; nobody's hand makes more. */
const MAX_PER_BOUT = 5_000;
/** By this device's own calendar, from the last thing that was kept of a bout. */
const KEPT_MS = 30 * 24 * 60 * 60_000;

/** The part of the device's store that is needed here; it belongs to the caller's transaction. */
type KeptStore = {
  readonly get: (key: string) => Promise<Json | undefined>;
  readonly put: (value: Json, key: string) => Promise<unknown>;
  readonly delete: (key: string) => Promise<void>;
  readonly getAllKeys: (range: IDBKeyRange, count?: number) => Promise<string[]>;
};

const decodeSummary = object({ count: number, atMs: number, checkpoint: nullable(text) });

const SUMMARIES = 'receipts|';
const RECEIPTS = 'receipt|';
/** After every character of a key. */
const END = '\uFFFF';
const INDEX_DIGITS = 16;

/** Ids hold no `|`, and an owner is always three of them: no person's keys begin with another's. */
function summaryKey(boutId: string, owner: string): string {
  return `${SUMMARIES}${boutId}|${owner}`;
}

/** The hash too: two words for one index contradict each other, and that must not be lost. */
function receiptKey(owner: string, { boutId, index, hash }: Receipt): string {
  return `${receiptsOf(boutId, owner)}${String(index).padStart(INDEX_DIGITS, '0')}|${hash}`;
}

function receiptsOf(boutId: string, owner: string): string {
  return `${RECEIPTS}${boutId}|${owner}|`;
}

function below(prefix: string): IDBKeyRange {
  return IDBKeyRange.bound(prefix, prefix + END);
}

/** Changes when a checkpoint was kept in this page. */
export const checkpointsKept = signal(0);

/** Keeps receipts, within the caller's transaction. A repeated one changes nothing. */
export async function addReceipts(store: KeptStore, owner: string, receipts: readonly Receipt[]): Promise<void> {
  for (const boutId of new Set(receipts.map((receipt) => receipt.boutId))) {
    const ofBout = receipts.filter((receipt) => receipt.boutId === boutId);
    const summary = decodeSummary(await store.get(summaryKey(boutId, owner)));
    let count = summary?.count ?? 0;
    for (const receipt of ofBout) {
      const key = receiptKey(owner, receipt);
      if ((await store.get(key)) !== undefined) continue;
      await store.put(receipt.eventId, key);
      count += 1;
    }
    if (count > MAX_PER_BOUT) {
      const oldest = await store.getAllKeys(below(receiptsOf(boutId, owner)), count - MAX_PER_BOUT);
      for (const key of oldest) await store.delete(key);
      count -= oldest.length;
    }
    const kept = { count, atMs: Date.now(), checkpoint: summary?.checkpoint ?? null };
    await store.put(kept, summaryKey(boutId, owner));
  }
}

/** @throws where the browser has taken the store away */
export async function readHeld(owner: string, boutId: string): Promise<Held> {
  return decodeSummary(await (await openStore())?.get('kept', summaryKey(boutId, owner))) ?? NOTHING;
}

/**
 * Everything that is kept for one person in one bout, in the order of the ledger.
 * @throws where the browser has taken the store away
 */
export async function readFile(owner: string, boutId: string): Promise<ReceiptsFile> {
  const transaction = (await openStore())?.transaction('kept');
  const keys = (await transaction?.store.getAllKeys(below(receiptsOf(boutId, owner)))) ?? [];
  const summary = decodeSummary(await transaction?.store.get(summaryKey(boutId, owner)));
  const receipts = keys.map((key) => {
    const [index = '', hash = ''] = key.split('|').slice(-2);
    return { index: Number(index), hash };
  });
  return { boutId, receipts, checkpoint: summary?.checkpoint ?? null };
}

/** The size and the root are the second and third line of a signed checkpoint (c2sp.org/tlog-checkpoint). */
const CHECKPOINT = /^\S+\/bout\/(\S+)\n(\d{1,15})\n[A-Za-z0-9+/]{43}=\n\n(?:— \S+ \S+\n)+$/;

/**
 * Keeps a signed checkpoint of the bout where it covers more than the one that is kept. Whether it was: not for anything
 * else that a network may have answered.
 * @throws where the device has no room for it
 */
export async function keepCheckpoint(owner: string, boutId: string, note: string): Promise<boolean> {
  const size = sizeOf(note, boutId);
  const transaction = (await openStore())?.transaction('kept', 'readwrite');
  if (size === null || transaction === undefined) return false;
  const summary = decodeSummary(await transaction.store.get(summaryKey(boutId, owner)));
  const before = summary?.checkpoint ?? null;
  if (before !== null && (sizeOf(before, boutId) ?? 0) >= size) return false;
  await transaction.store.put(
    { count: summary?.count ?? 0, atMs: Date.now(), checkpoint: note },
    summaryKey(boutId, owner),
  );
  await transaction.done;
  checkpointsKept.value += 1;
  return true;
}

/** How many entries a checkpoint of the bout covers; null for what is none. */
export function sizeOf(note: string, boutId: string): number | null {
  const match = CHECKPOINT.exec(note);
  return match?.[1] === boutId ? Number(match[2]) : null;
}

/** Lets go of the bouts that nobody has asked about for a month, whosever they were. Never throws. */
export async function dropOldReceipts(): Promise<void> {
  await drop((atMs) => Date.now() - atMs > KEPT_MS);
}

/** Whoever gives the device away leaves none of them on it. Never throws. */
export async function dropReceipts(): Promise<void> {
  await drop(() => true);
}

async function drop(isDue: (atMs: number) => boolean): Promise<void> {
  try {
    const transaction = (await openStore())?.transaction('kept', 'readwrite');
    if (transaction === undefined) return;
    for (const key of await transaction.store.getAllKeys(below(SUMMARIES))) {
      const summary = decodeSummary(await transaction.store.get(key));
      if (summary !== undefined && !isDue(summary.atMs)) continue;
      await transaction.store.delete(below(`${RECEIPTS}${key.slice(SUMMARIES.length)}|`));
      await transaction.store.delete(key);
    }
    await transaction.done;
  } catch {
    // They only take room, and the next start tries again.
  }
}
