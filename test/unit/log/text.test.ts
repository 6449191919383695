import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base64Of, bytesOfBase64, bytesOfHex, hexOf, textOfUtf8 } from '../../../domain/log/index.ts';
import { bytesOf } from './support.ts';

const bytes = fc.uint8Array({ maxLength: 100 });

describe('hexadecimal and base 64', () => {
  it('are Node’s, there and back', () => {
    fc.assert(
      fc.property(bytes, (some) => {
        expect(hexOf(some)).toBe(Buffer.from(some).toString('hex'));
        expect(bytesOfHex(hexOf(some))).toEqual(some);
        expect(base64Of(some)).toBe(Buffer.from(some).toString('base64'));
        expect(bytesOfBase64(base64Of(some))).toEqual(some);
      }),
    );
  });

  it.each(['0', '0g', 'AB', ' 00', '00\n', '0x00'])('%j is no hexadecimal', (text) => {
    expect(bytesOfHex(text)).toBeNull();
  });

  it.each([
    'A',
    'AA',
    'AAA',
    'AA=',
    'A===',
    '====',
    '=AAA',
    'AA=A',
    'AA==AAAA',
    'AAA-',
    'AAA_',
    'AAA ',
    'AAA\n',
    'AAAé',
  ])('%j is no base 64', (text) => {
    expect(bytesOfBase64(text)).toBeNull();
  });

  it.each(['AB==', 'AAB=', '//=='])('%j has spare bits, and another text for the same bytes', (text) => {
    expect(Buffer.from(text, 'base64').toString('base64')).not.toBe(text);
    expect(bytesOfBase64(text)).toBeNull();
  });

  it('no text but the canonical one is read', () => {
    const characters = fc.constantFrom(...'ABQZaz09+/=-_ \n'.split(''));
    fc.assert(
      fc.property(fc.string({ unit: characters, maxLength: 12 }), (text) => {
        const read = bytesOfBase64(text);
        const isCanonical = Buffer.from(text, 'base64').toString('base64') === text;
        expect(read !== null).toBe(isCanonical);
      }),
    );
  });
});

describe('textOfUtf8', () => {
  it('reads back every text', () => {
    const text = fc.string({ unit: 'binary', maxLength: 50 }).filter((some) => some.isWellFormed());
    fc.assert(
      fc.property(text, (some) => {
        expect(textOfUtf8(bytesOf(some))).toBe(some);
      }),
    );
  });

  it('keeps a byte order mark, and refuses what the strict platform decoder does', () => {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    const reference = (some: Uint8Array): string | null => {
      try {
        return decoder.decode(some);
      } catch {
        return null;
      }
    };
    // Bytes near the borders of UTF-8's forms, so that most sequences are almost lawful.
    const byte = fc.constantFrom(
      0x41,
      0x7f,
      0x80,
      0x8f,
      0x90,
      0x9f,
      0xa0,
      0xbf,
      0xc1,
      0xc2,
      0xdf,
      0xe0,
      0xed,
      0xef,
      0xf0,
      0xf4,
      0xf5,
      0xff,
      0xbb,
    );
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 6 }), (some) => {
        expect(textOfUtf8(new Uint8Array(some))).toBe(reference(new Uint8Array(some)));
      }),
      { numRuns: 1000 },
    );
    expect(textOfUtf8(new Uint8Array([0xef, 0xbb, 0xbf, 0x61]))).toBe('\uFEFFa');
  });
});
