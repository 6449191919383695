import type { Credential } from '../device/credential.ts';
import { backoffMs, chance } from '../live/backoff.ts';
import { failures } from '../strings/failures.ts';
import { type Bag, type Decode, isBag, list, object, otherwise, parseJson, text } from './decode.ts';
import { newEventId } from './event-id.ts';

/** Why a request gave no answer that the page can use. */
export type ApiFailure =
  | { readonly kind: 'unreachable' }
  | {
      readonly kind: 'problem';
      readonly status: number;
      readonly code: string;
      readonly detail: string;
      readonly errors: readonly { readonly field: string; readonly detail: string }[];
    };

export type ApiAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: ApiFailure };

/** One exchange: the status and the body as JSON, undefined where it was none; null where nothing came back. */
export type Exchange = { readonly status: number; readonly body: unknown } | null;

export type Request = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: BodyInit;
  readonly contentType?: string;
  readonly signal?: AbortSignal;
};

const LIMIT_MS = 15_000;

/**
 * Sends one request with the caller's token; once more with a fresh one where the server no longer takes it.
 * Never throws: no network and nonsense are answers too.
 */
export async function exchange(credential: Credential, request: Request): Promise<Exchange> {
  const token = await credential.token();
  const answer = await attempt(token, request);
  // Only this server's own word ends a token, never that of a portal on the way.
  if (answer?.status !== 401 || token === null || !isBag(answer.body)) return answer;
  credential.refuse(token);
  const fresh = await credential.token();
  return fresh === null || fresh === token ? answer : await attempt(fresh, request);
}

async function attempt(token: string | null, { method, path, body, contentType, signal }: Request): Promise<Exchange> {
  const limit = within(LIMIT_MS, signal);
  try {
    const response = await fetch(path, {
      method,
      headers: {
        accept: 'application/json',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': contentType ?? 'application/json' }),
      },
      cache: 'no-store',
      ...(body === undefined ? {} : { body }),
      signal: limit,
    });
    return { status: response.status, body: parseJson(await response.text()) };
  } catch {
    return null;
  }
}

/** Ends with the caller's signal, or by itself. Written out, because tablets of 2023 know no `AbortSignal.any`. */
export function within(limitMs: number, signal?: AbortSignal): AbortSignal {
  const limit = AbortSignal.timeout(limitMs);
  if (signal === undefined) return limit;
  const both = new AbortController();
  const end = (): void => both.abort();
  if (signal.aborted || limit.aborted) end();
  signal.addEventListener('abort', end, { once: true });
  limit.addEventListener('abort', end, { once: true });
  // A page's own signal lives as long as the page: what has been answered must not hang on it.
  both.signal.addEventListener('abort', () => signal.removeEventListener('abort', end), { once: true });
  return both.signal;
}

/** Reads JSON from this server. */
export async function getJson<T>(
  path: string,
  decode: Decode<T>,
  credential: Credential,
  signal?: AbortSignal,
): Promise<ApiAnswer<T>> {
  const answer = await exchange(credential, { method: 'GET', path, ...(signal === undefined ? {} : { signal }) });
  if (answer === null) return { ok: false, failure: { kind: 'unreachable' } };
  if (answer.status >= 300) return { ok: false, failure: problemIn(answer.status, answer.body) };
  const value = decode(answer.body);
  return value === undefined ? { ok: false, failure: { kind: 'unreachable' } } : { ok: true, value };
}

export type CommandOptions = {
  readonly method?: 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly eventId?: string;
  /** How long the same bytes are sent again while no answer comes. */
  readonly patienceMs?: number;
};

/**
 * A command under an `event_id` of its own: however often it is repeated, it happens once. Repeats until the server
 * answers or the patience ends; then `unreachable`, and whether it happened is not known.
 */
export async function command(
  credential: Credential,
  path: string,
  fields: object,
  options: CommandOptions = {},
): Promise<ApiAnswer<Bag>> {
  const { method = 'POST', patienceMs = LIMIT_MS } = options;
  const body = JSON.stringify(
    method === 'POST' || method === 'PATCH' ? { ...fields, event_id: options.eventId ?? newEventId() } : fields,
  );
  const untilMs = performance.now() + patienceMs;
  for (let failures = 1; ; failures += 1) {
    const answer = await exchange(credential, { method, path, ...(method === 'DELETE' ? {} : { body }) });
    const verdict = answer === null ? null : verdictOf(answer.status, answer.body);
    if (verdict !== null) return verdict;
    const waitMs = backoffMs(failures, chance());
    if (performance.now() + waitMs > untilMs) return { ok: false, failure: { kind: 'unreachable' } };
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
}

/**
 * Null where the answer is none yet: the server is overloaded or not all there, or it was not the server that answered.
 * A hall's portal says 200 to everything, and a proxy has refusals of its own: neither has read what was sent.
 */
export function verdictOf(status: number, body: unknown): ApiAnswer<Bag> | null {
  if (status === 429 || status >= 500 || !isBag(body)) return null;
  // A 409 with `success` is the answer to a repeat: what was sent before had arrived.
  if (status < 300 || (status === 409 && body.success === true)) return { ok: true, value: body };
  return typeof body.code === 'string' ? { ok: false, failure: problemIn(status, body) } : null;
}

const readProblem = object({
  code: otherwise(text, ''),
  detail: otherwise(text, ''),
  errors: otherwise(list(object({ field: text, detail: text })), []),
});

function problemIn(status: number, body: unknown): ApiFailure {
  return { kind: 'problem', status, ...(readProblem(body) ?? { code: '', detail: '', errors: [] }) };
}

/** Whether asking again without change is pointless. What has no code is not this server's word. */
export function isFinal(failure: ApiFailure): boolean {
  return failure.kind === 'problem' && failure.code !== '' && [400, 401, 403, 404, 410].includes(failure.status);
}

/** One sentence for people. */
export function failureWords(failure: ApiFailure): string {
  if (failure.kind === 'unreachable') return failures.unreachable;
  return failure.detail === '' ? failures.status(failure.status) : failure.detail;
}
