import * as z from 'zod';
import { noAnswer } from '../no-answer.ts';
import type { StorageOptions } from './options.ts';

/** Asks the server; the answer is checked before anything is said of it. */
export type StorageClient = {
  readonly get: <T>(path: string, schema: z.ZodType<T>) => Promise<T>;
  readonly post: <T>(path: string, body: Readonly<Record<string, unknown>>, schema: z.ZodType<T>) => Promise<T>;
};

const problemSchema = z.object({ detail: z.string() });

/** @throws (by its methods) Error with the server's own words where it refuses, or with the fault where it cannot be reached */
export function createStorageClient(
  { url, adminSecret }: Pick<StorageOptions, 'url' | 'adminSecret'>,
  fetcher: typeof fetch = fetch,
): StorageClient {
  const ask = async <T>(path: string, schema: z.ZodType<T>, init: RequestInit): Promise<T> => {
    const response = await fetcher(`${url}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${adminSecret}` },
    }).catch((error: unknown) => {
      throw noAnswer(url, error);
    });
    const answer = jsonOf(await response.text());
    // 409 with a body of success is the same run again: what it did is what is asked for.
    const read = schema.safeParse(answer);
    if (read.success && (response.ok || response.status === 409)) return read.data;
    const problem = problemSchema.safeParse(answer);
    throw new Error(`${path} answered ${response.status}: ${problem.success ? problem.data.detail : 'no such answer'}`);
  };
  return {
    get: async (path, schema) => await ask(path, schema, { method: 'GET' }),
    post: async (path, body, schema) => await ask(path, schema, { method: 'POST', body: JSON.stringify(body) }),
  };
}

/** Null for what is no JSON: whatever answered there, it is not FightJudge. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
