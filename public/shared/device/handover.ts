import { type ApiAnswer, command } from '../wire/api.ts';
import { object, text } from '../wire/decode.ts';
import type { Credential } from './credential.ts';

/** A one-time code for this device's own place, for another device to scan. */
export type Handover = { readonly url: string; readonly code: string; readonly expiresMs: number };

const decodeHandover = object({ url: text, code: text, expires_at: text });

export async function makeHandover(credential: Credential): Promise<ApiAnswer<Handover>> {
  const answer = await command(credential, '/api/pairings/handover', {});
  if (!answer.ok) return answer;
  const read = decodeHandover(answer.value);
  if (read === undefined) return { ok: false, failure: { kind: 'unreachable' } };
  return { ok: true, value: { url: read.url, code: read.code, expiresMs: Date.parse(read.expires_at) } };
}
