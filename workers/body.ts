import { ok, type Outcome, refuse } from '../domain/refusal.ts';

/**
 * The JSON of a body, whatever its Content-Type says: clients of the API document send none with
 * telemetry. Reading stops at `limit` bytes, so a body without a length cannot fill memory.
 */
export async function readJson(request: Request, limit: number): Promise<Outcome<unknown>> {
  const bytes = await readBytes(request, limit);
  if (!bytes.ok) return bytes;
  const text = decode(bytes.value);
  if (!text.ok) return text;
  if (/^\s*$/.test(text.value)) return refuse('bad_request', 'The body is empty; JSON is expected.', 'body');
  let value: unknown;
  try {
    value = JSON.parse(text.value);
  } catch {
    return refuse('bad_request', 'The body is not JSON.', 'body');
  }
  return isDeeperThan(value, MAX_DEPTH)
    ? refuse('bad_request', `The body is nested more than ${MAX_DEPTH} deep.`, 'body')
    : ok(value);
}

/** Whoever copies or checks a value does so by recursion, and some thousand levels would overflow the stack. */
const MAX_DEPTH = 32;

function isDeeperThan(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth === 0 || Object.values(value).some((member) => isDeeperThan(member, depth - 1));
}

/** The body as it came, at most `limit` bytes; empty where there is none. */
export async function readBytes(request: Request, limit: number): Promise<Outcome<ArrayBuffer>> {
  // Whoever hangs up in the middle of a body gets no answer anyway; it is no defect of ours.
  return await received(request, limit).catch(() => refuse('bad_request', 'The body did not arrive whole.', 'body'));
}

async function received(request: Request, limit: number): Promise<Outcome<ArrayBuffer>> {
  const declared = Number(request.headers.get('content-length') ?? '0');
  if (declared > limit) return tooLarge(limit);
  if (request.body === null) return ok(new ArrayBuffer(0));
  if (declared > 0) {
    // The length is known and the runtime holds the sender to it.
    const bytes = await request.arrayBuffer();
    return bytes.byteLength > limit ? tooLarge(limit) : ok(bytes);
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader: ReadableStreamDefaultReader<Uint8Array> = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return ok(joined(chunks, size));
    size += value.byteLength;
    if (size > limit) {
      await reader.cancel();
      return tooLarge(limit);
    }
    chunks.push(value);
  }
}

function joined(chunks: readonly Uint8Array[], size: number): ArrayBuffer {
  const whole = new ArrayBuffer(size);
  const view = new Uint8Array(whole);
  let at = 0;
  for (const chunk of chunks) {
    view.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}

/** It keeps nothing from one body to the next. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

function decode(bytes: ArrayBuffer): Outcome<string> {
  try {
    return ok(decoder.decode(bytes));
  } catch {
    return refuse('bad_request', 'The body is not UTF-8.', 'body');
  }
}

function tooLarge(limit: number): Outcome<never> {
  return refuse('too_large', `The body is larger than ${limit} bytes.`, 'body');
}
