import type { z } from 'zod';
import { ok, type Outcome } from '../domain/refusal.ts';

/** Checks a value and names every field that is wrong, as the caller wrote it. */
export function check<T>(schema: z.ZodType<T>, value: unknown, at: string): Outcome<T> {
  const result = schema.safeParse(value);
  if (result.success) return ok(result.data);
  const errors = result.error.issues.flatMap((issue) => {
    const place = fieldName(at, issue.path);
    // An unknown key is reported at its parent; the caller wants the key itself named.
    return issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ field: fieldName(place, [key]), detail: 'unknown field' }))
      : [{ field: place === '' ? 'body' : place, detail: issue.message }];
  });
  const first = errors[0];
  return {
    ok: false,
    code: 'bad_request',
    detail: first === undefined ? 'The request is not valid.' : `${first.field}: ${first.detail}`,
    errors: errors.slice(0, 20),
  };
}

/** `events[3].timestamp_ms`: the way a caller would write the place down. */
export function fieldName(at: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>((name, key) => {
    if (typeof key === 'number') return `${name}[${key}]`;
    return name === '' ? String(key) : `${name}.${String(key)}`;
  }, at);
}
