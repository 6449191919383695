import { describe, expect, it } from 'vitest';
import {
  addSignatures,
  cosign,
  cosignatureTime,
  formatAddCheckpoint,
  formatCheckpoint,
  formatProof,
  inclusionProof,
  keyFor,
  leafHash,
  openCheckpoint,
  openNote,
  parseCheckpoint,
  parseNote,
  parseProof,
  readCosignatures,
  readWitnessSize,
  rootOf,
  signatureLine,
  signNote,
  textOfUtf8,
  verifyProof,
} from '../../../domain/log/index.ts';
import { bytesOf, flipped, neverAsked, signerOf, someLeafHashes, valueOf, verify } from './support.ts';

const ORIGIN = 'fightjudge.example/bout/b1';
const TIME = 1_679_315_147;
/** Seven leaves, signed and cosigned; made apart from this project by RFC 8032's own formulas in Python. */
const TEXT = `${ORIGIN}\n7\nWmH8K1T5z6cXdPJDIUPdQMbLKxGUf69lp9PaXLZRmcg=\n`;
const SIGNED = `— ${ORIGIN} EtCLKu0FpQPAPaFtptLKDCHlMpE1VuN+Ba1uXUluET9MT9RJ05M5S5zmCw0SjRBEjzVxpixwQ8aMg0X7MGeUZkfHsAk=`;
const COSIGNED =
  '— witness.example/w1 IDJKvgAAAABkGFDLKaHMrwC9BrFxzT47AHjBPPICHgKS0Idr2RMvDXjgghyE52yDKd0U0J+h6ZsEqvI8kTe+bAUACFiFtlf1z7B3AQ==';
const NOTE = `${TEXT}\n${SIGNED}\n`;
const PROOF = `c2sp.org/tlog-proof@v1
index 4
la3xW37122c4aouvvv7k0UVmKvpFB0DhhoVT6DSO06A=
+3+GnOi3tR/fcZ/IwhpHNsmMwWCoJWBqgfeKf00iYdk=
T2MQhKFXxU9U/Psj/164ZQxLoWDClbsTqYMrEJ1SZ34=

${NOTE}`;

const deployment = await signerOf('fightjudge.example', 0);
const log = { ...deployment, key: valueOf(keyFor(deployment.key, ORIGIN)) };
const witness = await signerOf('witness.example/w1', 32, 4);
const HASHES = someLeafHashes(7);
const CHECKPOINT = { origin: ORIGIN, size: 7, root: rootOf(HASHES) };

describe('checkpoints', () => {
  it('are written, signed and read as they are known', async () => {
    expect(formatCheckpoint(CHECKPOINT)).toBe(TEXT);
    expect(await signNote(TEXT, log.key, log.sign)).toBe(NOTE);
    expect(parseCheckpoint(TEXT)).toEqual({ ok: true, value: CHECKPOINT });
    expect(valueOf(await openCheckpoint(NOTE, log.key, verify)).checkpoint).toEqual(CHECKPOINT);
  });

  it('keep the extension lines of other logs', () => {
    const text = `${TEXT}one more\nand another\n`;
    const read = valueOf(parseCheckpoint(text));
    expect(read).toEqual({ ...CHECKPOINT, extensions: ['one more', 'and another'] });
    expect(formatCheckpoint(read)).toBe(text);
  });

  it.each([
    ['two lines', `${ORIGIN}\n7\n`],
    ['no final newline', TEXT.slice(0, -1)],
    ['no origin', TEXT.replace(ORIGIN, '')],
    ['an empty line', `${TEXT}\n`],
    ['its signatures', NOTE],
    ['a leading zero', TEXT.replace('\n7\n', '\n07\n')],
    ['a sign', TEXT.replace('\n7\n', '\n-7\n')],
    ['an exponent', TEXT.replace('\n7\n', '\n7e1\n')],
    ['other digits', TEXT.replace('\n7\n', '\n٧\n')],
    ['no size', TEXT.replace('\n7\n', '\nseven\n')],
    ['a size of 2^53', TEXT.replace('\n7\n', '\n9007199254740992\n')],
    ['a size that a number would round', TEXT.replace('\n7\n', '\n9007199254740993\n')],
    ['a size of 65 bits', TEXT.replace('\n7\n', '\n18446744073709551616\n')],
    ['a short root', TEXT.replace('WmH8', '')],
    ['no base 64', TEXT.replace('WmH8', 'W-_8')],
    ['a control character', TEXT.replace('fight', 'fi\u0000ght')],
  ])('with %s are none', (_, text) => {
    expect(parseCheckpoint(text)).toMatchObject({ ok: false, errors: [{ field: 'checkpoint' }] });
  });

  it('reach 2^53 - 1', () => {
    const most = { ...CHECKPOINT, size: Number.MAX_SAFE_INTEGER };
    expect(parseCheckpoint(formatCheckpoint(most))).toEqual({ ok: true, value: most });
  });

  it.each([
    { ...CHECKPOINT, origin: '' },
    { ...CHECKPOINT, origin: 'a\nb' },
    { ...CHECKPOINT, size: -1 },
    { ...CHECKPOINT, size: 1.5 },
    { ...CHECKPOINT, size: 2 ** 53 },
    { ...CHECKPOINT, root: new Uint8Array(31) },
    { ...CHECKPOINT, extensions: [''] },
  ])('are not written for what none can say (%#)', (checkpoint) => {
    expect(() => formatCheckpoint(checkpoint)).toThrow(RangeError);
  });

  it('of another log of the same deployment, signed under this log’s name, are refused', async () => {
    const other = formatCheckpoint({ ...CHECKPOINT, origin: 'fightjudge.example/bout/b2' });
    const note = await signNote(other, log.key, log.sign);
    expect(await openCheckpoint(note, log.key, verify)).toMatchObject({ ok: false, code: 'forbidden' });
  });
});

describe('cosignatures', () => {
  it('are made and verified as they are known', async () => {
    const line = signatureLine(witness.key, await cosign(bytesOf(TEXT), TIME, witness.sign));
    expect(line).toBe(COSIGNED);
    const note = valueOf(addSignatures(NOTE, [line]));
    const { note: opened, signedBy } = valueOf(await openCheckpoint(note, log.key, verify, [witness.key]));
    expect(signedBy).toEqual([log.key, witness.key]);
    expect(opened.signatures.map(({ bytes }) => cosignatureTime(bytes))).toEqual([null, TIME]);
  });

  it('do not stand for the log’s own signature', async () => {
    const note = `${TEXT}\n${COSIGNED}\n`;
    expect(await openNote(note, [witness.key], verify)).toMatchObject({ ok: true });
    const opened = await openCheckpoint(note, log.key, verify, [witness.key]);
    expect(opened.ok ? '' : opened.detail).toContain(`not signed by the log ${ORIGIN}`);
  });

  it('with any one bit changed, their time’s among them, refuse the checkpoint', async () => {
    const { bytes } = valueOf(parseNote(`${TEXT}\n${COSIGNED}\n`)).signatures[0] ?? { bytes: new Uint8Array() };
    expect(bytes).toHaveLength(72);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const note = `${NOTE}${signatureLine(witness.key, flipped(bytes, bit))}\n`;
      expect(await openCheckpoint(note, log.key, verify, [witness.key])).toMatchObject({ ok: false });
    }
  });

  it('of another length, or a plain signature under a witness’s key, are none', async () => {
    for (const bytes of [new Uint8Array(71), new Uint8Array(73), await witness.sign(bytesOf(TEXT))]) {
      const note = `${TEXT}\n${signatureLine(witness.key, bytes)}\n`;
      expect(await openNote(note, [witness.key], neverAsked)).toMatchObject({ ok: false, code: 'forbidden' });
    }
  });

  it.each([0, 1, 2 ** 32, Number.MAX_SAFE_INTEGER])('at %d have that time', async (time) => {
    const bytes = await cosign(bytesOf(TEXT), time, witness.sign);
    expect(cosignatureTime(bytes)).toBe(time);
    expect(Buffer.from(bytes).readBigUInt64BE()).toBe(BigInt(time));
  });

  it.each([-1, 0.5, 2 ** 53, Number.NaN])('at %d are not made', async (time) => {
    await expect(cosign(bytesOf(TEXT), time, witness.sign)).rejects.toThrow(RangeError);
  });

  it('beyond 2^53 - 1 have no time', () => {
    expect(cosignatureTime(new Uint8Array(72).fill(0xff))).toBeNull();
  });
});

describe('a witness', () => {
  it('is asked with the old size, the proof and the note', () => {
    const [a, b] = someLeafHashes(2);
    if (a === undefined || b === undefined) throw new Error('two leaves are two');
    const [first, second] = [a, b].map((hash) => Buffer.from(hash).toString('base64'));
    const asked = formatAddCheckpoint({ old: 3, proof: [a, b], checkpoint: NOTE });
    expect(asked).toBe(`old 3\n${first}\n${second}\n\n${NOTE}`);
    expect(formatAddCheckpoint({ old: 0, proof: [], checkpoint: NOTE })).toBe(`old 0\n\n${NOTE}`);
  });

  it('answers with lines, of which the known ones are kept', async () => {
    const unknown = signatureLine({ name: 'unknown.example', id: 5 }, new Uint8Array(72));
    const read = await readCosignatures(`${unknown}\n${COSIGNED}\n${COSIGNED}\n`, NOTE, [witness.key], verify);
    expect(read).toEqual({ ok: true, value: [COSIGNED] });
  });

  it.each([
    ['nothing', ''],
    ['no newline', COSIGNED],
    ['a line of an unknown witness only', `${COSIGNED.replace('w1', 'w2')}\n`],
    ['a signature that does not verify', `${COSIGNED.replace('HMrwC9', 'HMrwC8')}\n`],
    ['something else', '<html></html>\n'],
    ['another note', `\n${NOTE}${COSIGNED}\n`],
  ])('that answers %s is not believed', async (_, body) => {
    expect(await readCosignatures(body, NOTE, [witness.key], verify)).toMatchObject({ ok: false });
  });

  it('that signed something longer is not believed', async () => {
    const longer = `${TEXT}\nand more\n`;
    const line = signatureLine(witness.key, await cosign(bytesOf(longer), TIME, witness.sign));
    const read = await readCosignatures(`and more\n\n${line}\n`, NOTE, [witness.key], verify);
    expect(read).toMatchObject({ ok: false, errors: [{ field: 'body' }] });
  });

  it('of another opinion says its size', () => {
    expect(readWitnessSize('20852014\n')).toEqual({ ok: true, value: 20_852_014 });
    for (const body of ['', '7', '07\n', '7\n\n', ' 7\n', 'x\n'])
      expect(readWitnessSize(body)).toMatchObject({ ok: false });
  });
});

describe('proof files', () => {
  const LEAF = leafHash(bytesOf('leaf 4'));
  const known = { index: 4, proof: inclusionProof(HASHES, 4), checkpoint: NOTE };

  it('are written and read as they are known', async () => {
    expect(formatProof(known)).toBe(PROOF);
    expect(parseProof(PROOF)).toEqual({ ok: true, value: known });
    expect(valueOf(await verifyProof(known, LEAF, log.key, verify)).checkpoint).toEqual(CHECKPOINT);
  });

  it('keep what somebody added, which nothing signs', () => {
    const withExtra = { ...known, extra: bytesOf('hello') };
    expect(formatProof(withExtra)).toBe(PROOF.replace('\nindex', '\nextra aGVsbG8=\nindex'));
    expect(parseProof(formatProof(withExtra))).toEqual({ ok: true, value: withExtra });
  });

  it('of a log of one leaf have no hashes', async () => {
    const checkpoint = await signNote(formatCheckpoint({ origin: ORIGIN, size: 1, root: LEAF }), log.key, log.sign);
    const text = formatProof({ index: 0, proof: [], checkpoint });
    expect(text.startsWith(`c2sp.org/tlog-proof@v1\nindex 0\n\n${ORIGIN}\n1\n`)).toBe(true);
    expect(await verifyProof(valueOf(parseProof(text)), LEAF, log.key, verify)).toMatchObject({ ok: true });
  });

  it('prove one leaf, and with any one bit changed nothing', async () => {
    expect(await verifyProof(known, leafHash(bytesOf('leaf 5')), log.key, verify)).toMatchObject({
      ok: false,
      code: 'forbidden',
      errors: [{ field: 'proof' }],
    });
    const bytes = bytesOf(PROOF);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const text = textOfUtf8(flipped(bytes, bit));
      const parsed = text === null ? null : parseProof(text);
      if (parsed?.ok !== true) continue;
      expect(await verifyProof(parsed.value, LEAF, log.key, verify)).toMatchObject({ ok: false });
    }
  });

  it.each([
    ['another first line', PROOF.replace('@v1', '@v2')],
    ['no index', PROOF.replace('index 4\n', '')],
    ['an index with a leading zero', PROOF.replace('index 4', 'index 04')],
    ['an index of 2^53', PROOF.replace('index 4', 'index 9007199254740992')],
    ['a short hash', PROOF.replace('la3x', '')],
    ['extra after the index', PROOF.replace('index 4', 'index 4\nextra aGVsbG8=')],
    ['extra that is no base 64', PROOF.replace('index 4', 'extra a\nindex 4')],
    ['65 hashes', PROOF.replace('index 4\n', `index 4\n${`${'A'.repeat(43)}=\n`.repeat(65)}`)],
    ['no checkpoint', PROOF.slice(0, PROOF.indexOf('\n\n'))],
    ['carriage returns', PROOF.replaceAll('\n', '\r\n')],
  ])('with %s are none', (_, text) => {
    expect(parseProof(text)).toMatchObject({ ok: false, errors: [{ field: 'proof' }] });
  });
});
