import type { Env } from '../env.ts';
import { ask } from '../monitor/ask.ts';

/** As long as an answer of the queue is good for others, too. */
const FRESH_MS = 1_000;

let known: { readonly atMs: number; readonly pending: number | null } | null = null;

/** How many messages wait in the index's queue, as it says; null where it does not say so at once. */
export async function pendingIn(queue: Env['INDEX_QUEUE'], nowMs: number): Promise<number | null> {
  if (known !== null && nowMs - known.atMs < FRESH_MS && nowMs >= known.atMs) return known.pending;
  const asked = await ask(async () => await queue.metrics(), 500);
  known = { atMs: nowMs, pending: asked.ok ? asked.value.backlogCount : null };
  return known.pending;
}
