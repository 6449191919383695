import type { RefusalCode } from '../../domain/refusal.ts';
import { refuse } from '../../domain/refusal.ts';
import { problemOf } from '../problem.ts';
import type { JsonSchema } from './schemas.ts';

/** What each problem code means and what a client does about it. */
const MEANING: Readonly<Record<RefusalCode, string>> = {
  bad_request:
    'The request is not valid. `errors` names every field at fault as the caller wrote it, such as `events[3].timestamp_ms`. Nothing was written. Correct the request before sending it again.',
  unauthorized:
    'The route needs a token and none came, or the one that came is malformed, expired, withdrawn or not signed by this deployment. Get a new one; keep what has not been sent.',
  forbidden:
    "The token is valid but does not allow this: the role lacks the permission, the token was made for another bout, card, seat, corner or aspect, or the bout's release policy does not show this part yet.",
  fenced:
    'The seat has moved to a newer device. Actions from before the move may still be sent as a batch; anything later from this device is refused and kept for review.',
  not_found: 'There is no such bout, round, entry, session or route.',
  conflict:
    'The request is valid but does not fit the state of the bout: an `event_id` that was used for other content, the undo or correction of an action whose round is locked, a clock that is not running. The first delivery stands; nothing was written. The same delivery again is no problem: it answers 409 too, but as `application/json`, with `success: true` and `is_duplicate: true`. Nor is logging into a locked round: the action is kept with the flag `late` and counts once a supervisor lets it in.',
  sealed:
    'The record of the bout has been sealed: nothing is written to it any more, now or later. What was recorded before stands; keep what was not delivered for the commission.',
  too_large: 'The body is larger than the route takes, or a batch holds more than 500 events. Split it.',
  too_many_requests: 'The caller sends faster than the deployment allows. Wait as long as `Retry-After` says.',
  unavailable:
    'The bout could not be reached. Send the same request again with the same `event_id`: it is written once, however often it is sent.',
};

export const PROBLEM_CODES = [
  'bad_request',
  'unauthorized',
  'forbidden',
  'fenced',
  'not_found',
  'conflict',
  'sealed',
  'too_large',
  'too_many_requests',
  'unavailable',
] as const satisfies readonly RefusalCode[];

export type ProblemFacts = {
  readonly code: RefusalCode;
  readonly status: number;
  readonly title: string;
  readonly meaning: string;
};

/** Every problem that the server can answer, in the order of their status codes. */
export const PROBLEMS: readonly ProblemFacts[] = PROBLEM_CODES.map((code) => {
  const { status, title } = problemOf(refuse(code, ''));
  return { code, status, title, meaning: MEANING[code] };
});

/** RFC 9457, as `workers/problem.ts` writes it. */
export const PROBLEM_SCHEMA: JsonSchema = {
  type: 'object',
  description: 'RFC 9457 problem document.',
  required: ['type', 'title', 'status', 'detail', 'code', 'success', 'errors'],
  properties: {
    type: { type: 'string', description: 'Address of the explanation of this code.' },
    title: { type: 'string' },
    status: { type: 'integer', description: 'The HTTP status again.' },
    detail: { type: 'string', description: 'What is wrong, for a person.' },
    code: { type: 'string', enum: [...PROBLEM_CODES], description: 'What is wrong, for a program.' },
    success: { type: 'boolean', const: false },
    errors: {
      type: 'array',
      description: 'The fields at fault; empty where no single field is.',
      items: {
        type: 'object',
        required: ['field', 'detail'],
        properties: {
          field: { type: 'string', description: 'As the caller wrote it: `events[3].timestamp_ms`.' },
          detail: { type: 'string' },
        },
      },
    },
  },
};
