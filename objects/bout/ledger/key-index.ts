/**
 * Where an `event_id` or `event_hash` stands in the ledger: an open-addressed table of 64-bit keys in
 * typed arrays, 12 bytes a slot. Keys may collide; a hit is a candidate that the caller confirms from
 * the entry itself. Mutable on purpose: it sits on the hot path and is rebuilt from the ledger.
 */
export type KeyIndex = {
  high: Int32Array;
  low: Int32Array;
  /** Entry index + 1; 0 is an empty slot. */
  at: Int32Array;
  used: number;
  mask: number;
};

export type Key = { readonly high: number; readonly low: number };

const NO_KEY: Key = { high: 0, low: 0 };

/** Two 32-bit words per key, two keys per entry. */
const WORDS_PER_ENTRY = 4;

export function createKeyIndex(capacity = 1024): KeyIndex {
  let size = 16;
  while (size < capacity * 2) size *= 2;
  return {
    high: new Int32Array(size),
    low: new Int32Array(size),
    at: new Int32Array(size),
    used: 0,
    mask: size - 1,
  };
}

export function addKey(index: KeyIndex, high: number, low: number, entry: number): void {
  if ((index.used + 1) * 4 > index.at.length * 3) grow(index);
  place(index, high, low, entry + 1);
}

/** The first candidate that `confirm` accepts; null if there is none. */
export function findKey<T>(index: KeyIndex, key: Key, confirm: (entry: number) => T | null): T | null {
  let slot = key.low & index.mask;
  for (;;) {
    const at = index.at[slot] ?? 0;
    if (at === 0) return null;
    if (index.low[slot] === key.low && index.high[slot] === key.high) {
      const hit = confirm(at - 1);
      if (hit !== null) return hit;
    }
    slot = (slot + 1) & index.mask;
  }
}

function place(index: KeyIndex, high: number, low: number, at: number): void {
  let slot = low & index.mask;
  while ((index.at[slot] ?? 0) !== 0) slot = (slot + 1) & index.mask;
  index.high[slot] = high;
  index.low[slot] = low;
  index.at[slot] = at;
  index.used += 1;
}

function grow(index: KeyIndex): void {
  const { high, low, at } = index;
  const size = at.length * 2;
  index.high = new Int32Array(size);
  index.low = new Int32Array(size);
  index.at = new Int32Array(size);
  index.mask = size - 1;
  index.used = 0;
  for (let slot = 0; slot < at.length; slot += 1) {
    const entry = at[slot] ?? 0;
    if (entry !== 0) place(index, high[slot] ?? 0, low[slot] ?? 0, entry);
  }
}

/** The first 64 bits of a SHA-256 in hex. */
export function hashKey(hex: string): Key {
  return { high: Number.parseInt(hex.slice(0, 8), 16) | 0, low: Number.parseInt(hex.slice(8, 16), 16) | 0 };
}

/** Two independent 32-bit FNV-1a passes: spread, not secrecy; a forged collision costs one more row read. */
export function idKey(id: string): Key {
  let high = 0x811c9dc5;
  let low = 0x01000193;
  for (let i = 0; i < id.length; i += 1) {
    const unit = id.charCodeAt(i);
    high = Math.imul(high ^ unit, 0x01000193);
    low = Math.imul(low ^ (unit + i), 0x85ebca6b);
    low ^= low >>> 13;
  }
  return { high, low };
}

/** The keys of a run of entries as they are stored; an entry without a hash has a zero key there. */
export function packKeys(
  entries: readonly { readonly eventId: string; readonly eventHash: string | null }[],
): ArrayBuffer {
  const words = new Int32Array(entries.length * WORDS_PER_ENTRY);
  entries.forEach((entry, i) => {
    const id = idKey(entry.eventId);
    const hash = entry.eventHash === null ? NO_KEY : hashKey(entry.eventHash);
    words.set([id.high, id.low, hash.high, hash.low], i * WORDS_PER_ENTRY);
  });
  return words.buffer;
}

/** Adds a stored run; returns how many entries it held. */
export function unpackKeys(index: KeyIndex, first: number, bytes: ArrayBuffer): number {
  const words = new Int32Array(bytes);
  const entries = words.length / WORDS_PER_ENTRY;
  for (let i = 0; i < entries; i += 1) {
    const at = i * WORDS_PER_ENTRY;
    addKey(index, words[at] ?? 0, words[at + 1] ?? 0, first + i);
    const high = words[at + 2] ?? 0;
    const low = words[at + 3] ?? 0;
    if (high !== 0 || low !== 0) addKey(index, high, low, first + i);
  }
  return entries;
}
