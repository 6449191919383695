/** The one shape of every id on the wire: also what keeps `|` out of a fingerprint. */
export const ID_PATTERN = /^[A-Za-z0-9_.:-]{1,64}$/;

export function isId(value: unknown): value is string {
  return typeof value === 'string' && ID_PATTERN.test(value);
}
