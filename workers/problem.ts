import { problemOf } from '../domain/problem.ts';
import type { Refusal } from '../domain/refusal.ts';

export { type Problem, problemOf } from '../domain/problem.ts';

/**
 * Live figures change with every tap, so nobody keeps them. Overlays and jumbotrons live on other origins; nothing here
 * rides on a cookie, so any origin may ask: what it gets depends on the token that it sends.
 */
export const ANSWER_HEADERS = { 'cache-control': 'no-store', 'access-control-allow-origin': '*' } as const;

export function problemResponse(refusal: Refusal): Response {
  const problem = problemOf(refusal);
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: problemHeaders(problem.status),
  });
}

/** What every problem document goes out with, whoever has written it. */
export function problemHeaders(status: number): Readonly<Record<string, string>> {
  return {
    'content-type': 'application/problem+json',
    ...ANSWER_HEADERS,
    ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    ...(status === 429 || status === 503 ? { 'retry-after': '1' } : {}),
  };
}
