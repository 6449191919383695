// Runs before every npm script that needs the packages, on whatever Node the machine has (20 or later).
// It installs only when the lock changed since the last install, so that a warm start costs milliseconds.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const modules = join(root, 'node_modules');
// Inside node_modules, which `npm ci` empties first: an install cut short leaves no stamp behind.
const stamp = join(modules, '.fightjudge-lock');
// The first release that runs TypeScript without a flag, above the 22.12 that wrangler asks for.
const oldestNode = [22, 18];

/** @param {string} message @returns {never} */
function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

/** The packages differ between platforms: a folder carried to another machine is installed anew. */
function wanted() {
  const hash = createHash('sha256');
  hash.update(readFileSync(join(root, 'package-lock.json')));
  return `${hash.digest('hex')} ${process.platform}-${process.arch}\n`;
}

/** @param {string} path */
function readOrEmpty(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function install() {
  process.stderr.write('Installing packages (only when the lock file has changed) ...\n');
  // The Node that npm itself runs on: the one in node_modules is about to be replaced.
  const npm = process.env['npm_execpath'];
  const node = process.env['npm_node_execpath'] ?? process.execPath;
  const [command, before] = npm === undefined ? ['npm', []] : [node, [npm]];
  const args = [...before, 'ci', '--include=dev', '--include=optional', '--no-progress', '--loglevel=error'];
  const done = spawnSync(command, args, { cwd: root, encoding: 'utf8', shell: npm === undefined });
  if (done.status !== 0) fail(`npm ci failed:\n${done.stdout ?? ''}${done.stderr ?? ''}${done.error ?? ''}`.trim());
  writeFileSync(stamp, wanted());
}

/** @param {string} version as in `process.version` */
function recentEnough(version) {
  const [major = 0, minor = 0] = version.replace('v', '').split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldestNode;
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

/** On Linux the lock brings its own Node, first on the PATH of npm's scripts; elsewhere the system's has to do. */
function checkNode() {
  if (recentEnough(process.version)) return;
  const path = `${join(modules, '.bin')}${delimiter}${process.env['PATH'] ?? ''}`;
  const asked = spawnSync('node', ['--version'], { encoding: 'utf8', env: { ...process.env, PATH: path } });
  if (asked.status === 0 && recentEnough(asked.stdout.trim())) return;
  fail(
    `FightJudge needs Node ${oldestNode.join('.')} or later and found ${process.version}. ` +
      `On Linux (x64, arm64) it brings its own; on ${process.platform}-${process.arch} please install one.`,
  );
}

if (readOrEmpty(stamp) !== wanted()) install();
checkNode();
