import {
  type Decoded,
  list,
  literal,
  nullable,
  number,
  object,
  otherwise,
  text,
  truth,
} from '../../shared/wire/decode.ts';

/** `POST /api/people/{person_id}/erase`: the plan, or how far the erasure is. */
export const decodeErasure = object({
  dry_run: truth,
  person_id: text,
  bout_id: nullable(text),
  status: literal('plan', 'in_progress', 'done'),
  unseen_bouts: nullable(number),
  bouts: list(
    object({
      bout_id: text,
      done: truth,
      detail: nullable(text),
      places: otherwise(
        list(
          object({
            as: literal('fighter', 'judge'),
            key: text,
            corner: otherwise(nullable(text), null),
            judge_id: otherwise(nullable(text), null),
          }),
        ),
        [],
      ),
      names: otherwise(nullable(number), null),
      particulars: otherwise(nullable(number), null),
      photos: otherwise(nullable(number), null),
      archive: otherwise(nullable(text), null),
    }),
  ),
  not_reached: list(object({ what: text, detail: text })),
  stays: list(text),
});

export type Erasure = Decoded<typeof decodeErasure>;
