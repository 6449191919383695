import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { fileOf, type PagePictures, SIZES } from './table.ts';

export type Shot = { readonly file: string; readonly bytes: number };

const READY_MS = 15_000;

/** Held in the hand: touched, and without the room that a desktop leaves for its scroll bar. */
const HAND_HELD = { isMobile: true, hasTouch: true } as const;

/** @param address without a token, which goes into the fragment */
export async function shoot(
  browser: Browser,
  pictures: PagePictures,
  picture: PagePictures['pictures'][number],
  address: string,
  folder: string,
): Promise<Shot> {
  const [size, colorScheme] = picture;
  const { width, height, scale } = SIZES[size];
  const file = fileOf(pictures.page, picture);
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: scale,
    ...(size === 'phone' || size === 'tablet' ? HAND_HELD : {}),
    colorScheme,
    // A picture is one moment: nothing is caught half way.
    reducedMotion: 'reduce',
    locale: 'en-GB',
    // The policy lets no style in, not even the backdrop that stands in for the programme.
    bypassCSP: true,
    serviceWorkers: 'block',
  });
  try {
    const page = await context.newPage();
    await page.goto(address);
    await page
      .locator(pictures.ready ?? '.connection[data-state="live"]')
      .first()
      .waitFor({ timeout: READY_MS });
    if (pictures.backdrop !== undefined) {
      await page.addStyleTag({ content: `html { background: ${pictures.backdrop} !important; }` });
    }
    await settle(page);
    const path = join(folder, file);
    await page.screenshot({ path });
    return { file, bytes: statSync(path).size };
  } finally {
    await context.close();
  }
}

/** Everything that the page asked for is there, and drawn. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle', { timeout: READY_MS }).catch(() => undefined);
  await page.evaluate(
    'document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))',
  );
}
