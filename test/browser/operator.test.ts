import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { type Bag, isBag } from '../../public/shared/wire/decode.ts';
import { DESKTOP, PHONE, TABLET, useHarness, type Visit } from './harness.ts';

const h = useHarness();

/** Longer apart than the fingerprint's 10 ms, as any two presses of one finger are. */
const FINGER = { delay: 11 };

const PATIENT = { timeout: 10_000 };

async function open(bout: string, subject: string, more: object = {}, options = {}): Promise<Visit> {
  const token = await h.mint('operator', subject, more);
  const visit = await h.visit(`/operator?bout=${bout}#token=${token}`, options);
  await visit.page.locator('.connection[data-state="live"]').waitFor();
  await visit.page.locator('[data-command="jab"]').waitFor();
  return visit;
}

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key, FINGER);
}

/** The round's actions as the server has them, in order. */
async function recorded(bout: string, round = 1): Promise<readonly Bag[]> {
  const { events } = await h.get(`/api/events/v2/${bout}/${round}`, await h.mint('supervisor', 'reader'));
  return Array.isArray(events) ? events.filter(isBag) : [];
}

async function standing(bout: string): Promise<readonly unknown[]> {
  const events = await recorded(bout);
  return events
    .filter(({ voided }) => voided !== true)
    .map(({ event_type, fighter_id, metadata }) => [event_type, fighter_id, metadata]);
}

/** A tap is on its way through the device's disk and the queue: what stands is asked for until it has arrived. */
async function eventually(bout: string, expected: readonly unknown[]): Promise<void> {
  await expect.poll(async () => await standing(bout), PATIENT).toEqual(expected);
}

/** The types of everything that was logged in a round, also of what was taken back. */
async function eventuallyTypes(bout: string, expected: readonly string[], round = 1): Promise<void> {
  const types = async () => (await recorded(bout, round)).map(({ event_type }) => event_type);
  await expect.poll(types, PATIENT).toEqual(expected);
}

async function allSent(page: Page): Promise<void> {
  await page.locator('.unsent[data-unsent="0"]').waitFor();
}

/** What lies in the device's outbox. */
const OUTBOX = `new Promise((done, fail) => {
  const request = indexedDB.open('fightjudge');
  request.onerror = () => fail(request.error);
  request.onsuccess = () => {
    const all = request.result.transaction('outbox').objectStore('outbox').getAll();
    all.onsuccess = () => { request.result.close(); done(all.result.map(({ eventId }) => eventId)); };
  };
})`;

/** Whether the page lies on the device. */
const PAGE_KEPT = 'caches.match("/operator").then((page) => page !== undefined)';

/** Whether the bout itself lies on the device: it is written down a moment after it was heard. */
const BOUT_KEPT = `new Promise((done) => {
  const request = indexedDB.open('fightjudge');
  request.onsuccess = () => {
    const all = request.result.transaction('kept').objectStore('kept').getAllKeys();
    all.onsuccess = () => { request.result.close(); done(all.result.some((key) => key.startsWith('feed|'))); };
  };
})`;

/** One press, until its line stands on the screen: how long it took, and whether it lay on the device by then. */
const PRESS_AND_SEE = `new Promise((done) => {
  const known = new Set([...document.querySelectorAll('.op-line')].map((line) => line.dataset.event));
  const startedMs = performance.now();
  const look = () => {
    const line = [...document.querySelectorAll('.op-line')].find(({ dataset }) => !known.has(dataset.event));
    if (line === undefined) return;
    observer.disconnect();
    const tookMs = performance.now() - startedMs;
    (${OUTBOX}).then((lying) => done({ tookMs, state: line.dataset.state, kept: lying.includes(line.dataset.event) }));
  };
  const observer = new MutationObserver(look);
  observer.observe(document.body, { childList: true, subtree: true, attributes: true });
  document.body.dispatchEvent(new KeyboardEvent('keydown', { code: 'Digit2', key: '2', bubbles: true, cancelable: true }));
})`;

describe('the operator page', () => {
  it('logs one key as one action, in the words that the key stands for', async () => {
    const bout = await h.makeBout('op_keys');
    await h.startRound(bout);
    const { page, errors, close } = await open(bout, 'op_keys');
    await press(page, '1', 'Shift+Digit2', 'u', '3', 'Tab', '6', 'Shift+Tab', 'u', '7', 'o', '7');
    await press(page, 'ArrowRight', 'q', 'w', 'e', 'r', 'a', 's', 'd', 'v', 'b', 'n', 'm', 'g', 'f', 'Space', '8');
    await press(page, 'F2', 'l', 'Control+1');
    const strike = (position: string, significant = false) => ({ position, significant });
    const stand = { position: 'distance' };
    await eventually(bout, [
      ['Jab', 'fighter1', strike('distance')],
      ['Cross', 'fighter1', strike('distance', true)],
      ['Hook', 'fighter1', { ...strike('distance'), target: 'head' }],
      ['Knee', 'fighter1', strike('clinch')],
      ['Head Kick', 'fighter1', strike('distance')],
      ['Low Kick', 'fighter1', strike('distance')],
      ['Rocked', 'fighter2', stand],
      ['KD', 'fighter2', { ...stand, tier: 'Flash' }],
      ['KD', 'fighter2', { ...stand, tier: 'Hard' }],
      ['KD', 'fighter2', { ...stand, tier: 'Near-Finish' }],
      ['Submission Attempt', 'fighter2', { ...stand, tier: 'Light' }],
      ['Submission Attempt', 'fighter2', { ...stand, tier: 'Deep' }],
      ['Submission Attempt', 'fighter2', { ...stand, tier: 'Near-Finish' }],
      ['Takedown Landed', 'fighter2', stand],
      ['Takedown Stuffed', 'fighter2', stand],
      ['Sweep/Reversal', 'fighter2', {}],
      ['Guard Passing', 'fighter2', {}],
      ['Ground Strike', 'fighter2', { significant: false, tier: 'Solid' }],
      ['Ground Strike', 'fighter2', { significant: false, tier: 'Light' }],
      ['Front Kick', 'fighter2', strike('distance', true)],
    ]);
    const [first] = await recorded(bout);
    expect(first).toMatchObject({ judge_id: 'op_keys', clock_source: 'device', flags: [] });
    expect(errors).toEqual([]);
    await close();
  });

  it('loses none of a burst, and takes a key that is held for one press', async () => {
    const bout = await h.makeBout('op_burst');
    await h.startRound(bout);
    const { page, close } = await open(bout, 'op_burst');
    for (let i = 0; i < 30; i += 1) await press(page, '1');
    await page.keyboard.down('2');
    for (let i = 0; i < 5; i += 1) await page.keyboard.down('2');
    await page.keyboard.up('2');
    // Whatever has the focus, and with two fingers on the glass.
    await page.locator('.op-lines').focus();
    await press(page, '3');
    await page.locator('[data-command="elbow"]').dispatchEvent('pointerdown', { button: 0, pointerId: 1 });
    await page.locator('[data-command="knee"]').dispatchEvent('pointerdown', { button: 0, pointerId: 2 });
    await page.locator('[data-command="knee"]').dispatchEvent('pointerup', { button: 0, pointerId: 2 });
    await page.locator('[data-command="overhand"]').click();
    await eventuallyTypes(bout, [...Array<string>(30).fill('Jab'), 'Cross', 'Hook', 'Elbow', 'Knee', 'Overhand']);
    await close();
  });

  it('takes back and replaces by keys, at the time of the first tap', async () => {
    const bout = await h.makeBout('op_undo');
    await h.startRound(bout);
    const { page, close } = await open(bout, 'op_undo');
    await h.log(bout, 'fighter2', 'Knee');
    await press(page, '1', '2', '3', 'Backspace', 'Backspace');
    await eventuallyTypes(bout, ['Knee', 'Jab', 'Cross', 'Hook']);
    await eventually(bout, [
      ['Knee', 'fighter2', {}],
      ['Jab', 'fighter1', { significant: false, position: 'distance' }],
    ]);
    const [jab] = (await recorded(bout)).filter(({ event_type }) => event_type === 'Jab');
    // The line above is the newest: the voided ones are passed over, and another's cannot be selected.
    await press(page, 'ArrowDown', 'Shift+Digit4');
    await eventually(bout, [
      ['Knee', 'fighter2', {}],
      ['Uppercut', 'fighter1', { significant: true, position: 'distance' }],
    ]);
    await press(page, 'ArrowDown', 'ArrowRight');
    await eventually(bout, [
      ['Knee', 'fighter2', {}],
      ['Uppercut', 'fighter2', { significant: true, position: 'distance' }],
    ]);
    const last = (await recorded(bout)).at(-1);
    expect(last).toMatchObject({ kind: 'replace', clock_ms: jab?.clock_ms, timestamp_ms: jab?.timestamp_ms });
    // The replaced ones have gone into their replacement; what was taken back stays, struck out.
    expect(
      await page.locator('.op-line').evaluateAll((all) => all.map((line) => line.getAttribute('data-voided'))),
    ).toEqual(['true', 'true', 'false']);
    await press(page, 'Backspace', 'Backspace');
    await page.locator('[data-said="refused"]', { hasText: 'nothing to take back' }).waitFor();
    await eventually(bout, [['Knee', 'fighter2', {}]]);
    await close();
  });

  it('keeps what is tapped without a server, through a reload, and brings each of it once', async () => {
    const bout = await h.makeBout('op_offline');
    await h.startRound(bout);
    const { page, context, close } = await open(bout, 'op_offline');
    await expect.poll(async () => await page.evaluate(PAGE_KEPT), PATIENT).toBe(true);
    await expect.poll(async () => await page.evaluate(BOUT_KEPT), PATIENT).toBe(true);
    await h.server.kill9();
    const took: number[] = [];
    for (let i = 0; i < 20; i += 1) {
      const seen: unknown = await page.evaluate(PRESS_AND_SEE);
      expect(seen).toMatchObject({ state: 'unsent', kept: true });
      if (isBag(seen)) took.push(Number(seen.tookMs));
    }
    took.sort((a, b) => a - b);
    console.info(`key to screen: p50 ${took[10]?.toFixed(1)} ms, p95 ${took[18]?.toFixed(1)} ms`);
    await press(page, 'Backspace');
    await page.locator('.unsent[data-unsent="21"]').waitFor();
    await page.reload();
    await page.locator('.unsent[data-unsent="21"]').waitFor();
    await expect.poll(async () => await page.locator('.op-line').count(), PATIENT).toBe(20);
    await press(page, '1');
    await h.server.restart();
    await page.locator('.connection[data-state="live"]').waitFor();
    await eventuallyTypes(bout, [...Array<string>(20).fill('Cross'), 'Jab']);
    await allSent(page);
    const events = await recorded(bout);
    expect(events.map(({ voided }) => voided)).toEqual([...Array<boolean>(19).fill(false), true, false]);
    expect(new Set(events.map(({ clock_source }) => clock_source))).toEqual(new Set(['device']));
    await context.close();
    await close();
  });

  it('runs control by the round clock through a reload, and closes it at the bell', async () => {
    const bout = await h.makeBout('op_control');
    await h.startRound(bout);
    const { page, close } = await open(bout, 'op_control');
    const holder = async (which: string): Promise<void> =>
      await page.locator(`.control-state[data-holder="${which}"]`).waitFor();
    await press(page, 'x', 'z');
    await holder('red');
    await page.locator('[data-command="control_back"][aria-pressed="true"]').waitFor();
    await page.locator('[data-running]:not(:text-is("0:00"))').waitFor();
    await allSent(page);
    await page.reload();
    await page.locator('[data-running]:not(:text-is("0:00"))').waitFor();
    // A start on the other side ends it; the same key twice in a row starts and stops.
    await press(page, 'ArrowRight', 'c');
    await holder('blue');
    await press(page, 'c');
    await holder('');
    await press(page, 'c', 'Period');
    await eventuallyTypes(bout, [
      'Control Start',
      'Control Start',
      'Control Start',
      'Control Stop',
      'Control Start',
      'Control Start',
    ]);
    await h.post(`/api/bouts/${bout}/clock`, await h.mint('supervisor', 'bell'), { action: 'end_round', round_id: 1 });
    await holder('');
    await press(page, 'x');
    await page.locator('[data-said="refused"]', { hasText: 'round 1 is over' }).waitFor();
    expect(await standing(bout)).toEqual([
      ['Control Start', 'fighter1', { control: 'Top' }],
      ['Control Start', 'fighter1', { control: 'Back' }],
      ['Control Start', 'fighter2', { control: 'Cage' }],
      ['Control Stop', 'fighter2', { control: 'Cage' }],
      ['Control Start', 'fighter2', { control: 'Cage' }],
      ['Control Start', 'fighter2', { control: 'Cage', backfill_ms: 20_000 }],
    ]);
    // What is logged now still counts, and the page says where.
    await page.locator('.standing[data-place="over"]', { hasText: 'Round 1 is over' }).waitFor();
    await press(page, '1');
    await expect.poll(async () => (await recorded(bout)).at(-1)?.event_type, PATIENT).toBe('Jab');
    await h.post(`/api/bouts/${bout}/lock-round`, await h.mint('supervisor', 'bell'), {
      round_id: 1,
      override_reason: 'a test',
    });
    await page.locator('.standing[data-place="late"]').waitFor();
    await press(page, 'Backspace');
    await page.locator('.op-line-why', { hasText: 'Round 1 is locked' }).waitFor();
    await page.locator('[data-said="refused"]', { hasText: 'Round 1 is locked' }).waitFor();
    await h.startRound(bout, 2);
    await page.locator('.standing[data-place="running"]').waitFor({ state: 'attached' });
    await press(page, '2', 'BracketLeft', '3');
    await page.locator('.standing[data-place="late"]', { hasText: 'not to round 2' }).waitFor();
    await expect.poll(async () => (await recorded(bout)).at(-1)?.event_type, PATIENT).toBe('Hook');
    await eventuallyTypes(bout, ['Cross'], 2);
    expect((await recorded(bout)).at(-1)).toMatchObject({
      event_type: 'Hook',
      flags: expect.arrayContaining(['late']),
    });
    await close();
  });

  it('names what a link does not allow, and tells of devices in need', async () => {
    const bout = await h.makeBout('op_scope');
    await h.startRound(bout);
    const { page, close } = await open(bout, 'op_scope', { corners: ['red'], aspects: ['damage'] });
    expect(await page.locator('[data-command="corner_blue"]').getAttribute('aria-disabled')).toBe('true');
    await press(page, 'ArrowRight');
    await page.locator('[data-said="refused"]', { hasText: 'the blue corner is not yours' }).waitFor();
    await press(page, 'v');
    await page.locator('[data-said="refused"]', { hasText: 'Takedown landed is grappling' }).waitFor();
    await press(page, '1');
    await eventually(bout, [['Jab', 'fighter1', { position: 'distance', significant: false }]]);
    await h.post('/api/telemetry/report', await h.mint('operator', 'other_operator'), {
      device_id: 'other_device',
      judge_id: 'other_operator',
      bout_id: bout,
      battery_percent: 0,
      network_strength_percent: 80,
    });
    await page.locator('.devices-alerts', { hasText: 'other_operator: battery 0 %' }).waitFor();
    await close();

    const judge = await h.mint('judge', 'judge_1', { judge_id: 'JUDGE001' });
    const stranger = await h.visit(`/operator?bout=${bout}#token=${judge}`);
    await stranger.page.getByRole('heading', { name: 'This link is not an operator’s' }).waitFor();
    await stranger.close();
  });

  it('takes other keys, names a conflict, and keeps them on the device', async () => {
    const bout = await h.makeBout('op_remap');
    await h.startRound(bout);
    const { page, close } = await open(bout, 'op_remap');
    await page.getByRole('button', { name: 'Keys', exact: true }).click();
    const line = (id: string) => page.locator(`[data-key-of="${id}"]`);
    await line('jab').click();
    await press(page, 'y');
    await page.locator('.keys-note', { hasText: 'Jab: Y' }).waitFor();
    await line('cross').click();
    await press(page, 'F5');
    await page.locator('.keys-note', { hasText: 'F5 cannot be used' }).waitFor();
    await press(page, 'y');
    await page.locator('.keys-note', { hasText: 'Y is the key of “Jab”' }).waitFor();
    await page.getByRole('button', { name: 'Swap the two' }).click();
    await press(page, '3');
    expect(await h.axe(page)).toEqual([]);
    await h.shot(page, 'keys');
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    await press(page, 'y');
    await page.locator('.op-line').first().waitFor();
    await page.reload();
    await page.locator('.op-line').first().waitFor();
    await press(page, '2', '1');
    // Off, Tab is the browser's again and no key logs.
    await press(page, 'Equal', '3', 'Tab', 'Tab', 'Equal', '3');
    await eventuallyTypes(bout, ['Cross', 'Jab', 'Hook']);
    await page.getByRole('button', { name: 'Keys', exact: true }).click();
    await page.getByRole('button', { name: 'All keys as they came' }).click();
    await page.locator('[data-key-of="jab"] kbd', { hasText: '1' }).waitFor();
    await close();
  });

  it('fits a phone, a tablet and a laptop, in dark and light, without a finding of axe and without jumps', async () => {
    for (const viewport of [PHONE, TABLET, DESKTOP]) {
      const bout = await h.makeBout(`op_looks_${viewport.width}`, {
        fighter1: { name: 'Konstantin Wojciechowski-Bartholomew' },
      });
      await h.startRound(bout);
      const { page, close } = await open(bout, 'op_looks', {}, { viewport, colorScheme: 'dark' });
      const places = async (): Promise<unknown> =>
        await page.evaluate('[...document.querySelectorAll(".op > *")].slice(0, 6).map(({ offsetTop }) => offsetTop)');
      const before = await places();
      await press(page, '1', 'Shift+Digit2', 'u', '3', 'ArrowRight', 'e', 'x', 'Backspace', 'x', 'ArrowLeft', 'd');
      await page.locator('.op-line', { hasText: 'Submission Attempt' }).waitFor();
      await allSent(page);
      expect(await places()).toEqual(before);
      // Colours and parts are the same at every width: both schemes are looked at in one of them.
      const schemes = viewport === DESKTOP ? (['dark', 'light'] as const) : (['light'] as const);
      for (const colorScheme of schemes) {
        await page.emulateMedia({ colorScheme });
        await h.shot(page, `${viewport.width}-${colorScheme}`);
        expect(await h.overflow(page)).toBeLessThanOrEqual(0);
        expect(await h.axe(page)).toEqual([]);
      }
      await press(page, 'ArrowDown');
      await h.shot(page, `${viewport.width}-selected`);
      await close();
    }
  });
});
