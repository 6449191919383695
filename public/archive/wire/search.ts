import { corner } from '../../shared/wire/corners.ts';
import { type Decoded, list, nullable, number, object, otherwise, text, truth } from '../../shared/wire/decode.ts';

const fighter = object({ id: text, name: text });

const result = object({
  /** A name, `Draw` or `No Contest`. */
  winner: text,
  winner_corner: nullable(corner),
  method: text,
  decision: nullable(text),
  round_id: nullable(number),
  /** Elapsed in that round. */
  time_ms: nullable(number),
});

const hit = object({
  bout_id: text,
  /** Its place on the card, from 1. */
  bout_number: nullable(number),
  promotion: text,
  event: text,
  date: nullable(text),
  sport: nullable(text),
  fighter1: fighter,
  fighter2: fighter,
  status: text,
  simulated: truth,
  /** Official, or null. */
  result: nullable(result),
  sealed: truth,
  archived: otherwise(nullable(truth), null),
});

export type Hit = Decoded<typeof hit>;

/** `GET /api/search` */
export const decodeSearch = object({
  hits: list(hit),
  total: number,
  total_is_capped: truth,
  next_cursor: nullable(text),
  as_of_ms: number,
  /** Bouts whose news wait to be indexed; null where the server cannot tell. */
  pending: nullable(number),
});

export type Found = Decoded<typeof decodeSearch>;
