import { utf8Bytes } from '../ledger/index.ts';
import { joinBytes } from './hash.ts';
import type { SignText, VerifierKey, VerifySignature } from './key.ts';

/*
 * What a witness signs: c2sp.org/tlog-cosignature, version 1 with Ed25519. The signature is a time in 8 bytes,
 * big-endian, and 64 bytes over that time and the checkpoint's text.
 */

const TIME_BYTES = 8;
const COSIGNATURE_BYTES = TIME_BYTES + 64;

/** The bytes that are signed, at `time` in seconds since 1970, for a note's text in UTF-8. */
export function cosignedMessage(text: Uint8Array, time: number): Uint8Array {
  return joinBytes([utf8Bytes(`cosignature/v1\ntime ${time}\n`), text]);
}

/** When a cosignature says that it was made, in seconds since 1970; null where it is none or beyond 2^53 - 1. */
export function cosignatureTime(signature: Uint8Array): number | null {
  if (signature.length !== COSIGNATURE_BYTES) return null;
  let time = 0;
  for (const byte of signature.subarray(0, TIME_BYTES)) time = time * 0x100 + byte;
  return Number.isSafeInteger(time) ? time : null;
}

/** Whether a cosignature of a note's text (UTF-8) is of this key; of its time nothing is judged. */
export async function verifyCosignature(
  key: Pick<VerifierKey, 'publicKey'>,
  text: Uint8Array,
  signature: Uint8Array,
  verify: VerifySignature,
): Promise<boolean> {
  const time = cosignatureTime(signature);
  if (time === null) return false;
  return await verify(key.publicKey, cosignedMessage(text, time), signature.subarray(TIME_BYTES));
}

/** The cosignature of a note's text (UTF-8) at `time`, whole seconds since 1970. Throws a RangeError for another time. */
export async function cosign(text: Uint8Array, time: number, sign: SignText): Promise<Uint8Array> {
  if (!Number.isSafeInteger(time) || time < 0) throw new RangeError(`${time} is no time in whole seconds`);
  const bytes = new Uint8Array(TIME_BYTES);
  for (let i = TIME_BYTES - 1, left = time; left > 0; i -= 1, left = Math.floor(left / 0x100)) bytes[i] = left % 0x100;
  return joinBytes([bytes, await sign(cosignedMessage(text, time))]);
}
