import { canonicalJson, sha256 } from '../../domain/ledger/index.ts';

/** The public half of a device's key, as a JWK with its required members only. */
export type PublicKey =
  | { readonly kty: 'OKP'; readonly crv: 'Ed25519'; readonly x: string }
  | { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string };

/** RFC 7638 thumbprint (in hexadecimal): the same key always has the same one. */
export function thumbprint(key: PublicKey): string {
  return sha256(canonicalJson({ ...key }));
}

/** null where the JWK has the right members and yet is no key (a point off the curve, a wrong length). */
export async function importPublicKey(key: PublicKey): Promise<CryptoKey | null> {
  const algorithm = key.kty === 'OKP' ? { name: 'Ed25519' } : { name: 'ECDSA', namedCurve: 'P-256' };
  try {
    return await crypto.subtle.importKey('jwk', { ...key }, algorithm, false, ['verify']);
  } catch {
    return null;
  }
}

/** What a device signs to renew its token. Ids hold no `|`, so the parts cannot run into one another. */
export function renewalText(cardId: string, deviceId: string, atMs: number): string {
  return `fightjudge-renew|${cardId}|${deviceId}|${atMs}`;
}

/** Checks a base64url signature: Ed25519, or ECDSA P-256 with SHA-256 as r and s of 32 bytes each. */
export async function signatureHolds(key: PublicKey, text: string, signature: string): Promise<boolean> {
  const bytes = fromBase64Url(signature);
  if (bytes === null || bytes.byteLength !== 64) return false;
  const imported = await importPublicKey(key);
  if (imported === null) return false;
  const algorithm = key.kty === 'OKP' ? { name: 'Ed25519' } : { name: 'ECDSA', hash: 'SHA-256' };
  return await crypto.subtle.verify(algorithm, imported, bytes, new TextEncoder().encode(text));
}

function fromBase64Url(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
  } catch {
    return null;
  }
}
