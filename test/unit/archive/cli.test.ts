import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { dirname, join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../../../cli/project.ts';
import { tempFolder } from '../../../cli/temp.ts';
import { remoteAt } from '../../../cli/verify/address.ts';
import { parseVerifyFlags, placesIn, runVerify } from '../../../cli/verify/index.ts';
import {
  archiveOf,
  checkpointOf,
  type Files,
  newLogKey,
  rotationNote,
  rowsOf,
  sealBook,
  smallBout,
} from '../../support/archive.ts';
import { stampOf } from '../../support/timestamp.ts';

const key = newLogKey();
const rows = rowsOf(sealBook(smallBout()));
const temp = tempFolder('fightjudge-verify-');
const TOKEN = 'the-token';
const LAUNCHER = join(PROJECT_ROOT, 'cli', 'fightjudge.mjs');
const COMMAND = join(PROJECT_ROOT, 'cli', 'verify.ts');

type Done = { readonly status: number | null; readonly stdout: string };

/** In this process; that nothing goes to a terminal that is none is part of it. */
async function verify(...args: readonly string[]): Promise<Done> {
  let stdout = '';
  const write = (): never => {
    throw new Error('progress where there is no terminal');
  };
  const status = await runVerify(args, {}, { print: (text) => (stdout += text), progress: { isTTY: false, write } });
  return { status, stdout };
}

function put(folder: string, files: Files): string {
  for (const [path, bytes] of files) {
    const file = join(temp.path, folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
  return join(temp.path, folder);
}

function serve(files: Files): Server {
  return createServer(({ url = '', headers }, answer) => {
    const bytes = files.get(url.replace('/api/archive/bout_123/', ''));
    const allowed = headers.authorization === `Bearer ${TOKEN}`;
    const status = allowed ? (bytes === undefined ? 404 : 200) : 401;
    answer.writeHead(status).end(status === 200 ? bytes : JSON.stringify({ detail: 'A token is needed.' }));
  });
}

describe('verify', () => {
  let files: Files = new Map();
  beforeAll(async () => {
    ({ files } = await archiveOf(rows, key));
  });
  afterAll(temp.remove);

  it('ends with the verdict’s status, for a folder', async () => {
    const whole = put('whole', files);
    writeFileSync(join(temp.path, 'key'), `${key.text}\n`);
    const changed = new Map(files).set('event_log.json', new Uint8Array([123]));
    const cut = await archiveOf(rows.slice(0, 6), key);
    const [proven, unproven, broken, incomplete] = await Promise.all([
      verify(whole, '--key-file', join(temp.path, 'key')),
      verify(whole),
      verify(put('changed', changed), '--key', key.text),
      verify(put('cut', cut.files), '--key', key.text),
    ]);
    expect(proven).toMatchObject({ status: 0, stdout: expect.stringMatching(/^PROVEN {2}whole\n/) });
    expect(unproven).toMatchObject({ status: 3, stdout: expect.stringMatching(/^NOT PROVEN/) });
    expect(unproven.stdout.match(/no (?:verifier )?key was given/gi)).toHaveLength(1);
    expect(broken).toMatchObject({ status: 1, stdout: expect.stringContaining('(event_log.json)') });
    expect(incomplete).toMatchObject({ status: 4, stdout: expect.stringContaining('The bout was not sealed') });
    // A wrong key has the same status, and words of its own.
    const wrong = await verify(whole, '--key', newLogKey().text);
    expect(wrong).toMatchObject({ status: 1, stdout: expect.stringMatching(/^NOT SIGNED BY THE KEY THAT YOU GAVE/) });
    const stamp = stampOf(files.get('checkpoint') ?? new Uint8Array());
    const stamped = await verify(put('stamped', new Map(files).set('checkpoint.tsr', stamp)), '--key', key.text);
    expect(stamped).toMatchObject({ status: 0, stdout: expect.stringContaining('  - Time stamp: “Test TSA” says') });
    const cutStamp = put('cut-stamp', new Map(files).set('checkpoint.tsr', stamp.slice(1)));
    expect(await verify(cutStamp, '--key', key.text)).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('(checkpoint.tsr)'),
    });
    const noted = put('noted', new Map(files).set('tile/.DS_Store', new Uint8Array(1)));
    expect((await verify(noted, '--key', key.text)).stdout).toContain('\n  i There is a file that is no part of');
  });

  it('holds receipts, checkpoints and witnesses against a record', async () => {
    const cut = put('held', (await archiveOf(rows.slice(0, 6), key)).files);
    writeFileSync(join(temp.path, 'held-checkpoint'), await checkpointOf(rows, key));
    const receipt = `8:${rows[8]?.hash ?? ''}`;
    const done = await verify(
      cut,
      '--key',
      key.text,
      '--receipt',
      receipt,
      '--checkpoint',
      join(temp.path, 'held-checkpoint'),
      '--json',
    );
    expect(done.status).toBe(1);
    const said: { bouts: { findings: { code: string }[] }[] } = JSON.parse(done.stdout);
    expect(said.bouts[0]?.findings.map(({ code }) => code)).toEqual(['not_sealed', 'receipt_beyond', 'held_beyond']);
  });

  it('follows rotation notes from a file, and takes what one bout’s holder kept for that bout alone', async () => {
    const older = newLogKey();
    const rotated = put('rotated', files);
    const notes = join(temp.path, 'notes.json');
    writeFileSync(notes, JSON.stringify({ rotations: [await rotationNote(older, key)] }));
    expect((await verify(rotated, '--key', older.text)).status).toBe(1);
    expect((await verify(rotated, '--key', older.text, '--rotations', notes)).status).toBe(0);
    writeFileSync(notes, '{"rotations": "no list"}');
    await expect(verify(rotated, '--key', older.text, '--rotations', notes)).rejects.toThrow('--rotations needs');

    put('two/first', files);
    const receipt = `0:${rows[0]?.hash ?? ''}`;
    expect((await verify(put('two', new Map()), '--key', key.text, '--receipt', receipt)).status).toBe(0);
    put('two/second', files);
    await expect(verify(join(temp.path, 'two'), '--key', key.text, '--receipt', receipt)).rejects.toThrow(
      'of one bout',
    );
  });

  it('takes a zip, and a folder with several records: the worst verdict counts', async () => {
    const packed = (prefix: string): Record<string, Uint8Array> =>
      Object.fromEntries([...files].map(([path, bytes]) => [`${prefix}${path}`, bytes]));
    writeFileSync(join(temp.path, 'flat.zip'), zipSync(packed('')));
    writeFileSync(join(temp.path, 'deep.zip'), zipSync({ ...packed('night/a/'), ...packed('night/b/') }));
    put('night/one', files);
    put('night/two', (await archiveOf(rows.slice(0, 6), key)).files);
    expect((await placesIn(join(temp.path, 'flat.zip'))).map(({ name }) => name)).toEqual(['flat.zip']);
    const [deep, night] = await Promise.all([
      verify(join(temp.path, 'deep.zip'), '--key', key.text),
      verify(join(temp.path, 'night'), '--key', key.text),
    ]);
    expect(deep).toMatchObject({ status: 0, stdout: expect.stringContaining('PROVEN  night/b') });
    expect(night).toMatchObject({ status: 4, stdout: expect.stringMatching(/PROVEN {2}one\n[^]*INCOMPLETE {2}two/) });
  });

  it('fetches a record, keeps it where it is told to, and says what a server answers', async () => {
    const server = serve(files);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const url = `http://127.0.0.1:${address.port}/api/archive/bout_123`;
    const proven = await verify(`${url}/`, '--key', key.text, '--token', TOKEN, '--save', join(temp.path, 'saved'));
    expect(remoteAt(url.replace('bout_123', '..%2F..%2Fbout_123'), null).name).toBe('..-..-bout_123');
    expect(proven).toMatchObject({ status: 0 });
    for (const [path, bytes] of files) {
      expect(new Uint8Array(readFileSync(join(temp.path, 'saved', 'bout_123', path)))).toEqual(bytes);
    }
    await expect(verify(url)).rejects.toThrow('answered 401: A token is needed.');
    await expect(verify(url.replace('123', '124'), '--token', TOKEN)).rejects.toThrow('There is no bout');
    await new Promise((resolve) => server.close(resolve));
    await expect(verify(url)).rejects.toThrow('cannot be reached');
  });

  it('does not take a page for a record, nor a zip with two files of one name, nor what a name writes for a verdict', async () => {
    const portal = createServer((_request, answer) =>
      answer.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<p>Log in</p>'),
    );
    await new Promise<void>((resolve) => portal.listen(0, '127.0.0.1', resolve));
    const address = portal.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const url = `http://127.0.0.1:${address.port}/api/archive/bout_123`;
    await expect(verify(url, '--key', key.text)).rejects.toThrow('answered with a web page');
    await new Promise((resolve) => portal.close(resolve));

    const twice = Buffer.from(zipSync({ ...Object.fromEntries(files), 'metadata.jsoX': new Uint8Array(1) }));
    for (let at = twice.indexOf('metadata.jsoX'); at >= 0; at = twice.indexOf('metadata.jsoX', at)) {
      twice.write('metadata.json', at);
    }
    writeFileSync(join(temp.path, 'twice.zip'), twice);
    await expect(placesIn(join(temp.path, 'twice.zip'))).rejects.toThrow('metadata.json stands in it twice');

    const name = '\u001B[2K\rPROVEN  night\n\u009B2K/';
    writeFileSync(join(temp.path, 'named.zip'), zipSync({ [`${name}checkpoint`]: new Uint8Array(1) }));
    const { stdout } = await verify(join(temp.path, 'named.zip'), '--key', key.text);
    expect(stdout).toMatch(/^BROKEN {2}·\[2K·PROVEN {2}night··2K\n/);
  });

  it('says what is wrong with what it was told, with a status of its own', async () => {
    writeFileSync(join(temp.path, 'no.zip'), 'no zip');
    mkdirSync(join(temp.path, 'empty'));
    const wrong =
      (...args: readonly string[]) =>
      () =>
        parseVerifyFlags(args, {});
    expect(wrong()).toThrow('Say what to verify');
    expect(wrong('a', 'b')).toThrow('"b" is one too many');
    expect(wrong('a', '--key', 'foo')).toThrow(
      /^--key: the text is no verifier key: .*\. A verifier key is one line: name\+8 hex digits\+base64\.$/,
    );
    expect(wrong('a', '--key-file', 'nope')).toThrow(/^--key-file: there is no file nope\.$/);
    expect(wrong('a', '--key-file', temp.path)).toThrow('is a folder, not a file.');
    expect(wrong('a', '--keyy', 'k')).toThrow(/^There is no option --keyy \(--help shows those that there are\)\.$/);
    expect(wrong('a', '--key', '--json')).toThrow(/^Option '--key' argument is ambiguous\.$/);
    expect(wrong('a', '--key', key.text, '--key-file', 'f')).toThrow('Either --key or --key-file');
    expect(wrong('a', '--receipt', '3:xyz')).toThrow('--receipt needs INDEX:HASH');
    expect(wrong('a', '--checkpoint', join(temp.path, 'nothing'))).toThrow('--checkpoint: there is no file');
    expect(wrong('a', '--save', 'b')).toThrow('needs an address');
    expect(parseVerifyFlags(['--help'], {})).toBeNull();
    await expect(placesIn(join(temp.path, 'no.zip'))).rejects.toThrow('no zip that can be read');
    await expect(placesIn(join(temp.path, 'empty'))).rejects.toThrow('holds no bout’s record'.replace('’', "'"));
    const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, 'nowhere'], { encoding: 'utf8' });
    expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: '', stderr: 'FightJudge: There is no nowhere.\n' });
  });

  it('is one of the commands of the launcher, which says what there is', () => {
    const launched = (...args: readonly string[]) =>
      spawnSync(process.execPath, [LAUNCHER, ...args], { encoding: 'utf8' });
    expect(launched('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('fightjudge verify') });
    expect(launched('toString')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('usage: fightjudge verify'),
    });
  });

  it('shows how far it is on a terminal, and takes the line away again', async () => {
    const written: string[] = [];
    const progress = { isTTY: true, write: (text: unknown) => written.push(String(text)) > 0 };
    await runVerify([put('shown', files)], {}, { print: () => undefined, progress });
    expect(written[0]).toBe(`\r\u001B[Kshown: reading entries ${rows.length} of ${rows.length}`);
    expect(written.at(-1)).toBe('\r\u001B[K');
  });
});
