import { isId } from '../../domain/ids.ts';
import { createDefectLog } from '../defects.ts';
import type { IndexMessage } from '../env.ts';
import { indexBout, type IndexEnv } from './index-bout.ts';

/** As wrangler.toml's `max_retries`, and the first delivery. Whatever fails so often is told and let go. */
export const MAX_ATTEMPTS = 11;

/** Bouts of a batch that are seen to at once. */
const LANES = 5;

/** Longer than anything here takes when all is well. What goes on after it does no harm: an older line is refused. */
const LIMIT_MS = 20_000;

const log = createDefectLog((line) => console.error(line), 'search.consume');

/**
 * The queue's consumer. Each bout of a batch is seen to by itself, once however many messages name it: one that fails is
 * tried again by the queue, later each time, and keeps no other waiting. After the last attempt it is told as a defect and
 * let go; its object still knows that it is owed, and asks anew.
 */
export async function consume(batch: MessageBatch<IndexMessage>, env: IndexEnv): Promise<void> {
  const bouts = new Map<string, Message<IndexMessage>[]>();
  for (const message of batch.messages) {
    const boutId = boutIdOf(message.body);
    if (boutId === null) {
      // It will never be better.
      log(new Error(`no message of this queue: ${JSON.stringify(message.body)}`), batch.queue, Date.now());
      message.ack();
      continue;
    }
    const messages = bouts.get(boutId) ?? [];
    messages.push(message);
    bouts.set(boutId, messages);
  }
  const waiting = bouts.entries();
  await Promise.all(
    Array.from({ length: LANES }, async () => {
      for (const [boutId, messages] of waiting) await consumeOne(env, boutId, messages);
    }),
  );
}

async function consumeOne(env: IndexEnv, boutId: string, messages: readonly Message<IndexMessage>[]): Promise<void> {
  const attempt = Math.max(...messages.map(({ attempts }) => attempts));
  try {
    await within(LIMIT_MS, indexBout(env, boutId, attempt));
    for (const message of messages) message.ack();
  } catch (error) {
    log(error, `${boutId} attempt ${attempt}`, Date.now());
    await noteFailure(env.INDEX, boutId, error);
    for (const message of messages) {
      if (message.attempts >= MAX_ATTEMPTS) message.ack();
      else message.retry({ delaySeconds: Math.min(5 * 2 ** (message.attempts - 1), 300) });
    }
  }
}

/** For whoever watches a rebuild. Where the index itself is what fails, the line of the log is all there is. */
async function noteFailure(index: D1Database, boutId: string, error: unknown): Promise<void> {
  try {
    await index
      .prepare('UPDATE index_task SET attempts = attempts + 1, error = ?2 WHERE bout_id = ?1 AND done_ms IS NULL')
      .bind(boutId, String(error).slice(0, 200))
      .run();
  } catch (failure) {
    log(failure, `${boutId} noting a failure`, Date.now());
  }
}

function boutIdOf(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || !('bout_id' in body)) return null;
  return typeof body.bout_id === 'string' && isId(body.bout_id) ? body.bout_id : null;
}

async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`not done within ${limitMs / 1000} s`)), limitMs);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
