import { elapsedWords } from '../live/clock.ts';
import { words } from './common.ts';

type How = {
  readonly method: string | null;
  readonly decision: string | null;
  readonly round_id: number | null;
  readonly time_ms: number | null;
};

/**
 * `Submission · round 2 · 3:07`, or `Decision (unanimous)`; the time is elapsed, as results are announced.
 * @param outcome what stands before it: a method that says the same (`No contest`) is left out
 */
export function howWords({ method, decision, round_id: round, time_ms: timeMs }: How, outcome: string | null): string {
  const full = words.method[method ?? ''] ?? method ?? '';
  const named = full.toLowerCase() === outcome?.toLowerCase() ? '' : full;
  const fell = decision === null ? null : (words.decision[decision] ?? decision);
  const isFinish = fell === null;
  return [
    fell === null ? named : `${named} (${fell})`.trim(),
    isFinish && round !== null ? words.inRound(round) : null,
    isFinish && round !== null && timeMs !== null ? elapsedWords(timeMs) : null,
  ]
    .filter((part) => part !== null && part !== '')
    .join(' · ');
}
