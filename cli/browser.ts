import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { PROJECT_ROOT } from './project.ts';

/** Looked for in this order; `FIGHTJUDGE_CHROMIUM` names another. */
const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** What a container and a network without a way out need. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

type Program = { readonly path: string; readonly env: Readonly<Record<string, string>> };

/**
 * Starts a browser without a window; the caller closes it.
 * @throws Error naming every program that was tried, when none of them starts
 */
export async function launchBrowser(): Promise<Browser> {
  const failures: string[] = [];
  for (const find of [installedProgram, unpackedProgram]) {
    try {
      const program = await find();
      if (program === null) continue;
      return await chromium.launch({
        executablePath: program.path,
        args: FLAGS,
        env: { ...definedEnv(), ...program.env },
      });
    } catch (error) {
      failures.push(String(error));
    }
  }
  throw new Error(
    `No browser starts. Install chromium, or name one in FIGHTJUDGE_CHROMIUM.\n${failures.join('\n')}`.trim(),
  );
}

async function installedProgram(): Promise<Program | null> {
  const named = process.env['FIGHTJUDGE_CHROMIUM'];
  const path = named ?? INSTALLED.find((candidate) => existsSync(candidate));
  return path === undefined ? null : { path, env: {} };
}

/**
 * The browser that came as an npm package, unpacked once into node_modules. The package is made for
 * another kind of machine: its own launcher picks folders by that machine's variables, so only its
 * unpacking is used, into the folder that `TMPDIR` names at that moment.
 */
async function unpackedProgram(): Promise<Program | null> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  const folder = join(PROJECT_ROOT, 'node_modules', '.cache', 'chromium');
  if (!existsSync(folder)) await unpack(folder);
  return {
    path: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'), FONTCONFIG_PATH: join(folder, 'fonts') },
  };
}

async function unpack(folder: string): Promise<void> {
  const archives = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..', 'bin');
  // Beside and then moved: a folder that exists is complete.
  const beside = `${folder}.${process.pid}`;
  mkdirSync(beside, { recursive: true });
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = beside;
  try {
    const { inflate } = await import('@sparticuz/chromium');
    for (const name of ['chromium.br', 'fonts.tar.br', 'al2023.tar.br', 'swiftshader.tar.br']) {
      await inflate(join(archives, name));
    }
    renameSync(beside, folder);
  } catch (error) {
    rmSync(beside, { recursive: true, force: true });
    // Another test process may have been faster; its folder is as good.
    if (!existsSync(folder)) throw error;
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
}

function definedEnv(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
