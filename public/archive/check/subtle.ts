import type { Subtle } from '../../../domain/log/index.ts';

/** WebCrypto as the verifier calls it; the copies are what its types ask for. */
export const subtle: Subtle<CryptoKey> = {
  importKey: async (format, bytes, algorithm, extractable, usages) =>
    await crypto.subtle.importKey(format, bytes.slice(), algorithm, extractable, usages),
  verify: async (algorithm, key, signature, message) =>
    await crypto.subtle.verify(algorithm, key, signature.slice(), message.slice()),
  sign: async (algorithm, key, message) => await crypto.subtle.sign(algorithm, key, message.slice()),
};
