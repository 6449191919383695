import { setTimeout as sleep } from 'node:timers/promises';

/** An answer of the server; `body` is empty where it was no JSON object. */
export type Reply = { readonly status: number; readonly body: Readonly<Record<string, unknown>> };

export type LinkOptions = {
  readonly baseUrl: string;
  readonly signal: AbortSignal;
  /** Waits between tries double from `firstMs` up to `mostMs`. */
  readonly backoff?: { readonly firstMs: number; readonly mostMs: number };
  /** How long one try may take. */
  readonly timeoutMs?: number;
  /** Silence of the server after which a request fails instead of waiting on. Never, if left out. */
  readonly patienceMs?: number;
  /** Gets one line when the server is lost and one when it is back. */
  readonly log?: (line: string) => void;
};

/** The way to one server: what goes through it is sent until it is answered. */
export type Link = {
  readonly signal: AbortSignal;
  /**
   * Sends a request again and again, unchanged, until the server answers it: a lost connection, a 5xx
   * and a 429 are not answers. `authorization` is asked before each try. Rejects when the signal
   * aborts or the patience ends.
   */
  readonly exchange: (request: LinkRequest) => Promise<Reply>;
  /** One try; null where there was no answer. */
  readonly attempt: (request: LinkRequest) => Promise<Reply | null>;
  /** How many tries were repeats, so far. */
  readonly retries: () => number;
};

export type LinkRequest = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  readonly path: string;
  /** JSON text, made once, so that every repeat is the same bytes. */
  readonly body?: string;
  readonly authorization: () => Promise<string>;
};

/** The server stayed silent for longer than the link was told to wait. */
export class ServerLostError extends Error {}

/** A blip shorter than this is nobody's business. */
const WORTH_A_LINE_MS = 1000;
const LONGEST_RETRY_AFTER_MS = 30_000;

export function createLink(options: LinkOptions): Link {
  const { baseUrl, signal, patienceMs = Infinity, timeoutMs = 10_000 } = options;
  const { firstMs, mostMs } = options.backoff ?? { firstMs: 200, mostMs: 5000 };
  const log = options.log ?? (() => undefined);
  const outage = { sinceMs: 0, told: false };
  let retries = 0;

  const failed = (why: string) => {
    const now = performance.now();
    if (outage.sinceMs === 0) outage.sinceMs = now;
    const silentMs = now - outage.sinceMs;
    if (silentMs > patienceMs) throw new ServerLostError(`no answer from ${baseUrl} for ${seconds(silentMs)}: ${why}`);
    if (outage.told || silentMs < WORTH_A_LINE_MS) return;
    outage.told = true;
    log(`the server does not answer (${why}); trying on`);
  };

  const answered = () => {
    if (outage.told) log(`the server answers again after ${seconds(performance.now() - outage.sinceMs)}`);
    outage.sinceMs = 0;
    outage.told = false;
  };

  const tryOnce = async (request: LinkRequest): Promise<Try> => {
    const authorization = await request.authorization();
    try {
      const response = await fetch(new URL(request.path, baseUrl), {
        method: request.method,
        headers: { authorization, ...(request.body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(request.body === undefined ? {} : { body: request.body }),
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      });
      const text = await response.text();
      if (response.status >= 500 || response.status === 429) {
        return { why: `HTTP ${response.status}`, waitMs: retryAfterMs(response.headers.get('retry-after')) };
      }
      return { reply: { status: response.status, body: readObject(text) } };
    } catch (error) {
      signal.throwIfAborted();
      return { why: reasonOf(error), waitMs: 0 };
    }
  };

  return {
    signal,
    retries: () => retries,
    attempt: async (request) => {
      const tried = await tryOnce(request);
      return 'reply' in tried ? tried.reply : null;
    },
    exchange: async (request) => {
      for (let waitMs = firstMs; ; waitMs = Math.min(waitMs * 2, mostMs)) {
        const tried = await tryOnce(request);
        if ('reply' in tried) {
          answered();
          return tried.reply;
        }
        failed(tried.why);
        await sleep(Math.max(waitMs, tried.waitMs), undefined, { signal });
        retries += 1;
      }
    },
  };
}

type Try = { readonly reply: Reply } | { readonly why: string; readonly waitMs: number };

function seconds(ms: number): string {
  return `${Math.round(ms / 1000)} s`;
}

function retryAfterMs(header: string | null): number {
  const wanted = Number(header ?? '0') * 1000;
  return Number.isFinite(wanted) ? Math.min(Math.max(wanted, 0), LONGEST_RETRY_AFTER_MS) : 0;
}

/** fetch hides the reason (ECONNREFUSED, ECONNRESET, …) in the cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return error instanceof Error ? error.message : String(error);
}

function readObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
