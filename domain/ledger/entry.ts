import type { Role } from '../roles/index.ts';

/** What a line of the ledger is about. `action` is something a fighter did, seen by a person. */
export const ENTRY_KINDS = [
  'action',
  'vision',
  'clock',
  'ruling',
  'scorecard',
  'void',
  'replace',
  'session',
  'config',
  'note',
  'result',
  'seal',
] as const;

export type EntryKind = (typeof ENTRY_KINDS)[number];

/** Leaves hold integers, strings, booleans and null only: nothing that two readers could read differently. */
export type LeafValue = string | number | boolean | null | readonly LeafValue[] | LeafObject;

export type LeafObject = { readonly [name: string]: LeafValue };

/** Who wrote the entry, by id; names of people stay out of leaves. */
export type Actor = {
  readonly subject: string;
  readonly role: Role | 'system';
  readonly seat: string | null;
  readonly device: string | null;
};

/**
 * Where `clockMs` comes from: the client's own reading, the device's time corrected by its measured
 * offset, the moment of receipt, or (a round without a clock) the round's first action.
 */
export const CLOCK_SOURCES = ['client', 'device', 'server', 'first_action'] as const;

export type ClockSource = (typeof CLOCK_SOURCES)[number];

/** What the edge noticed about an entry without refusing it. */
export const FLAGS = [
  'implausible_time',
  'suspected_duplicate',
  'late',
  'after_swap',
  'tier_assumed',
  'simulated',
  'legacy',
] as const;

export type Flag = (typeof FLAGS)[number];

/** One line of a bout's ledger. Times are UTC epoch milliseconds; `clockMs` is elapsed time in the round. */
export type Entry = {
  /** Gapless from 0; `sequence_index` on the wire and the sockets' cursor. */
  readonly index: number;
  readonly eventId: string;
  readonly kind: EntryKind;
  readonly actor: Actor;
  /** As claimed by the client, unrounded; null where the server itself is the source. */
  readonly timestampMs: number | null;
  readonly receivedMs: number;
  readonly round: number | null;
  readonly clockMs: number | null;
  readonly clockSource: ClockSource | null;
  readonly flags: readonly Flag[];
  readonly payload: LeafObject;
  /** SHA-256 of the fingerprint; null for what is no action. */
  readonly eventHash: string | null;
  /** 64 zeros for the first entry. */
  readonly prevChainHash: string;
  readonly deviceEpoch: number | null;
  readonly deviceSeq: number | null;
  /** The device's signature over its claim, where it sends one. */
  readonly signature: string | null;
};

/** An entry before the object has given it its place in the chain. */
export type Draft = Omit<Entry, 'index' | 'prevChainHash'>;
