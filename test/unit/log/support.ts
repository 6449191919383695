import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../../cli/project.ts';
import { ed25519, verifierKey } from '../../../domain/log/index.ts';
import type { Hash, Signer, SignText, VerifySignature } from '../../../domain/log/index.ts';
import type { Outcome } from '../../../domain/refusal.ts';

export function bytesOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'utf8'));
}

export function fromHex(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex, 'hex'));
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}

/** RFC 6962, 2.1, word for word and by Node's hash. */
export function naiveRoot(leafHashes: readonly Hash[]): Hash {
  const [only] = leafHashes;
  if (only === undefined) return sha256();
  if (leafHashes.length === 1) return only;
  const split = splitOf(leafHashes.length);
  return sha256(Uint8Array.of(1), naiveRoot(leafHashes.slice(0, split)), naiveRoot(leafHashes.slice(split)));
}

/** The largest power of two below. */
export function splitOf(size: number): number {
  return size <= 2 ? 1 : 2 * splitOf(Math.ceil(size / 2));
}

export function naiveLeafHash(leaf: Uint8Array): Hash {
  return sha256(Uint8Array.of(0), leaf);
}

/** The hashes of the leaves `leaf 0`, `leaf 1` and so on. */
export function someLeafHashes(count: number): Hash[] {
  return Array.from({ length: count }, (_, i) => naiveLeafHash(bytesOf(`leaf ${i}`)));
}

/** The same bytes but for one bit. */
export function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const changed = bytes.slice();
  changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return changed;
}

const { verify, signer } = ed25519<CryptoKey>(crypto.subtle);

export { verify };

export const neverAsked: VerifySignature = () => Promise.reject(new Error('a signature was verified'));

/** The Ed25519 keys that RFC 8032 makes of 32 bytes. */
export async function keysOf(seed: Uint8Array): Promise<{ readonly publicKey: Uint8Array; readonly sign: SignText }> {
  // RFC 8410: what stands before the seed in PKCS #8.
  const pkcs8 = new Uint8Array([...fromHex('302e020100300506032b657004220420'), ...seed]);
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, { name: 'Ed25519' }, true, ['sign']);
  const jwk = await crypto.subtle.exportKey('jwk', key);
  if (jwk instanceof ArrayBuffer || jwk.x === undefined) throw new Error('the key has no public part');
  return { publicKey: new Uint8Array(Buffer.from(jwk.x, 'base64url')), sign: signer(key) };
}

/** Who signs under a name, with the key that grows from 32 bytes: `first`, `first` + 1 and so on. */
export async function signerOf(name: string, first: number, type = 1): Promise<Signer> {
  const { publicKey, sign } = await keysOf(Uint8Array.from({ length: 32 }, (_, i) => first + i));
  return { key: verifierKey(name, publicKey, type), sign };
}

/** The value of what must not be refused. */
export function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.detail);
  return outcome.value;
}

export const VECTORS = join(PROJECT_ROOT, '..', 'shared', 'vectors');

/** A set of published vectors: where it lies, whether it does, and what to say in a test's name where not. */
export function vectors(...path: readonly string[]): { path: string; isThere: boolean; leftOut: string } {
  const file = join(VECTORS, ...path);
  const isThere = existsSync(file);
  return { path: file, isThere, leftOut: isThere ? '' : ` (left out: ${path[0] ?? 'vectors'} is not at hand)` };
}
