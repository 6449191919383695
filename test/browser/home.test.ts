import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isBag } from '../../public/shared/wire/decode.ts';
import { launchBrowser } from '../support/browser.ts';
import { startServer, type TestServer } from '../support/server.ts';

const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1440, height: 900 };

let server: TestServer;
let browser: Browser;
let supervisor: string;
let operator: string;
/** Where the screenshots go; kept only where somebody asks for them. */
let shots: string;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launchBrowser()]);
  shots = process.env['FIGHTJUDGE_SHOTS'] ?? mkdtempSync(join(tmpdir(), 'fightjudge-shots-'));
  supervisor = await mint('supervisor', 'supervisor_1');
  operator = await mint('operator', 'operator_1');
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  if (process.env['FIGHTJUDGE_SHOTS'] === undefined) rmSync(shots, { recursive: true, force: true });
});

async function post(path: string, token: string, body: object): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(server.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  if (!response.ok || !isBag(answer)) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`);
  return answer;
}

async function mint(role: string, subject: string): Promise<string> {
  const { token } = await post('/api/auth/tokens', server.adminSecret, { role, subject, ttl_s: 900 });
  if (typeof token !== 'string') throw new Error('No token was minted.');
  return token;
}

async function makeBout(boutId: string, more: object = {}): Promise<string> {
  await post('/api/bouts', supervisor, {
    bout_id: boutId,
    promotion: 'Test Promotion',
    event: 'Test Night',
    date: '2026-11-21',
    sport: 'mma',
    scheduled_rounds: 3,
    fighter1: { name: 'Red Fighter' },
    fighter2: { name: 'Blue Fighter' },
    judges: [{ judge_id: 'JUDGE001', judge_name: 'First Judge' }],
    ...more,
  });
  return boutId;
}

async function startRound(boutId: string, round = 1): Promise<void> {
  await post(`/api/bouts/${boutId}/clock`, supervisor, { action: 'start_round', round_id: round });
}

/** Logs one action and gives its `event_id`. */
async function log(boutId: string, fighter: 'fighter1' | 'fighter2', type: string, metadata = {}): Promise<string> {
  const { event_id } = await post('/api/events/v2/log', operator, {
    bout_id: boutId,
    round_id: 1,
    judge_id: 'operator_1',
    fighter_id: fighter,
    event_type: type,
    timestamp_ms: Date.now(),
    device_id: 'device_1',
    metadata,
  });
  return String(event_id);
}

type Visit = { readonly page: Page; readonly errors: readonly string[]; readonly close: () => Promise<void> };

async function visit(path: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<Visit> {
  const context: BrowserContext = await browser.newContext({ viewport: DESKTOP, ...options });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(server.url + path);
  return { page, errors, close: () => context.close() };
}

function totalsRow(page: Page, category: string) {
  return page.locator(`.totals tr.${category} .value`);
}

async function waitForState(page: Page, state: string): Promise<void> {
  await page.locator(`.connection[data-state="${state}"]`).waitFor({ timeout: 20_000 });
}

async function expectTotal(page: Page, red: string, blue: string): Promise<void> {
  await expect.poll(() => totalsRow(page, 'weighted_score').allInnerTexts(), { timeout: 15_000 }).toEqual([red, blue]);
}

/** What axe-core finds wrong with the page as it stands, each with the first place. */
async function axeFindings(page: Page): Promise<unknown> {
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  return await page.evaluate(
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + " " + nodes[0].html))',
  );
}

describe('the home page', () => {
  it('says how to start a bout while there is none, and shows it by itself once there is one', async () => {
    const { page, errors, close } = await visit('/');
    await page.getByRole('heading', { name: 'No bout yet' }).waitFor();
    expect(await page.locator('pre').innerText()).toBe(`npm run simulate -- --url ${server.url}`);
    await makeBout('first');
    await page.locator('.fighter-name').first().waitFor({ timeout: 20_000 });
    expect(await page.locator('.fighter-name').allInnerTexts()).toEqual(['Red Fighter', 'Blue Fighter']);
    expect(await page.locator('.clock').innerText()).toBe('5:00');
    expect(errors).toEqual([]);
    await close();
  });

  it('shows actions, totals, moments, undo and clock as they happen, and the same after a reload', async () => {
    const bout = await makeBout('live', { simulated: true });
    const { page, errors, close } = await visit(`/?bout=${bout}`);
    await waitForState(page, 'live');
    expect(await page.locator('.scoreboard .tag.simulated').innerText()).toBe('Simulated');
    await startRound(bout);
    await page.locator('.round-status.IN_PROGRESS').waitFor();
    await log(bout, 'fighter1', 'Jab', { significant: true });
    const cross = await log(bout, 'fighter2', 'Cross', { significant: true });
    await log(bout, 'fighter1', 'KD', { tier: 'Hard' });
    await expectTotal(page, '0.80', '0.14');
    await page.locator('.moment', { hasText: 'Knockdown' }).waitFor();
    const newest = page.locator('.line').first();
    expect(await newest.innerText()).toMatch(/R1\s+[45]:\d\d\s+Red\s+Knockdown\s+Hard\s+operator_1/);
    await post('/api/events/v2/void', operator, { bout_id: bout, target_event_id: cross, reason: 'mistaken' });
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
    await post(`/api/bouts/${bout}/clock`, supervisor, { action: 'pause', round_id: 1 });
    await page.locator('.round-status.PAUSED').waitFor();
    const stands = await page.locator('.clock').innerText();
    await page.waitForTimeout(1_500);
    expect(await page.locator('.clock').innerText()).toBe(stands);
    expect(errors).toEqual([]);
    await close();
  });

  it('says reconnecting while the server is down, and has the right totals after its restart', async () => {
    const bout = await makeBout('restarted');
    await startRound(bout);
    const { page, errors, close } = await visit(`/?bout=${bout}`);
    await waitForState(page, 'live');
    await log(bout, 'fighter1', 'Jab', { significant: true });
    await expectTotal(page, '0.10', '0.00');
    await server.kill9();
    await waitForState(page, 'reconnecting');
    expect(await page.locator('.round-status').innerText()).toBe('Last known, not confirmed');
    expect(await totalsRow(page, 'weighted_score').allInnerTexts()).toEqual(['0.10', '0.00']);
    await server.restart();
    await log(bout, 'fighter2', 'Cross', { significant: true });
    await waitForState(page, 'live');
    await expectTotal(page, '0.10', '0.14');
    expect(await page.locator('.line:not(.quiet)').count()).toBe(2);

    const other = await visit(`/?bout=${bout}`);
    await waitForState(other.page, 'live');
    await expectTotal(other.page, '0.10', '0.14');
    expect(await page.locator('.lines').innerText()).toBe(await other.page.locator('.lines').innerText());
    await other.close();
    expect(errors).toEqual([]);
    await close();
  });

  it('notices a network that stalls without closing anything, and comes back with it', async () => {
    const bout = await makeBout('stalled');
    await startRound(bout);
    const { page, close } = await visit(`/?bout=${bout}`);
    await waitForState(page, 'live');
    await page.context().setOffline(true);
    await waitForState(page, 'offline');
    expect(await page.locator('.round-status').innerText()).toBe('Last known, not confirmed');
    await log(bout, 'fighter2', 'Jab', { significant: true });
    await page.context().setOffline(false);
    await waitForState(page, 'live');
    await expectTotal(page, '0.00', '0.10');
    await close();
  });

  it('moves on to the next bout when one starts, unless the address names a bout', async () => {
    const one = await makeBout('night_1', { fighter1: { name: 'First Red' } });
    await startRound(one);
    const following = await visit('/');
    const staying = await visit(`/?bout=${one}`);
    const name = following.page.locator('.fighter.red .fighter-name');
    await expect.poll(() => name.innerText(), { timeout: 15_000 }).toBe('First Red');
    const two = await makeBout('night_2', { fighter1: { name: 'Second Red' } });
    await startRound(two);
    await expect.poll(() => name.innerText(), { timeout: 15_000 }).toBe('Second Red');
    expect(await staying.page.locator('.fighter.red .fighter-name').innerText()).toBe('First Red');
    await following.close();
    await staying.close();
  });

  it('says that a bout is unknown, and that one is closed; a token opens it and leaves the address', async () => {
    const unknown = await visit('/?bout=nobody');
    await unknown.page.getByRole('heading', { name: 'There is no such bout' }).waitFor();
    await unknown.close();

    const release_policy = { statistics: 'commission', scorecards: 'commission', recommendation: 'commission' };
    const bout = await makeBout('closed', { release_policy });
    const outside = await visit(`/?bout=${bout}`);
    await outside.page.getByRole('heading', { name: 'This bout is not open to you' }).waitFor();
    await outside.close();

    const inside = await visit(`/?bout=${bout}#token=${supervisor}`);
    await waitForState(inside.page, 'live');
    expect(inside.page.url()).toBe(`${server.url}/?bout=${bout}`);
    await inside.page.reload();
    await waitForState(inside.page, 'live');
    await inside.close();

    const forged = await visit(`/?bout=${bout}#token=a.b.c`);
    await forged.page.getByRole('heading', { name: 'Your link is no longer valid' }).waitFor();
    await forged.page.getByRole('button', { name: 'Continue as a spectator' }).click();
    await forged.page.getByRole('heading', { name: 'This bout is not open to you' }).waitFor();
    await forged.close();
  });

  it('fits a phone and a desk, in dark and light, without a finding of axe and without jumps', async () => {
    const bout = await makeBout('looks', { fighter1: { name: 'Konstantin Wojciechowski-Bartholomew' } });
    await startRound(bout);
    await log(bout, 'fighter1', 'Submission Attempt', { tier: 'Near-Finish' });
    for (const viewport of [PHONE, DESKTOP]) {
      for (const colorScheme of ['dark', 'light'] as const) {
        const { page, close } = await visit(`/?bout=${bout}`, { viewport, colorScheme });
        await waitForState(page, 'live');
        await page.locator('.line').first().waitFor();
        await page.screenshot({ path: join(shots, `${viewport.width}-${colorScheme}.png`), fullPage: true });
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
        expect(await axeFindings(page)).toEqual([]);
        const places = (): Promise<unknown> =>
          page.evaluate('[...document.querySelectorAll(".panel")].slice(0, 3).map((panel) => panel.offsetTop)');
        const before = await places();
        await log(bout, 'fighter2', 'Jab');
        await expect.poll(() => page.locator('.line').first().innerText()).toContain('Jab');
        expect(await places()).toEqual(before);
        await close();
      }
    }
  });

  it('serves the documentation under a policy that lets nothing run, and without a finding of axe', async () => {
    const policy = (await fetch(`${server.url}/api/docs`)).headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    const { page, errors, close } = await visit('/api/docs#problem-conflict');
    expect(await page.locator('#problem-conflict').isVisible()).toBe(true);
    // The one style element is what the policy allows; were it not, the cards would have no corners.
    expect(await page.evaluate('getComputedStyle(document.querySelector(".operation")).borderRadius')).toBe('12px');
    expect(await axeFindings(page)).toEqual([]);
    await page.setViewportSize(PHONE);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    expect(errors).toEqual([]);
    await close();
  });
});
