import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../../../cli/project.ts';
import { tempFolder } from '../../../cli/temp.ts';
import { commitmentOf } from '../../../domain/ledger/index.ts';
import { tilePath } from '../../../domain/log/index.ts';
import { archiveOf, checkpointOf, type Files, newLogKey, rowsOf, sealBook, smallBout } from '../../support/archive.ts';
import { longRows } from './support.ts';

const RECIPE = join(PROJECT_ROOT, 'docs', 'check-the-record.py');

function versionOf(command: string, argument: string): string {
  const { status, stdout } = spawnSync(command, [argument], { encoding: 'utf8' });
  return status === 0 ? stdout : '';
}

const canRun =
  versionOf('python3', '--version') !== '' && /^OpenSSL (?:[3-9]|\d\d)/.test(versionOf('openssl', 'version'));
const leftOut = canRun ? '' : ' (left out: python3 or openssl 3 is not at hand)';

const key = newLogKey();
const rows = rowsOf(sealBook(smallBout()));
const temp = tempFolder('fightjudge-recipe-');
let folders = 0;

function check(files: Files, text = key.text): { readonly status: number | null; readonly said: string } {
  folders += 1;
  const folder = join(temp.path, String(folders));
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  const { status, stdout, stderr } = spawnSync('python3', [RECIPE, folder, text], { encoding: 'utf8' });
  return { status, said: `${stdout}${stderr}` };
}

describe(`by Python’s hashes and OpenSSL’s signatures${leftOut}`, () => {
  let files: Files = new Map();
  beforeAll(async () => {
    ({ files } = await archiveOf(rows, key));
  });
  afterAll(temp.remove);

  it('takes less than 110 lines', () => {
    expect(readFileSync(RECIPE, 'utf8').trimEnd().split('\n').length).toBeLessThan(110);
  });

  it.skipIf(!canRun)('an archive is as it was signed', async () => {
    expect(check(files)).toMatchObject({
      status: 0,
      said: expect.stringContaining(`${rows.length} entries of bout bout_123`),
    });
    expect(check(files).said).toContain(
      'Result: red (Zoë Ångström), DEC. Sealed 2026-01-11 20:00:00 UTC by the server',
    );
    const long = await archiveOf(longRows(600), key, { people: [] });
    expect(check(long.files)).toMatchObject({ status: 0, said: expect.stringContaining('600 entries') });
  });

  it.skipIf(!canRun)('another name beside the entries, or another beginning before them, is found', () => {
    const edited = (path: string, from: RegExp, to: string): Files => {
      const text = new TextDecoder().decode(files.get(path)).replace(from, to);
      return new Map(files).set(path, new TextEncoder().encode(text));
    };
    // Name and commitment changed together: what is bound stands in the entries, not beside the name.
    const other = commitmentOf('salt-1', 'B. Judge');
    const renamed = edited('metadata.json', /"A\. Judge"(.*?"commitment":")[0-9a-f]+/, `"B. Judge"$1${other}`);
    expect(check(renamed)).toMatchObject({ status: 1, said: expect.stringContaining('judge:JUDGE001') });
    const before = edited('event_log.json', /"entries":\[/, '"entries":[{"forged":true}],"others":[');
    expect(check(before)).toMatchObject({ status: 1, said: expect.stringContaining('event_log') });
  });

  it.skipIf(!canRun)('what cannot be read says nothing about the record', () => {
    const run = (...args: readonly string[]) => {
      const { status, stdout, stderr } = spawnSync('python3', [RECIPE, ...args], { encoding: 'utf8' });
      return { status, said: `${stdout}${stderr}` };
    };
    const usage = { status: 2, said: expect.stringMatching(/^usage: .*FOLDER KEY/) };
    expect(run()).toMatchObject(usage);
    expect(run(temp.path)).toMatchObject(usage);
    const nowhere = run(join(temp.path, 'nowhere'), key.text);
    expect(nowhere).toMatchObject({ status: 2, said: expect.stringMatching(/^cannot read .*nowhere\/checkpoint: /) });
    const zip = join(temp.path, 'night.zip');
    writeFileSync(zip, 'a zip');
    expect(run(zip, key.text)).toMatchObject({ status: 2, said: expect.stringContaining('unpack a zip first') });
    const bundle = tilePath('entries', 0, rows.length);
    for (const path of [bundle, 'event_log.json', 'metadata.json']) {
      const fewer = new Map(files);
      fewer.delete(path);
      expect(check(fewer)).toMatchObject({ status: 2, said: expect.stringMatching(/^cannot read [^\n]*\n$/) });
    }
    expect(check(files, 'log.test')).toMatchObject({ status: 2, said: expect.stringMatching(/^cannot read the key/) });
  });

  it.skipIf(!canRun)('one that was changed is not', async () => {
    const changed = (path: string, at: number): Files => {
      const bytes = files.get(path) ?? new Uint8Array();
      return new Map(files).set(path, bytes.with(at, (bytes.at(at) ?? 0) ^ 1));
    };
    const bundle = tilePath('entries', 0, rows.length);
    expect(check(changed(bundle, -1))).toMatchObject({
      status: 1,
      said: expect.stringContaining(`entry ${rows.length - 1}`),
    });
    expect(check(changed(tilePath(0, 0, rows.length), 32))).toMatchObject({
      status: 1,
      said: expect.stringContaining('entry 1,'),
    });
    expect(check(changed('event_log.json', 4_000))).toMatchObject({
      status: 1,
      said: expect.stringContaining('event_log'),
    });
    const cut = rows.slice(0, -1);
    const unsealed = await archiveOf(cut, key, { checkpoint: await checkpointOf(cut, key) });
    expect(check(unsealed.files)).toMatchObject({ status: 1, said: expect.stringContaining('of kind result') });
    expect(check(files, newLogKey().text)).toMatchObject({
      status: 1,
      said: expect.stringMatching(/^NOT BY THIS KEY: not signed with the key given; ask the promotion/),
    });
    const forged = new Map(files);
    const note = new TextDecoder().decode(files.get('checkpoint'));
    const flipped = note.replace(/.{9}=\n$/, (end) => (end.startsWith('A') ? `B${end.slice(1)}` : `A${end.slice(1)}`));
    forged.set('checkpoint', new TextEncoder().encode(flipped));
    expect(check(forged)).toMatchObject({ status: 1, said: expect.stringContaining('signature') });
  });
});
