import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { DESKTOP, PHONE, TABLET, useHarness } from './harness.ts';

const h = useHarness();
const LENGTH_S = 120;

type Tap = readonly [clockS: number, fighter: 'fighter1' | 'fighter2', type: string, metadata?: object];

/** Logs actions at seconds of the round; gives their ids. */
async function tap(bout: string, taps: readonly Tap[]): Promise<string[]> {
  const operator = await h.mint('operator', 'operator_1');
  const ids: string[] = [];
  for (const [clockS, fighter_id, event_type, metadata = {}] of taps) {
    const { event_id } = await h.post('/api/events/v2/log', operator, {
      bout_id: bout,
      round_id: 1,
      judge_id: 'operator_1',
      fighter_id,
      event_type,
      timestamp_ms: Date.now() + ids.length * 20,
      device_id: 'device_1',
      clock_ms: clockS * 1_000,
      metadata,
    });
    ids.push(String(event_id));
  }
  return ids;
}

async function clock(bout: string, action: string, more: object = {}): Promise<void> {
  const timekeeper = await h.mint('timekeeper', 'timekeeper_1');
  await h.post(`/api/bouts/${bout}/clock`, timekeeper, { action, round_id: 1, ...more });
}

/** A round of two minutes that has run for 100 s: a jab, a cross that is undone, a knockdown. */
async function makeRound(id: string, more: object = {}): Promise<string> {
  const bout = await h.makeBout(id, { round_length_s: LENGTH_S, simulated: true, ...more });
  await h.startRound(bout);
  await clock(bout, 'adjust', { elapsed_ms: 100_000, reason: 'set for a test' });
  const [, cross = ''] = await tap(bout, [
    [10.5, 'fighter1', 'Jab', { significant: true }],
    [20.2, 'fighter2', 'Cross', { significant: true }],
    [61, 'fighter1', 'KD', { tier: 'Hard' }],
  ]);
  const operator = await h.mint('operator', 'operator_1');
  await h.post('/api/events/v2/void', operator, { bout_id: bout, target_event_id: cross, reason: 'mistaken' });
  return bout;
}

async function total(page: Page): Promise<readonly string[]> {
  return await page.locator('.replay-totals tr.weighted_score .value').allInnerTexts();
}

async function left(page: Page): Promise<string> {
  return await page.locator('.replay-left').innerText();
}

describe('the replay', () => {
  it('is scrubbed second by second with the keyboard, in a round of any length, from the second of its address', async () => {
    const bout = await makeRound('scrubbed');
    await clock(bout, 'end_round');
    const supervisor = await h.mint('supervisor', 'supervisor_1');
    const { page, errors, close } = await h.visit(`/replay?bout=${bout}&round=1&t=11#token=${supervisor}`);
    await expect.poll(() => total(page)).toEqual(['0.10', '0.00']);
    expect(await left(page)).toBe('1:49');
    const slider = page.getByRole('slider', { name: 'Second of the round' });
    await slider.focus();
    await page.keyboard.press('ArrowLeft');
    expect(await left(page)).toBe('1:50');
    expect(await total(page)).toEqual(['0.00', '0.00']);
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await left(page)).toBe('1:39');
    const lines = page.locator('.replay-actions .action');
    // The undone cross is there with its word, and stands in no total.
    expect(await lines.first().innerText()).toMatch(/1:40\s+Blue\s+Cross\s+Voided/);
    expect(await lines.first().locator('s').innerText()).toBe('Cross');
    expect(await lines.count()).toBe(2);
    expect(await total(page)).toEqual(['0.10', '0.00']);
    // The round was ended at 100 s: there is nothing to see beyond.
    await page.keyboard.press('End');
    expect(await left(page)).toMatch(/^0:(19|20)$/);
    expect(await total(page)).toEqual(['0.80', '0.00']);
    await page.keyboard.press('Home');
    expect(await total(page)).toEqual(['0.00', '0.00']);
    expect(await slider.getAttribute('aria-valuetext')).toBe('0:00 elapsed, 2:00 left');

    await page.getByRole('radio', { name: '4×' }).check();
    await slider.focus();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await expect.poll(() => total(page), { timeout: 10_000 }).toEqual(['0.10', '0.00']);
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Play' }).waitFor();
    await page.locator('.replay-moments .jump').click();
    expect(await left(page)).toBe('0:58');
    await expect.poll(() => new URL(page.url()).searchParams.get('t')).toBe('62');
    expect(await page.locator('.lane .mark').count()).toBe(3);
    expect(await page.locator('.lane .mark.moment').count()).toBe(1);
    expect(await page.locator('.lane .mark.hollow').count()).toBe(1);
    await page.reload();
    await expect.poll(() => left(page)).toBe('0:58');
    expect(errors).toEqual([]);
    await close();
  });

  it('follows a round that goes on, until a hand takes the slider', async () => {
    const bout = await makeRound('followed');
    const { page, errors, close } = await h.visit(`/replay?bout=${bout}`);
    const judging: string[] = [];
    page.on('request', (request) => {
      if (/\/(recommendations|scorecards)$/.test(request.url())) judging.push(request.url());
    });
    const follow = page.getByRole('button', { name: /Follow/ });
    await expect.poll(() => follow.getAttribute('aria-pressed')).toBe('true');
    await expect.poll(() => total(page)).toEqual(['0.80', '0.00']);
    await tap(bout, [[99, 'fighter2', 'Hook', { significant: true }]]);
    await page.locator('.replay-actions .action', { hasText: 'Hook' }).waitFor();
    const before = await left(page);
    await expect.poll(() => left(page)).not.toBe(before);
    await page.getByRole('button', { name: 'Back 10 s' }).click();
    expect(await follow.getAttribute('aria-pressed')).toBe('false');
    const stands = await left(page);
    await tap(bout, [[100, 'fighter1', 'Uppercut']]);
    await expect.poll(() => page.locator('.count').innerText()).toMatch(/of 5$/);
    expect(await left(page)).toBe(stands);
    await follow.click();
    await page.locator('.replay-actions .action', { hasText: 'Uppercut' }).waitFor();
    // Asked for with the first look at most, and not with every action; the recommendation is not the public's.
    expect(judging.filter((url) => url.endsWith('/recommendations'))).toEqual([]);
    expect(judging.length).toBeLessThanOrEqual(1);
    expect(errors).toEqual([]);
    await close();
  });

  it('shows a judge nothing before the own scorecard, and then the recommendation beside it by policy', async () => {
    const everybody = { statistics: 'public', scorecards: 'public', recommendation: 'public' };
    const bout = await makeRound('sealed', { release_policy: everybody });
    await clock(bout, 'end_round');
    const judge = await h.mint('judge', 'judge_1', { judge_id: 'JUDGE001' });
    const { page, close } = await h.visit(`/replay?bout=${bout}&round=1#token=${judge}`);
    await page.getByRole('heading', { name: 'Your own scorecard comes first' }).waitFor();
    expect(await page.locator('main').innerText()).not.toContain('Jab');
    await h.post(`/api/bouts/${bout}/scorecards`, judge, { judge_id: 'JUDGE001', round_id: 1, red: 10, blue: 8 });
    await page.locator('.replay-totals').waitFor();
    await expect.poll(() => page.locator('.seat').first().innerText()).toMatch(/First Judge\s+Red\s+10–8/);
    expect(await page.locator('.recommendation').innerText()).toMatch(/Statistics[^]*Probability/);
    await close();
  });

  it('says what is not open, what does not exist, and what has not begun', async () => {
    const nobody = { statistics: 'commission', scorecards: 'commission', recommendation: 'commission' };
    const closed = await h.visit(`/replay?bout=${await makeRound('kept', { release_policy: nobody })}`);
    await closed.page.getByRole('heading', { name: 'This bout is not open to you' }).waitFor();
    await closed.close();
    const unknown = await h.visit('/replay?bout=nobody');
    await unknown.page.getByRole('heading', { name: 'There is no such bout' }).waitFor();
    await unknown.close();
    const bout = await h.makeBout('unbegun');
    const early = await h.visit(`/replay?bout=${bout}&round=3`);
    await early.page.getByRole('heading', { name: 'This round has not begun' }).waitFor();
    await early.close();
    const beyond = await h.visit(`/replay?bout=${bout}&round=9`);
    await beyond.page.getByRole('heading', { name: 'There is no such round' }).waitFor();
    await beyond.close();
  });

  it('keeps what it showed while the server is down, and goes on with it', async () => {
    const bout = await makeRound('outage');
    await clock(bout, 'end_round');
    const { page, errors, close } = await h.visit(`/replay?bout=${bout}&t=50`);
    await expect.poll(() => total(page)).toEqual(['0.10', '0.00']);
    await h.server.kill9();
    await page.locator('.connection[data-state="reconnecting"]').waitFor({ timeout: 20_000 });
    expect(await total(page)).toEqual(['0.10', '0.00']);
    await h.server.restart();
    await page.locator('.connection[data-state="live"]').waitFor({ timeout: 20_000 });
    await tap(bout, [[30, 'fighter2', 'Jab', { significant: true }]]);
    await expect.poll(() => total(page), { timeout: 10_000 }).toEqual(['0.10', '0.10']);
    expect(errors).toEqual([]);
    await close();
  });

  it('fits every size in dark and light without a finding of axe', async () => {
    const bout = await makeRound('looks');
    const supervisor = await h.mint('supervisor', 'supervisor_1');
    for (const viewport of [PHONE, TABLET, DESKTOP, { width: 360, height: 640 }]) {
      const colorScheme = viewport === TABLET ? 'light' : 'dark';
      const { page, close } = await h.visit(`/replay?bout=${bout}#token=${supervisor}`, { viewport, colorScheme });
      await page.locator('.replay-grid[aria-busy="false"]').waitFor();
      expect(await h.overflow(page)).toBeLessThanOrEqual(0);
      expect(await h.axe(page)).toEqual([]);
      await h.shot(page, `replay-${viewport.width}-${colorScheme}`);
      await close();
    }
  });
});
