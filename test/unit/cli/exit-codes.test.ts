import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
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
  expect([status, stderr]).toEqual([1, `FightJudge: no answer from ${url}: ECONNREFUSED\n`]);
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
