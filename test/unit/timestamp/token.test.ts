import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256Bytes, utf8Bytes } from '../../../domain/ledger/index.ts';
import { der, INTEGER, OCTET_STRING, SEQUENCE } from '../../../domain/timestamp/der.ts';
import { checkSigner, readTimeStamp, type SignerCheck } from '../../../domain/timestamp/index.ts';
import { instantOf } from '../../../domain/timestamp/time.ts';
import { stampOf } from '../../support/timestamp.ts';
import { GOLDEN_AUTHORITY, GOLDEN_MS, GOLDEN_NOTE, goldenReply } from './golden.ts';

const NOTE = utf8Bytes('a checkpoint\n');

type Said = { readonly claimedMs: number; readonly sha256: Uint8Array; readonly signer: SignerCheck };

/** What is said of a reply; null where it is refused. */
async function said(reply: Uint8Array): Promise<Said | null> {
  const stamp = readTimeStamp(reply);
  if (!stamp.ok) return null;
  const signer = await checkSigner(stamp.value, crypto.subtle);
  return signer.signature === 'false' ? null : { ...stamp.value, signer };
}

function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  return bytes.with(bit >> 3, (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7)));
}

const HOLDS = { signature: 'holds', authority: GOLDEN_AUTHORITY };

describe('a token of openssl', () => {
  it('says of what it is, when, and that the certificate that it carries signed it', async () => {
    expect(await said(goldenReply())).toMatchObject({
      claimedMs: GOLDEN_MS,
      sha256: sha256Bytes(GOLDEN_NOTE),
      signer: HOLDS,
    });
  });

  it('is refused when cut anywhere, or followed by anything', async () => {
    const reply = goldenReply();
    for (let length = 0; length < reply.length; length += 1) {
      expect(readTimeStamp(reply.slice(0, length)).ok).toBe(false);
    }
    expect(readTimeStamp(new Uint8Array([...reply, 0])).ok).toBe(false);
  });

  it('is refused with any bit flipped that its signature or certificate covers; no other bit changes what is said', async () => {
    const reply = goldenReply();
    const stamp = readTimeStamp(reply);
    if (!stamp.ok) throw new Error(stamp.detail);
    const { info, signer, certificates } = stamp.value;
    const covered = [info, signer.attributes, signer.signature, ...certificates.map(({ bytes }) => bytes)];
    const isCovered = (byte: number): boolean =>
      covered.some(({ byteOffset, length }) => byte >= byteOffset && byte < byteOffset + length);
    let refused = 0;
    for (let bit = 0; bit < reply.length * 8; bit += 1) {
      const now = await said(flipped(reply, bit));
      if (now === null) refused += 1;
      else {
        expect({ bit, covered: isCovered(bit >> 3) }).toEqual({ bit, covered: false });
        expect(now).toMatchObject({ claimedMs: GOLDEN_MS, sha256: sha256Bytes(GOLDEN_NOTE) });
        if (now.signer.signature === 'holds') expect(now.signer).toEqual(HOLDS);
      }
    }
    expect(refused / (reply.length * 8)).toBeGreaterThan(0.9);
  });

  it('never says something else and is never thrown at, however it was changed', async () => {
    const reply = goldenReply();
    const edit = fc.record({
      at: fc.nat(reply.length),
      cut: fc.nat(40),
      put: fc.oneof(
        fc.uint8Array({ maxLength: 12 }),
        fc.nat(reply.length).map((from) => reply.slice(from, from + 30)),
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), async (edits) => {
        let bytes = reply;
        for (const { at, cut, put } of edits)
          bytes = new Uint8Array([...bytes.slice(0, at), ...put, ...bytes.slice(at + cut)]);
        const now = await said(bytes);
        if (now?.signer.signature !== 'holds') return;
        expect(now).toMatchObject({ claimedMs: GOLDEN_MS, sha256: sha256Bytes(GOLDEN_NOTE), signer: HOLDS });
      }),
      { numRuns: 300 },
    );
  });
});

describe('a token', () => {
  it('whose signature cannot be checked here is said to be unchecked', async () => {
    const unknown = der(SEQUENCE, der(0x06, new Uint8Array([0x2a, 3])));
    for (const over of [{ algorithm: unknown }, { certificates: [] }]) {
      expect((await said(stampOf(NOTE, over)))?.signer.signature).toBe('unchecked');
    }
    expect(await said(stampOf(NOTE))).toMatchObject({ signer: { signature: 'holds', authority: 'Test TSA' } });
  });

  it('of another content than was signed, or without the signer’s certificate among its own, is false', async () => {
    const other = readTimeStamp(goldenReply());
    const carried = other.ok ? other.value.certificates.map(({ bytes }) => bytes) : [];
    for (const over of [{ digestOf: NOTE }, { certificates: carried }]) {
      const stamp = readTimeStamp(stampOf(NOTE, over));
      expect(stamp.ok && (await checkSigner(stamp.value, crypto.subtle)).signature).toBe('false');
    }
  });

  it('names its authority on one line that says nothing else', async () => {
    const authority = `TSA\n\u202Eproven${'x'.repeat(500)}`;
    const signer = (await said(stampOf(NOTE, { authority })))?.signer;
    expect(signer).toMatchObject({ authority: expect.stringMatching(/^TSA··provenx{1,200}…$/) });
  });

  it('with a time that is none, or a TSTInfo that lacks something, is refused', () => {
    for (const time of [
      '20260229000000Z',
      '20261301000000Z',
      '20261121240000Z',
      '20261121181613',
      '20261121181613.10Z',
    ]) {
      expect(readTimeStamp(stampOf(NOTE, { time })).ok).toBe(false);
    }
    const one = der(INTEGER, new Uint8Array([1]));
    for (const info of [new Uint8Array(), der(SEQUENCE), der(SEQUENCE, one, one), der(OCTET_STRING, one)]) {
      expect(readTimeStamp(stampOf(NOTE, { info })).ok).toBe(false);
    }
  });
});

describe('bytes that nobody honest sends', () => {
  const head = (length: number): number[] => [0x30, 0x84, ...[24, 16, 8, 0].map((shift) => (length >>> shift) & 0xff)];

  it('are refused: lengths beyond the end, levels without end, values without number, another way to write a length', () => {
    const deep = new Uint8Array(900_000);
    for (let at = 0; at + 6 <= deep.length; at += 6) deep.set(head(deep.length - at - 6), at);
    const many = new Uint8Array(900_000).fill(5).map((five, at) => (at % 2 === 0 ? five : 0));
    const cases = [
      new Uint8Array(head(0xffff_ffff)),
      new Uint8Array([0x30, 0x80, 0, 0]),
      new Uint8Array([0x30, 0x88, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
      new Uint8Array([0x30, 0x81, 0]),
      deep,
      new Uint8Array([...head(many.length), ...many]),
      new Uint8Array(40_000_000),
    ];
    for (const bytes of cases) expect(readTimeStamp(bytes).ok).toBe(false);
    const longer = goldenReply();
    // The outermost length in three bytes instead of two.
    expect(readTimeStamp(new Uint8Array([0x30, 0x83, 0, ...longer.slice(2)])).ok).toBe(false);
  });
});

describe('a GeneralizedTime', () => {
  it('is the instant that the platform makes of it', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date(253_402_300_799_999), noInvalidDate: true }), (date) => {
        const [seconds = '', fraction = ''] = date
          .toISOString()
          .replaceAll(/[-:TZ]/g, '')
          .split('.');
        const digits = fraction.replace(/0+$/, '');
        expect(instantOf(utf8Bytes(`${seconds}${digits === '' ? '' : `.${digits}`}Z`))).toBe(date.getTime());
      }),
    );
    expect(instantOf(utf8Bytes('20261121181613.1239Z'))).toBe(GOLDEN_MS + 123);
  });
});
