import { problemOf } from '../domain/problem.ts';
import type { Refusal } from '../domain/refusal.ts';

export { type Problem, problemOf } from '../domain/problem.ts';

export function problemResponse(refusal: Refusal): Response {
  const problem = problemOf(refusal);
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...(problem.status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
      ...(problem.status === 429 || problem.status === 503 ? { 'retry-after': '1' } : {}),
    },
  });
}
