/** SHA-256 as the platform offers it: the text's UTF-8 bytes in, 64 lower-case hexadecimal digits out. */
export type Sha256 = (text: string) => string;

/** What stands before the first entry. */
export const ZERO_HASH = '0'.repeat(64);

const HASH = /^[0-9a-f]{64}$/;

export function isHash(value: unknown): value is string {
  return typeof value === 'string' && HASH.test(value);
}

/**
 * The chain hash of a leaf: SHA-256(0x00 || leaf), which is also its RFC 6962 leaf hash, so that chain and tree bind
 * the same bytes. U+0000 encodes to the one byte 0x00.
 */
export function chainHash(sha256: Sha256, leaf: string): string {
  return sha256(`\u0000${leaf}`);
}
