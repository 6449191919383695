import { hexOf } from '../log/index.ts';
import { ok, type Outcome, refuse } from '../refusal.ts';

/*
 * As much of DER (ITU-T X.690, 10) as a time-stamp request and its reply need: one-byte tags, definite lengths in the
 * fewest bytes. Values are read one level at a time, as far as somebody asks: bytes that nest without end cost nothing.
 */

export const BOOLEAN = 0x01;
export const INTEGER = 0x02;
export const BIT_STRING = 0x03;
export const OCTET_STRING = 0x04;
export const NULL = 0x05;
export const OBJECT_IDENTIFIER = 0x06;
export const GENERALIZED_TIME = 0x18;
export const SEQUENCE = 0x30;
export const SET = 0x31;

/** The tag `[number]` of a value that holds others. */
export function contextTag(number: number): number {
  return 0xa0 | number;
}

/** One value: its tag, what stands within, and all of its bytes. */
export type Der = { readonly tag: number; readonly content: Uint8Array; readonly bytes: Uint8Array };

/** The bytes of a value. */
export function der(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const length = contents.reduce((sum, content) => sum + content.length, 0);
  const bytes = new Uint8Array([tag, ...lengthOf(length), ...new Uint8Array(length)]);
  let at = bytes.length - length;
  for (const content of contents) {
    bytes.set(content, at);
    at += content.length;
  }
  return bytes;
}

function lengthOf(length: number): number[] {
  if (length < 0x80) return [length];
  const digits: number[] = [];
  for (let left = length; left > 0; left = Math.floor(left / 0x100)) digits.unshift(left % 0x100);
  return [0x80 | digits.length, ...digits];
}

/** A number from 0, big-endian, in the fewest bytes; a leading zero keeps it from being read as negative. */
export function unsigned(bytes: Uint8Array): Uint8Array {
  let from = 0;
  while (from < bytes.length - 1 && bytes[from] === 0) from += 1;
  const digits = bytes.slice(from);
  return (digits[0] ?? 0) < 0x80 ? digits : new Uint8Array([0, ...digits]);
}

/** The values that stand one after the other in these bytes, and nothing else besides. */
export function readAll(bytes: Uint8Array): Outcome<readonly Der[]> {
  const values: Der[] = [];
  let at = 0;
  while (at < bytes.length) {
    const tag = bytes[at] ?? 0;
    const head = readLength(bytes, at + 1);
    // Tags of more than one byte do not occur in what is read here.
    if (head === null || (tag & 0x1f) === 0x1f || head.from + head.length > bytes.length) {
      return refuse('bad_request', 'The bytes are not DER.', 'der');
    }
    const end = head.from + head.length;
    values.push({ tag, content: bytes.subarray(head.from, end), bytes: bytes.subarray(at, end) });
    at = end;
  }
  return ok(values);
}

function readLength(bytes: Uint8Array, at: number): { readonly from: number; readonly length: number } | null {
  const first = bytes[at];
  if (first === undefined) return null;
  if (first < 0x80) return { from: at + 1, length: first };
  const count = first & 0x7f;
  if (count === 0 || count > 4 || at + count >= bytes.length) return null;
  let length = 0;
  for (let i = 1; i <= count; i += 1) length = length * 0x100 + (bytes[at + i] ?? 0);
  // There is one way to write a length: another would be other bytes that say the same.
  if (lengthOf(length).length !== 1 + count) return null;
  return { from: at + 1 + count, length };
}

/** What stands within a value of this tag; null where it is another, or is not DER within. */
export function membersOf(value: Der | undefined, tag: number): readonly Der[] | null {
  if (value?.tag !== tag) return null;
  const values = readAll(value.content);
  return values.ok ? values.value : null;
}

/** The value within one that holds a single other, as an explicit tag does; undefined where it is anything else. */
export function wrappedIn(value: Der | undefined, tag: number): Der | undefined {
  const members = membersOf(value, tag);
  return members?.length === 1 ? members[0] : undefined;
}

/** Whether a value is this object identifier, given as the hexadecimal digits of its content. */
export function isOid(value: Der | undefined, oid: string): boolean {
  return value?.tag === OBJECT_IDENTIFIER && hexOf(value.content) === oid;
}
