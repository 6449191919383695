import type { Entry, EntryKind, LeafObject } from '../ledger/entry.ts';
import { canonicalJson } from '../ledger/canonical.ts';
import { utf8Length } from '../ledger/leaf.ts';
import { textOf } from '../ledger/read.ts';
import type { BoutState } from './state.ts';

/** The payload's `type` of a seal, whatever else will ever stand in an entry of that kind. */
export const SEAL_TYPE = 'BOUT_SEALED';

/** First and last of a run of sequence numbers. */
export type Run = readonly [from: number, to: number];

/** What a device has delivered: entries that name it, and which of its own numbers are missing among them. */
export type DeviceRecord = {
  readonly device: string;
  /** Actions, and notes that stand for a delivery: a repeat, something that a fence kept out. */
  readonly entries: number;
  /** The highest that its entries name; null where they name none. */
  readonly epoch: number | null;
  readonly lastSeq: number | null;
  readonly missing: readonly Run[];
};

/** What a seal states of the entries before it. */
export type SealFacts = {
  readonly entries: number;
  readonly kinds: Readonly<Partial<Record<EntryKind, number>>>;
  /** In order of their first entry. */
  readonly devices: readonly DeviceRecord[];
};

/** The numbers of one device in one of its epochs. */
type Heard = { readonly epoch: number; readonly numbers: Set<number> };

type Device = { entries: number; epoch: number | null; readonly heard: Heard[] };

/**
 * Counts a ledger for its seal; `entries` are all of it, in order.
 *
 * A device numbers what it logs in a bout from 1 (0 is taken too). In a later epoch it goes on, or, where its storage was
 * lost, begins again; which of the two follows from the numbers. Nobody knows what a device kept after its highest number.
 */
export function sealFacts(entries: Iterable<Entry>): SealFacts {
  const kinds: Partial<Record<EntryKind, number>> = {};
  const devices = new Map<string, Device>();
  let count = 0;
  for (const entry of entries) {
    count += 1;
    kinds[entry.kind] = (kinds[entry.kind] ?? 0) + 1;
    if (entry.kind === 'action' || entry.kind === 'note') hear(devices, entry);
  }
  return {
    entries: count,
    kinds,
    devices: [...devices].map(([device, { entries: delivered, epoch, heard }]) => ({
      device,
      entries: delivered,
      epoch,
      lastSeq: heard.reduce<number | null>((last, { numbers }) => Math.max(last ?? 0, highest(numbers)), null),
      missing: missingOf(heard),
    })),
  };
}

function hear(devices: Map<string, Device>, { payload, actor, deviceEpoch, deviceSeq }: Entry): void {
  const name = textOf(payload, 'device_id') ?? actor.device;
  if (name === null) return;
  const device = devices.get(name) ?? { entries: 0, epoch: null, heard: [] };
  devices.set(name, device);
  device.entries += 1;
  if (deviceEpoch !== null) device.epoch = Math.max(device.epoch ?? 0, deviceEpoch);
  if (deviceSeq === null) return;
  const epoch = deviceEpoch ?? 0;
  const known = device.heard.find((one) => one.epoch === epoch);
  if (known !== undefined) known.numbers.add(deviceSeq);
  else device.heard.push({ epoch, numbers: new Set([deviceSeq]) });
}

function missingOf(heard: readonly Heard[]): readonly Run[] {
  const missing: Run[] = [];
  let last = 0;
  for (const { numbers } of heard.toSorted((a, b) => a.epoch - b.epoch)) {
    const sorted = [...numbers].toSorted((a, b) => a - b);
    // It went on where the epoch before had ended, or it began anew.
    let expected = (sorted[0] ?? 0) > last ? last + 1 : 1;
    for (const number of sorted) {
      if (number > expected) missing.push([expected, number - 1]);
      expected = Math.max(expected, number + 1);
    }
    last = Math.max(last, highest(numbers));
  }
  return missing;
}

/** Not by spreading: a device may have sent more numbers than a call takes arguments. */
function highest(numbers: ReadonlySet<number>): number {
  let most = 0;
  for (const number of numbers) most = Math.max(most, number);
  return most;
}

/** The public half of a device's key, as a JWK. */
export type DeviceKey = LeafObject;

export type SealWords = {
  /** By device id; a device that is not there has null in the seal: nobody knows its key. */
  readonly keys: ReadonlyMap<string, DeviceKey>;
  /** Whether what is missing has been declared lost. */
  readonly declared: boolean;
  readonly reason: string | null;
};

/** So many runs of one device are listed; who numbers at random must not make a bout that cannot be sealed. */
const MAX_RUNS = 32;

/** Bytes for the devices in a leaf of at most 65,535: all else in a seal is a few kilobytes. */
const MAX_DEVICES_BYTES = 48_000;

/**
 * Room for a key as a JWK with its required members, kept also where there is none: whoever counts a seal again does not
 * know the key of a device that was left out.
 */
const KEY_BYTES = 140;

/**
 * The payload of a seal. What a leaf has no room for is counted instead of listed: `more_missing` in a device, and
 * `more_devices`; both stand only where something was left out.
 */
export function sealPayload(state: BoutState, facts: SealFacts, words: SealWords): LeafObject {
  const devices: LeafObject[] = [];
  let room = MAX_DEVICES_BYTES;
  for (const device of facts.devices) {
    const leaf = deviceToLeaf(device, words);
    room -= utf8Length(canonicalJson({ ...leaf, key: null })) + KEY_BYTES;
    if (room < 0) break;
    devices.push(leaf);
  }
  const more = facts.devices.length - devices.length;
  return {
    type: SEAL_TYPE,
    entries: facts.entries,
    kinds: { ...facts.kinds },
    actions: (facts.kinds.action ?? 0) + (facts.kinds.replace ?? 0),
    voided: state.rounds.reduce((sum, round) => sum + round.voided.length, 0),
    suppressed: state.suppressed,
    result_index: state.result?.index ?? null,
    devices,
    ...(more > 0 ? { more_devices: more } : {}),
    reason: words.reason,
  };
}

function deviceToLeaf({ device, entries, epoch, lastSeq, missing }: DeviceRecord, words: SealWords): LeafObject {
  const more = missing.length - MAX_RUNS;
  return {
    device_id: device,
    entries,
    epoch,
    last_seq: lastSeq,
    missing: missing.slice(0, MAX_RUNS).map(([from, to]) => [from, to]),
    ...(more > 0 ? { more_missing: more } : {}),
    declared: words.declared && missing.length > 0,
    key: words.keys.get(device) ?? null,
  };
}
