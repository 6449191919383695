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
