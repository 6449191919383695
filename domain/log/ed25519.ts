import { PUBLIC_KEY_BYTES } from './key.ts';
import type { SignText, VerifySignature } from './key.ts';
import { hexOf } from './text.ts';

/*
 * Ed25519 by WebCrypto, which workerd, Node and browsers have. They agree on whatever an honest signer makes, and on what
 * RFC 8032 leaves no doubt about: S below the group's order, the equation without the cofactor, R compared as bytes. They
 * part over points of small order and second encodings of a point (BoringSSL takes some of them as keys, and as R), where
 * anybody can make a signature that fits many messages. So that a record is proven or broken wherever it is verified,
 * those are refused here before the platform is asked, as the W3C's text for WebCrypto (Secure Curves, Ed25519, verify)
 * demands of it.
 */

const SIGNATURE_BYTES = 64;
const POINT_BYTES = 32;
const ALGORITHM = { name: 'Ed25519' };

/** As much of WebCrypto's SubtleCrypto as this needs; `Key` is the platform's CryptoKey. */
export type Subtle<Key> = {
  importKey(
    format: 'raw',
    bytes: Uint8Array,
    algorithm: { name: string },
    extractable: boolean,
    usages: 'verify'[],
  ): Promise<Key>;
  verify(algorithm: { name: string }, key: Key, signature: Uint8Array, message: Uint8Array): Promise<boolean>;
  sign(algorithm: { name: string }, key: Key, message: Uint8Array): Promise<ArrayBuffer>;
};

/** Ed25519 of the platform: `verify` for anybody's signatures, `signer` for a private key that the caller imported. */
export function ed25519<Key>(subtle: Subtle<Key>): {
  readonly verify: VerifySignature;
  readonly signer: (privateKey: Key) => SignText;
} {
  return {
    verify: async (publicKey, message, signature) => {
      if (publicKey.length !== PUBLIC_KEY_BYTES || signature.length !== SIGNATURE_BYTES) return false;
      if (!isOrdinaryPoint(publicKey) || !isOrdinaryPoint(signature.subarray(0, POINT_BYTES))) return false;
      const key = await subtle.importKey('raw', publicKey, ALGORITHM, false, ['verify']);
      return await subtle.verify(ALGORITHM, key, signature, message);
    },
    signer: (privateKey) => async (message) => new Uint8Array(await subtle.sign(ALGORITHM, privateKey, message)),
  };
}

/** The y of the eight points of small order, little-endian as RFC 8032 writes them: of order 4, 1, 2 and twice 8. */
const SMALL_ORDER: ReadonlySet<string> = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
]);

/** 2^255 - 19, as big-endian digits. */
const P = `7f${'f'.repeat(60)}ed`;

/**
 * Whether 32 bytes encode no point of small order, and their y is below p. (A zero x with its sign bit set, the other
 * kind of second encoding, is of small order.) Whether there is a point at all is for the platform to say.
 */
function isOrdinaryPoint(bytes: Uint8Array): boolean {
  const y = bytes.slice();
  // The sign of x.
  y[POINT_BYTES - 1] = (y[POINT_BYTES - 1] ?? 0) & 0x7f;
  return !SMALL_ORDER.has(hexOf(y)) && hexOf(y.reverse()) < P;
}
