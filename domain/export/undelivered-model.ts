import { SEAL_TYPE } from '../bout/index.ts';
import { type Entry, integerOf, isLeafObject, type LeafObject, textOf } from '../ledger/index.ts';

/** What the seal says that devices have logged and nobody has received. */
export type UndeliveredModel = {
  readonly devices: readonly {
    readonly device: string;
    /** First and last of each run of the device's own numbers. */
    readonly runs: readonly (readonly [from: number, to: number])[];
    /** So many runs the seal counts without naming them. */
    readonly moreRuns: number;
    /** Whether whoever sealed said that they are lost. */
    readonly declared: boolean;
  }[];
  /** So many devices the seal counts without naming them: nobody can say here what they lack. */
  readonly moreDevices: number;
  /** The words of whoever sealed. */
  readonly reason: string | null;
};

/** Null where there is no seal, and where nothing is missing in it. */
export function undeliveredOf(entries: readonly Entry[]): UndeliveredModel | null {
  const seal = entries.findLast(({ kind, payload }) => kind === 'seal' && textOf(payload, 'type') === SEAL_TYPE);
  if (seal === undefined) return null;
  const { payload } = seal;
  const devices = listOf(payload['devices']).flatMap((one) => (isLeafObject(one) ? deviceOf(one) : []));
  const moreDevices = integerOf(payload, 'more_devices') ?? 0;
  return devices.length === 0 && moreDevices === 0 ? null : { devices, moreDevices, reason: textOf(payload, 'reason') };
}

function deviceOf(leaf: LeafObject): UndeliveredModel['devices'] {
  const device = textOf(leaf, 'device_id');
  const runs = listOf(leaf['missing']).flatMap((run) => {
    const [from, to] = listOf(run);
    return typeof from === 'number' && typeof to === 'number' ? [[from, to] as const] : [];
  });
  if (device === null || runs.length === 0) return [];
  return [{ device, runs, moreRuns: integerOf(leaf, 'more_missing') ?? 0, declared: leaf['declared'] === true }];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
