import { CORNERS } from '../../../domain/corner.ts';
import { ASPECTS, ROLES } from '../../../domain/roles/index.ts';
import { type Decoded, list, literal, nullable, number, object, otherwise, text, truth } from './decode.ts';

/** `GET /api/cards/{id}`; a judge is told of no other judge's seat and device. */

const maybeText = otherwise(nullable(text), null);

const device = object({
  device_id: text,
  device_epoch: number,
  role: literal(...ROLES),
  subject: text,
  judge_id: maybeText,
  corners: otherwise(nullable(list(literal(...CORNERS))), null),
  aspects: otherwise(nullable(list(literal(...ASPECTS))), null),
  paired_at: text,
  revoked: truth,
  current: truth,
});

export type CardDevice = Decoded<typeof device>;

export const decodeCard = object({
  card_id: text,
  promotion: text,
  event: text,
  date: maybeText,
  time_zone: maybeText,
  venue: maybeText,
  current_bout_id: nullable(text),
  /** The order of the night, also of bouts that are not set up yet. */
  bouts: list(object({ bout_id: text, position: number })),
  seats: list(object({ judge_id: text, subject: text, device_id: maybeText, device_epoch: number })),
  devices: list(device),
});

export type Card = Decoded<typeof decodeCard>;
