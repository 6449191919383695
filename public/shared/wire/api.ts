import { type Decode, object, otherwise, parseJson, text } from './decode.ts';

/** Why a request gave no answer that the page can use. */
export type ApiFailure =
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'problem'; readonly status: number; readonly code: string; readonly detail: string };

export type ApiAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: ApiFailure };

const readProblem = object({ code: otherwise(text, ''), detail: otherwise(text, '') });

/** Reads JSON from this server. Never throws: no network, a problem document and nonsense are answers too. */
export async function getJson<T>(
  path: string,
  decode: Decode<T>,
  token: string | null,
  signal?: AbortSignal,
): Promise<ApiAnswer<T>> {
  let response: Response;
  let source: string;
  try {
    response = await fetch(path, {
      headers: { accept: 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
      cache: 'no-store',
      ...(signal === undefined ? {} : { signal }),
    });
    source = await response.text();
  } catch {
    return { ok: false, failure: { kind: 'unreachable' } };
  }
  const body = parseJson(source);
  if (!response.ok) {
    const { code, detail } = readProblem(body) ?? { code: '', detail: '' };
    return { ok: false, failure: { kind: 'problem', status: response.status, code, detail } };
  }
  const value = decode(body);
  return value === undefined ? { ok: false, failure: { kind: 'unreachable' } } : { ok: true, value };
}

/** Whether asking again without change is pointless. */
export function isFinal(failure: ApiFailure): boolean {
  return failure.kind === 'problem' && [400, 401, 403, 404, 410].includes(failure.status);
}
