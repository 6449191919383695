import type { FieldError, Refusal, RefusalCode } from './refusal.ts';

/** RFC 9457 problem document, with the fields at fault and the API's own `success` beside its standard members. */
export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: RefusalCode;
  readonly success: false;
  readonly errors: readonly FieldError[];
};

/** Every kind of refusal with its status: the one table of what can go wrong on the wire. */
export const PROBLEMS: Readonly<Record<RefusalCode, { readonly status: number; readonly title: string }>> = {
  bad_request: { status: 400, title: 'Bad Request' },
  unauthorized: { status: 401, title: 'Unauthorized' },
  forbidden: { status: 403, title: 'Forbidden' },
  fenced: { status: 403, title: 'Device Fenced' },
  not_found: { status: 404, title: 'Not Found' },
  conflict: { status: 409, title: 'Conflict' },
  sealed: { status: 409, title: 'Bout Sealed' },
  too_large: { status: 413, title: 'Content Too Large' },
  too_many_requests: { status: 429, title: 'Too Many Requests' },
  unavailable: { status: 503, title: 'Service Unavailable' },
};

export function problemOf(refusal: Refusal): Problem {
  const { status, title } = PROBLEMS[refusal.code];
  return {
    type: `/api/docs#problem-${refusal.code}`,
    title,
    status,
    detail: refusal.detail,
    code: refusal.code,
    success: false,
    errors: refusal.errors,
  };
}
