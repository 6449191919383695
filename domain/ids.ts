/** The one shape of every id on the wire: also what keeps `|` out of a fingerprint. */
export const ID_PATTERN = /^[A-Za-z0-9_.:-]{1,64}$/;

/** The same without the count, which is what a pattern is slow at. */
const ID_CHARACTERS = /^[A-Za-z0-9_.:-]+$/;
const MAX_ID = 64;

export function isId(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_ID && ID_CHARACTERS.test(value);
}
