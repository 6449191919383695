import { ok, type Outcome, type Refusal, refuse } from '../domain/refusal.ts';
import type { Caller } from '../domain/roles/index.ts';
import type { LogInput } from '../domain/wire/log-body.ts';
import { readTapAnswer, writeTap } from '../domain/wire/tap.ts';
import type { Delivery } from '../objects/bout/index.ts';
import { boutScopeRefusal } from './auth/scope.ts';
import type { Env } from './env.ts';
import { ANSWER_HEADERS } from './problem.ts';

/** A bout's object. The name is the bout's id; nothing needs to be told to it first. */
export function boutOf(env: Env, boutId: string) {
  return env.BOUT.getByName(boutId);
}

/** The caller of a route whose permission admits nobody without a token, within reach of the bout. */
export function callerFor(caller: Caller | null, boutId: string): Outcome<Caller> {
  if (caller === null) return refuse('unauthorized', 'This needs a token; none was sent.', 'Authorization');
  return boutScopeRefusal(caller, boutId) ?? { ok: true, value: caller };
}

export function json(body: unknown, status = 200): Response {
  return Response.json(body, { status, headers: ANSWER_HEADERS });
}

export function answer(outcome: Outcome<unknown>): Response | Refusal {
  return outcome.ok ? json(outcome.value) : outcome;
}

/** What the object has written as JSON already goes out as it is: nothing is copied or parsed on the way. */
export function answerText(outcome: Outcome<string>): Response | Refusal {
  return outcome.ok ? new Response(outcome.value, { headers: JSON_TEXT }) : outcome;
}

const JSON_TEXT = { ...ANSWER_HEADERS, 'content-type': 'application/json' } as const;

/** Nobody keeps the answer to a POST, so it need not be forbidden. */
const TAP_HEADERS = { 'content-type': 'application/json', 'access-control-allow-origin': '*' } as const;

/** A tap. The object's answer goes out as it came. */
export async function answerTap(env: Env, caller: Caller | null, input: LogInput): Promise<Response | Refusal> {
  const member = callerFor(caller, input.boutId);
  if (!member.ok) return member;
  const answer = readTapAnswer(await boutOf(env, input.boutId).tap(writeTap(member.value, input)));
  return answer.ok ? new Response(answer.value.body, { status: answer.value.status, headers: TAP_HEADERS }) : answer;
}

/** 200 for a first delivery, 409 with the same body for the same one again. */
export function answerDelivery(
  outcome: Outcome<Delivery>,
  extra: Readonly<Record<string, unknown>> = {},
): Response | Refusal {
  return outcome.ok ? json({ ...outcome.value.body, ...extra }, outcome.value.status) : outcome;
}

/**
 * A mutation of a bout: the caller's reach is checked, the object called, and the answer given as every
 * mutation gives it.
 */
export async function mutateBout(
  env: Env,
  caller: Caller | null,
  boutId: string,
  act: (bout: ReturnType<typeof boutOf>, member: Caller) => Promise<Outcome<Delivery>>,
): Promise<Response | Refusal> {
  const member = callerFor(caller, boutId);
  return member.ok ? answerDelivery(await act(boutOf(env, boutId), member.value)) : member;
}

/**
 * A call to an object and what it took in ms, measured across it: the clock stands still within a request
 * until something is awaited, so only a span around an await says anything.
 */
export async function timed<T>(
  call: () => Promise<Outcome<T>>,
): Promise<Outcome<{ value: T; performance_ms: number }>> {
  const startMs = performance.now();
  const outcome = await call();
  const tookMs = performance.now() - startMs;
  return outcome.ok ? ok({ value: outcome.value, performance_ms: Math.round(tookMs * 100) / 100 }) : outcome;
}
