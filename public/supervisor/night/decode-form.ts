import { SPORTS } from '../../../domain/sport.ts';
import { list, literal, object, text, truth } from '../../shared/wire/decode.ts';
import { decodeRelease } from './wire.ts';

/** A bout's form as it was left on the device. */
const fighter = object({ name: text, id: text });

export const decodeBoutForm = object({
  sport: literal(...SPORTS),
  ruleset: text,
  jurisdiction: text,
  rounds: text,
  length: text,
  red: fighter,
  blue: fighter,
  seats: list(object({ seat: text, name: text, person: text })),
  judgesLog: truth,
  release: decodeRelease,
  delay: text,
  limits: object({ min_actions: text, min_human: text, max_human_gap: text, max_camera_gap: text }),
});

export const decodeCardForm = object({ promotion: text, event: text, date: text, timeZone: text, venue: text });

export const decodeFighterForm = object({
  nickname: text,
  country: text,
  record: text,
  team: text,
  age: text,
  height_cm: text,
  reach_cm: text,
  weight_kg: text,
  stance: text,
});

export type CardForm = {
  readonly promotion: string;
  readonly event: string;
  readonly date: string;
  readonly timeZone: string;
  readonly venue: string;
};
