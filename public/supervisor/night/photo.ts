import type { Credential } from '../../shared/device/credential.ts';
import { type ApiAnswer, exchange, verdictOf } from '../../shared/wire/api.ts';
import type { Bag } from '../../shared/wire/decode.ts';

const LONGEST_SIDE = 800;
const MOST_BYTES = 512 * 1024;
/** Tried one after the other until the photo is small enough. */
const QUALITIES = [0.9, 0.8, 0.65, 0.5, 0.35] as const;

/** The size at which a picture is sent: never larger than it was. */
export function scaled(width: number, height: number): { readonly width: number; readonly height: number } {
  const share = Math.min(1, LONGEST_SIDE / Math.max(width, height, 1));
  return { width: Math.max(1, Math.round(width * share)), height: Math.max(1, Math.round(height * share)) };
}

/** The picture as a JPEG that the server takes; null where the file is no picture that this browser can read. */
export async function preparePhoto(file: Blob): Promise<Blob | null> {
  const picture = await createImageBitmap(file).catch(() => null);
  if (picture === null) return null;
  const { width, height } = scaled(picture.width, picture.height);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (context === null) return null;
  context.drawImage(picture, 0, 0, width, height);
  picture.close();
  for (const quality of QUALITIES) {
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
    if (blob !== null && blob.size <= MOST_BYTES) return blob;
  }
  return null;
}

/** The same picture again changes nothing, so an upload that went unanswered may simply be pressed again. */
export async function sendPhoto(credential: Credential, path: string, photo: Blob): Promise<ApiAnswer<Bag>> {
  const answer = await exchange(credential, { method: 'PUT', path, body: photo, contentType: photo.type });
  const verdict = answer === null ? null : verdictOf(answer.status, answer.body);
  return verdict ?? { ok: false, failure: { kind: 'unreachable' } };
}

/** An image element cannot send a token, so the bytes are fetched and given an address of this page's own. */
export async function readPhoto(credential: Credential, url: string, signal: AbortSignal): Promise<string | null> {
  const token = await credential.token();
  try {
    const response = await fetch(url, {
      signal,
      ...(token === null ? {} : { headers: { authorization: `Bearer ${token}` } }),
    });
    return response.ok ? URL.createObjectURL(await response.blob()) : null;
  } catch {
    return null;
  }
}
