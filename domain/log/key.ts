import { sha256Bytes, utf8Bytes } from '../ledger/index.ts';
import { ok, refuse } from '../refusal.ts';
import type { Outcome, Refusal } from '../refusal.ts';
import { joinBytes } from './hash.ts';
import { base64Of, bytesOfBase64 } from './text.ts';

/** Signature types of c2sp.org/signed-note: over the note's text, and the timestamped ones of witnesses. */
export const ED25519 = 0x01;
export const COSIGNATURE = 0x04;

export const PUBLIC_KEY_BYTES = 32;

/** What checks the signatures of one name: two of the same public key under two names are two keys. */
export type VerifierKey = {
  readonly name: string;
  /** 32 bits, as they stand before each signature. */
  readonly id: number;
  /** {@link ED25519} or {@link COSIGNATURE}. */
  readonly type: number;
  /** The 32 bytes of RFC 8032. */
  readonly publicKey: Uint8Array;
};

/** Signs a message with Ed25519: 64 bytes. */
export type SignText = (message: Uint8Array) => Promise<Uint8Array>;

/** Whether an Ed25519 signature of a message is of this public key. */
export type VerifySignature = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => Promise<boolean>;

/** Whether a name can stand in a note: neither spaces of any script, nor a plus, nor control characters. */
export function isKeyName(name: string): boolean {
  return name !== '' && name.isWellFormed() && !/[\p{White_Space}+]/u.test(name) && !hasControls(name);
}

/** Whether a text holds ASCII control characters other than the newline. */
export function hasControls(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 0x20 && unit !== 0x0a) return true;
  }
  return false;
}

/** The first 32 bits of SHA-256(name || 0x0A || type || public key). */
export function keyId(name: string, type: number, publicKey: Uint8Array): number {
  return readId(sha256Bytes(utf8Bytes(name), new Uint8Array([0x0a, type]), publicKey));
}

/** A key of a name; its id follows from them. Throws a RangeError for a name or a length that no key has. */
export function verifierKey(name: string, publicKey: Uint8Array, type: number = ED25519): VerifierKey {
  if (!isKeyName(name)) throw new RangeError(`"${name}" cannot name a key`);
  if (publicKey.length !== PUBLIC_KEY_BYTES) throw new RangeError('an Ed25519 public key has 32 bytes');
  return { name, id: keyId(name, type, publicKey), type, publicKey };
}

/** The number in the first four bytes, big-endian. */
export function readId(bytes: Uint8Array): number {
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
}

export function idBytes(id: number): Uint8Array {
  return new Uint8Array([id >>> 24, id >>> 16, id >>> 8, id]);
}

/** Reads `name+<id in 8 lower-case hexadecimal digits>+base64(type || public key)`, of the two types above. */
export function parseVerifierKey(text: string): Outcome<VerifierKey> {
  const [name = '', hex = ''] = text.split('+', 2);
  const encoded = text.slice(name.length + hex.length + 2);
  if (!isKeyName(name)) return bad('it must begin with a name without spaces and a plus');
  if (!/^[0-9a-f]{8}$/.test(hex)) return bad('the key id must be 8 lower-case hexadecimal digits');
  const key = bytesOfBase64(encoded);
  const type = key?.[0];
  if (key === null || type === undefined) return bad('the key must be base64');
  if (type !== ED25519 && type !== COSIGNATURE) return bad(`keys of type ${type} are not known here`);
  if (key.length !== 1 + PUBLIC_KEY_BYTES) return bad('an Ed25519 key must have 32 bytes after its type');
  const publicKey = key.slice(1);
  const id = Number.parseInt(hex, 16);
  if (id !== keyId(name, type, publicKey)) return bad('the key id is not that of this name and key');
  return ok({ name, id, type, publicKey });
}

function bad(detail: string): Refusal {
  return refuse('bad_request', `the text is no verifier key: ${detail}`, 'key');
}

export function formatVerifierKey({ name, id, type, publicKey }: VerifierKey): string {
  const encoded = base64Of(joinBytes([new Uint8Array([type]), publicKey]));
  return `${name}+${id.toString(16).padStart(8, '0')}+${encoded}`;
}

/**
 * The key of one of a deployment's logs: the same public key under the log's origin, which must be the deployment's name
 * or stand below it, or one deployment could speak for another's logs.
 */
export function keyFor(deployment: VerifierKey, origin: string): Outcome<VerifierKey> {
  const { name, publicKey, type } = deployment;
  if (type !== ED25519) return refuse('bad_request', `the key of ${name} signs no logs`, 'key');
  if (!isKeyName(origin)) return refuse('bad_request', 'the origin cannot name a key', 'origin');
  if (origin !== name && !origin.startsWith(`${name}/`)) {
    return refuse('bad_request', `the origin ${origin} does not stand below ${name}`, 'origin');
  }
  return ok({ name: origin, id: keyId(origin, type, publicKey), type, publicKey });
}
