import type { Seal } from '../wire/seal.ts';

export type Missing = {
  readonly device: string;
  /** First and last of each run of the device's own numbers. */
  readonly runs: readonly (readonly [from: number, to: number])[];
  /** Further runs, which the seal only counts. */
  readonly more: number;
  readonly declared: boolean;
};

/** What devices numbered and never delivered, as the seal states it. */
export function missingIn({ payload }: Seal): readonly Missing[] {
  return payload.devices
    .map(({ device_id: device, missing, more_missing: more, declared }) => ({
      device,
      runs: missing.flatMap(([from, to]) => (from === undefined || to === undefined ? [] : [[from, to] as const])),
      more,
      declared,
    }))
    .filter(({ runs, more }) => runs.length > 0 || more > 0);
}
