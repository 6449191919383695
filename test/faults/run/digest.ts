import { createHash } from 'node:crypto';
import { castOf } from '../plan/cast.ts';
import { LIVES, livesOf, planOf } from './chapter.ts';

/** The cast, what each of them does first, and how the server lives and dies: all that a chapter's seed decides. */
export function digestOf(seed: number): string {
  const take = <T>(plan: Iterator<T, never>, count: number): readonly T[] =>
    Array.from({ length: count }, () => plan.next().value);
  const cast = castOf(seed);
  const schedule = {
    cast,
    steps: cast.map((actor) => take(planOf(seed, actor), 60)),
    lives: take(livesOf(seed), LIVES),
  };
  return createHash('sha256').update(JSON.stringify(schedule)).digest('hex');
}
