import { describe, expect, it } from 'vitest';
import { startProxy } from './proxy.ts';
import { isBag } from '../../public/shared/wire/decode.ts';
import { PHONE, useHarness } from './harness.ts';

const h = useHarness();

/** The page's build as the test's proxy marks it. */
const BUILD = 'document.querySelector("meta[name=build]")?.content ?? "first"';
const CONTROLLED = 'navigator.serviceWorker.controller !== null';

/** Whether the page itself lies on the device: it is asked for once the worker is there. */
const KEPT = 'caches.match("/judge").then((page) => page !== undefined)';

/** Every action of the first round in the ledger, and whether it was taken back. */
async function loggedIn(bout: string): Promise<readonly (readonly unknown[])[]> {
  const { events } = await h.get(`/api/events/v2/${bout}/1`, await h.mint('supervisor', 'reader'));
  return Array.isArray(events) ? events.filter(isBag).map(({ event_type, voided }) => [event_type, voided]) : [];
}

describe('a page on the device', () => {
  it('opens without a network, once it was opened with one', async () => {
    const bout = await h.makeBout('offline_open');
    const token = await h.mint('judge', 'judge_1', { judge_id: 'JUDGE001', bout_id: bout, device_id: 'tablet_1' });
    const { page, context, errors, close } = await h.visit(`/judge?bout=${bout}#token=${token}`, { viewport: PHONE });
    await page.locator('.connection[data-state="live"]').waitFor();
    await h.becomes(page, KEPT);
    await context.setOffline(true);
    await page.reload();
    await page.getByText('Red Fighter').first().waitFor();
    await context.setOffline(false);
    await page.locator('.connection[data-state="live"]').waitFor();
    expect(errors).toEqual([]);
    await close();
  });

  it('takes, shows and sends taps where the browser forbids storage, its locks and even their names', async () => {
    const bout = await h.makeBout('offline_forbidden');
    const token = await h.mint('judge', 'judge_3', { judge_id: 'JUDGE001', bout_id: bout });
    const context = await h.browser.newContext({ viewport: PHONE });
    await context.addInitScript(`
      const forbidden = { get() { throw new DOMException('Forbidden.', 'SecurityError'); } };
      for (const name of ['indexedDB', 'sessionStorage', 'localStorage']) Object.defineProperty(globalThis, name, forbidden);
      LockManager.prototype.request = async () => forbidden.get();
    `);
    const page = await context.newPage();
    await page.goto(`${h.server.url}/judge?bout=${bout}#token=${token}`);
    await page.getByRole('button', { name: 'Not kept on this device' }).waitFor();
    await h.startRound(bout);
    await page.getByRole('button', { name: 'Red: Rocked', exact: true }).click();
    await expect.poll(async () => await loggedIn(bout), { timeout: 15_000 }).toEqual([['Rocked', false]]);
    await context.close();
  });

  it('goes on with the queue after the browser has closed its store, and with a new link in the same tab', async () => {
    const bout = await h.makeBout('offline_reopened');
    const who = { judge_id: 'JUDGE001', bout_id: bout, device_id: 'tablet_4' };
    const context = await h.browser.newContext({ viewport: PHONE });
    await context.addInitScript(`
      globalThis.stores = [];
      const { open } = IDBFactory.prototype;
      IDBFactory.prototype.open = function (...asked) {
        const request = open.apply(this, asked);
        request.addEventListener('success', () => stores.push(request.result));
        return request;
      };
    `);
    const page = await context.newPage();
    await page.goto(`${h.server.url}/judge?bout=${bout}#token=${await h.mint('judge', 'judge_4', who)}`);
    await page.locator('.connection[data-state="live"]').waitFor();
    await h.startRound(bout);
    await page.locator('.round-status.IN_PROGRESS').waitFor();
    await page.evaluate('for (const store of stores) { store.close(); store.dispatchEvent(new Event("close")); }');
    const tap = async (name: string) => await page.getByRole('button', { name, exact: true }).click();
    await tap('Red: Rocked');
    await expect.poll(async () => await loggedIn(bout)).toEqual([['Rocked', false]]);

    // Taken back in the same moment as it is tapped: the tap that is on its way, and not the one before.
    await page.evaluate(`{
      const button = (is) => [...document.querySelectorAll('button')].find(is);
      button((one) => one.ariaLabel === 'Blue: Knockdown').click();
      button((one) => one.textContent.startsWith('Undo')).click();
    }`);
    const kept = [
      ['Rocked', false],
      ['KD', true],
    ];
    await expect.poll(async () => await loggedIn(bout)).toEqual(kept);

    const refused = { code: 'unauthorized', detail: 'The token has expired.' };
    await page.route('**/api/events/v2/batch', async (route) => await route.fulfill({ status: 401, json: refused }));
    await tap('Red: Rocked');
    await page.locator('button.unsent[data-unsent="1"]').waitFor();
    await page.getByText('This link was refused').waitFor();
    await page.unroute('**/api/events/v2/batch');
    await page.goto(`${h.server.url}/judge?bout=${bout}#token=${await h.mint('judge', 'judge_4', who)}`);
    await expect.poll(async () => await loggedIn(bout), { timeout: 15_000 }).toEqual([...kept, ['Rocked', false]]);
    expect(page.url()).not.toContain('token');
    await context.close();
  });

  it('never shows as sent what was refused and put away in another tab', async () => {
    const bout = await h.makeBout('offline_dismissed');
    const token = await h.mint('judge', 'judge_5', { judge_id: 'JUDGE001', bout_id: bout, device_id: 'tablet_5' });
    const { page, context, close } = await h.visit(`/judge?bout=${bout}#token=${token}`, { viewport: PHONE });
    const other = await context.newPage();
    await other.goto(`${h.server.url}/judge?bout=${bout}#token=${token}`);
    await other.locator('.connection[data-state="live"]').waitFor();
    await h.startRound(bout);
    await context.route('**/scorecards', async (route) => {
      if (route.request().method() !== 'POST') return await route.continue();
      await route.fulfill({ status: 409, json: { success: false, code: 'conflict', detail: 'The round is locked.' } });
    });
    await page
      .locator('.tabs')
      .getByRole('button', { name: /^Score\b/ })
      .click();
    await page
      .getByRole('button', { name: /^10–9, / })
      .first()
      .click();
    await page.getByRole('button', { name: 'Submit and lock' }).click();
    await page.locator('button.unsent[data-refused="1"]').waitFor();
    await other.locator('button.unsent[data-refused="1"]').click();
    await other.getByRole('button', { name: 'I have read it' }).click();
    await page.locator('button.unsent[data-refused="0"]').waitFor();
    expect(await page.locator('.locked').count()).toBe(0);
    await page
      .getByRole('button', { name: /^10–9, / })
      .first()
      .waitFor();
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
    await h.becomes(page, KEPT);
    await h.becomes(page, 'caches.match("/pin").then((pin) => pin !== undefined)');

    proxy.instead.set('/sw.js', (worker) => worker.replace(/"version":"[0-9a-f]+"/, '"version":"newer"'));
    proxy.instead.set('/judge', (html) => html.replace('<head>', '<head><meta name="build" content="newer">'));
    await page.evaluate('navigator.serviceWorker.ready.then((registration) => registration.update())');
    await h.becomes(page, 'navigator.serviceWorker.ready.then(({ waiting }) => waiting !== null)');
    expect(await page.evaluate(BUILD)).toBe('first');
    await page.reload();
    await page.locator('.connection[data-state="live"]').waitFor();
    expect(await page.evaluate(BUILD)).toBe('first');

    // Closed and opened again: the newer worker takes over, and still gives this device its own build.
    await page.close();
    const again = await context.newPage();
    await again.goto(`${address}#token=${token}`);
    await again.locator('.connection[data-state="live"]').waitFor();
    await h.becomes(again, CONTROLLED);
    expect(await again.evaluate(BUILD)).toBe('first');

    const supervisors = [await h.mint('supervisor', 'one'), await h.mint('supervisor', 'two')];
    await h.post(`/api/bouts/${bout}/clock`, supervisors[0] ?? null, { action: 'end_round', round_id: 1 });
    await h.post(`/api/bouts/${bout}/finalize`, supervisors[0] ?? null, {
      method: 'NC',
      winner: 'no_contest',
      reason: 'the test is over',
    });
    await h.post(`/api/bouts/${bout}/finalize`, supervisors[1] ?? null, { confirm: true });
    await h.becomes(again, 'caches.match("/pin").then((pin) => pin === undefined)');
    await again.reload();
    await h.becomes(again, `(${BUILD}) === "newer"`);
    await context.close();
    await proxy.close();
  });
});
