import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Bytes, utf8Bytes } from '../../../domain/ledger/index.ts';
import { checkSigner, checkTimeStampReply, readTimeStamp, timeStampRequest } from '../../../domain/timestamp/index.ts';

const NOTE = utf8Bytes('log.test/bout/b\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n');
const HASH = sha256Bytes(NOTE);

const { subtle } = crypto;

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

let folder = '';

/** Runs openssl in the folder; throws where it fails. */
function openssl(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`openssl ${args.join(' ')}: ${stderr}`);
  return stdout;
}

const CONFIG = `
[tsa]
default_tsa = tsa_config
[tsa_config]
dir = .
serial = serial
crypto_device = builtin
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ordering = yes
[tsa_ext]
extendedKeyUsage = critical,timeStamping
`;

/** The reply of a time-stamp authority that openssl plays, with the key of a kind. */
function replyTo(request: Uint8Array, ...more: readonly string[]): Uint8Array {
  writeFileSync(join(folder, 'request.tsq'), request);
  openssl(
    'ts',
    '-reply',
    '-config',
    'tsa.cnf',
    '-section',
    'tsa_config',
    '-queryfile',
    'request.tsq',
    '-out',
    'reply.tsr',
    ...more,
  );
  return new Uint8Array(readFileSync(join(folder, 'reply.tsr')));
}

/** A key of this kind and its certificate, as `NAME.key` and `NAME.pem`. */
function certify(name: string, ...kind: readonly string[]): void {
  const purpose = ['-addext', 'extendedKeyUsage=critical,timeStamping'];
  const out = ['-keyout', `${name}.key`, '-out', `${name}.pem`];
  openssl('req', '-x509', ...kind, '-nodes', '-days', '2', '-subj', '/CN=TSA', ...out, ...purpose);
}

describe.skipIf(!hasOpenssl)('a time stamp of openssl (skipped where there is no openssl)', () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'timestamp-'));
    writeFileSync(join(folder, 'tsa.cnf'), CONFIG);
    writeFileSync(join(folder, 'serial'), '01\n');
    writeFileSync(join(folder, 'note'), NOTE);
    certify('tsa', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1');
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('is asked for in a way that openssl reads, for the note’s SHA-256 and with the nonce', () => {
    const nonce = new Uint8Array([0x00, 0x81, ...randomBytes(6)]);
    writeFileSync(join(folder, 'query'), timeStampRequest(HASH, nonce));
    const text = openssl('ts', '-query', '-in', 'query', '-text');
    expect(text).toContain('Hash Algorithm: sha256');
    expect(text).toContain('Certificate required: yes');
    expect(text.toLowerCase()).toContain(
      `nonce: 0x${Buffer.from(nonce)
        .toString('hex')
        .replace(/^(00)+/, '')}`,
    );
  });

  it('is accepted for what was asked, with whatever first byte the nonce has, and openssl verifies it', async () => {
    for (const first of [0x00, 0x01, 0x7f, 0x80, 0xff]) {
      const nonce = new Uint8Array([first, ...randomBytes(15)]);
      const reply = replyTo(timeStampRequest(HASH, nonce));
      expect(await checkTimeStampReply(reply, HASH, nonce, subtle)).toEqual({ ok: true, value: true });
      expect(openssl('ts', '-verify', '-in', 'reply.tsr', '-data', 'note', '-CAfile', 'tsa.pem')).toContain('OK');
    }
  });

  it('is checked with RSA and P-384 too, with the hashes that authorities use; of other keys it is not said that it holds', async () => {
    const rsa = ['-newkey', 'rsa:2048'];
    const kinds: readonly (readonly [string, string, readonly string[]])[] = [
      ['holds', 'sha256', rsa],
      ['holds', 'sha512', rsa],
      ['holds', 'sha384', ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:secp384r1']],
      ['unchecked', 'sha512', ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:secp521r1']],
    ];
    for (const [expected, hash, kind] of kinds) {
      const name = (kind.at(-1) ?? '').replace(':', '-');
      if (!existsSync(join(folder, `${name}.key`))) certify(name, ...kind);
      const nonce = new Uint8Array(randomBytes(16));
      const signer = ['-signer', `${name}.pem`, '-inkey', `${name}.key`, `-${hash}`];
      const reply = replyTo(timeStampRequest(HASH, nonce), ...signer);
      expect(await checkTimeStampReply(reply, HASH, nonce, subtle)).toMatchObject({ ok: true });
      const stamp = readTimeStamp(reply);
      expect(stamp.ok && (await checkSigner(stamp.value, subtle)).signature).toBe(expected);
      // Any bit of the signature itself, which is what a key is there for.
      const changed = reply.with(reply.length - 3, (reply.at(-3) ?? 0) ^ 4);
      expect((await checkTimeStampReply(changed, HASH, nonce, subtle)).ok).toBe(expected === 'unchecked');
    }
  });

  it('is refused for other bytes, another nonce, a cut or a changed reply', async () => {
    const nonce = new Uint8Array(randomBytes(16));
    const reply = replyTo(timeStampRequest(HASH, nonce));
    expect(await checkTimeStampReply(reply, sha256Bytes(utf8Bytes('other')), nonce, subtle)).toMatchObject({
      ok: false,
    });
    expect(await checkTimeStampReply(reply, HASH, new Uint8Array(randomBytes(16)), subtle)).toMatchObject({
      ok: false,
    });
    for (let length = 0; length < reply.length; length += 7) {
      expect(await checkTimeStampReply(reply.slice(0, length), HASH, nonce, subtle)).toMatchObject({ ok: false });
    }
    expect(await checkTimeStampReply(new Uint8Array([...reply, 0]), HASH, nonce, subtle)).toMatchObject({ ok: false });
  });

  it('that was not granted is none', async () => {
    const nonce = new Uint8Array(randomBytes(16));
    const request = timeStampRequest(HASH, nonce);
    // Of a hash that this authority does not take: the last arc of the algorithm's identifier is another.
    const asked = request.slice();
    const at = Buffer.from(asked).indexOf(Buffer.from('608648016503040201', 'hex'));
    asked[at + 8] = 0x04;
    const reply = replyTo(asked);
    expect(await checkTimeStampReply(reply, HASH, nonce, subtle)).toMatchObject({ ok: false, code: 'unavailable' });
  });
});

describe('a reply that is none', () => {
  it('is refused whatever bytes it is of', async () => {
    for (const bytes of [
      [],
      [0x30],
      [0x30, 0x00],
      [0x30, 0x80, 0, 0],
      [0x30, 0x84, 0xff, 0xff, 0xff, 0xff],
      [0x1f, 1],
    ]) {
      expect(await checkTimeStampReply(new Uint8Array(bytes), HASH, new Uint8Array([1]), subtle)).toMatchObject({
        ok: false,
      });
    }
  });
});
