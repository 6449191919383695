import { type Decoded, list, nullable, number, object, otherwise, text } from '../../shared/wire/decode.ts';

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

/** What a seal says, read from its leaf. */
export const decodeSeal = object({
  received_ms: number,
  actor: object({ subject: text, role: text }),
  payload: object({ reason: otherwise(nullable(text), null) }),
});

export type Seal = Decoded<typeof decodeSeal>;
