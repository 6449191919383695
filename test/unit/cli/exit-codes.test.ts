import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../../../cli/project.ts';
import { generateLogKey } from '../../../cli/secrets.ts';

function command(name: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(PROJECT_ROOT, 'cli', `${name}.ts`), ...args], {
    env: { ...process.env, ADMIN_SECRET: 's'.repeat(32), ...env },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** A port that was free a moment ago, so that nobody answers there. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise<void>((done) => void server.close(() => done()));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

it.each([
  ['storage', ['usage', '--nonsense']],
  ['rebuild-index', ['--nonsense']],
  ['rotate-log-key', ['--nonsense']],
])('%s ends with 2 and its usage where it is used wrongly', (name, args) => {
  const { status, stderr } = command(name, args);
  expect(status).toBe(2);
  expect(stderr).toContain('--nonsense');
  expect(stderr).toMatch(new RegExp(`^usage: npm run .*${name}`, 'm'));
});

it.each([
  ['storage', ['usage']],
  ['rebuild-index', []],
])('%s ends with 1 and names the address where nobody answers', async (name, args) => {
  const url = `http://127.0.0.1:${await freePort()}`;
  const { status, stderr } = command(name, [...args, '--url', url]);
  expect([status, stderr]).toEqual([
    1,
    `FightJudge: no answer from ${url}: ECONNREFUSED (is the server running? --url names another)\n`,
  ]);
});

it('rotate-log-key shows what it would do, and does it with --yes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rotate-'));
  try {
    const file = join(folder, 'log-key-next.json');
    const LOG_KEY = generateLogKey('judge.example');
    const shown = command('rotate-log-key', ['--persist-to', folder], { LOG_KEY });
    expect([shown.status, existsSync(file)]).toEqual([0, false]);
    expect(shown.stdout).toContain(file);
    expect(shown.stdout).toContain('Nothing was done: --yes does it.');
    const done = command('rotate-log-key', ['--persist-to', folder, '--yes'], { LOG_KEY });
    expect([done.status, existsSync(file)]).toEqual([0, true]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

describe('rebuild-index', () => {
  const PROBLEM = { status: 401, title: 'Unauthorized', detail: 'This token is not known.', padding: 'x'.repeat(400) };

  /** A deployment that knows of so many bouts called `b-1`, and takes whatever it is asked to index for done. */
  async function rebuilding(
    args: readonly string[],
    known: { readonly lines: number; readonly bouts: readonly string[] },
  ) {
    const server = createHttpServer(({ url = '', headers }, answer) => {
      const say = (status: number, body: unknown) => answer.writeHead(status).end(JSON.stringify(body));
      if (headers.authorization !== `Bearer ${'s'.repeat(32)}`) say(401, PROBLEM);
      else if (url === '/api/index/rebuild') say(200, { run: 1, queued: 1, next_cursor: null });
      else if (url.startsWith('/api/search?')) say(200, { hits: [], total: known.lines });
      else if (known.bouts.includes(url)) say(200, {});
      else if (url === '/api/index') {
        const rebuild = { run: 1, queued: 1, done: 1, failing: 0, failures: [], done_by_ms: null };
        say(200, { bouts: 3, rebuild });
      } else say(404, { detail: 'There is no such bout.' });
    });
    await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const child = spawn(
      process.execPath,
      [join(PROJECT_ROOT, 'cli', 'rebuild-index.ts'), '--url', `http://127.0.0.1:${port}`, ...args],
      { env: { ...process.env, ADMIN_SECRET: 's'.repeat(32) } },
    );
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (text) => (stdout += String(text)));
    child.stderr.on('data', (text) => (stderr += String(text)));
    const [status]: unknown[] = await once(child, 'close');
    await new Promise((done) => server.close(done));
    return { status, stdout, stderr };
  }

  it('says of a bout that is nowhere that there is none', async () => {
    const none = { status: 1, stdout: '', stderr: 'FightJudge: there is no bout nope: nothing is indexed of it.\n' };
    const nowhere = { lines: 0, bouts: [] };
    expect(await rebuilding(['--bout', 'nope'], nowhere)).toEqual(none);
    expect(await rebuilding(['--bout', 'nope', '--dry-run'], nowhere)).toEqual(none);
  });

  it('takes a bout that the index or the deployment has for one', async () => {
    const done = { status: 0, stdout: '1 of 1 bouts are indexed; the index holds 3.\n', stderr: '' };
    expect(await rebuilding(['--bout', 'b-1'], { lines: 1, bouts: [] })).toEqual(done);
    const planned = { ...done, stdout: 'Bout b-1 would be indexed anew.\n' };
    expect(await rebuilding(['--bout', 'b-1', '--dry-run'], { lines: 0, bouts: ['/api/bouts/b-1'] })).toEqual(planned);
  });

  it('says once what the server has against it', async () => {
    expect(await rebuilding(['--admin-secret', 'wrong'], { lines: 0, bouts: [] })).toEqual({
      status: 1,
      stdout: '',
      stderr: 'FightJudge: /api/index/rebuild answered 401: This token is not known.\n',
    });
  });
});
