import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { launchBrowser } from './browser.ts';
import { addressFor, keepReporting, PICTURES, playScene, SCENE, shoot, fileOf, isBuilt } from './images/index.ts';
import { PROJECT_ROOT, runMain } from './project.ts';
import { serve } from './serve.ts';
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
  const { adminSecret } = served.secrets;
  const ended = new AbortController();
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const scene = {
    baseUrl: served.url,
    adminSecret,
    signal: ended.signal,
    log: (line: string) => say(`scene: ${line}`),
  };
  const browser = await launchBrowser();
  try {
    await playScene(scene);
    const link = createLink(scene);
    const stopReporting = await keepReporting(link, adminSecret, SCENE.running);
    const heavy: string[] = [];
    for (const pictures of PICTURES) {
      for (const picture of pictures.pictures) {
        const file = fileOf(pictures.page, picture);
        if (!file.includes(values.only)) continue;
        if (!isBuilt(pictures)) {
          say(`${file}  skipped: there is no page ${pictures.page}`);
          continue;
        }
        const address = await addressFor(link, adminSecret, served.url, pictures);
        const { bytes } = await shoot(browser, pictures, picture, address, folder);
        say(`${file}  ${Math.round(bytes / 1_000)} kB`);
        if (bytes > MOST_BYTES) heavy.push(file);
      }
    }
    stopReporting();
    if (heavy.length > 0) throw new Error(`more than ${MOST_BYTES / 1_000} kB: ${heavy.join(', ')}`);
  } finally {
    ended.abort();
    await browser.close();
    await served.stop();
    data.remove();
  }
}

await runMain(main);
