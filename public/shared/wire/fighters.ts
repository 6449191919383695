import { type Decoded, nullable, number, object, otherwise, text } from './decode.ts';

/** `GET /api/bouts/{id}/fighters`: null is what nobody has entered. */

const maybeText = otherwise(nullable(text), null);
const maybeNumber = otherwise(nullable(number), null);

const particulars = object({
  name: text,
  photo_url: maybeText,
  nickname: maybeText,
  country: maybeText,
  record: maybeText,
  age: maybeNumber,
  height_cm: maybeNumber,
  reach_cm: maybeNumber,
  weight_kg: maybeNumber,
  stance: maybeText,
  team: maybeText,
});

/** Beside the name nothing that every fighter has: whoever has only a name has no particulars to show. */
export type Particulars = Decoded<typeof particulars>;

export const decodeFighters = object({ bout_id: text, red: particulars, blue: particulars });

export type Fighters = Decoded<typeof decodeFighters>;
