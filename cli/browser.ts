import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { PROJECT_ROOT } from './project.ts';

/** Where others are looked for, in this order. */
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
 * Starts a browser without a window; the caller closes it. The one that `FIGHTJUDGE_CHROMIUM` names, or else the one
 * that came with the packages: a browser that is nothing but headless takes half the processor time of a whole one, and
 * it is the same on every machine. An installed one stands in where that does not run.
 * @throws Error naming every program that was tried, when none of them starts
 */
export async function launchBrowser(): Promise<Browser> {
  const failures: string[] = [];
  for (const find of [namedProgram, unpackedProgram, installedProgram]) {
    try {
      const program = await find();
      if (program === null) continue;
      return await chromium.launch({
        executablePath: program.path,
        args: FLAGS,
        // Without a locale some browsers name their language en-US@posix, which is none to Intl.
        env: { ...definedEnv(), LANG: 'en_US.UTF-8', ...program.env },
      });
    } catch (error) {
      failures.push(String(error));
    }
  }
  throw new Error(
    `No browser starts. Install chromium, or name one in FIGHTJUDGE_CHROMIUM.\n${failures.join('\n')}`.trim(),
  );
}

async function namedProgram(): Promise<Program | null> {
  const path = process.env['FIGHTJUDGE_CHROMIUM'];
  return path === undefined ? null : { path, env: {} };
}

async function installedProgram(): Promise<Program | null> {
  const path = INSTALLED.find((candidate) => existsSync(candidate));
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
    // The one that came along looks for fonts in folders of that other kind of machine: without any, no text has a size.
    writeFileSync(join(beside, 'fonts', 'fonts.conf'), fontsConf(folder));
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

/** The fonts that came along, and those of the PDF for what they lack: the same text on every machine. */
function fontsConf(folder: string): string {
  const more = dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json'));
  const folders = [join(folder, 'fonts', 'fonts'), join(more, 'ttf')].map((path) => `<dir>${path}</dir>`);
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>${folders.join('')}<cachedir>${join(folder, 'fonts', 'cache')}</cachedir></fontconfig>
`;
}

function definedEnv(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
