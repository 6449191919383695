import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addSignatures,
  formatNote,
  formatVerifierKey,
  keyFor,
  openNote,
  parseNote,
  parseVerifierKey,
  signatureLine,
  signNote,
  textOfUtf8,
  verifierKey,
} from '../../../domain/log/index.ts';
import { bytesOf, flipped, keysOf, neverAsked, signerOf, valueOf, vectors, verify } from './support.ts';

const NAME = 'fightjudge.example';
/** Of the private key 00 01 02 … 1f, made apart from this project by RFC 8032's own formulas in Python. */
const KEY = 'fightjudge.example+d01edf5a+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4';

/** Name characters that the format allows, some of them astral. */
const keyName = fc.string({
  unit: fc.constantFrom('a', 'Z', '0', '.', '/', '-', 'é', '—', '😀'),
  minLength: 1,
  maxLength: 12,
});
const noteText = fc
  .array(fc.string({ unit: fc.constantFrom('a', ' ', '—', 'é', '😀', '+', '\u007f'), maxLength: 8 }), { maxLength: 5 })
  .map((lines) => lines.map((line) => `${line}\n`).join(''))
  .filter((text) => text !== '');

describe('verifier keys', () => {
  it('are read and written as they are known', async () => {
    const key = valueOf(parseVerifierKey(KEY));
    expect(key).toEqual((await signerOf(NAME, 0)).key);
    expect(key.id).toBe(0xd01edf5a);
    expect(formatVerifierKey(key)).toBe(KEY);
  });

  it('of any name and either type are read back', () => {
    const publicKey = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(keyName, publicKey, fc.constantFrom(1, 4), (name, bytes, type) => {
        const key = verifierKey(name, bytes, type);
        expect(parseVerifierKey(formatVerifierKey(key))).toEqual({ ok: true, value: key });
      }),
    );
  });

  it.each([
    ['nothing', ''],
    ['no name', KEY.slice(NAME.length)],
    ['another name', KEY.replace('fight', 'Fight')],
    ['a name with a space', KEY.replace('fight', 'fi ght')],
    ['a name with a no-break space', KEY.replace('fight', 'fi\u00a0ght')],
    ['a name with a control character', KEY.replace('fight', 'fi\u0001ght')],
    ['another id', KEY.replace('d01edf5a', 'd01edf5b')],
    ['an id in capitals', KEY.replace('d01edf5a', 'D01EDF5A')],
    ['a short id', KEY.replace('d01edf5a', '1edf5a')],
    ['no key', `${NAME}+d01edf5a+`],
    ['no base 64', KEY.replace('AQOh', 'AQ*h')],
    ['a line break after it', `${KEY}\n`],
    ['an unknown type', KEY.replace('AQOh', 'AgOh')],
    ['a byte less', `${KEY.slice(0, -4)}VTE=`],
  ])('%s is refused', (_, text) => {
    expect(parseVerifierKey(text)).toMatchObject({ ok: false, code: 'bad_request', errors: [{ field: 'key' }] });
  });

  it('of a log are the deployment’s under the log’s origin', () => {
    const deployment = valueOf(parseVerifierKey(KEY));
    const bout = valueOf(keyFor(deployment, `${NAME}/bout/b1`));
    expect(formatVerifierKey(bout)).toBe(
      'fightjudge.example/bout/b1+12d08b2a+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4',
    );
    expect(keyFor(deployment, NAME)).toEqual({ ok: true, value: deployment });
  });

  it.each(['', 'fightjudge.example2', 'fightjudge.examples/log', 'other.example/log', `${NAME}/a b`, `${NAME}/a+b`])(
    'of the origin %j the deployment has none',
    (origin) => {
      expect(keyFor(valueOf(parseVerifierKey(KEY)), origin)).toMatchObject({
        ok: false,
        errors: [{ field: 'origin' }],
      });
    },
  );

  it('of a witness are no deployment’s', async () => {
    const { key } = await signerOf(NAME, 0, 4);
    expect(keyFor(key, NAME)).toMatchObject({ ok: false, errors: [{ field: 'key' }] });
  });
});

describe('notes', () => {
  it('of any text and names are read back, the text ending at the last empty line', () => {
    const signature = fc.record({ name: keyName, id: fc.nat(), bytes: fc.uint8Array({ minLength: 1, maxLength: 80 }) });
    fc.assert(
      fc.property(noteText, fc.array(signature, { minLength: 1, maxLength: 20 }), (text, signatures) => {
        const lines = signatures.map(({ name, id, bytes }) => signatureLine({ name, id }, bytes));
        const note = valueOf(parseNote(formatNote(text, lines)));
        expect(note).toEqual({ text, signatures: signatures.map((some, i) => ({ ...some, line: lines[i] })) });
      }),
    );
  });

  it('signed are opened, and with any one bit changed are not', async () => {
    const { key, sign } = await signerOf(NAME, 0);
    const note = await signNote('Red wins.\n', key, sign);
    expect(await openNote(note, [key], verify)).toMatchObject({ ok: true, value: { signedBy: [key] } });
    const bytes = bytesOf(note);
    let read = 0;
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = textOfUtf8(flipped(bytes, bit));
      if (changed === null) continue;
      read += 1;
      expect(await openNote(changed, [key], verify)).toMatchObject({ ok: false });
    }
    expect(read).toBeGreaterThan(bytes.length);
  });

  it('by an unknown key under a known name, or a known id under another name, are signed by nobody known', async () => {
    const { key, sign } = await signerOf(NAME, 0);
    const note = await signNote('Red wins.\n', key, sign);
    for (const other of [(await signerOf(NAME, 7)).key, { ...key, name: 'other' }, { ...key, id: key.id + 1 }]) {
      expect(await openNote(note, [other], neverAsked)).toMatchObject({ ok: false, code: 'forbidden' });
    }
  });

  it('with a second, wrong signature of a known key are refused, though the first is right', async () => {
    const { key, sign } = await signerOf(NAME, 0);
    const note = await signNote('Red wins.\n', key, sign);
    const wrong = signatureLine(key, new Uint8Array(64));
    const opened = await openNote(`${note}${wrong}\n`, [key], verify);
    expect(opened).toMatchObject({ ok: false, code: 'forbidden', errors: [{ field: 'note' }] });
    expect(opened.ok ? '' : opened.detail).toContain(NAME);
  });

  it('with a hundred signatures are read, with more not', () => {
    const line = signatureLine({ name: 'a', id: 1 }, new Uint8Array(64));
    const lines = (count: number): string[] => Array.from({ length: count }, () => line);
    expect(parseNote(formatNote('a\n', lines(100)))).toMatchObject({ ok: true });
    expect(parseNote(formatNote('a\n', lines(101)))).toMatchObject({ ok: false, code: 'bad_request' });
  });

  it('beyond a million characters are refused unread', () => {
    const line = signatureLine({ name: 'a', id: 1 }, new Uint8Array(64));
    expect(parseNote(formatNote(`${'a'.repeat(1_000_000)}\n`, [line]))).toMatchObject({ ok: false, code: 'too_large' });
  });

  it.each([
    ['a lone surrogate', 'a\ud800\n\n— a AAAAAQA=\n'],
    ['a tab', 'a\tb\n\n— a AAAAAQA=\n'],
    ['a carriage return', 'a\r\n\r\n— a AAAAAQA=\r\n'],
    ['a hyphen for the dash', 'a\n\n- a AAAAAQA=\n'],
    ['no name', 'a\n\n—  AAAAAQA=\n'],
    ['a name with a plus', 'a\n\n— a+b AAAAAQA=\n'],
    ['a name with an ideographic space', 'a\n\n— a\u3000b AAAAAQA=\n'],
    ['a key id and no signature', 'a\n\n— a AAAAAQ==\n'],
    ['spare bits', 'a\n\n— a AAAAAQB=\n'],
    ['more after the signature', 'a\n\n— a AAAAAQA= b\n'],
    ['an empty line at the end', 'a\n\n— a AAAAAQA=\n\n'],
    ['no text', '— a AAAAAQA=\n'],
  ])('with %s are malformed', (_, note) => {
    expect(parseNote(note)).toMatchObject({ ok: false, code: 'bad_request', errors: [{ field: 'note' }] });
  });

  it('are not signed over what no note can hold', async () => {
    const { key, sign } = await signerOf(NAME, 0);
    for (const text of ['', 'a', 'a\t\n', '\ud800\n'])
      await expect(signNote(text, key, sign)).rejects.toThrow(RangeError);
    await expect(signNote('a\n', { ...key, name: 'a b' }, sign)).rejects.toThrow(RangeError);
  });

  it('take more signatures, each once', async () => {
    const [one, two] = [await signerOf(NAME, 0), await signerOf('other', 40)];
    const note = await signNote('Red wins.\n', one.key, one.sign);
    const [, line = ''] = (await signNote('Red wins.\n', two.key, two.sign)).split('\n\n');
    const both = valueOf(addSignatures(note, [line.trimEnd(), line.trimEnd()]));
    expect(both).toBe(`${note}${line}`);
    expect(addSignatures(both, [line.trimEnd()])).toEqual({ ok: true, value: both });
    expect(await openNote(both, [two.key, one.key], verify)).toMatchObject({ value: { signedBy: [one.key, two.key] } });
    expect(addSignatures(note, ['no signature'])).toMatchObject({ ok: false });
  });
});

type Vectors = {
  readonly testSigningKey_PUBLIC: string;
  readonly signText: string;
  readonly signExpect: string;
  readonly badVkeys: readonly string[];
  readonly c2spExample: { readonly vkey: string; readonly msg: string };
  readonly cases: readonly {
    readonly name: string;
    readonly msg: string;
    readonly vkeys: readonly string[];
    readonly verified?: readonly string[];
    readonly error?: 'malformed' | 'unverified' | 'invalid signature' | 'ambiguous key';
  }[];
};

const { path, isThere, leftOut } = vectors('signed-note.json');

describe(`the notes of Go’s own tests${leftOut}`, () => {
  const read = (): Vectors => JSON.parse(readFileSync(path, 'utf8'));

  it.skipIf(!isThere)('are signed alike', async () => {
    const { testSigningKey_PUBLIC: signing, signText, signExpect } = read();
    const [name = '', , ...rest] = signing.replace('PRIVATE+KEY+', '').split('+');
    const { publicKey, sign } = await keysOf(new Uint8Array(Buffer.from(rest.join('+'), 'base64').subarray(1)));
    expect(await signNote(signText, { name, publicKey }, sign)).toBe(signExpect);
  });

  it.skipIf(!isThere)('are opened and refused alike', async () => {
    const { cases, c2spExample } = read();
    const reasons = {
      malformed: 'the note is malformed',
      unverified: 'signed by none of the known keys',
      'invalid signature': 'does not verify',
      'ambiguous key': 'have the same id',
    };
    expect(cases).toHaveLength(13);
    for (const { name, msg, vkeys, verified = [], error } of cases) {
      const opened = await openNote(
        msg,
        vkeys.map((text) => valueOf(parseVerifierKey(text))),
        verify,
      );
      const names = opened.ok ? opened.value.signedBy.map((key) => key.name) : [];
      expect([name, names]).toEqual([name, verified]);
      if (error !== undefined) expect(opened.ok ? name : opened.detail).toContain(reasons[error]);
    }
    const key = valueOf(parseVerifierKey(c2spExample.vkey));
    expect(await openNote(c2spExample.msg, [key], verify)).toMatchObject({ value: { signedBy: [key] } });
    // The one case that JSON cannot hold: a byte that is no UTF-8 never becomes a text.
    expect(textOfUtf8(new Uint8Array([0xff, ...bytesOf(c2spExample.msg)]))).toBeNull();
  });

  it.skipIf(!isThere)('have bad keys that are bad here', () => {
    const { badVkeys } = read();
    expect(badVkeys.map((text) => parseVerifierKey(text).ok)).toEqual([false, false]);
  });
});
