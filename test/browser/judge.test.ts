import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { type Bag, isBag } from '../../public/shared/wire/decode.ts';
import { DESKTOP, PHONE, TABLET, useHarness, type Visit } from './harness.ts';

const SMALL = { width: 360, height: 640 };

const h = useHarness();
let staffToken: string | undefined;

async function staff(): Promise<string> {
  return (staffToken ??= await h.mint('supervisor', 'judge_test_supervisor'));
}

async function clock(bout: string, action: string, round: number): Promise<void> {
  await h.post(`/api/bouts/${bout}/clock`, await staff(), { action, round_id: round });
}

async function playRound(bout: string, round: number): Promise<void> {
  await clock(bout, 'start_round', round);
  await clock(bout, 'end_round', round);
}

/** Opens the page of a seat on a phone, with a token for the bout. */
async function sit(bout: string, seat = 'JUDGE001', options: object = {}): Promise<Visit> {
  const token = await h.mint('judge', `person_${seat}`, { judge_id: seat, bout_id: bout, device_id: `dev_${bout}` });
  const visit = await h.visit(`/judge?bout=${bout}#token=${token}`, { viewport: PHONE, ...options });
  await live(visit.page);
  return visit;
}

async function live(page: Page): Promise<void> {
  await page.locator('.connection[data-state="live"]').waitFor({ timeout: 20_000 });
}

async function seats(bout: string): Promise<readonly Bag[]> {
  const { seats: read } = await h.get(`/api/bouts/${bout}/scorecards`, await staff());
  return Array.isArray(read) ? read.filter(isBag) : [];
}

async function seatOf(bout: string, seat = 'JUDGE001'): Promise<Bag> {
  return (await seats(bout)).find(({ judge_id }) => judge_id === seat) ?? {};
}

async function actions(bout: string): Promise<readonly Bag[]> {
  const { events } = await h.get(`/api/events/v2/${bout}/1`, await staff());
  return Array.isArray(events) ? events.filter(isBag) : [];
}

/** Well formed, and signed by nobody. */
function forged(token: string): string {
  return `${token.slice(0, token.lastIndexOf('.'))}.${'A'.repeat(43)}`;
}

function tab(page: Page, name: 'Log' | 'Score' | 'Scorecard'): Locator {
  return page.locator('.tabs').getByRole('button', { name: new RegExp(`^${name}\\b`) });
}

function choice(page: Page, red: string, blue: string): Locator {
  return page.getByRole('button', { name: new RegExp(`^${red}–${blue}, `) });
}

/** A camera that sees a pairing code nobody made, and a browser that reads it: what a page without either is given. */
const CAMERA = `
  const canvas = document.createElement('canvas');
  const draw = canvas.getContext('2d');
  setInterval(() => draw.fillRect(0, 0, 8, 8), 50);
  navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(20);
  globalThis.BarcodeDetector = class {
    async detect() {
      return [{ rawValue: location.origin + '/pair#nocard~AAAAAAAAAAAAAAAAAAAAAA' }];
    }
  };
`;

/** The height of the smallest thing to hit below the bar at the top. */
async function smallestTarget(page: Page): Promise<number> {
  const found = await page.evaluate(
    'Math.min(...[...document.querySelectorAll("main button")].map((button) => button.getBoundingClientRect().height))',
  );
  return Number(found);
}

/** The buttons that log or take back of which something else, or the edge of the screen, takes a part. */
async function covered(page: Page): Promise<unknown> {
  return await page.evaluate(`[...document.querySelectorAll('.log button')].filter((button) => {
    const { left, right, top, bottom } = button.getBoundingClientRect();
    const isOwn = (x, y) => document.elementFromPoint(x, y)?.closest('button') === button;
    return !isOwn((left + right) / 2, top + 3) || !isOwn((left + right) / 2, bottom - 3);
  }).map(({ textContent }) => textContent)`);
}

async function allSent(page: Page): Promise<void> {
  await page.locator('button.unsent[data-unsent="0"][data-refused="0"]').waitFor({ timeout: 20_000 });
}

async function submit(page: Page, round: number, red: string, blue: string): Promise<void> {
  await tab(page, 'Score').click();
  await page.locator('.chip', { hasText: `R${round}` }).click();
  await choice(page, red, blue).click();
  await page.getByRole('button', { name: 'Submit and lock' }).click();
  await page.locator('.locked').waitFor();
}

describe('the judge’s page', () => {
  it('takes a judge from the first bell to the signature, each scorecard in two steps', async () => {
    const bout = await h.makeBout('judge_flow', { scheduled_rounds: 2, release_policy: { recommendation: 'corners' } });
    const { page, errors, close } = await sit(bout);
    expect(await page.locator('.who').innerText()).toContain('First Judge');
    await clock(bout, 'start_round', 1);
    await page.locator('.round-status.IN_PROGRESS').waitFor();

    await page.getByRole('button', { name: 'Red: Knockdown' }).click();
    await page.getByRole('button', { name: 'Blue: Takedown' }).click();
    await page.getByRole('button', { name: 'Undo · Blue: Takedown' }).waitFor();
    await allSent(page);
    await page.getByRole('button', { name: 'Undo · Blue: Takedown' }).click();
    await page.getByRole('button', { name: 'Undo · Red: Knockdown' }).waitFor();
    await allSent(page);
    await h.shot(page, 'judge-log-phone');
    const logged = await actions(bout);
    expect(logged.map(({ event_type, voided }) => [event_type, voided === true])).toEqual([
      ['KD', false],
      ['Takedown Landed', true],
    ]);

    await clock(bout, 'end_round', 1);
    await page.getByText('Round 1 is over and not scored yet.').waitFor();
    expect((await seatOf(bout)).rounds).toEqual([]);
    await page.getByRole('button', { name: 'Score round 1' }).click();
    await choice(page, '10', '9').dblclick();
    await page.getByText('Round 1: Red 10 – 9 Blue').waitFor({ state: 'attached' });
    expect(await page.locator('.review').innerText()).toContain('Red wins the round');
    // The two taps have only led to the review: nothing has been submitted.
    expect((await seatOf(bout)).rounds).toEqual([]);
    await h.shot(page, 'judge-review-phone');
    await page.getByRole('button', { name: 'Submit and lock' }).click();
    await page.locator('.locked', { hasText: 'Locked' }).waitFor();
    await allSent(page);
    expect((await seatOf(bout)).rounds).toMatchObject([{ round_id: 1, red: 10, blue: 9, submitted: true }]);
    expect(await page.locator('.choice').count()).toBe(0);
    await page.getByRole('button', { name: 'Show statistics' }).click();
    await page.locator('.statistics-body').getByText('now that your scorecard is in').waitFor();
    await h.shot(page, 'judge-statistics-phone');

    await h.post(`/api/bouts/${bout}/scorecards/reopen`, await staff(), {
      judge_id: 'JUDGE001',
      round_id: 1,
      reason: 'asked by the judge',
    });
    await page.getByText('It stood at Red 10 – Blue 9').waitFor();
    await submit(page, 1, '10', '8');
    await allSent(page);
    expect((await seatOf(bout)).rounds).toMatchObject([{ red: 10, blue: 8, earlier: [{ red: 10, blue: 9 }] }]);

    const deduction = { kind: 'deduction', round_id: 1, fighter_id: 'fighter1', points: 1, foul: 'eye poke' };
    await h.post(`/api/bouts/${bout}/rulings`, await staff(), deduction);
    await page.getByText('1 point taken from Red in round 1').waitFor();
    await tab(page, 'Log').click();
    expect(await h.axe(page)).toEqual([]);
    await h.shot(page, 'judge-told-phone');
    await page.getByRole('button', { name: 'Understood' }).click();
    await page.locator('.told').waitFor({ state: 'detached' });
    await allSent(page);
    const { told } = await h.get(`/api/bouts/${bout}/scorecards`, await staff());
    expect(told).toMatchObject([{ judges: ['JUDGE001'] }]);

    await tab(page, 'Scorecard').click();
    expect(await page.locator('.sign').innerText()).toContain('after the last round');
    // A round that begins brings whoever looks at a scorecard that is in to its log, and a reload leaves a tab open.
    await tab(page, 'Score').click();
    await page.locator('.locked').waitFor();
    await clock(bout, 'start_round', 2);
    await page.getByRole('heading', { name: 'Log round 2' }).waitFor({ state: 'attached' });
    await tab(page, 'Score').click();
    await choice(page, '10', '9').waitFor();
    await page.reload();
    await choice(page, '10', '9').waitFor();
    await clock(bout, 'end_round', 2);
    await submit(page, 2, '9', '10');
    await page.getByText('Your signature is next.').waitFor();
    await tab(page, 'Scorecard').getByText('Sign').waitFor();
    await h.shot(page, 'judge-sign-call-phone');
    await page.locator('.remind').getByRole('button', { name: 'Review and sign' }).click();
    await page.locator('.sign').getByRole('button', { name: 'Review and sign' }).dblclick();
    await page.locator('.sign').getByRole('button', { name: 'Back' }).waitFor();
    await page.getByText('Total: Red 18 – 18 Blue').waitFor();
    expect((await seatOf(bout)).signed).toBe(false);
    await h.shot(page, 'judge-sign-phone');
    await page.getByRole('button', { name: 'Sign', exact: true }).click();
    await page.locator('.sign').getByText('Signed', { exact: true }).waitFor();
    await allSent(page);
    expect(await seatOf(bout)).toMatchObject({ signed: true, total: { red: 18, blue: 18 } });
    expect(errors).toEqual([]);
    await close();
  });

  it('keeps taps and scorecards through a dead server and a reload, and sends each once', async () => {
    const bout = await h.makeBout('judge_offline');
    await clock(bout, 'start_round', 1);
    const { page, context, errors, close } = await sit(bout);
    await page.locator('.round-status.IN_PROGRESS').waitFor();
    await page.getByRole('button', { name: 'Red: Rocked' }).waitFor();
    await tab(page, 'Score').click();
    await choice(page, '10', '9').waitFor();
    await tab(page, 'Log').click();
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    // Nothing arrives from here on, while the page itself can still be loaded.
    const blocked = /events\/v2\/batch|\/scorecards$/;
    await context.route(blocked, async (route) => {
      if (route.request().method() === 'POST') await route.abort();
      else await route.continue();
    });
    await page.getByRole('button', { name: 'Red: Rocked' }).click();
    await page.locator('button.unsent[data-unsent="1"]').waitFor();
    await page.reload();
    await live(page);
    await page.locator('button.unsent[data-unsent="1"]').waitFor();

    await h.server.kill9();
    await page.locator('.connection:is([data-state="reconnecting"], [data-state="offline"])').waitFor();
    await page.locator('.clock.stale').waitFor();
    await page.getByRole('button', { name: 'Blue: Knockdown' }).click();
    await page.locator('button.unsent[data-unsent="2"]').waitFor();
    for (const viewport of [SMALL, PHONE]) {
      await page.setViewportSize(viewport);
      expect(await covered(page)).toEqual([]);
      await h.shot(page, `judge-log-offline-${viewport.width}`);
    }
    await submit(page, 1, '10', '9');
    await page.getByText('Saved on this device, not yet sent').waitFor();
    // With nobody there the page comes from the device, with the bout, its rules and what is unsent.
    await page.reload();
    await page.locator('button.unsent[data-unsent="3"]').waitFor();
    await page.locator('.clock.stale').waitFor();
    await tab(page, 'Score').click();
    await page.getByText('Saved on this device, not yet sent').waitFor();
    await page.getByRole('button', { name: 'I saw round 2 begin: work in round 2' }).click();
    await page.getByText('You are working in round 2.').waitFor();
    await page.getByRole('heading', { name: 'Log round 2' }).waitFor({ state: 'attached' });
    await tab(page, 'Score').click();
    await page.locator('.chip', { hasText: 'R2' }).click();
    await choice(page, '9', '10').waitFor();
    await page.locator('.chip', { hasText: 'R1' }).click();
    await h.shot(page, 'judge-offline-phone');

    await h.server.restart();
    await context.unroute(blocked);
    await live(page);
    await allSent(page);
    await page.locator('.locked', { hasText: 'Locked' }).waitFor();
    expect((await actions(bout)).map(({ event_type, fighter_id }) => [event_type, fighter_id])).toEqual([
      ['Rocked', 'fighter1'],
      ['KD', 'fighter2'],
    ]);
    expect((await seatOf(bout)).rounds).toMatchObject([{ round_id: 1, red: 10, blue: 9, submitted: true }]);
    // The seat's own report says so as well, at once.
    const session = async () => await h.get(`/api/judge-session/session_JUDGE001?bout_id=${bout}`, await staff());
    await expect.poll(session, { timeout: 3_000 }).toMatchObject({ session: { unsent_event_queue: [] } });
    expect(errors).toEqual([]);
    await close();
  });

  it('moves a seat to another device with taps unsent on the old one, and takes it back', async () => {
    const card = await h.makeCard('judge_card');
    const bout = await h.makeBout('judge_swap', { card_id: card });
    await h.post(`/api/cards/${card}/current`, await staff(), { bout_id: bout });
    await clock(bout, 'start_round', 1);
    const { code } = await h.post('/api/pairings', await staff(), {
      card_id: card,
      role: 'judge',
      subject: 'person_1',
      judge_id: 'JUDGE001',
    });
    const old = await h.visit(`/pair#${String(code)}`, { viewport: PHONE });
    await old.page.getByText('Seat').waitFor();
    expect(old.page.url()).not.toContain('#');
    await h.shot(old.page, 'pair-paired-phone');
    await old.page.getByRole('link', { name: 'Go to your page' }).click();
    await live(old.page);
    await old.page.locator('.round-status.IN_PROGRESS').waitFor();
    await old.context.route(/events\/v2\/batch/, async (route) => await route.abort());
    await old.page.getByRole('button', { name: 'Red: Rocked' }).click();
    await old.page.locator('button.unsent[data-unsent="1"]').waitFor();

    await tab(old.page, 'Scorecard').click();
    await old.page.getByRole('button', { name: 'Move to another device' }).click();
    await old.page.getByRole('img', { name: 'Pairing code for your seat' }).waitFor();
    const handover = await old.page.locator('.handover code').innerText();
    await h.shot(old.page, 'judge-handover-phone');

    const fresh = await h.visit('/pair', { viewport: TABLET });
    await fresh.page.getByLabel('Link or code').fill(handover);
    await fresh.page.getByRole('button', { name: 'Use this code' }).click();
    await fresh.page.getByRole('link', { name: 'Go to your page' }).click();
    await live(fresh.page);
    await old.page.getByRole('heading', { name: 'This seat is now on another device' }).waitFor();
    expect(await old.page.locator('.fenced').innerText()).toContain('1 entry is still to be sent.');
    await h.shot(old.page, 'judge-fenced-phone');
    await fresh.page.getByRole('button', { name: 'Blue: Rocked', exact: true }).click();
    await fresh.page.getByRole('button', { name: 'Undo · Blue: Rocked' }).waitFor();
    await allSent(fresh.page);
    await old.context.unroute(/events\/v2\/batch/);
    await old.page.getByText('Everything from this device has been sent.').waitFor({ timeout: 15_000 });
    const logged = await actions(bout);
    expect(logged.map(({ fighter_id, flags }) => [fighter_id, flags])).toEqual([
      ['fighter2', []],
      ['fighter1', ['after_swap']],
    ]);

    // A new code on a device that has a place: asked first, and the place stays where the answer is no.
    const { code: other } = await h.post('/api/pairings', await staff(), {
      card_id: card,
      role: 'operator',
      subject: 'person_2',
    });
    const asked = await fresh.context.newPage();
    await asked.goto(`${h.server.url}/pair#${String(other)}`);
    await asked.getByRole('button', { name: 'Keep the old place' }).click();
    await asked.getByText('This device is paired').waitFor();
    await asked.close();

    await old.page.getByRole('button', { name: 'Take it back on this device' }).click();
    await old.page.locator('.tabs').waitFor();
    await fresh.page.getByRole('heading', { name: 'This seat is now on another device' }).waitFor();
    expect([...old.errors, ...fresh.errors]).toEqual([]);
    await old.close();
    await fresh.close();
  });

  it('tells whoever is no judge, and whose code is no good, what to do', async () => {
    const bout = await h.makeBout('judge_strangers');
    const operator = await h.mint('operator', 'operator_9');
    const wrong = await h.visit(`/judge?bout=${bout}#token=${operator}`);
    await wrong.page.getByRole('heading', { name: 'This page is for judges' }).waitFor();
    expect(await wrong.page.getByRole('link', { name: 'Go to your own page' }).getAttribute('href')).toBe('/operator');
    await wrong.close();
    const damaged = await h.visit('/judge#token=abc');
    await damaged.page.getByRole('heading', { name: 'This link was refused' }).waitFor();
    await damaged.close();
    const refused = await h.visit(
      `/judge?bout=${bout}#token=${forged(await h.mint('judge', 'x', { judge_id: 'JUDGE001' }))}`,
    );
    await refused.page.getByRole('heading', { name: 'This link was refused' }).waitFor();
    await refused.close();
    const nobody = await h.visit('/judge', { viewport: PHONE });
    await nobody.page.locator('header.top a.brand[href="/"]').waitFor();
    await nobody.page.getByRole('link', { name: 'Pair this device' }).click();
    await nobody.page.getByRole('heading', { name: 'Pair this device' }).waitFor();
    expect(await h.axe(nobody.page)).toEqual([]);
    expect(await h.overflow(nobody.page)).toBeLessThanOrEqual(0);
    await h.shot(nobody.page, 'pair-entry-phone');
    await nobody.page.getByLabel('Link or code').fill('not a code');
    await nobody.page.getByRole('button', { name: 'Use this code' }).click();
    await nobody.page.getByText('This is no pairing link').waitFor();
    await nobody.page.getByLabel('Link or code').fill('nocard~AAAAAAAAAAAAAAAAAAAAAA');
    await nobody.page.getByRole('button', { name: 'Use this code' }).click();
    await nobody.page.getByRole('heading', { name: 'This code cannot be used' }).waitFor();
    expect(await h.axe(nobody.page)).toEqual([]);
    await nobody.context.addInitScript(CAMERA);
    await nobody.page.goto(`${h.server.url}/pair`);
    await nobody.page.getByRole('button', { name: 'Scan the code with the camera' }).click();
    await nobody.page.getByRole('heading', { name: 'This code cannot be used' }).waitFor();
    expect(nobody.errors).toEqual([]);
    await nobody.close();
  });

  it('offers lawful scores only, leaves the log out where judges do not log, and fits every screen', async () => {
    const bout = await h.makeBout('judge_sizes', {
      judges_log: false,
      scheduled_rounds: 5,
      rules: { even_rounds: false },
    });
    await playRound(bout, 1);
    const { page, errors, close } = await sit(bout);
    await choice(page, '10', '9').waitFor();
    expect(await tab(page, 'Log').count()).toBe(0);
    expect(await choice(page, '10', '10').count()).toBe(0);
    expect(await choice(page, '10', '7').count()).toBe(0);
    await page.getByRole('button', { name: 'More scores' }).click();
    await choice(page, '7', '10').waitFor();
    for (const name of ['Score', 'Scorecard'] as const) {
      await tab(page, name).click();
      await page.getByRole('heading', { name: name === 'Score' ? 'Score round 1' : 'Your scorecard' }).waitFor();
      for (const colorScheme of ['dark', 'light'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await h.axe(page)).toEqual([]);
        if (colorScheme === 'light') continue;
        for (const viewport of [SMALL, PHONE, TABLET, DESKTOP]) {
          await page.setViewportSize(viewport);
          expect(await h.overflow(page)).toBeLessThanOrEqual(0);
          expect(await smallestTarget(page)).toBeGreaterThanOrEqual(64);
          await h.shot(page, `judge-${name.toLowerCase()}-${viewport.width}`);
        }
      }
    }
    expect(errors).toEqual([]);
    await close();
  });
});
