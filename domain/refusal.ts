/**
 * A refusal is an ordinary value: a caller's mistake or a rule that forbids something.
 * Throwing is kept for defects of our own.
 */
export type RefusalCode =
  | 'bad_request'
  | 'unauthorized'
  | 'forbidden'
  | 'fenced'
  | 'not_found'
  | 'conflict'
  | 'sealed'
  | 'too_large'
  | 'too_many_requests'
  | 'unavailable';

/** One field that is wrong, named as the caller wrote it (`events[3].timestamp_ms`). */
export type FieldError = { readonly field: string; readonly detail: string };

export type Refusal = {
  readonly ok: false;
  readonly code: RefusalCode;
  readonly detail: string;
  readonly errors: readonly FieldError[];
};

export type Ok<T> = { readonly ok: true; readonly value: T };

export type Outcome<T> = Ok<T> | Refusal;

export function ok<T>(value: T): Ok<T> {
  return { ok: true, value };
}

export function refuse(code: RefusalCode, detail: string, field?: string): Refusal {
  return { ok: false, code, detail, errors: field === undefined ? [] : [{ field, detail }] };
}
