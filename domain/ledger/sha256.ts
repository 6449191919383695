/*
 * SHA-256 (FIPS 180-4). The runtime's own is either asynchronous, which nothing within a transaction may be, or Node's,
 * which makes a stream for every hash: an append needs two, of a few hundred bytes each, and this costs it a third.
 * The buffers are shared because no hash is ever interrupted by another; the message's grows with the longest text and
 * stays so, and beyond that nothing is allocated but the answer.
 */

const K = new Int32Array([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
  0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
  0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
  0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
  0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
  0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
  0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
  0xc67178f2,
]);

const BLOCK = 64;
/** The 0x80 after the message and its length in 64 bits. */
const PADDING = 9;

const words = new Int32Array(64);
const state = new Int32Array(8);
let message = new Uint8Array(4_096);

/** A byte as two digits. A table of pairs of bytes would halve the joins, and miss the processor's cache each time. */
const HEX = Array.from({ length: 0x100 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** SHA-256 of a text's UTF-8 bytes, as 64 lower-case hexadecimal digits; lone surrogates count as U+FFFD. */
export function sha256(text: string): string {
  digest(write(text));
  let hex = '';
  for (let i = 0; i < 8; i += 1) hex += digits(state[i] ?? 0);
  return hex;
}

/** SHA-256 of the parts' bytes, one after the other, as 32 bytes: a hash over a prefix and more needs no joined copy. */
export function sha256Bytes(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  reserve(length);
  let at = 0;
  for (const part of parts) {
    message.set(part, at);
    at += part.length;
  }
  digest(length);
  const hash = new Uint8Array(32);
  for (let i = 0; i < 32; i += 1) hash[i] = (state[i >> 2] ?? 0) >>> (24 - 8 * (i & 3));
  return hash;
}

/** A text's UTF-8 bytes, the very ones that {@link sha256} hashes. */
export function utf8Bytes(text: string): Uint8Array {
  // First: writing may put a longer buffer in place of the one that is there.
  const length = write(text);
  return message.slice(0, length);
}

/** Leaves the hash of the buffer's first `length` bytes in the state. */
function digest(length: number): void {
  const end = Math.ceil((length + PADDING) / BLOCK) * BLOCK;
  message.fill(0, length, end);
  message[length] = 0x80;
  // Below 2^32 bits: half a gigabyte never gets here.
  const bits = length * 8;
  for (let i = 1; i <= 4; i += 1) message[end - i] = bits >>> (8 * (i - 1));
  begin();
  for (let at = 0; at < end; at += BLOCK) mix(at);
}

/** Makes the buffer hold a message of so many bytes and its padding. */
function reserve(bytes: number): void {
  const room = bytes + BLOCK * 2;
  if (message.length < room) message = new Uint8Array(room * 2);
}

/** Puts the text's UTF-8 bytes into the buffer and gives their number. */
function write(text: string): number {
  // No UTF-16 unit needs more than three bytes.
  reserve(text.length * 3);
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) return writeRest(text, i);
    message[i] = unit;
  }
  return text.length;
}

/** Goes on from the first unit above ASCII. */
function writeRest(text: string, from: number): number {
  let at = from;
  for (let i = from; i < text.length; i += 1) {
    const point = text.codePointAt(i) ?? 0;
    if (point > 0xffff) i += 1;
    at = writePoint(point >= 0xd800 && point <= 0xdfff ? 0xfffd : point, at);
  }
  return at;
}

/** Gives where the next code point goes. */
function writePoint(point: number, at: number): number {
  if (point < 0x80) {
    message[at] = point;
    return at + 1;
  }
  if (point < 0x800) {
    message[at++] = 0xc0 | (point >> 6);
  } else {
    if (point < 0x1_0000) {
      message[at++] = 0xe0 | (point >> 12);
    } else {
      message[at++] = 0xf0 | (point >> 18);
      message[at++] = 0x80 | ((point >> 12) & 0x3f);
    }
    message[at++] = 0x80 | ((point >> 6) & 0x3f);
  }
  message[at++] = 0x80 | (point & 0x3f);
  return at;
}

function begin(): void {
  state[0] = 0x6a09e667;
  state[1] = 0xbb67ae85;
  state[2] = 0x3c6ef372;
  state[3] = 0xa54ff53a;
  state[4] = 0x510e527f;
  state[5] = 0x9b05688c;
  state[6] = 0x1f83d9ab;
  state[7] = 0x5be0cd19;
}

/** FIPS 180-4, 6.2.2, for the block at `at`. */
function mix(at: number): void {
  for (let t = 0, i = at; t < 16; t += 1, i += 4) words[t] = wordAt(i);
  for (let t = 16; t < 64; t += 1) {
    words[t] = (word(t - 16) + sigma0(word(t - 15)) + word(t - 7) + sigma1(word(t - 2))) | 0;
  }
  let a = state[0] ?? 0;
  let b = state[1] ?? 0;
  let c = state[2] ?? 0;
  let d = state[3] ?? 0;
  let e = state[4] ?? 0;
  let f = state[5] ?? 0;
  let g = state[6] ?? 0;
  let h = state[7] ?? 0;
  for (let t = 0; t < 64; t += 1) {
    const sum1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const first = (h + sum1 + ((e & f) ^ (~e & g)) + (K[t] ?? 0) + word(t)) | 0;
    const sum0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const second = (sum0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  state[0] = (state[0] ?? 0) + a;
  state[1] = (state[1] ?? 0) + b;
  state[2] = (state[2] ?? 0) + c;
  state[3] = (state[3] ?? 0) + d;
  state[4] = (state[4] ?? 0) + e;
  state[5] = (state[5] ?? 0) + f;
  state[6] = (state[6] ?? 0) + g;
  state[7] = (state[7] ?? 0) + h;
}

function wordAt(i: number): number {
  return (
    ((message[i] ?? 0) << 24) | ((message[i + 1] ?? 0) << 16) | ((message[i + 2] ?? 0) << 8) | (message[i + 3] ?? 0)
  );
}

function word(t: number): number {
  return words[t] ?? 0;
}

function sigma0(x: number): number {
  return ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
}

function sigma1(x: number): number {
  return ((x >>> 17) | (x << 15)) ^ ((x >>> 19) | (x << 13)) ^ (x >>> 10);
}

function digits(value: number): string {
  return (
    (HEX[value >>> 24] ?? '') +
    (HEX[(value >>> 16) & 0xff] ?? '') +
    (HEX[(value >>> 8) & 0xff] ?? '') +
    (HEX[value & 0xff] ?? '')
  );
}
