import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { PHONE, TABLET, useHarness } from './harness.ts';

const FULL_HD = { width: 1920, height: 1080 };
const HD = { width: 1280, height: 720 };
const EVERY_LAYER = 'scorebug,clock,stats,winner,result,tale';
const OPEN = { statistics: 'public', scorecards: 'public', recommendation: 'public' };
const TO_BROADCAST = { statistics: 'public', scorecards: 'broadcast', recommendation: 'broadcast' };
/** One red pixel. */
const PHOTO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC',
  'base64',
);

describe('the broadcast pages', () => {
  const h = useHarness();

  async function score(bout: string, round: number, cards: readonly (readonly [number, number])[]): Promise<void> {
    for (const [i, [red, blue]] of cards.entries()) {
      const judge_id = `JUDGE00${i + 1}`;
      const token = await h.mint('judge', judge_id, { judge_id, bout_id: bout });
      await h.post(`/api/bouts/${bout}/scorecards`, token, { judge_id, round_id: round, red, blue });
    }
  }

  async function endRound(bout: string, round = 1): Promise<void> {
    const token = await h.mint('supervisor', 'supervisor_1');
    await h.post(`/api/bouts/${bout}/clock`, token, { action: 'end_round', round_id: round });
  }

  async function makeOfficial(bout: string): Promise<void> {
    const reason = 'The bout of the test ends here.';
    await h.post(`/api/bouts/${bout}/finalize`, await h.mint('supervisor', 'supervisor_1'), { reason });
    await h.post(`/api/bouts/${bout}/finalize`, await h.mint('supervisor', 'supervisor_2'), { confirm: true });
  }

  async function describeFighters(bout: string): Promise<void> {
    const token = await h.mint('supervisor', 'supervisor_1');
    const path = (corner: string) => `/api/bouts/${bout}/fighters/${corner}`;
    await h.send('PUT', path('red'), token, {
      nickname: 'The Test',
      record: '12-3-0',
      reach_cm: 185,
      stance: 'southpaw',
    });
    await h.send('PUT', path('blue'), token, { record: '9-1-0' });
    const put = await fetch(`${h.server.url}${path('red')}/photo`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'image/png' },
      body: PHOTO,
    });
    expect(put.status).toBe(200);
  }

  const layer = (page: Page, name: string) => page.locator(`[data-layer="${name}"] .layer:not(.out)`);
  const digits = (page: Page) => page.locator('.scorebug .time');

  /** Whether any two of the layers that are drawn cover each other, and whether one leaves the picture. */
  async function layoutFaults(page: Page): Promise<unknown> {
    return await page.evaluate(`(() => {
      const boxes = [...document.querySelectorAll('.layer')].map((one) => [one.parentElement.dataset.layer, one.getBoundingClientRect()]);
      const faults = [];
      for (const [i, [name, a]] of boxes.entries()) {
        if (a.left < -1 || a.top < -1 || a.right > innerWidth + 1 || a.bottom > innerHeight + 1) faults.push(name + ' leaves the picture');
        for (const [other, b] of boxes.slice(i + 1)) {
          if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) faults.push(name + ' covers ' + other);
        }
      }
      return faults;
    })()`);
  }

  /** How opaque the picture is at a point of it, as a keyer sees it. */
  async function alphaAt(page: Page, x: number, y: number): Promise<number> {
    const png = (await page.screenshot({ omitBackground: true })).toString('base64');
    const blank = await page.context().newPage();
    const alpha = await blank.evaluate(`(async () => {
      const bytes = Uint8Array.from(atob('${png}'), (char) => char.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
      canvas.drawImage(image, 0, 0);
      return canvas.getImageData(${x}, ${y}, 1, 1).data[3];
    })()`);
    await blank.close();
    return Number(alpha);
  }

  it('keys the overlay over a picture: transparent, every layer in its own place, the token out of the address', async () => {
    const bout = await h.makeBout('air', { release_policy: TO_BROADCAST });
    await describeFighters(bout);
    const token = await h.mint('broadcaster', 'gallery_1');
    const address = (more: string) => `/overlay?bout=${bout}&layers=${EVERY_LAYER}&k=${token}${more}`;
    const { page, errors, close } = await h.visit(address(''), { viewport: FULL_HD });
    await layer(page, 'scorebug').waitFor();
    expect(page.url()).not.toContain(token);
    expect(await digits(page).innerText()).toBe('5:00');
    await layer(page, 'tale').locator('img').waitFor();
    expect(await layer(page, 'tale').innerText()).toContain('Southpaw');
    for (const empty of ['stats', 'winner', 'result']) expect(await layer(page, empty).count()).toBe(0);

    await h.startRound(bout);
    await h.log(bout, 'fighter1', 'KD', { tier: 'Hard' });
    await h.log(bout, 'fighter2', 'Jab', { significant: true });
    await layer(page, 'stats').getByText('Knockdowns').waitFor();
    await endRound(bout);
    await score(bout, 1, [
      [10, 9],
      [10, 9],
      [9, 10],
    ]);
    const winner = layer(page, 'winner');
    // Until the last scorecard is heard of, the statistics may name the same winner.
    await winner.getByText('Judges’ scorecards').waitFor();
    expect(await winner.innerText()).toContain('Red Fighter wins round 1');
    expect(await winner.innerText()).toMatch(/10–9[\s\S]*10–9[\s\S]*9–10/);
    await h.shot(page, 'overlay-1920');
    for (const viewport of [FULL_HD, HD]) {
      await page.setViewportSize(viewport);
      expect(await layoutFaults(page)).toEqual([]);
      expect(await h.overflow(page)).toBeLessThanOrEqual(0);
      for (const part of ['html', 'body']) {
        const colour = await page.evaluate(`getComputedStyle(document.querySelector('${part}')).backgroundColor`);
        expect(colour).toBe('rgba(0, 0, 0, 0)');
      }
      expect(await alphaAt(page, 8, 8)).toBe(0);
      expect(await alphaAt(page, viewport.width / 2, viewport.height - 20)).toBe(0);
    }

    await makeOfficial(bout);
    const result = layer(page, 'result');
    await result.getByText('Red Fighter wins').waitFor();
    await result.locator('.scores').waitFor();
    expect(await result.innerText()).toMatch(/Official result[\s\S]*Decision \(split\)/);
    await expect.poll(() => layer(page, 'winner').count()).toBe(0);
    expect(await layoutFaults(page)).toEqual([]);

    // The tool's own reload: the token is in the tab.
    await page.reload();
    await layer(page, 'result').locator('.scores').waitFor();
    expect(errors).toEqual([]);
    await close();

    const keyed = await h.visit(address('&bg=00ff00&t.accent=00c2ff'), { viewport: HD });
    await layer(keyed.page, 'scorebug').waitFor();
    expect(await keyed.page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(0, 255, 0)');
    await keyed.close();
  });

  it('shows nothing of what is not released, and says of a recommendation that it is none of the judges’', async () => {
    const bout = await h.makeBout('closed_cards', {
      release_policy: { ...OPEN, scorecards: 'commission', recommendation: 'broadcast' },
    });
    await h.startRound(bout);
    for (const type of ['KD', 'Rocked', 'Takedown Landed', 'Head Kick']) await h.log(bout, 'fighter2', type);
    await endRound(bout);
    await score(bout, 1, [
      [10, 9],
      [10, 9],
      [10, 9],
    ]);
    const token = await h.mint('broadcaster', 'gallery_1');
    const air = await h.visit(`/overlay?bout=${bout}&layers=${EVERY_LAYER}#token=${token}`, { viewport: FULL_HD });
    const open = await h.visit(`/overlay?bout=${bout}&layers=${EVERY_LAYER}`, { viewport: FULL_HD });
    const hall = await h.visit(`/arena?bout=${bout}`, { viewport: FULL_HD });
    const desk = await h.visit(`/commentary?bout=${bout}#token=${token}`);
    const spectator = await h.visit(`/commentary?bout=${bout}`);
    const refused: string[] = [];
    for (const { page } of [air, open, hall, desk, spectator]) {
      page.on('response', (response) => {
        if ([401, 403].includes(response.status())) refused.push(new URL(response.url()).pathname);
      });
    }
    const winner = layer(air.page, 'winner');
    await winner.getByText('Blue Fighter wins round 1').waitFor();
    expect(await winner.innerText()).toContain('By the statistics, not the judges');
    await desk.page.getByText('Recommendation of the statistics').waitFor();
    expect(await desk.page.getByText('No scorecards are released.').count()).toBe(1);
    await layer(open.page, 'stats').waitFor();
    await hall.page.locator('[data-board="live"]').waitFor();
    for (const { page } of [air, open, hall, desk]) {
      const text = String(await page.evaluate('document.body.textContent'));
      expect(text).not.toContain('10–9');
      expect(text).not.toMatch(/(First|Second|Third) Judge\d/);
    }
    expect(await layer(open.page, 'winner').count()).toBe(0);
    await h.log(bout, 'fighter1', 'Jab');
    await spectator.page.locator('.actions', { hasText: 'Jab' }).waitFor();
    expect(refused).toEqual([]);

    // What is taken back is gone at once, though it is asked for no more.
    const policy = { ...OPEN, scorecards: 'commission', recommendation: 'commission' };
    const supervisor = await h.mint('supervisor', 'supervisor_1');
    await h.send('PATCH', `/api/bouts/${bout}`, supervisor, { release_policy: policy, reason: 'taken back' });
    await expect.poll(() => winner.count()).toBe(0);
    await expect.poll(() => desk.page.getByText('Recommendation of the statistics').count()).toBe(0);
    // A question that was under way just then may be refused, and no other is asked.
    const underWay = refused.length;
    await h.log(bout, 'fighter1', 'Jab');
    await expect.poll(() => spectator.page.locator('.actions', { hasText: 'Jab' }).getByText('Jab').count()).toBe(2);
    expect(refused).toHaveLength(underWay);
    await Promise.all([air, open, hall, desk, spectator].map(async ({ close }) => await close()));

    const shut = await h.makeBout('closed', { release_policy: { ...OPEN, statistics: 'commission' } });
    const outside = await h.visit(`/overlay?bout=${shut}&layers=${EVERY_LAYER}`, { viewport: HD });
    await expect.poll(() => outside.page.title()).toContain('not allowed');
    expect(await outside.page.locator('.layer').count()).toBe(0);
    await outside.close();
  });

  it('keeps the last good state through the loss of the server and a reload, but no time that it cannot vouch for', async () => {
    const bout = await h.makeBout('lost', { release_policy: OPEN });
    await h.startRound(bout);
    await h.log(bout, 'fighter1', 'Jab', { significant: true });
    const context = await h.browser.newContext({ viewport: HD });
    await context.clock.install();
    const page = await context.newPage();
    await page.goto(`${h.server.url}/overlay?bout=${bout}&layers=scorebug,stats`);
    await layer(page, 'stats').waitFor();
    await digits(page).waitFor();
    const figures = await layer(page, 'stats').innerText();
    await h.becomes(page, 'caches.match("/overlay").then((page) => page !== undefined)');
    await h.becomes(
      page,
      `new Promise((done) => {
      const opened = indexedDB.open('fightjudge');
      opened.onsuccess = () => {
        const asked = opened.result.transaction('kept').objectStore('kept').getAllKeys();
        asked.onsuccess = () => {
          opened.result.close();
          done(asked.result.some((key) => String(key).startsWith('feed|')));
        };
      };
    })`,
    );

    await h.server.kill9();
    const before = await digits(page).innerText();
    // By its anchor the time goes on for a while …
    await expect.poll(() => digits(page).innerText()).not.toBe(before);
    expect(await page.locator('.no-time').count()).toBe(0);
    // … and then gives way to a mark; the figures stay.
    await context.clock.fastForward(20_000);
    await page.locator('.scorebug .no-time').waitFor();
    expect(await digits(page).count()).toBe(0);
    expect(await layer(page, 'stats').innerText()).toBe(figures);

    await page.reload();
    await page.locator('.scorebug .no-time').waitFor();
    expect(await layer(page, 'scorebug').innerText()).toContain('Red Fighter');
    expect(await layer(page, 'stats').innerText()).toBe(figures);
    expect(await digits(page).count()).toBe(0);

    await h.server.restart();
    await digits(page).waitFor({ timeout: 20_000 });
    await h.log(bout, 'fighter2', 'Cross', { significant: true });
    await expect.poll(() => layer(page, 'stats').innerText()).not.toBe(figures);
    await context.close();
  });

  it('holds everything back by the delay of its address, the clock with it', async () => {
    const bout = await h.makeBout('delayed');
    await h.startRound(bout);
    const context = await h.browser.newContext({ viewport: HD });
    await context.clock.install();
    const page = await context.newPage();
    const socket = page.waitForEvent('websocket');
    await page.goto(`${h.server.url}/overlay?bout=${bout}&delay=30000`);
    await (await socket).waitForEvent('framereceived');
    expect(await page.locator('.layer').count()).toBe(0);
    await context.clock.fastForward(31_000);
    await digits(page).waitFor();
    expect(await digits(page).innerText()).toMatch(/^(5:00|4:5\d)$/);
    await context.close();
  });

  it('follows the card’s current bout, and never shows a result over the next one', async () => {
    const card = await h.makeCard('night');
    const supervisor = await h.mint('supervisor', 'supervisor_1');
    const facts = { card_id: card, release_policy: OPEN };
    const first = await h.makeBout('night_1', { ...facts, fighter1: { name: 'First Red' } });
    const second = await h.makeBout('night_2', { ...facts, fighter1: { name: 'Second Red' } });
    const setCurrent = async (bout_id: string) => await h.post(`/api/cards/${card}/current`, supervisor, { bout_id });
    await setCurrent(first);
    await h.startRound(first);
    const context = await h.browser.newContext({ viewport: HD });
    await context.clock.install();
    const page = await context.newPage();
    const token = await h.mint('broadcaster', 'gallery_1', { card_id: card });
    await page.goto(`${h.server.url}/overlay?layers=scorebug,result,winner#token=${token}`);
    await layer(page, 'scorebug').getByText('First Red').waitFor();
    await endRound(first);
    await score(first, 1, [
      [10, 9],
      [10, 9],
      [10, 9],
    ]);
    await makeOfficial(first);
    await layer(page, 'result').getByText('First Red wins').waitFor();
    await page.evaluate(`(() => {
      window.mixed = 0;
      new MutationObserver(() => {
        const text = document.body.textContent;
        if (text.includes('Second Red') && text.includes('First Red')) window.mixed += 1;
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    })()`);
    await setCurrent(second);
    await context.clock.fastForward(5_000);
    await layer(page, 'scorebug').getByText('Second Red').waitFor();
    expect(await layer(page, 'result').count()).toBe(0);
    expect(await page.evaluate('window.mixed')).toBe(0);
    await context.close();
  });

  it('chooses the board of the hall by itself and by key, and passes axe at every size', async () => {
    const bout = await h.makeBout('hall', { release_policy: OPEN });
    await describeFighters(bout);
    const { page, errors, close } = await h.visit(`/arena?bout=${bout}`, { viewport: FULL_HD });
    const board = (name: string) => page.locator(`.arena[data-board="${name}"]`);
    await board('tale').waitFor();
    await h.shot(page, 'arena-tale');
    await h.startRound(bout);
    await board('live').waitFor();
    await h.log(bout, 'fighter1', 'Jab', { significant: true });
    await page.locator('.live-total').first().getByText('0.1').waitFor();
    expect(await h.axe(page)).toEqual([]);
    await h.shot(page, 'arena-live');
    expect(await page.locator('.live-figure').first().innerText()).toMatch(/^Statistics, round 1\s+0\.1/);
    const result = page.locator('.controls button', { hasText: 'Result' });
    expect(await result.innerText()).toContain('not yet');
    await page.keyboard.press('5');
    await board('standby').waitFor();
    await h.shot(page, 'arena-standby');
    await page.keyboard.press('2');
    await board('tale').waitFor();
    await page.keyboard.press('0');
    await board('live').waitFor();
    await endRound(bout);
    await score(bout, 1, [
      [10, 9],
      [9, 10],
      [9, 10],
    ]);
    await board('winner').getByText('wins round 1').waitFor();
    await h.shot(page, 'arena-winner');
    await makeOfficial(bout);
    await board('result').getByText('Blue Fighter wins').waitFor();
    expect(await result.innerText()).not.toContain('not yet');
    await page.locator('.score-list').waitFor();
    expect(await h.axe(page)).toEqual([]);
    await h.shot(page, 'arena-result');
    for (const viewport of [HD, PHONE, TABLET]) {
      await page.setViewportSize(viewport);
      expect(await h.overflow(page)).toBeLessThanOrEqual(0);
    }
    expect(errors).toEqual([]);
    await close();
  });

  it('gives commentators the figures by round as they come, without a finding of axe, at every size', async () => {
    const bout = await h.makeBout('desk', { release_policy: OPEN });
    await describeFighters(bout);
    await h.startRound(bout);
    const jab = await h.log(bout, 'fighter1', 'Jab', { significant: true, target: 'head' });
    const { page, errors, close } = await h.visit(`/commentary?bout=${bout}`);
    const cells = (row: string) =>
      page.locator('.figures tr', { has: page.locator(`th:text-is("${row}")`) }).locator('td');
    const expectRow = async (row: string, values: readonly string[]): Promise<void> => {
      await expect.poll(() => cells(row).allInnerTexts(), { timeout: 10_000 }).toEqual(values);
    };
    await expectRow('Significant strikes', ['1', '0']);
    await expectRow('to the head', ['1', '0']);
    await h.log(bout, 'fighter2', 'Takedown Landed');
    await h.log(bout, 'fighter1', 'Takedown Stuffed');
    await expectRow('Takedowns', ['0 of 0', '1 of 2']);
    await h.log(bout, 'fighter2', 'KD', { tier: 'Flash' });
    await page.locator('.moments').getByText('awaiting the referee').waitFor();
    await h.post('/api/events/v2/void', await h.mint('supervisor', 'supervisor_1'), {
      bout_id: bout,
      target_event_id: jab,
      reason: 'mistaken',
    });
    await expectRow('Significant strikes', ['0', '0']);
    await page.locator('.headline-rules').getByText('10–10 is a score').waitFor();
    await page.locator('.fighters img').waitFor();
    await endRound(bout);
    await score(bout, 1, [
      [9, 10],
      [9, 10],
      [9, 10],
    ]);
    await page.locator('.cards').getByText('9–10').first().waitFor();
    for (const [name, viewport, colorScheme] of [
      ['desktop', { width: 1440, height: 900 }, 'dark'],
      ['tablet', TABLET, 'light'],
      ['phone', PHONE, 'dark'],
    ] as const) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      expect(await h.overflow(page)).toBeLessThanOrEqual(0);
      expect(await h.axe(page)).toEqual([]);
      await h.shot(page, `commentary-${name}`);
    }
    expect(errors).toEqual([]);
    await close();
  });
});
