import { exports } from 'cloudflare:workers';
import type { Json } from '../support.ts';

export type RawAnswer = { readonly status: number; readonly type: string; readonly json: Json };

/** Sends a body as it is, however little sense it makes. */
export async function send(
  method: string,
  path: string,
  token: string | null,
  body: string | Uint8Array | ReadableStream | null = null,
  type: string | null = null,
): Promise<RawAnswer> {
  const response = await exports.default.fetch(
    new Request(`https://fightjudge.test${path}`, {
      method,
      headers: {
        'cf-connecting-ip': crypto.randomUUID(),
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(type === null ? {} : { 'content-type': type }),
      },
      ...(body === null ? {} : { body }),
    }),
  );
  const text = await response.text();
  return { status: response.status, type: response.headers.get('content-type') ?? '', json: parsed(text) };
}

function parsed(text: string): Json {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return { text };
  }
}

/** The fields that a problem document names. */
export function fields(answer: RawAnswer): readonly string[] {
  const { errors } = answer.json;
  return Array.isArray(errors) ? errors.map((error: { field: unknown }) => String(error.field)) : [];
}

/** Whether the answer is a problem document of its own status. */
export function isProblem(answer: RawAnswer): boolean {
  const { success, status, detail, title, type, code } = answer.json;
  return (
    answer.type === 'application/problem+json' &&
    success === false &&
    status === answer.status &&
    [detail, title, type, code].every((text) => typeof text === 'string' && text !== '')
  );
}
