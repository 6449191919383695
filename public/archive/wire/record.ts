import {
  type Decode,
  type Decoded,
  list,
  nullable,
  number,
  object,
  otherwise,
  text,
  truth,
} from '../../shared/wire/decode.ts';
import { decodeView, type View } from '../../shared/wire/frames.ts';

const decodeSealed = object({ sealed: otherwise(truth, false) });

/** `GET /api/bouts/{bout_id}`, with whether its record is closed. */
export const decodeBout: Decode<{ readonly view: View; readonly isSealed: boolean }> = (value) => {
  const view = decodeView(value);
  const said = decodeSealed(value);
  return view === undefined || said === undefined ? undefined : { view, isSealed: said.sealed };
};

/** `GET /api/archive/{bout_id}`: what a sealed bout's record holds. */
export const decodeArchive = object({
  bout_id: text,
  created_ms: number,
  sealed_ms: number,
  entries: number,
  archived_ms: nullable(number),
  /** Why the archive will not be completed. */
  conflict: nullable(text),
  versions: object({ model: text, values: text, build: text }),
  files: list(object({ path: text, size: number })),
});

export type ArchiveFacts = Decoded<typeof decodeArchive>;

/** `GET /api/log/keys` */
export const decodeKeys = object({ notice: text, name: text, key: text });

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
