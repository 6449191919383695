import { ok, type Outcome, refuse } from '../domain/refusal.ts';

/**
 * The JSON of a body, whatever its Content-Type says: clients of the API document send none with
 * telemetry. Reading stops at `limit` bytes, so a body without a length cannot fill memory.
 */
export async function readJson(request: Request, limit: number): Promise<Outcome<unknown>> {
  // Whoever hangs up in the middle of a body gets no answer anyway; it is no defect of ours.
  const text = await readText(request, limit).catch(() =>
    refuse('bad_request', 'The body did not arrive whole.', 'body'),
  );
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

/** For bodies that come in one piece; it keeps nothing from one to the next. */
const whole = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

async function readText(request: Request, limit: number): Promise<Outcome<string>> {
  const declared = Number(request.headers.get('content-length') ?? '0');
  if (declared > limit) return tooLarge(limit);
  if (request.body === null) return ok('');
  if (declared > 0) {
    // The length is known and the runtime holds the sender to it.
    const bytes = await request.arrayBuffer();
    if (bytes.byteLength > limit) return tooLarge(limit);
    try {
      return ok(whole.decode(bytes));
    } catch {
      return notUtf8();
    }
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader: ReadableStreamDefaultReader<Uint8Array> = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return decode(chunks);
    size += value.byteLength;
    if (size > limit) {
      await reader.cancel();
      return tooLarge(limit);
    }
    chunks.push(value);
  }
}

function decode(chunks: readonly Uint8Array[]): Outcome<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });
  try {
    let text = '';
    for (const chunk of chunks) text += decoder.decode(chunk, { stream: true });
    return ok(text + decoder.decode());
  } catch {
    return notUtf8();
  }
}

function notUtf8(): Outcome<never> {
  return refuse('bad_request', 'The body is not UTF-8.', 'body');
}

function tooLarge(limit: number): Outcome<never> {
  return refuse('too_large', `The body is larger than ${limit} bytes.`, 'body');
}
