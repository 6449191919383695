import { gzipSync } from 'node:zlib';
import { launchBrowser } from '../../cli/browser.ts';
import { makeBout, mintToken } from '../product.ts';
import { type Line, ms, type Table } from '../report.ts';
import type { Bench } from '../settings.ts';
import { quantile } from '../stats.ts';

const BOUT = 'pages';
/** One frame of a screen that draws sixty a second. */
const FRAME_MS = 1_000 / 60;
/** Ten keys a second is a flurry; faster than that no hand is for long. */
const BETWEEN_KEYS_MS = 100;
/** What the judge's page may make a venue's network carry before it can draw. */
const JUDGE_LIMIT_BYTES = 60_000;

/** From the press to the first line of the list that was not there before: by then the tap is stored on the device. */
const PRESS = `new Promise((done) => {
  const before = document.querySelector('.op-line')?.dataset.event;
  const startedMs = performance.now();
  const observer = new MutationObserver(() => {
    if (document.querySelector('.op-line')?.dataset.event === before) return;
    observer.disconnect();
    done(performance.now() - startedMs);
  });
  observer.observe(document.body, { childList: true, subtree: true, attributes: true });
  document.body.dispatchEvent(
    new KeyboardEvent('keydown', { code: 'Digit1', key: '1', bubbles: true, cancelable: true }),
  );
})`;

/** What a person at ringside waits for: a page to load, and a tap to be confirmed. */
export async function benchPages({ servers, effort, progress }: Bench): Promise<Table[]> {
  const { url } = servers.product;
  progress('pages');
  await makeBout(url, BOUT);
  const token = await mintToken(url, { role: 'operator', subject: 'operator', bout_id: BOUT });
  const browser = await launchBrowser();
  const took: number[] = [];
  try {
    const page = await browser.newPage();
    await page.goto(`${url}/operator?bout=${BOUT}#token=${token}`);
    await page.locator('.connection[data-state="live"]').waitFor();
    await page.locator('[data-command="jab"]').waitFor();
    for (let tap = 0; tap < effort.samples; tap += 1) {
      took.push(Number(await page.evaluate(PRESS)));
      await page.waitForTimeout(BETWEEN_KEYS_MS);
    }
  } finally {
    await browser.close();
  }
  const sorted = took.toSorted((a, b) => a - b);
  const lines: Line[] = [0.5, 0.95, 0.99].map((share): Line => {
    const value = quantile(sorted, share);
    return {
      what: `a key until its line is on screen, stored on the device: p${share * 100}`,
      product: ms(value),
      against: ms(FRAME_MS),
      ratio: { median: value / FRAME_MS, min: value / FRAME_MS, max: value / FRAME_MS },
      budget: share < 0.99 ? { atMost: 1 } : null,
    };
  });
  for (const path of ['/judge', '/operator', '/supervisor', '/overlay', '/']) {
    const bytes = await firstScripts(url, path);
    const ratio = bytes / JUDGE_LIMIT_BYTES;
    lines.push({
      what: `script before ${path} can draw, gzip`,
      product: `${(bytes / 1_000).toFixed(1)} kB`,
      against: `${JUDGE_LIMIT_BYTES / 1_000} kB`,
      ratio: { median: ratio, min: ratio, max: ratio },
      budget: path === '/judge' ? { atMost: 1 } : null,
    });
  }
  const note = `${took.length} keys on the operator’s page, ten a second, against one frame at 60 Hz. Scripts that are fetched later are not counted.`;
  return [{ title: 'The pages', note, lines }];
}

/** The page’s own script and what that imports at once. */
async function firstScripts(url: string, path: string): Promise<number> {
  const html = await (await fetch(url + path)).text();
  const addresses = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(([, address = '']) => address);
  const sizes = await Promise.all(
    addresses.map(async (address) => gzipSync(await (await fetch(url + address)).arrayBuffer()).length),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
