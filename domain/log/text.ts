/*
 * Bytes as text and back, by hand: the domain knows no platform, and the platform's own readers are lenient where a
 * signed format must not be (`atob` takes spaces and spare bits, a TextDecoder swallows a leading byte order mark).
 */

const HEX = Array.from({ length: 0x100 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const HEX_TEXT = /^(?:[0-9a-f]{2})*$/;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const SEXTETS: ReadonlyMap<string, number> = new Map(Array.from(ALPHABET, (digit, sextet) => [digit, sextet]));

/** Lower-case hexadecimal digits. */
export function hexOf(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += HEX[byte] ?? '';
  return hex;
}

/** The bytes of lower-case hexadecimal digits; null where the text is anything else. */
export function bytesOfHex(hex: string): Uint8Array | null {
  if (!HEX_TEXT.test(hex)) return null;
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

/** Base 64 of RFC 4648, section 4: the standard alphabet, padded. */
export function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    text += digit(group >>> 18) + digit(group >>> 12);
    text += (left > 1 ? digit(group >>> 6) : '=') + (left > 2 ? digit(group) : '=');
  }
  return text;
}

function digit(bits: number): string {
  return ALPHABET[bits & 0x3f] ?? '';
}

/**
 * The bytes of padded standard base 64; null where the text is anything else. Strict: spare bits must be zero, so that
 * no bytes have two texts.
 */
export function bytesOfBase64(text: string): Uint8Array | null {
  if (text.length % 4 !== 0) return null;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let group = 0;
  let bits = 0;
  let at = 0;
  for (let i = 0; i < text.length - padding; i += 1) {
    const sextet = SEXTETS.get(text.charAt(i));
    if (sextet === undefined) return null;
    group = ((group << 6) | sextet) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at] = group >>> bits;
    at += 1;
  }
  return (group & ((1 << bits) - 1)) === 0 ? bytes : null;
}

/**
 * The text that UTF-8 bytes encode, byte order mark included; null where they are no UTF-8 (RFC 3629: no surrogates, no
 * overlong forms, nothing above U+10FFFF).
 */
export function textOfUtf8(bytes: Uint8Array): string | null {
  let text = '';
  let at = 0;
  while (at < bytes.length) {
    const lead = bytes[at] ?? 0;
    const length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    if (length === 0 || at + length > bytes.length) return null;
    let point = length === 1 ? lead : lead & (0x7f >> length);
    for (let i = 1; i < length; i += 1) {
      const next = bytes[at + i] ?? 0;
      if ((next & 0xc0) !== 0x80) return null;
      point = (point << 6) | (next & 0x3f);
    }
    if (length === 3 && (point < 0x800 || (point >= 0xd800 && point <= 0xdfff))) return null;
    if (length === 4 && (point < 0x1_0000 || point > 0x10_ffff)) return null;
    text += String.fromCodePoint(point);
    at += length;
  }
  return text;
}

const DECIMAL = /^(?:0|[1-9][0-9]{0,15})$/;

/**
 * A size or an index as the formats write it: ASCII decimal without leading zeroes. Null where the text is anything
 * else or more than 2^53 - 1, which no log of ours reaches and no number can hold exactly.
 */
export function readDecimal(text: string): number | null {
  const value = Number(text);
  return DECIMAL.test(text) && Number.isSafeInteger(value) ? value : null;
}
