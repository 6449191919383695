import { env } from 'cloudflare:workers';
import { vi } from 'vitest';

/** What a test makes of a call to the bucket; `call` lets it through. */
export type Meddle = (key: string, call: () => Promise<unknown>) => Promise<unknown>;

type Method = 'put' | 'get' | 'head';

/**
 * Stands between every object and the bucket, whoever holds a binding to it, until mocks are restored. Answers what the
 * bucket would, unless the test says otherwise.
 */
export function meddle(method: Method, how: Meddle): void {
  // Untyped on purpose: the overloads of an R2Bucket say nothing that matters here.
  const prototype: Record<string, (...args: unknown[]) => Promise<unknown>> = Object.getPrototypeOf(env.ARCHIVE);
  const original = prototype[method];
  if (original === undefined) throw new Error(`a bucket has no ${method}`);
  vi.spyOn(prototype, method).mockImplementation(async function (this: unknown, ...args: unknown[]) {
    return await how(String(args[0]), async () => await original.apply(this, args));
  });
}
