import type { Credential } from '../shared/device/credential.ts';
import { failures } from '../shared/strings/failures.ts';
import { isBag, parseJson } from '../shared/wire/decode.ts';
import { fetchOwn } from '../shared/wire/fetch-own.ts';

/** The server's own words on why not, where it has any. */
export async function refusalIn(response: Response): Promise<string> {
  const body = parseJson(await response.text().catch(() => ''));
  const detail = isBag(body) && typeof body.detail === 'string' ? body.detail : '';
  return detail === '' ? failures.status(response.status) : detail;
}

export type Downloaded = { readonly name: string; readonly blob: Blob };

/**
 * A file with its name. `of` is null where the server does not say how large it is.
 * @throws Error with words for people, where it is refused or breaks off
 */
export async function download(
  credential: Credential,
  path: string,
  onProgress: (bytes: number, of: number | null) => void,
): Promise<Downloaded> {
  const response = await fetchOwn(credential, path).catch(() => null);
  if (response === null) throw new Error(failures.unreachable);
  if (!response.ok) throw new Error(await refusalIn(response));
  const length = Number(response.headers.get('content-length') ?? 0);
  // A length is of the bytes on the way; where they are packed it says nothing of the file.
  const of = length > 0 && !response.headers.has('content-encoding') ? length : null;
  const parts: BlobPart[] = [];
  let bytes = 0;
  onProgress(0, of);
  const reader = response.body?.getReader();
  while (reader !== undefined) {
    const { done, value } = await reader.read().catch(() => {
      throw new Error(failures.unreachable);
    });
    if (done) break;
    parts.push(value);
    bytes += value.length;
    onProgress(bytes, of);
  }
  const type = response.headers.get('content-type') ?? 'application/octet-stream';
  return { name: nameIn(response) ?? path.split('/').at(-1) ?? 'download', blob: new Blob(parts, { type }) };
}

function nameIn(response: Response): string | null {
  return /filename="([^"/\\]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? null;
}

/** Longer than any browser takes to begin with what it was handed. */
const HELD_MS = 60_000;

/** Hands a file to the browser, as if it had been downloaded. */
export function save({ name, blob }: Downloaded): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), HELD_MS);
}
