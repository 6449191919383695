import { type Bucket, levelAt, type Limit, take } from '../domain/rate.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import type { Caller } from '../domain/roles/index.ts';

export type Limiter = {
  /** Takes one and says whether there was one. */
  readonly take: (key: string, nowMs: number) => boolean;
  /** Whether there is one, without taking it. */
  readonly has: (key: string, nowMs: number) => boolean;
};

/**
 * Buckets by key, at most `maxKeys`: beyond it the bucket that was touched longest ago is forgotten, so a flood of
 * keys costs a bounded memory and a forgotten key starts full again. The buckets live in the isolate: a limit holds
 * per isolate, which is enough against a runaway device or a guesser, and costs no I/O.
 */
export function createLimiter(limit: Limit, maxKeys: number): Limiter {
  const buckets = new Map<string, Bucket>();
  return {
    take: (key, nowMs) => {
      const after = take(buckets.get(key), limit, nowMs);
      if (after === null) return false;
      buckets.delete(key);
      if (buckets.size >= maxKeys) {
        const [oldest] = buckets.keys();
        if (oldest !== undefined) buckets.delete(oldest);
      }
      buckets.set(key, after);
      return true;
    },
    has: (key, nowMs) => levelAt(buckets.get(key), limit, nowMs) >= 1,
  };
}

/** Requests by token id. */
export const tokenRequests = createLimiter({ perSecond: 1_000, burst: 5_000 }, 10_000);

/** Failed attempts with a credential that can be guessed: 30 a minute. Keys say what was tried and from where. */
export const failedAttempts = createLimiter({ perSecond: 0.5, burst: 30 }, 10_000);

/** The client's address as Cloudflare reports it; one shared name where nothing does. */
export function addressOf(request: Request): string {
  return request.headers.get('cf-connecting-ip') ?? 'unknown';
}

const strangers = createLimiter({ perSecond: 5, burst: 50 }, 10_000);

/** Anybody may ask for what costs much: the refusal for who does so too often; null where it is well. */
export function strangerTooOften(request: Request, caller: Caller | null): Refusal | null {
  return caller !== null || strangers.take(addressOf(request), Date.now())
    ? null
    : refuse('too_many_requests', 'Too many requests without a token from this address; try again in a second.');
}
