import { type Decoded, list, nullable, number, object, otherwise, text, truth } from './decode.ts';

/** What a seal says of a device; runs of its own numbers, first and last of each. */
const device = object({
  device_id: text,
  missing: otherwise(list(list(number)), []),
  /** Runs that the seal had no room for. */
  more_missing: otherwise(number, 0),
  declared: otherwise(truth, false),
});

/** What a seal says, read from its leaf. */
export const decodeSeal = object({
  received_ms: number,
  actor: object({ subject: text, role: text }),
  payload: object({
    reason: otherwise(nullable(text), null),
    devices: otherwise(list(device), []),
    /** Devices that the seal had no room for. */
    more_devices: otherwise(number, 0),
  }),
});

export type Seal = Decoded<typeof decodeSeal>;
