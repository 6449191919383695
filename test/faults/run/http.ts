import type { Journal } from './journal.ts';
import { isJson, type Json, readJson } from './reply.ts';

/** Nothing that the server does takes a fraction of this, however busy the machine. */
const HANGS_MS = 25_000;

export type Answer = { readonly status: number; readonly text: string; readonly json: Json | null };

/**
 * One request. Null where nobody knows what became of it: the connection broke, nobody was there, or the caller hung
 * up after `hangUpMs`.
 */
export async function request(
  journal: Journal,
  url: string,
  options: {
    readonly method: 'GET' | 'POST';
    readonly token: string | null;
    readonly body?: Json;
    readonly hangUpMs?: number | null;
  },
): Promise<Answer | null> {
  const { method, token, body, hangUpMs = null } = options;
  const startMs = Date.now();
  try {
    const response = await fetch(url, {
      method,
      headers: token === null ? {} : { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(hangUpMs ?? HANGS_MS),
    });
    const text = await response.text();
    return { status: response.status, text, json: readJson(text) };
  } catch {
    if (hangUpMs === null && Date.now() - startMs >= HANGS_MS) journal.oddities.push(`${new URL(url).pathname} hangs`);
    return null;
  }
}

/** Asks until there is a good answer. For what the harness itself needs; its tries are of no interest. */
export async function ask(
  url: string,
  method: 'GET' | 'POST',
  token: string | null,
  body?: Json,
  limitMs = 30_000,
): Promise<Json> {
  const giveUp = Date.now() + limitMs;
  for (;;) {
    const last = await fetch(url, {
      method,
      headers: token === null ? {} : { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(limitMs),
    }).then(
      async (response) => ({ status: response.status, text: await response.text() }),
      (error: unknown) => ({ status: 503, text: String(error) }),
    );
    const json = readJson(last.text);
    const repeated = last.status === 409 && json?.['is_duplicate'] === true;
    if ((last.status === 200 || repeated) && isJson(json)) return json;
    if (last.status !== 503 || Date.now() > giveUp) throw new Error(`${method} ${url}: ${last.status} ${last.text}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
