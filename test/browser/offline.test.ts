import { describe, expect, it } from 'vitest';
import { startProxy } from './proxy.ts';
import type { Page } from 'playwright-core';
import { PHONE, useHarness } from './harness.ts';

const h = useHarness();

/** The page's build as the test's proxy marks it. */
const BUILD = 'document.querySelector("meta[name=build]")?.content ?? "first"';
const CONTROLLED = 'navigator.serviceWorker.controller !== null';

/** Whether the page itself lies on the device: it is asked for once the worker is there. */
const KEPT = 'caches.match("/judge").then((page) => page !== undefined)';

/** A promise within the page is asked for its outcome: by itself it would be true. */
async function becomes(page: Page, expression: string): Promise<void> {
  await expect.poll(async () => await page.evaluate(expression), { timeout: 15_000 }).toBe(true);
}

describe('a page on the device', () => {
  it('opens without a network, once it was opened with one', async () => {
    const bout = await h.makeBout('offline_open');
    const token = await h.mint('judge', 'judge_1', { judge_id: 'JUDGE001', bout_id: bout, device_id: 'tablet_1' });
    const { page, context, errors, close } = await h.visit(`/judge?bout=${bout}#token=${token}`, { viewport: PHONE });
    await page.locator('.connection[data-state="live"]').waitFor();
    await becomes(page, KEPT);
    await context.setOffline(true);
    await page.reload();
    await page.getByText('Red Fighter').first().waitFor();
    await context.setOffline(false);
    await page.locator('.connection[data-state="live"]').waitFor();
    expect(errors).toEqual([]);
    await close();
  });

  it('is never exchanged for a newer build between the first bell and the result', async () => {
    const bout = await h.makeBout('offline_update', { judges: [{ judge_id: 'JUDGE001', judge_name: 'First Judge' }] });
    const token = await h.mint('judge', 'judge_2', { judge_id: 'JUDGE001', bout_id: bout, device_id: 'tablet_2' });
    const proxy = await startProxy(h.server.url);
    const context = await h.browser.newContext({ viewport: PHONE });
    const page = await context.newPage();
    const address = `${proxy.url}/judge?bout=${bout}`;
    await page.goto(`${address}#token=${token}`);
    await h.startRound(bout);
    await page.locator('.connection[data-state="live"]').waitFor();
    await becomes(page, KEPT);
    await becomes(page, 'caches.match("/pin").then((pin) => pin !== undefined)');

    proxy.instead.set('/sw.js', (worker) => worker.replace(/"version":"[0-9a-f]+"/, '"version":"newer"'));
    proxy.instead.set('/judge', (html) => html.replace('<head>', '<head><meta name="build" content="newer">'));
    await page.evaluate('navigator.serviceWorker.ready.then((registration) => registration.update())');
    await becomes(page, 'navigator.serviceWorker.ready.then(({ waiting }) => waiting !== null)');
    expect(await page.evaluate(BUILD)).toBe('first');
    await page.reload();
    await page.locator('.connection[data-state="live"]').waitFor();
    expect(await page.evaluate(BUILD)).toBe('first');

    // Closed and opened again: the newer worker takes over, and still gives this device its own build.
    await page.close();
    const again = await context.newPage();
    await again.goto(`${address}#token=${token}`);
    await again.locator('.connection[data-state="live"]').waitFor();
    await becomes(again, CONTROLLED);
    expect(await again.evaluate(BUILD)).toBe('first');

    const supervisors = [await h.mint('supervisor', 'one'), await h.mint('supervisor', 'two')];
    await h.post(`/api/bouts/${bout}/clock`, supervisors[0] ?? null, { action: 'end_round', round_id: 1 });
    await h.post(`/api/bouts/${bout}/finalize`, supervisors[0] ?? null, {
      method: 'NC',
      winner: 'no_contest',
      reason: 'the test is over',
    });
    await h.post(`/api/bouts/${bout}/finalize`, supervisors[1] ?? null, { confirm: true });
    await becomes(again, 'caches.match("/pin").then((pin) => pin === undefined)');
    await again.reload();
    await becomes(again, `(${BUILD}) === "newer"`);
    await context.close();
    await proxy.close();
  });
});
