import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { DESKTOP, PHONE, useHarness } from './harness.ts';

const h = useHarness();

function totalsRow(page: Page, category: string) {
  return page.locator(`.totals tr.${category} .value`);
}

async function waitForState(page: Page, state: string): Promise<void> {
  await page.locator(`.connection[data-state="${state}"]`).waitFor({ timeout: 20_000 });
}

async function expectTotal(page: Page, red: string, blue: string): Promise<void> {
  await expect.poll(() => totalsRow(page, 'weighted_score').allInnerTexts(), { timeout: 15_000 }).toEqual([red, blue]);
}

describe('the home page', () => {
  it('says how to start a bout while there is none, and shows it by itself once there is one', async () => {
    const { page, errors, close } = await h.visit('/');
    await page.getByRole('heading', { name: 'No bout yet' }).waitFor();
    expect(await page.locator('pre').innerText()).toBe(`npm run simulate -- --url ${h.server.url}`);
    await h.makeBout('first');
    await page.locator('.fighter-name').first().waitFor({ timeout: 20_000 });
    expect(await page.locator('.fighter-name').allInnerTexts()).toEqual(['Red Fighter', 'Blue Fighter']);
    expect(await page.locator('.clock').innerText()).toBe('5:00');
    expect(errors).toEqual([]);
    await close();
  });

  it('shows actions, totals, moments, undo and clock as they happen, and the same after a reload', async () => {
    const bout = await h.makeBout('live', { simulated: true });
    const supervisor = await h.mint('supervisor', 'supervisor_1');
    const { page, errors, close } = await h.visit(`/?bout=${bout}`);
    await waitForState(page, 'live');
    expect(await page.locator('.scoreboard .tag.simulated').innerText()).toBe('Simulated');
    await h.startRound(bout);
    await page.locator('.round-status.IN_PROGRESS').waitFor();
    await h.log(bout, 'fighter1', 'Jab', { significant: true });
    const cross = await h.log(bout, 'fighter2', 'Cross', { significant: true });
    await h.log(bout, 'fighter1', 'KD', { tier: 'Hard' });
    await expectTotal(page, '0.80', '0.14');
    await page.locator('.moment', { hasText: 'Knockdown' }).waitFor();
    const newest = page.locator('.line').first();
    expect(await newest.innerText()).toMatch(/R1\s+[45]:\d\d\s+Red\s+Knockdown\s+Hard\s+harness_operator/);
    await h.post('/api/events/v2/void', supervisor, { bout_id: bout, target_event_id: cross, reason: 'mistaken' });
    await expectTotal(page, '0.80', '0.00');
    const struck = page.locator('.line.voided');
    expect(await struck.innerText()).toMatch(/Cross\s+Voided/);
    expect(await struck.locator('s').innerText()).toBe('Cross');

    const before = await page.locator('.lines').innerText();
    await page.reload();
    await waitForState(page, 'live');
    await expectTotal(page, '0.80', '0.00');
    expect(await page.locator('.lines').innerText()).toBe(before);

    const text = await page.locator('.clock').innerText();
    await expect.poll(() => page.locator('.clock').innerText()).not.toBe(text);
    await h.post(`/api/bouts/${bout}/clock`, supervisor, { action: 'pause', round_id: 1 });
    await page.locator('.round-status.PAUSED').waitFor();
    const stands = await page.locator('.clock').innerText();
    await page.waitForTimeout(1_500);
    expect(await page.locator('.clock').innerText()).toBe(stands);
    expect(errors).toEqual([]);
    await close();
  });

  it('says reconnecting while the server is down, and has the right totals after its restart', async () => {
    const bout = await h.makeBout('restarted');
    await h.startRound(bout);
    const { page, errors, close } = await h.visit(`/?bout=${bout}`);
    await waitForState(page, 'live');
    await h.log(bout, 'fighter1', 'Jab', { significant: true });
    await expectTotal(page, '0.10', '0.00');
    await h.server.kill9();
    await waitForState(page, 'reconnecting');
    expect(await page.locator('.round-status').innerText()).toBe('Last known, not confirmed');
    expect(await totalsRow(page, 'weighted_score').allInnerTexts()).toEqual(['0.10', '0.00']);
    await h.server.restart();
    await h.log(bout, 'fighter2', 'Cross', { significant: true });
    await waitForState(page, 'live');
    await expectTotal(page, '0.10', '0.14');
    expect(await page.locator('.line:not(.quiet)').count()).toBe(2);

    const other = await h.visit(`/?bout=${bout}`);
    await waitForState(other.page, 'live');
    await expectTotal(other.page, '0.10', '0.14');
    expect(await page.locator('.lines').innerText()).toBe(await other.page.locator('.lines').innerText());
    await other.close();
    expect(errors).toEqual([]);
    await close();
  });

  it('notices a network that stalls without closing anything, and comes back with it', async () => {
    const bout = await h.makeBout('stalled');
    await h.startRound(bout);
    const { page, close } = await h.visit(`/?bout=${bout}`);
    await waitForState(page, 'live');
    await page.context().setOffline(true);
    await waitForState(page, 'offline');
    expect(await page.locator('.round-status').innerText()).toBe('Last known, not confirmed');
    await h.log(bout, 'fighter2', 'Jab', { significant: true });
    await page.context().setOffline(false);
    await waitForState(page, 'live');
    await expectTotal(page, '0.00', '0.10');
    await close();
  });

  it('moves on to the next bout when one starts, unless the address names a bout', async () => {
    const one = await h.makeBout('night_1', { fighter1: { name: 'First Red' } });
    await h.startRound(one);
    const following = await h.visit('/');
    const staying = await h.visit(`/?bout=${one}`);
    const name = following.page.locator('.fighter.red .fighter-name');
    await expect.poll(() => name.innerText(), { timeout: 15_000 }).toBe('First Red');
    const two = await h.makeBout('night_2', { fighter1: { name: 'Second Red' } });
    await h.startRound(two);
    await expect.poll(() => name.innerText(), { timeout: 15_000 }).toBe('Second Red');
    expect(await staying.page.locator('.fighter.red .fighter-name').innerText()).toBe('First Red');
    await following.close();
    await staying.close();
  });

  it('says that a bout is unknown, and that one is closed; a token opens it and leaves the address', async () => {
    const unknown = await h.visit('/?bout=nobody');
    await unknown.page.getByRole('heading', { name: 'There is no such bout' }).waitFor();
    await unknown.close();

    const release_policy = { statistics: 'commission', scorecards: 'commission', recommendation: 'commission' };
    const bout = await h.makeBout('closed', { release_policy });
    const outside = await h.visit(`/?bout=${bout}`);
    await outside.page.getByRole('heading', { name: 'This bout is not open to you' }).waitFor();
    await outside.close();

    const supervisor = await h.mint('supervisor', 'supervisor_1');
    const inside = await h.visit(`/?bout=${bout}#token=${supervisor}`);
    await waitForState(inside.page, 'live');
    expect(inside.page.url()).toBe(`${h.server.url}/?bout=${bout}`);
    await inside.page.reload();
    await waitForState(inside.page, 'live');
    await inside.close();

    const forged = await h.visit(`/?bout=${bout}#token=a.b.c`);
    await forged.page.getByRole('heading', { name: 'Your link is no longer valid' }).waitFor();
    await forged.page.getByRole('button', { name: 'Continue as a spectator' }).click();
    await forged.page.getByRole('heading', { name: 'This bout is not open to you' }).waitFor();
    await forged.close();
  });

  it('shows the night in the order of its card, with the current bout and the results that are official', async () => {
    const supervisor = await h.mint('supervisor', 'supervisor_1');
    const card = await h.makeCard('card_night');
    const over = await h.makeBout('card_bout_a', { card_id: card, fighter1: { name: 'Winning Red' } });
    const next = await h.makeBout('card_bout_b', { card_id: card, fighter1: { name: 'Second Red' } });
    await h.post(`/api/cards/${card}/bouts`, supervisor, { bout_id: next, position: 1 });
    await h.post(`/api/cards/${card}/bouts`, supervisor, { bout_id: 'card_bout_planned', position: 2 });
    await h.post(`/api/cards/${card}/current`, supervisor, { bout_id: next });
    await h.startRound(over);
    const stoppage = { kind: 'stoppage', round_id: 1, fighter_id: 'fighter1', method: 'KO' };
    await h.post(`/api/bouts/${over}/rulings`, await h.mint('referee', 'referee_1'), stoppage);
    await h.post(`/api/bouts/${over}/finalize`, supervisor, {});
    await h.post(`/api/bouts/${over}/finalize`, await h.mint('supervisor', 'supervisor_2'), { confirm: true });

    const inside = await h.visit(`/#token=${await h.mint('supervisor', 'supervisor_1', { card_id: card })}`);
    const lines = inside.page.locator('.night-line');
    await expect.poll(() => lines.count(), { timeout: 15_000 }).toBe(3);
    expect(await lines.nth(0).innerText()).toMatch(/Second Red[^]*Current/);
    expect(await lines.nth(1).innerText()).toMatch(/card_bout_planned\s+Not set up yet/);
    await expect.poll(() => lines.nth(2).innerText(), { timeout: 15_000 }).toMatch(/Red won\s+Knockout · round 1/);
    expect(await inside.page.locator('.fighter.red .fighter-name').innerText()).toBe('Second Red');
    await inside.close();

    const outside = await h.visit(`/?bout=${over}`);
    const told = outside.page.locator('.night-line');
    await expect.poll(() => told.count(), { timeout: 15_000 }).toBe(2);
    expect(await told.nth(0).innerText()).toContain('Winning Red');
    await outside.close();

    const later = await h.visit(`/?bout=${await h.makeBout('another_night', { event: 'Another Night' })}`);
    const other = later.page.locator('.others li', { hasText: 'Winning Red' });
    await expect.poll(() => other.innerText(), { timeout: 15_000 }).toMatch(/Red won\s+Knockout · round 1/);
    await later.close();
  });

  it('leads into the pages of the role, and hands the token on to a new tab without ever showing it', async () => {
    const bout = await h.makeBout('ways');
    const token = await h.mint('supervisor', 'supervisor_1');
    const { page, context, errors, close } = await h.visit(`/?bout=${bout}#token=${token}`);
    await waitForState(page, 'live');
    expect(await page.locator('.way.own b').allInnerTexts()).toEqual(['Supervisor', 'Monitor', 'Replay', 'Archive']);
    expect(await page.locator('.who').innerText()).toBe('Supervisor · supervisor_1');
    const [opened] = await Promise.all([
      context.waitForEvent('page'),
      page.locator('.way', { hasText: 'Arena' }).click(),
    ]);
    await expect.poll(() => opened.evaluate('sessionStorage.getItem("fightjudge.token")')).toBe(token);
    expect(opened.url()).toBe(`${h.server.url}/arena?bout=${bout}`);
    expect(await page.content()).not.toContain(token);
    await page.locator('.way', { hasText: 'Replay' }).click();
    await page.locator('.replay-head').waitFor();
    expect(page.url()).toContain(`/replay?bout=${bout}`);
    expect(errors).toEqual([]);
    await close();

    const judge = await h.visit(`/?bout=${bout}#token=${await h.mint('judge', 'judge_1', { judge_id: 'JUDGE001' })}`);
    await waitForState(judge.page, 'live');
    expect(await judge.page.locator('.way b').allInnerTexts()).toEqual(['Judge', 'Replay', 'Archive', 'API']);
    await judge.close();
    const spectator = await h.visit(`/?bout=${bout}`);
    await waitForState(spectator.page, 'live');
    expect(await spectator.page.locator('.way').allInnerTexts()).toEqual([
      'Replay',
      'Arena',
      'Commentary',
      'Archive',
      'Pair this device',
      'API',
    ]);
    await spectator.close();
  });

  it('answers an address that leads nowhere with 404 and ways back', async () => {
    expect((await fetch(`${h.server.url}/no-such-page`)).status).toBe(404);
    const { page, errors, close } = await h.visit('/no-such-page');
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
    expect(await h.axe(page)).toEqual([]);
    for (const way of await page.locator('main a').all()) {
      const href = await way.getAttribute('href');
      expect((await fetch(`${h.server.url}${href}`)).status, String(href)).toBe(200);
    }
    expect(errors).toEqual([]);
    await close();
  });

  it('fits a phone and a desk, in dark and light, without a finding of axe and without jumps', async () => {
    const bout = await h.makeBout('looks', { fighter1: { name: 'Konstantin Wojciechowski-Bartholomew' } });
    await h.startRound(bout);
    await h.log(bout, 'fighter1', 'Submission Attempt', { tier: 'Near-Finish' });
    for (const viewport of [PHONE, DESKTOP]) {
      for (const colorScheme of ['dark', 'light'] as const) {
        const { page, close } = await h.visit(`/?bout=${bout}`, { viewport, colorScheme });
        await waitForState(page, 'live');
        await page.locator('.line').first().waitFor();
        await h.shot(page, `home-${viewport.width}-${colorScheme}`);
        expect(await h.overflow(page)).toBeLessThanOrEqual(0);
        expect(await h.axe(page)).toEqual([]);
        const places = (): Promise<unknown> =>
          page.evaluate('[...document.querySelectorAll(".panel")].slice(0, 3).map((panel) => panel.offsetTop)');
        const before = await places();
        await h.log(bout, 'fighter2', 'Jab');
        await expect.poll(() => page.locator('.line').first().innerText()).toContain('Jab');
        expect(await places()).toEqual(before);
        await close();
      }
    }
  });

  it('serves the documentation under a policy that lets nothing run, and without a finding of axe', async () => {
    const policy = (await fetch(`${h.server.url}/api/docs`)).headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    const { page, errors, close } = await h.visit('/api/docs#problem-conflict');
    expect(await page.locator('#problem-conflict').isVisible()).toBe(true);
    // The one style element is what the policy allows; were it not, the cards would have no corners.
    expect(await page.evaluate('getComputedStyle(document.querySelector(".operation")).borderRadius')).toBe('12px');
    await page.setViewportSize(PHONE);
    expect(await h.overflow(page)).toBeLessThanOrEqual(0);
    await page.setViewportSize(DESKTOP);
    expect(await page.evaluate(REPEATED_IDS)).toEqual([]);
    const operations = page.locator('.operation');
    const before = await operations.count();
    await page.evaluate(LEAVE_EACH_KIND_ONCE);
    expect(await operations.count()).toBeGreaterThan(1);
    expect(await operations.count()).toBeLessThan(before);
    expect(await h.axe(page)).toEqual([]);
    expect(errors).toEqual([]);
    await close();
  });
});

const REPEATED_IDS =
  '[...document.querySelectorAll("[id]")].map(({ id }) => id).filter((id, i, all) => all.indexOf(id) !== i)';

/** Twenty thousand elements, made alike, are many for axe: an operation goes that has no kind of element of its own. */
const LEAVE_EACH_KIND_ONCE = `{
  const seen = new Set();
  for (const operation of document.querySelectorAll('.operation')) {
    const kinds = [operation, ...operation.querySelectorAll('*')].map(
      (one) => one.tagName + ' ' + one.className + ' ' + one.getAttributeNames().join() + ' in ' + one.parentElement.tagName,
    );
    if (kinds.every((kind) => seen.has(kind))) operation.remove();
    for (const kind of kinds) seen.add(kind);
  }
}`;
