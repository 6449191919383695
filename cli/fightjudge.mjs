#!/usr/bin/env node
// `fightjudge COMMAND ...`, for instance by `npx fightjudge` in a clone, on whatever Node the machine has (20 or later):
// installs what is missing, as the npm scripts do, and hands over to the Node that came with the packages.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** @type {Readonly<Record<string, string>>} */
const commands = { verify: 'verify.ts', simulate: 'simulate.ts', score: 'score.ts' };

const [command = '', ...args] = process.argv.slice(2);
const file = Object.hasOwn(commands, command) ? commands[command] : undefined;
if (file === undefined) {
  const names = Object.keys(commands).join(' | ');
  (command === '--help' ? process.stdout : process.stderr).write(`usage: fightjudge ${names} ... (each has --help)\n`);
  process.exit(command === '--help' ? 0 : 2);
}

await import('./install.mjs');
const own = join(root, 'node_modules', '.bin', 'node');
const node = existsSync(own) ? own : process.execPath;
const done = spawnSync(node, [join(root, 'cli', file), ...args], { stdio: 'inherit' });
if (done.error !== undefined) throw done.error;
if (done.signal !== null) process.kill(process.pid, done.signal);
process.exitCode = done.status ?? 2;
