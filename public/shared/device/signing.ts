import type { Credential } from './credential.ts';
import { base64Url, readKey } from './paired.ts';

/** Signs a text (ES256, base64url); null where the key is not this device's any more. */
export type SignText = (text: string) => Promise<string | null>;

/** How a paired device signs; null for a page that was opened by a link. The key never leaves the browser. */
export function openSigning({ deviceId, deviceEpoch }: Credential): SignText | null {
  if (deviceEpoch === null) return null;
  let key: CryptoKey | null = null;
  return async (text) => {
    key ??= await readKey(deviceId);
    if (key === null) return null;
    const signed = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, new TextEncoder().encode(text));
    return base64Url(signed);
  };
}
