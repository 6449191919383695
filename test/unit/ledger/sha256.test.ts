import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256, sha256Bytes, utf8Bytes } from '../../../domain/ledger/index.ts';

/** Node's own, over the same UTF-8 bytes. */
function reference(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

describe('sha256', () => {
  // FIPS 180-4 examples of NIST's Cryptographic Standards and Guidelines.
  it.each([
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
    ['a'.repeat(1_000_000), 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0'],
  ])('of a known text', (text, digest) => {
    expect(sha256(text)).toBe(digest);
  });

  it('is the reference’s at every length around the ends of blocks', () => {
    for (let length = 0; length < 300; length += 1) {
      const text = 'x'.repeat(length);
      expect(sha256(text)).toBe(reference(text));
    }
  });

  it('is the reference’s for any text, lone surrogates included, whatever was hashed before', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 }).map((units) => String.fromCharCode(...units)),
    );
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (texts) => {
        expect(texts.map(sha256)).toEqual(texts.map(reference));
      }),
    );
  });

  it('is the reference’s for a text longer than any before, and for a short one after it', () => {
    const long = 'é'.repeat(70_000);
    expect([sha256(long), sha256('b')]).toEqual([reference(long), reference('b')]);
  });
});

describe('sha256Bytes', () => {
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
  const referenceOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

  it('of a known text’s bytes', () => {
    expect(hex(sha256Bytes(Uint8Array.of(0x61, 0x62, 0x63)))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    expect(hex(sha256Bytes())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it('is the reference’s at every length around the ends of blocks, however the bytes are parted', () => {
    for (let length = 0; length < 300; length += 1) {
      const bytes = Uint8Array.from({ length }, (_, i) => i * 7);
      expect(hex(sha256Bytes(bytes))).toBe(referenceOf(bytes));
      expect(hex(sha256Bytes(bytes.subarray(0, length >> 1), bytes.subarray(length >> 1)))).toBe(referenceOf(bytes));
    }
  });

  it('takes turns with the hash of texts, and gives a hash that nothing changes after', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.string({ maxLength: 400 }), (bytes, text) => {
        const first = sha256Bytes(bytes);
        expect(sha256(text)).toBe(reference(text));
        expect(hex(sha256Bytes(new Uint8Array(), utf8Bytes(text)))).toBe(reference(text));
        expect(hex(first)).toBe(referenceOf(bytes));
      }),
    );
  });

  it('is the reference’s for more bytes than any before', () => {
    const long = new Uint8Array(700_000).fill(0xa5);
    expect(hex(sha256Bytes(long))).toBe(referenceOf(long));
  });
});

describe('utf8Bytes', () => {
  it('are those of the platform’s encoder, lone surrogates included', () => {
    const text = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 });
    fc.assert(
      fc.property(text, (units) => {
        const some = String.fromCharCode(...units);
        expect(utf8Bytes(some)).toEqual(new TextEncoder().encode(some));
      }),
    );
  });

  it('of a text longer than any before are all there', () => {
    const long = 'é'.repeat(800_000);
    expect(Buffer.compare(utf8Bytes(long), Buffer.from(long))).toBe(0);
  });
});
