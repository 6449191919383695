import type { Credential } from '../device/credential.ts';

/** Asks for bytes with the caller's token; once more with a fresh one where the server no longer takes it. */
export async function fetchOwn(credential: Credential, path: string, signal?: AbortSignal): Promise<Response> {
  const token = await credential.token();
  const first = await fetchWith(token, path, signal);
  if (first.status !== 401 || token === null) return first;
  credential.refuse(token);
  const fresh = await credential.token();
  return fresh === null || fresh === token ? first : await fetchWith(fresh, path, signal);
}

async function fetchWith(token: string | null, path: string, signal?: AbortSignal): Promise<Response> {
  return await fetch(path, {
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
    cache: 'no-store',
    ...(signal === undefined ? {} : { signal }),
  });
}
