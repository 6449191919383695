import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Bytes, utf8Bytes } from '../../../domain/ledger/index.ts';
import { checkTimeStampReply, timeStampRequest } from '../../../domain/timestamp/index.ts';

const NOTE = utf8Bytes('log.test/bout/b\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n');
const HASH = sha256Bytes(NOTE);

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

/** The reply of a time-stamp authority that openssl plays. */
function replyTo(request: Uint8Array): Uint8Array {
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
  );
  return new Uint8Array(readFileSync(join(folder, 'reply.tsr')));
}

describe.skipIf(!hasOpenssl)('a time stamp of openssl (skipped where there is no openssl)', () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'timestamp-'));
    writeFileSync(join(folder, 'tsa.cnf'), CONFIG);
    writeFileSync(join(folder, 'serial'), '01\n');
    writeFileSync(join(folder, 'note'), NOTE);
    const made = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
    openssl(
      'req',
      ...made,
      '-subj',
      '/CN=TSA',
      '-keyout',
      'tsa.key',
      '-out',
      'tsa.pem',
      '-addext',
      'extendedKeyUsage=critical,timeStamping',
    );
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

  it('is accepted for what was asked, with whatever first byte the nonce has, and openssl verifies it', () => {
    for (const first of [0x00, 0x01, 0x7f, 0x80, 0xff]) {
      const nonce = new Uint8Array([first, ...randomBytes(15)]);
      const reply = replyTo(timeStampRequest(HASH, nonce));
      expect(checkTimeStampReply(reply, HASH, nonce)).toEqual({ ok: true, value: true });
      expect(openssl('ts', '-verify', '-in', 'reply.tsr', '-data', 'note', '-CAfile', 'tsa.pem')).toContain('OK');
    }
  });

  it('is refused for other bytes, another nonce, a cut or a changed reply', () => {
    const nonce = new Uint8Array(randomBytes(16));
    const reply = replyTo(timeStampRequest(HASH, nonce));
    expect(checkTimeStampReply(reply, sha256Bytes(utf8Bytes('other')), nonce)).toMatchObject({ ok: false });
    expect(checkTimeStampReply(reply, HASH, new Uint8Array(randomBytes(16)))).toMatchObject({ ok: false });
    for (let length = 0; length < reply.length; length += 7) {
      expect(checkTimeStampReply(reply.slice(0, length), HASH, nonce)).toMatchObject({ ok: false });
    }
    expect(checkTimeStampReply(new Uint8Array([...reply, 0]), HASH, nonce)).toMatchObject({ ok: false });
  });

  it('that was not granted is none', () => {
    const nonce = new Uint8Array(randomBytes(16));
    const request = timeStampRequest(HASH, nonce);
    // Of a hash that this authority does not take: the last arc of the algorithm's identifier is another.
    const asked = request.slice();
    const at = Buffer.from(asked).indexOf(Buffer.from('608648016503040201', 'hex'));
    asked[at + 8] = 0x04;
    const reply = replyTo(asked);
    expect(checkTimeStampReply(reply, HASH, nonce)).toMatchObject({ ok: false, code: 'unavailable' });
  });
});

describe('a reply that is none', () => {
  it('is refused whatever bytes it is of', () => {
    for (const bytes of [
      [],
      [0x30],
      [0x30, 0x00],
      [0x30, 0x80, 0, 0],
      [0x30, 0x84, 0xff, 0xff, 0xff, 0xff],
      [0x1f, 1],
    ]) {
      expect(checkTimeStampReply(new Uint8Array(bytes), HASH, new Uint8Array([1]))).toMatchObject({ ok: false });
    }
  });
});
