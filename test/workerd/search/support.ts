import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import type { Env, IndexMessage } from '../../../workers/env.ts';
import { searchSchema } from '../../../workers/schemas/search.ts';
import { consume } from '../../../workers/search/consume.ts';
import { type Answer, call, type Json } from '../support.ts';

export const QUEUE = 'fightjudge-index';

/** Hands messages to the consumer, as the queue would; gives which were acknowledged and which are to come again. */
export async function deliver(
  bodies: readonly IndexMessage[],
  over: Partial<Env> = {},
  attempts = 1,
): Promise<{ acked: readonly string[]; retried: readonly string[] }> {
  const messages = bodies.map((body, i) => ({ id: `m${i}`, timestamp: new Date(), attempts, body }));
  const batch = createMessageBatch<IndexMessage>(QUEUE, messages);
  const ctx = createExecutionContext();
  await consume(batch, { ...env, ...over });
  const result = await getQueueResult(batch, ctx);
  return { acked: result.explicitAcks, retried: result.retryMessages.map(({ msgId }) => msgId) };
}

export async function rowOf(boutId: string): Promise<Json | null> {
  return await env.INDEX.prepare('SELECT * FROM bout WHERE bout_id = ?').bind(boutId).first<Json>();
}

export async function find(query: Readonly<Record<string, string>>, token?: string): Promise<Answer> {
  const path = `/api/search?${new URLSearchParams(query).toString()}`;
  return await call('GET', path, token === undefined ? {} : { token });
}

/** Ids of the bouts found, in their order. */
export async function found(query: Readonly<Record<string, string>>, token?: string): Promise<readonly string[]> {
  const answer = await find(query, token);
  if (answer.status !== 200) throw new Error(`searching answered ${answer.status} ${answer.text}`);
  return searchSchema.parse(answer.json).hits.map((hit) => hit.bout_id);
}

/** A D1 binding that fails while `isDown` says so. */
export function failing(isDown: () => boolean): D1Database {
  return new Proxy(env.INDEX, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => {
        if (isDown()) throw new Error('the index is down');
        return member.apply(target, args);
      };
    },
  });
}
