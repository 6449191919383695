import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { isBag } from '../../public/shared/wire/decode.ts';
import { DESKTOP, PHONE, TABLET, useHarness, type Visit } from './harness.ts';

const PATIENT = { timeout: 10_000 };

describe('the supervisor’s running bout', () => {
  const h = useHarness();

  async function open(bout: string, token: string, options = {}): Promise<Visit> {
    const visit = await h.visit(`/supervisor?bout=${bout}&view=bout#token=${token}`, options);
    await visit.page.locator('.connection[data-state="live"]').waitFor({ timeout: 20_000 });
    return visit;
  }

  const status = (page: Page, word: string) => page.locator(`.desk-status[data-status="${word}"]`);
  const press = async (page: Page, name: string) => await page.getByRole('button', { name, exact: true }).click();
  const summary = (page: Page, text: string) => page.locator('summary', { hasText: text });

  async function entries(bout: string, kind: string): Promise<number> {
    const token = await h.mint('supervisor', 'reader');
    const { rulings } = await h.get(`/api/bouts/${bout}/scorecards`, token);
    return Array.isArray(rulings) ? rulings.filter((one) => isBag(one) && one.kind === kind).length : 0;
  }

  async function score(bout: string, round: number): Promise<void> {
    for (const seat of ['JUDGE001', 'JUDGE002', 'JUDGE003']) {
      const token = await h.mint('judge', seat.toLowerCase(), { judge_id: seat });
      await h.post(`/api/bouts/${bout}/scorecards`, token, { judge_id: seat, round_id: round, red: 10, blue: 9 });
    }
  }

  it('takes a round from its first bell to its lock, and the bout to its official result', async () => {
    const bout = await h.makeBout('desk_whole', { scheduled_rounds: 1 });
    const { page, errors, close } = await open(bout, await h.mint('supervisor', 'first'));

    // By the keys alone: N asks, Enter starts; Space stops, at once again is a slip of the finger.
    await status(page, 'NOT_STARTED').waitFor();
    await page.keyboard.press('n');
    await page.getByText('Start round 1? Enter does it').waitFor();
    await page.keyboard.press('Enter');
    await status(page, 'IN_PROGRESS').waitFor();
    await page.getByText(/^Recorded: Start round 1/).waitFor();
    await h.log(bout, 'fighter1', 'KD', { tier: 'Hard' });
    await page.locator('.pending.red').waitFor();
    // Two at once are one press and a slip of the finger; so are two right after the bell.
    const twice = "document.body.dispatchEvent(new KeyboardEvent('keydown', { code: 'Space', bubbles: true }));";
    await expect
      .poll(async () => {
        await page.evaluate(twice + twice);
        return await status(page, 'PAUSED').count();
      }, PATIENT)
      .toBe(1);
    await page.getByText(/^Recorded: Stop time/).waitFor();
    expect(await page.locator('.press-line.refused').count()).toBe(0);
    await expect
      .poll(async () => {
        await page
          .getByRole('button', { name: 'Resume', exact: true })
          .click({ timeout: 500 })
          .catch(() => undefined);
        return await status(page, 'IN_PROGRESS').count();
      }, PATIENT)
      .toBe(1);

    await press(page, 'Knockdown');
    await page.getByText('No knockdown waits for a ruling.').waitFor();
    await page.locator('.ruling-line', { hasText: 'Knockdown scored by Red' }).waitFor();

    await summary(page, 'Foul, warning, deduction').click();
    const foul = page.locator('details.ruling-part', { hasText: 'Foul, warning, deduction' });
    await press(page, 'Record');
    await foul.getByText('Say whether it was meant.').waitFor();
    await foul.getByLabel('Foul', { exact: true }).selectOption('groin');
    await foul.getByRole('radio', { name: /Blue/ }).check();
    await foul.getByRole('radio', { name: 'Intentional' }).check();
    await foul.getByRole('radio', { name: '1 point taken' }).check();
    await press(page, 'Record');
    const deduction = page.locator('.ruling-line', { hasText: '1 point taken from Blue' });
    await deduction.waitFor();
    expect(await deduction.innerText()).toContain('Not yet told: JUDGE001, JUDGE002, JUDGE003.');

    await h.shot(page, 'desk-foul');
    // Wrongly called: rescinded with a reason, and it stays in the list.
    await page.getByLabel('Rescind: 1 point taken from Blue').click();
    await press(page, 'Rescind this ruling');
    await deduction.getByText('Say why.').waitFor();
    await deduction.getByLabel('Reason').fill('it was no foul');
    await press(page, 'Rescind this ruling');
    await deduction.getByText('Rescinded', { exact: true }).waitFor();

    await page.keyboard.press('Escape');
    await press(page, 'End round');
    await status(page, 'ENDED').waitFor();
    await score(bout, 1);
    await expect.poll(() => page.locator('.cell.submitted').count(), PATIENT).toBe(3);

    await page.locator('.finding.is-critical', { hasText: 'Too few actions.' }).waitFor();
    await h.shot(page, 'desk-findings');
    await press(page, 'Lock round 1 all the same');
    await page.locator('.findings-panel').getByText('Say why.').waitFor();
    await page.getByLabel('Why it is locked all the same').fill('stopped early for the test');
    await press(page, 'Lock round 1 all the same');
    await page.getByText('The statistics of this round are locked.').waitFor();

    await page.locator('.cell[data-seat="JUDGE002"][data-round="1"]').click();
    await page.getByLabel('Why it is reopened').fill('the corners were mixed up');
    await press(page, 'Reopen');
    await page.locator('.cell.open[data-seat="JUDGE002"]').waitFor();
    await page.getByText('Before: 10–9').waitFor();
    const judge = await h.mint('judge', 'judge002', { judge_id: 'JUDGE002' });
    await h.post(`/api/bouts/${bout}/scorecards`, judge, { judge_id: 'JUDGE002', round_id: 1, red: 9, blue: 10 });
    await page.locator('.cell.submitted[data-seat="JUDGE002"]', { hasText: '9–10' }).waitFor();
    await h.shot(page, 'desk-reopened');

    await page.locator('.computed', { hasText: 'Red Fighter: Decision, split' }).waitFor();
    expect(await page.getByText('End the bout without them').count()).toBe(0);
    await press(page, 'Propose this result');
    await page.locator('.propose .fate', { hasText: 'Not signed by' }).waitFor();
    await page.getByLabel('Reason (where one is needed)').fill('the judges have left');
    await press(page, 'Propose this result');
    await page.getByText('Your own proposal: another person must confirm it.').waitFor();
    expect(await page.getByRole('button', { name: /Confirm this result/ }).count()).toBe(0);
    expect(await page.locator('.tab-waits').count()).toBe(0);

    const second = await open(bout, await h.mint('supervisor', 'second'), { viewport: { width: 1366, height: 768 } });
    const proposal = second.page.getByRole('group', { name: 'Proposed result' });
    await proposal.getByText('Red Fighter: Decision, split').waitFor();
    await proposal.getByText(/Proposed by first, entry \d+/).waitFor();
    await proposal.getByText('“the judges have left”').waitFor();
    await second.page.getByRole('tab', { name: 'Running bout Confirm' }).waitFor();
    await second.page.locator('.result-line', { hasText: 'Result: Red Fighter: Decision, split' }).waitFor();
    const confirm = proposal.getByRole('button', { name: /Confirm this result/ });
    const box = await confirm.boundingBox();
    expect(box === null ? null : box.y + box.height).toBeLessThan(768);
    await h.shot(second.page, 'desk-proposed');
    for (const width of [360, 390, 440]) {
      await second.page.setViewportSize({ width, height: 844 });
      expect(await badgeRoom(second.page), `${width}`).toEqual({ overBar: false, overWords: false, isLarge: true });
    }
    await second.page.setViewportSize({ width: 1366, height: 768 });
    await press(second.page, 'Go to it');
    expect(await proposal.evaluate((group) => group === document.activeElement)).toBe(true);
    await confirm.click();
    await second.page.locator('.result-official', { hasText: 'Red Fighter: Decision, split' }).waitFor();
    await page.locator('.result-official', { hasText: 'Red Fighter: Decision, split' }).waitFor();
    await status(page, 'FINAL').waitFor();
    const result = page.locator('.result-panel');
    await result.getByText(/^Proposed by first, entry \d+$/).waitFor();
    await result.getByText(/^Confirmed by second, entry \d+$/).waitFor();
    expect(await result.locator('.result-totals li').allInnerTexts()).toHaveLength(3);
    // Nothing is offered that the server would refuse.
    for (const said of ['Rescind', 'Foul, warning, deduction', 'Stoppage of the bout', 'Adjust the clock']) {
      expect(await summary(page, said).count(), said).toBe(0);
    }
    expect(await page.locator('.lock').count()).toBe(0);
    expect(await h.axe(page)).toEqual([]);

    await page.locator('.log-filter').getByRole('button', { name: 'Rulings' }).click();
    await page.locator('.log-line.voided', { hasText: 'Deduction' }).waitFor();
    await press(page, 'Check the hash chain to round 1');
    await page.getByText(/^Hash chain intact/).waitFor();
    expect([...errors, ...second.errors]).toEqual([]);
    await second.close();
    await close();
  });

  it('keeps a press while the server is gone, shows it as not confirmed, and delivers it once', async () => {
    const bout = await h.makeBout('desk_killed');
    await h.startRound(bout);
    const { page, errors, close } = await open(bout, await h.mint('supervisor', 'first'), { serviceWorkers: 'block' });
    await status(page, 'IN_PROGRESS').waitFor();
    await h.server.kill9();
    await press(page, 'Stop time');
    await status(page, 'PAUSED').waitFor();
    await page.locator('.desk-mark', { hasText: 'Not yet confirmed' }).waitFor();
    const stands = await page.locator('.desk-clock').innerText();
    await summary(page, 'A knockdown that nobody logged').click();
    const unlogged = page.locator('details', { hasText: 'A knockdown that nobody logged' });
    await unlogged.getByRole('radio', { name: /Blue/ }).check();
    await press(page, 'Record knockdown');
    await page.getByText(/^Not yet confirmed: Knockdown scored by Blue/).waitFor();
    await h.server.restart();
    await page.getByText(/^Recorded: Stop time/).waitFor({ timeout: 20_000 });
    await page.locator('.ruling-line', { hasText: 'Knockdown scored by Blue' }).waitFor({ timeout: 20_000 });
    await expect.poll(() => page.locator('.desk-mark').innerText(), PATIENT).toBe('');
    // The moment of the press counts, not that of the delivery.
    expect(await page.locator('.desk-clock').innerText()).toBe(stands);
    expect(await entries(bout, 'knockdown')).toBe(1);

    // The answer is lost on its way: the same press is sent again and is the same press. A mouse has left the focus on
    // a tab, and Space is the clock's all the same.
    let asked = 0;
    await page.route('**/clock', async (route) => {
      asked += 1;
      if (asked > 1) return await route.continue();
      await route.fetch();
      await route.abort();
    });
    await page.getByRole('tab', { name: 'Running bout' }).click();
    await page.keyboard.press('Space');
    await page.getByText(/^Recorded: Resume round 1/).waitFor({ timeout: 20_000 });
    expect(asked).toBe(2);
    await page.locator('.log-filter').getByRole('button', { name: 'Clock' }).click();
    expect(await page.locator('.log-line', { hasText: 'Time resumes' }).count()).toBe(1);
    expect(await page.locator('.log-line', { hasText: 'Time stopped' }).count()).toBe(1);

    // A command whose answer somebody waits for, likewise.
    await press(page, 'End round');
    await status(page, 'ENDED').waitFor();
    let locks = 0;
    await page.route('**/lock-round', async (route) => {
      locks += 1;
      if (locks > 1) return await route.continue();
      await route.fetch();
      await route.abort();
    });
    await page.getByLabel('Why it is locked all the same').fill('for the test');
    await press(page, 'Lock round 1 all the same');
    await page.getByText('The statistics of this round are locked.').waitFor();
    await expect.poll(() => locks, PATIENT).toBe(2);
    await page.locator('.findings-panel .fate.done').waitFor();
    expect(errors).toEqual([]);
    await close();
  });

  it('takes two quick presses for one, says what goes out, and starts a clock that actions came before', async () => {
    const judges = ['JUDGE001', 'JUDGE002', 'JUDGE003', 'JUDGE004', 'JUDGE005'];
    const bout = await h.makeBout('desk_quick', {
      scheduled_rounds: 12,
      judges: judges.map((seat) => ({ judge_id: seat, judge_name: `Judge of ${seat}` })),
    });
    const { page, errors, close } = await open(bout, await h.mint('supervisor', 'first'));
    await status(page, 'NOT_STARTED').waitFor();
    await h.log(bout, 'fighter1', 'Jab');
    await page.locator('.desk-mark', { hasText: 'Logged before the bell' }).waitFor();
    await page.keyboard.press('n');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Stop time' }).waitFor();
    await page.getByText(/^Recorded: Start round 1/).waitFor();

    await h.log(bout, 'fighter1', 'KD', { tier: 'Hard' });
    await h.log(bout, 'fighter2', 'KD', { tier: 'Hard' });
    await page.locator('.pending').nth(1).waitFor();
    await page.getByRole('button', { name: 'Knockdown', exact: true }).first().dblclick();
    await page.locator('.ruling-line', { hasText: 'Knockdown scored by' }).waitFor();
    expect(await page.locator('.pending').count()).toBe(1);
    await summary(page, 'Replay review').click();
    const review = page.locator('details.ruling-part', { hasText: 'Replay review' });
    await review.getByLabel('Where in the footage').fill('0:12:34');
    await review.getByRole('radio', { name: 'Upheld' }).check();
    await review.getByRole('button', { name: 'Record review' }).dblclick();
    await page.locator('.ruling-line', { hasText: 'Replay review' }).waitFor();

    // A winner who was chosen before another way of ending has none of it.
    await summary(page, 'Stoppage of the bout').click();
    const stoppage = page.locator('details.ruling-part', { hasText: 'Stoppage of the bout' });
    await stoppage.getByRole('radio', { name: 'Technical knockout' }).check();
    await stoppage.getByRole('radio', { name: /Red/ }).check();
    await stoppage.getByRole('radio', { name: 'No contest' }).check();
    await press(page, 'Review');
    expect(await stoppage.locator('.review-what').innerText()).toMatch(/^Round 1: No contest, official time 0:\d\d$/);
    await stoppage.getByRole('button', { name: 'Stop the bout' }).dblclick();
    await page.getByRole('button', { name: 'Bout stopped' }).waitFor();
    // A mouse has left the focus on it, and there is no clock that Space could be for.
    await summary(page, 'Replay review').click();
    await page.keyboard.press('Space');
    await page.keyboard.press('Space');
    await page.keyboard.press('Space');
    expect(await review.getAttribute('open')).toBeNull();
    expect(await entries(bout, 'knockdown')).toBe(1);
    expect(await entries(bout, 'replay_review')).toBe(1);
    expect(await page.locator('.press-line.refused').count()).toBe(0);
    for (const viewport of [PHONE, TABLET]) {
      await page.setViewportSize(viewport);
      expect(await h.overflow(page)).toBeLessThanOrEqual(0);
    }
    expect(errors).toEqual([]);
    await close();
  });

  it('shows a refusal at its place, and the timekeeper the clock alone, the referee the rulings alone', async () => {
    const bout = await h.makeBout('desk_roles');
    const clock = await open(bout, await h.mint('timekeeper', 'timer'), { viewport: PHONE });
    await status(clock.page, 'NOT_STARTED').waitFor();
    expect(await clock.page.locator('.desk .panel').count()).toBe(2);
    expect(await clock.page.getByText('Rulings').count()).toBe(0);
    await press(clock.page, 'Start round 1');
    await status(clock.page, 'IN_PROGRESS').waitFor();
    await clock.page.getByText('timer (timekeeper)').waitFor();
    await h.shot(clock.page, 'clock-phone');
    expect(await h.overflow(clock.page)).toBeLessThanOrEqual(0);
    expect(await h.axe(clock.page)).toEqual([]);

    const rulings = await open(bout, await h.mint('referee', 'ref'), { viewport: TABLET });
    await rulings.page.getByRole('heading', { name: 'Rulings', exact: true }).waitFor();
    expect(await rulings.page.locator('.desk-clock').count()).toBe(0);
    await summary(rulings.page, 'Stoppage of the bout').click();
    const stoppage = rulings.page.locator('details.ruling-part', { hasText: 'Stoppage of the bout' });
    await stoppage.getByRole('radio', { name: 'Technical knockout' }).check();
    await stoppage.getByRole('radio', { name: /Red/ }).check();
    await stoppage.getByLabel('Official time, elapsed in the round').fill('4:59');
    await press(rulings.page, 'Review');
    await press(rulings.page, 'Stop the bout');
    // Beyond what the clock has shown: the server wants a note, and what it says stands where it was pressed.
    await stoppage.getByText(/Refused:/).waitFor();
    await stoppage.getByText(/a later time needs a note/).waitFor();
    await h.shot(rulings.page, 'rulings-tablet');
    expect(await h.axe(rulings.page)).toEqual([]);
    await stoppage.getByRole('button', { name: 'Correct it' }).click();
    await expect.poll(() => stoppage.getByText(/Refused:/).count(), PATIENT).toBe(0);
    expect(await stoppage.getByRole('radio', { name: 'Technical knockout' }).isChecked()).toBe(true);
    expect(await stoppage.getByLabel('Official time, elapsed in the round').inputValue()).toBe('4:59');
    await stoppage.getByLabel('Official time, elapsed in the round').fill('');
    await press(rulings.page, 'Review');
    await press(rulings.page, 'Stop the bout');
    await clock.page.getByRole('button', { name: 'Bout stopped' }).waitFor();
    expect([...clock.errors, ...rulings.errors]).toEqual([]);
    await clock.close();
    await rulings.close();
  });

  it('makes no decision of a part of the bout by one press, and shows what keys ask for where the clock is out of sight', async () => {
    const bout = await h.makeBout('desk_part');
    const small = { viewport: { width: 1280, height: 500 } };
    const { page, errors, close } = await open(bout, await h.mint('supervisor', 'first'), small);
    await status(page, 'NOT_STARTED').waitFor();
    await page.evaluate('scrollTo(0, document.body.scrollHeight)');
    const strip = page.locator('.clock-strip');
    await strip.getByText(/^R1 · 5:00/).waitFor();
    await page.keyboard.press('n');
    await strip.getByText('Start round 1? Enter does it').waitFor();
    await h.shot(page, 'desk-strip');
    await page.keyboard.press('Enter');
    await strip.getByText(/^Recorded: Start round 1/).waitFor();
    await page.keyboard.press('e');
    await page.keyboard.press('Enter');
    await strip.getByText(/^Recorded: End round 1/).waitFor();
    await score(bout, 1);
    await page.getByText('Rounds 2 and 3 have not been fought.').waitFor();
    expect(await page.getByText('Red Fighter: Decision, unanimous').isVisible()).toBe(false);
    expect(await page.getByRole('button', { name: /^Propose/ }).count()).toBe(0);
    await page.getByText('A round that is ended before its time').waitFor();
    await summary(page, 'End the bout without them').click();
    await page.locator('.computed', { hasText: 'Red Fighter: Decision, unanimous' }).waitFor();
    await press(page, 'Propose this result all the same');
    await page.locator('.result-panel').getByText('Say why.').waitFor();
    await page.getByLabel('Why the bout ends without them').fill('the ring is broken');
    await press(page, 'Propose this result all the same');
    const proposal = page.getByRole('group', { name: 'Proposed result' });
    await proposal.getByText('Rounds 2 and 3 have not been fought.').waitFor();
    await proposal.getByText('“the ring is broken”').waitFor();
    await h.shot(page, 'desk-part');
    expect(errors).toEqual([]);
    await close();
  });

  it('enters a paper scorecard with a second person, and fits every screen without a finding of axe', async () => {
    const bout = await h.makeBout('desk_looks');
    await h.startRound(bout);
    for (const type of ['Cross', 'Jab', 'Takedown Landed', 'Cross']) {
      await h.log(bout, 'fighter1', type, { significant: true });
    }
    await h.log(bout, 'fighter2', 'KD', { tier: 'Near-Finish' });
    const first = await open(bout, await h.mint('supervisor', 'first'));
    await first.page.locator('.cell[data-seat="JUDGE003"][data-round="1"]').click();
    await first.page.getByLabel('Red corner').fill('9');
    await first.page.getByLabel('Blue corner').fill('10');
    await first.page.locator('.card-detail').getByLabel('Reason').fill('the tablet is broken');
    await press(first.page, 'Propose the paper scorecard');
    await first.page.locator('.proposal', { hasText: 'Your own proposal' }).waitFor();
    await first.close();
    const { page, errors, close } = await open(bout, await h.mint('admin', 'second'));
    await page.locator('.pending.blue').waitFor();
    await page.locator('.advice-card').waitFor();
    await page.locator('.proposal', { hasText: 'Paper scorecard of JUDGE003, round 1: red 9, blue 10' }).waitFor();
    for (const viewport of [PHONE, TABLET, DESKTOP]) {
      await page.setViewportSize(viewport);
      expect(await h.overflow(page)).toBeLessThanOrEqual(0);
      for (const colorScheme of ['dark', 'light'] as const) {
        await page.emulateMedia({ colorScheme });
        // What is laid out anew is looked at once, and both schemes where everything is in sight.
        if (viewport === DESKTOP || colorScheme === 'dark') expect(await h.axe(page)).toEqual([]);
        await h.shot(page, `desk-${viewport.width}-${colorScheme}`);
      }
    }
    await page.locator('.proposal').getByRole('button', { name: 'Confirm', exact: true }).click();
    await page.locator('.cell.submitted[data-seat="JUDGE003"]', { hasText: '9–10' }).waitFor();
    await page.locator('.cell.submitted', { hasText: 'paper' }).waitFor();
    expect(errors).toEqual([]);
    await close();
  });
});

/** Whether the badge of the tab covers anything, and whether every tab is large enough for a finger. */
async function badgeRoom(page: Page): Promise<unknown> {
  return await page.evaluate(`(() => {
    const badge = document.querySelector('.tab-waits');
    const words = document.createRange();
    words.setStartBefore(badge.parentElement.firstChild);
    words.setEndBefore(badge);
    const box = badge.getBoundingClientRect();
    return {
      overBar: box.top < document.querySelector('.top').getBoundingClientRect().bottom,
      overWords: box.bottom > words.getBoundingClientRect().top,
      isLarge: [...document.querySelectorAll('.tab')].every((tab) => tab.getBoundingClientRect().height >= 44),
    };
  })()`);
}
