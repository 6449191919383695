import type { VerifyOptions } from '../../../domain/archive/index.ts';

/** WebCrypto as the verifier calls it; the copies are what its types ask for. */
export const subtle: VerifyOptions<CryptoKey>['subtle'] = {
  digest: async (algorithm, bytes) => await crypto.subtle.digest(algorithm, bytes.slice()),
  importKey: async (
    format: 'raw' | 'spki',
    bytes: Uint8Array,
    algorithm: { name: string },
    extractable: boolean,
    usages: 'verify'[],
  ) => await crypto.subtle.importKey(format, bytes.slice(), algorithm, extractable, usages),
  verify: async (algorithm, key, signature, message) =>
    await crypto.subtle.verify(algorithm, key, signature.slice(), message.slice()),
  sign: async (algorithm, key, message) => await crypto.subtle.sign(algorithm, key, message.slice()),
};
