import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { DESKTOP, PHONE, TABLET, useHarness } from './harness.ts';

describe('the monitor', () => {
  const h = useHarness();

  async function report(bout: string, device: string, battery: number): Promise<void> {
    await h.post('/api/telemetry/report', await h.mint('supervisor', 'sue'), {
      device_id: device,
      judge_id: 'sue',
      bout_id: bout,
      battery_percent: battery,
    });
  }

  /** As a browser says that there is a network again: the page asks at once. */
  async function hurry(page: Page): Promise<void> {
    await page.evaluate("dispatchEvent(new Event('online'))");
  }

  async function loggedOf(page: Page): Promise<number> {
    return Number(await page.locator('.speed tr[data-key="POST /api/events/v2/log"] td').first().innerText());
  }

  async function statuses(page: Page): Promise<readonly (string | null)[]> {
    return await page.locator('.tile').evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute('data-status')));
  }

  it('shows the traffic, the bout and its devices as they are, and goes on by itself', async () => {
    const bout = await h.makeBout('watched');
    await h.startRound(bout);
    for (const type of ['Jab', 'Cross', 'Hook', 'Uppercut', 'Elbow', 'Knee']) await h.log(bout, 'fighter1', type);
    await report(bout, 'tablet-1', 12);
    const { page, errors, close } = await h.visit(`/monitor#token=${await h.mint('analyst', 'ann')}`);
    await page.locator(`.tile[data-part="bout:${bout}"]`).waitFor();
    await page.locator('.connection[data-state="live"]').waitFor();
    await expect.poll(() => loggedOf(page)).toBe(6);
    const line = page.locator(`.bouts tr[data-key="${bout}"]`);
    expect(await line.innerText()).toContain('Red Fighter – Blue Fighter');
    expect(await page.locator('.devices tbody tr').innerText()).toMatch(/tablet-1\s+Warning\s+Battery 12 %\.\s+12 %/);
    const devices = page.locator('.tile[data-part="devices"]');
    expect(await devices.getAttribute('data-status')).toBe('warning');
    expect(await devices.locator('.tile-detail').innerText()).toBe('sue');
    await h.log(bout, 'fighter2', 'Cross');
    await hurry(page);
    await expect.poll(() => loggedOf(page), { timeout: 10_000 }).toBe(7);
    await report(bout, 'tablet-1', 90);
    await hurry(page);
    await page.locator('.tile[data-part="devices"][data-status="ok"]').waitFor();
    await page.locator('.changes li', { hasText: 'tablet-1' }).filter({ hasText: 'Warning → OK' }).waitFor();
    expect(await page.locator('.chart canvas').count()).toBe(2);
    await page.locator('.latency summary').click();
    expect(await page.locator('.latency .minutes tbody tr').count()).toBeGreaterThan(0);
    expect(errors).toEqual([]);
    await close();
  });

  it('says that the server does not answer, and since when, and comes back with it', async () => {
    const { page, errors, close } = await h.visit(`/monitor#token=${await h.mint('admin', 'root')}`);
    await page.locator('.tile').first().waitFor();
    await h.server.kill9();
    await hurry(page);
    await page.getByRole('alert').getByText('The server does not answer').waitFor();
    expect(new Set(await statuses(page))).toEqual(new Set(['unknown']));
    expect(await page.locator('.tile-since').first().innerText()).toMatch(/^since \d+ s$/);
    await page.locator('.connection[data-state="reconnecting"]').waitFor();
    expect(await h.axe(page)).toEqual([]);
    await h.shot(page, 'monitor-lost');
    await h.server.restart();
    await hurry(page);
    await page.locator('.connection[data-state="live"]').waitFor();
    expect(await statuses(page)).not.toContain('unknown');
    expect(errors).toEqual([]);
    await close();
  });

  it('tells everybody else what to do', async () => {
    const operator = await h.visit(`/monitor#token=${await h.mint('operator', 'olga')}`);
    await operator.page.getByRole('heading', { name: 'Your role does not include the monitor' }).waitFor();
    expect(await operator.page.locator('.notice').innerText()).toContain('You are here as operator.');
    await operator.close();
    const nobody = await h.visit('/monitor');
    await nobody.page.getByRole('heading', { name: 'The monitor is for those on duty' }).waitFor();
    await nobody.close();
  });

  it('fits phone, tablet and desktop, in both schemes, without a fault that axe can find', async () => {
    const token = await h.mint('supervisor', 'sue');
    const bout = await h.makeBout('sizes', {
      fighter1: { name: 'Alexandra Montgomery-Castellanos' },
      fighter2: { name: 'Kim Lee' },
    });
    await report(bout, 'tablet-with-a-very-long-name-that-does-not-break', 3);
    for (const colorScheme of ['dark', 'light'] as const) {
      const { page, errors, close } = await h.visit(`/monitor#token=${token}`, { viewport: PHONE, colorScheme });
      await page.locator(`.tile[data-part="bout:${bout}"]`).waitFor();
      await page.locator('.chart canvas').nth(1).waitFor();
      for (const [name, size] of Object.entries({ phone: PHONE, tablet: TABLET, desktop: DESKTOP })) {
        await page.setViewportSize(size);
        expect(await h.overflow(page)).toBeLessThanOrEqual(0);
        await h.shot(page, `monitor-${name}-${colorScheme}`);
      }
      expect(await h.axe(page)).toEqual([]);
      expect(errors).toEqual([]);
      await close();
    }
  });
});
