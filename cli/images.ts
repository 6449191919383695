import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { addressFor, fileOf, keepReporting, PICTURES, playScene, SCENE, shoot } from './images/index.ts';
import { PROJECT_ROOT, runMain } from './project.ts';
import { serve, type Served, stopOnSignal } from './serve.ts';
import { createLink } from './simulator/index.ts';
import { tempFolder } from './temp.ts';

const USAGE = `npm run images -- [flags]
  Takes the pictures of every page that the documents show, on a scene that is played for them.
  --only WORD   only pictures whose name holds this
  --out DIR     where they go (default docs/images)
  --no-build    the last build as it is
  --help        show this`;

/** Above this a picture is a burden to everybody who clones the project. */
const MOST_BYTES = 250_000;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: '' },
      out: { type: 'string', default: join(PROJECT_ROOT, 'docs', 'images') },
      'no-build': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const folder = resolve(values.out);
  mkdirSync(folder, { recursive: true });
  const data = tempFolder('fightjudge-images-');
  const served = await serve({ port: 0, persistTo: data.path, build: !values['no-build'] });
  const ended = new AbortController();
  const browser = await launchBrowser();
  const stop = async (): Promise<void> => {
    ended.abort();
    await browser.close();
    await served.stop();
    data.remove();
  };
  stopOnSignal(stop);
  try {
    await Promise.race([takePictures(served, browser, ended.signal, folder, values.only), served.lost]);
  } finally {
    await stop();
  }
}

async function takePictures(
  { url: baseUrl, secrets: { adminSecret } }: Served,
  browser: Browser,
  signal: AbortSignal,
  folder: string,
  only: string,
): Promise<void> {
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const scene = { baseUrl, adminSecret, signal, log: (line: string) => say(`scene: ${line}`) };
  await playScene(scene);
  const link = createLink(scene);
  const stopReporting = await keepReporting(link, adminSecret, SCENE.running);
  const wanted = PICTURES.flatMap((pictures) => pictures.pictures.map((picture) => ({ pictures, picture }))).filter(
    ({ pictures, picture }) => fileOf(pictures.page, picture).includes(only),
  );
  const heavy: string[] = [];
  for (const [index, { pictures, picture }] of wanted.entries()) {
    const address = await addressFor(link, adminSecret, baseUrl, pictures);
    const { file, bytes } = await shoot(browser, pictures, picture, address, folder);
    say(`${index + 1}/${wanted.length}  ${file}  ${Math.round(bytes / 1_000)} kB`);
    if (bytes > MOST_BYTES) heavy.push(file);
  }
  stopReporting();
  if (heavy.length > 0) throw new Error(`more than ${MOST_BYTES / 1_000} kB: ${heavy.join(', ')}`);
}

await runMain(main);
