import { type Decoded, list, nullable, number, object, text, truth } from '../../shared/wire/decode.ts';

const usage = object({
  class: text,
  promotion: nullable(text),
  objects: number,
  bytes: number,
  newest_ms: number,
});

export type UsageLine = Decoded<typeof usage>;

/** `GET /api/storage`: sums over a part of the bucket; `next` leads to the rest. */
export const decodeUsage = object({
  as_of_ms: number,
  next: nullable(text),
  usage: list(usage),
  orphans: object({ count: number, bytes: number }),
  index_bytes: nullable(number),
  platform: nullable(object({ database_bytes: number, bouts: number, entries: number })),
});

const rule = object({ class: text, promotion: nullable(text), max_age_days: number });

export type Rule = Decoded<typeof rule>;

/** `GET /api/storage/rules` */
export const decodeRules = object({ version: number, changed_ms: nullable(number), rules: list(rule) });

/** `POST /api/storage/clean` */
export const decodeCleaned = object({
  dry_run: truth,
  objects: number,
  bytes: number,
  items: list(object({ key: text, bytes: number, age_days: nullable(number) })),
  orphans: list(object({ key: text, bytes: number })),
  next: nullable(text),
});

export type Cleaned = Decoded<typeof decodeCleaned>;
