import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { DESKTOP, PHONE, TABLET, useHarness } from './harness.ts';

const h = useHarness();

async function desk(query: string, token: string, options: Parameters<typeof h.visit>[1] = {}) {
  return await h.visit(`/supervisor${query}#token=${token}`, options);
}

/** Into the field that has the focus, and on to the next. */
async function typeOn(page: Page, ...texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    await page.keyboard.type(text);
    await page.keyboard.press('Tab');
  }
}

function rows(page: Page) {
  return page.locator('.bout-row');
}

async function order(page: Page): Promise<readonly (string | null)[]> {
  return await rows(page).evaluateAll((all) => all.map((one) => one.getAttribute('data-bout')));
}

/** A night of three bouts, the first of them the current one. */
async function makeNight(card: string): Promise<readonly string[]> {
  await h.makeCard(card);
  const bouts: string[] = [];
  for (const n of [1, 2, 3])
    bouts.push(await h.makeBout(`${card}_${n}`, { card_id: card, fighter1: { name: `Red ${n}` } }));
  const token = await h.mint('supervisor', 'maker');
  await h.post(`/api/cards/${card}/current`, token, { bout_id: bouts[0] });
  return bouts;
}

describe('the supervisor’s night', () => {
  it('is made with its first bout by keyboard alone; what is wrong is said at its field and nothing typed is lost', async () => {
    const token = await h.mint('supervisor', 'sue');
    const { page, errors, close } = await desk('?view=night', token);
    await page.getByRole('heading', { name: 'Make a night' }).waitFor();
    await page.getByLabel('Promotion').focus();
    await typeOn(page, 'Alliance', '');
    await page.getByRole('button', { name: 'Make the night' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('.field.wrong', { hasText: 'Event' }).waitFor();
    // The first field that is wrong has the focus, so that typing mends it.
    await page.locator('.field.wrong :focus').waitFor();
    await typeOn(page, 'Night of the Keyboard');
    const zone = page.getByLabel('Time zone of the venue');
    expect(await zone.inputValue()).not.toBe('');
    await zone.fill('Mars/Olympus');
    await page.keyboard.press('Enter');
    await page.locator('.field.wrong', { hasText: 'IANA' }).waitFor();
    await page.reload();
    expect(await page.getByLabel('Event').inputValue()).toBe('Night of the Keyboard');
    await zone.fill('Asia/Tokyo');
    await page.keyboard.press('Enter');
    await page.locator('.card-name', { hasText: 'Night of the Keyboard' }).waitFor();

    await page.getByRole('group', { name: 'Red corner' }).getByLabel('Name').focus();
    await typeOn(page, 'Ana Lima', '', 'Bo Chen');
    await page.getByLabel('Jurisdiction').selectOption('ohio');
    expect(await page.locator('#bout-jurisdiction-note').innerText()).toContain('3773-7-05');
    for (const [at, name] of ['Ada', 'Ben', 'Ada'].entries()) await page.getByLabel('Judge’s name').nth(at).fill(name);
    expect(await page.locator('.warnings').innerText()).toContain('Ada is named for several seats');
    await page.getByLabel('Judge’s name').nth(2).fill('Zoë Müller');
    expect(await page.locator('.warnings').count()).toBe(0);
    expect(await page.locator('#bout-person-2-note').innerText()).toContain('zoe_muller');
    await page.getByLabel('Seat 2', { exact: true }).fill('JUDGE001');
    await page.getByLabel('Rounds').fill('51');
    await page.getByLabel('Rounds').press('Enter');
    await page.locator('.field.wrong', { hasText: 'This seat is there twice' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Add a bout' }).first().waitFor();
    expect(await page.getByLabel('Seat 2', { exact: true }).inputValue()).toBe('JUDGE001');
    await page.getByLabel('Seat 2', { exact: true }).fill('JUDGE002');
    // Only the server knows how many rounds there may be: its word stands at the field too.
    await page.getByLabel('Rounds').press('Enter');
    await page.locator('.field.wrong', { hasText: 'Rounds' }).waitFor();
    await page.getByRole('button', { name: 'Take 5', exact: true }).click();
    await page.getByRole('button', { name: 'Add the bout' }).press('Enter');
    await rows(page).getByText('Ana Lima').waitFor();
    expect(await rows(page).count()).toBe(1);

    await page.getByRole('button', { name: 'Copy panel and rules from the bout before' }).press('Enter');
    await page.getByText('Copied from Ana Lima vs Bo Chen').waitFor();
    expect(await page.getByLabel('Judge’s name').nth(2).inputValue()).toBe('Zoë Müller');
    expect(await page.getByLabel('Jurisdiction').inputValue()).toBe('ohio');
    expect(await page.getByLabel('Rounds').inputValue()).toBe('5');
    expect(errors).toEqual([]);
    await close();
  });

  it('orders its bouts; making one current moves every page that follows; a release opens wider only after a check', async () => {
    const bouts = await makeNight('order');
    const token = await h.mint('supervisor', 'sue', { card_id: 'order' });
    const [{ page, errors, close }, follower] = await Promise.all([
      desk('?view=night', token),
      h.mint('timekeeper', 'tim', { card_id: 'order' }).then((tim) => desk('', tim)),
    ]);
    await rows(page).nth(2).waitFor();
    await follower.page.locator(`.shown-bout[data-bout="${bouts[0]}"]`).waitFor();
    const up = page.getByRole('button', { name: 'Move Red 3 vs Blue Fighter up' });
    await up.focus();
    await page.keyboard.press('Enter');
    await page.getByText('Red 3 vs Blue Fighter is now bout 2 of 3').waitFor();
    // The focus has moved along, so that the same key moves it on.
    await page.keyboard.press('Enter');
    await page.getByText('is now bout 1 of 3').waitFor();
    expect(await order(page)).toEqual([bouts[2], bouts[0], bouts[1]]);
    await page.getByRole('button', { name: 'Make current: Red 2 vs Blue Fighter' }).click();
    await page.locator(`.bout-row.is-current[data-bout="${bouts[1]}"]`).waitFor();
    await page.locator(`.shown-bout[data-bout="${bouts[1]}"]`).waitFor();

    await page.getByRole('button', { name: 'Release: who sees what of Red 1 vs Blue Fighter' }).click();
    const row = page.locator(`.bout-row[data-bout="${bouts[0]}"]`);
    await row.getByLabel('Scorecards').selectOption('broadcast');
    await row.getByText('Scorecards: opens to broadcast').waitFor();
    await row.getByLabel('Delay (s)').fill('7');
    await row.getByLabel('Reason').fill('asked by the broadcaster');
    await row.getByRole('button', { name: 'Change it' }).click();
    await row.getByText('Tick the box if that is right').waitFor();
    const unchanged = await h.get(`/api/bouts/${bouts[0]}`, token);
    expect(unchanged).toMatchObject({ bout: { release_policy: { scorecards: 'commission' }, delay_ms: 0 } });
    await row.getByLabel('I have checked that this may be seen.').check();
    await row.getByRole('button', { name: 'Change it' }).click();
    await row.getByText('Changed.').waitFor();
    expect(await h.get(`/api/bouts/${bouts[0]}`, token)).toMatchObject({
      bout: { release_policy: { statistics: 'public', scorecards: 'broadcast' }, delay_ms: 7_000 },
    });

    await follower.page.locator(`.shown-bout[data-bout="${bouts[1]}"]`).waitFor({ timeout: 15_000 });
    // In the middle of a round the devices are not taken along by one press.
    await h.startRound('order_2');
    await page.locator(`.bout-row[data-bout="${bouts[1]}"]`, { hasText: 'Under way' }).waitFor({ timeout: 15_000 });
    await row.getByRole('button', { name: 'Make current: Red 1 vs Blue Fighter' }).press('Enter');
    await row.getByText('A round of Red 2 vs Blue Fighter is on.').waitFor();
    await page.keyboard.press('Enter');
    await row.getByRole('button', { name: 'Make current: Red 1 vs Blue Fighter' }).waitFor();
    expect(await h.get('/api/cards/order', token)).toMatchObject({ current_bout_id: bouts[1] });
    expect(errors).toEqual([]);
    await Promise.all([close(), follower.close()]);
  });

  it('keeps the particulars of a fighter, and a photo made small enough', async () => {
    const [bout] = await makeNight('fighters');
    const token = await h.mint('supervisor', 'sue', { card_id: 'fighters' });
    const { page, errors, close } = await desk('?view=night', token);
    await page.getByRole('button', { name: 'Fighters: particulars and photos of Red 1' }).click();
    const red = page.getByRole('region', { name: 'Red corner: Red 1' });
    await red.getByLabel('Weight (kg)').fill('heavy');
    await red.getByLabel('Country (ISO code)').fill('POL');
    await red.getByRole('button', { name: 'Save' }).click();
    await red.locator('.field.wrong', { hasText: 'A number is needed' }).waitFor();
    await red.getByLabel('Weight (kg)').fill('70.3');
    await red.getByRole('button', { name: 'Save' }).click();
    await red.getByText('Saved.').waitFor();
    const wide = await page.screenshot({ type: 'png' });
    await red.locator('input[type=file]').setInputFiles({ name: 'wide.png', mimeType: 'image/png', buffer: wide });
    const photo = red.locator('img');
    await photo.waitFor();
    await expect.poll(() => photo.evaluate((img) => img instanceof HTMLImageElement && img.naturalWidth)).toBe(800);
    expect(await h.get(`/api/bouts/${bout}/fighters`, token)).toMatchObject({
      red: { weight_kg: 70.3, country: 'POL', nickname: null },
    });
    expect(errors).toEqual([]);
    await close();
  });
});

describe('people and devices', () => {
  it('says what could not be fetched, keeps a code while another part is looked at, and goes back within the page', async () => {
    await makeNight('parts');
    const token = await h.mint('supervisor', 'sue', { card_id: 'parts' });
    const { page, close } = await desk('?view=devices', token, { serviceWorkers: 'block' });
    await page.route('**/assets/{bout,dist}-*', async (route) => await route.abort());
    await page.getByRole('button', { name: 'Give a device: First Judge' }).click();
    await page.locator('.code').getByText('The picture of the code could not be fetched.').waitFor();
    const link = await page.locator('.code-link').getAttribute('href');
    await page.getByRole('tab', { name: 'Running bout' }).click();
    await page.getByText('This part of the page could not be fetched').waitFor();
    await page.goBack();
    await page.locator('.code').waitFor();
    expect(await page.locator('.code-link').getAttribute('href')).toBe(link);
    await page.goForward();
    await page.unroute('**/assets/{bout,dist}-*');
    await page.getByRole('button', { name: 'Open the page again' }).click();
    await page.locator('.desk-clock').waitFor();
    await close();
  });

  it('shows a code until another device has claimed it, replaces that device, and shuts it out', async () => {
    await makeNight('pairs');
    const token = await h.mint('supervisor', 'sue', { card_id: 'pairs' });
    const { page, errors, close } = await desk('?view=devices', token);
    await page.getByText('None of this bout’s seats has a device.').waitFor();
    const seat = page.locator('.place[data-seat="JUDGE002"]');
    await seat.getByRole('button', { name: 'Give a device: Second Judge' }).click();
    const code = page.locator('.code').first();
    await code.locator('.qr path').waitFor({ state: 'attached' });
    expect(await code.innerText()).toMatch(
      /second_judge · JUDGE002\s+Waiting to be scanned\s+good for (1 h 00 min|59:\d\d)/,
    );
    const link = new URL((await code.locator('.code-link').getAttribute('href')) ?? '');
    const tablet = await h.visit(link.pathname + link.hash, { viewport: TABLET });
    await page.locator('.code[data-state="claimed"]').waitFor({ timeout: 15_000 });
    await seat.getByText('Has a device').waitFor();
    expect(await page.locator('.warnings').innerText()).toContain('Seat JUDGE001 has no device.');

    await seat.getByRole('button', { name: 'Replace this device: Second Judge' }).click();
    await page.locator('.code[data-state="open"]').waitFor();
    const second = new URL((await page.locator('.code-link').getAttribute('href')) ?? '');
    const spare = await h.visit(second.pathname + second.hash, { viewport: TABLET });
    await seat.getByText('device 2').waitFor({ timeout: 15_000 });

    await seat.getByRole('button', { name: 'Shut out: the device of Second Judge' }).click();
    // The focus is on the way out: a second Enter by mistake does nothing.
    await page.keyboard.press('Enter');
    expect(await seat.getByText('Has a device').count()).toBe(1);
    await seat.getByRole('button', { name: 'Shut out: the device of Second Judge' }).click();
    await seat.getByRole('button', { name: 'Yes, shut it out' }).click();
    await seat.getByText('No device').waitFor();
    expect(errors).toEqual([]);
    await Promise.all([close(), tablet.close(), spare.close()]);
  });

  it('gives an operator a corner and an aspect under an id made of the name', async () => {
    await makeNight('places');
    const token = await h.mint('supervisor', 'sue', { card_id: 'places' });
    const { page, close } = await desk('?view=devices', token);
    await page.getByRole('button', { name: 'Make a code' }).click();
    await page.locator('.field.wrong', { hasText: 'Say who it is for' }).waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Søren Æbelø');
    await page.getByLabel('Corner').selectOption('blue');
    await page.getByLabel('Grappling').check();
    await page.getByRole('button', { name: 'Make a code' }).click();
    await page.locator('.code').waitFor();
    expect(await h.get('/api/pairings?card_id=places', token)).toMatchObject({
      pairings: [
        { role: 'operator', subject: 'soren_aebelo', corners: ['blue'], aspects: ['grappling'], status: 'open' },
      ],
    });
    await close();
  });

  it('shows the devices of the current bout, those in trouble first, as soon as it is known', async () => {
    const [bout] = await makeNight('health');
    const token = await h.mint('supervisor', 'sue', { card_id: 'health' });
    const report = async (device: string, battery: number): Promise<void> => {
      const body = { device_id: device, judge_id: device, bout_id: bout, battery_percent: battery };
      await h.post('/api/telemetry/report', token, body);
    };
    await report('tablet_a', 80);
    await report('tablet_b', 70);
    const { page, errors, close } = await desk('?view=devices', token);
    const lines = page.locator('.health-table tbody tr');
    await page.getByText('All devices are well.').waitFor();
    await page.locator('.connection[data-state="live"]').waitFor();
    // A judge who works by a link and reports has no device, and is there all the same.
    await h.post('/api/telemetry/report', await h.mint('judge', 'ann', { judge_id: 'JUDGE001', bout_id: bout }), {
      device_id: 'browser_0123456789_abcdef',
      judge_id: 'JUDGE001',
      bout_id: bout,
    });
    await page.locator('.place[data-seat="JUDGE001"]').getByText('By a link, reporting').waitFor();
    expect(await page.locator('.warnings').innerText()).not.toContain('JUDGE001');
    expect(await page.locator('.health-table').innerText()).toContain('browser_0123456789_abcdef');
    await report('tablet_b', 9);
    await page.locator('tr[data-device="tablet_b"][data-status="warning"]').waitFor();
    expect(await lines.first().innerText()).toMatch(/Look\s+tablet_b[\s\S]*battery low/);
    expect(await lines.count()).toBe(3);
    expect(errors).toEqual([]);
    await close();
  });
});

describe('the supervisor’s page', () => {
  it('gives timekeeper and referee their part, and everybody else a notice', async () => {
    await makeNight('roles');
    for (const [role, part] of [
      ['timekeeper', 'clock'],
      ['referee', 'rulings'],
    ] as const) {
      const { page, errors, close } = await desk('', await h.mint(role, `${role}_1`, { card_id: 'roles' }));
      await page.locator('.shown-bout[data-bout="roles_1"]').waitFor();
      expect(await page.getByRole('tab').count(), part).toBe(0);
      expect(errors).toEqual([]);
      await close();
    }
    const judge = await h.mint('judge', 'jane', { judge_id: 'JUDGE001', card_id: 'roles' });
    const wrong = await desk('', judge);
    await wrong.page.getByRole('heading', { name: 'This page is not for you as judge' }).waitFor();
    expect(await h.axe(wrong.page)).toEqual([]);
    await wrong.close();
    const nobody = await h.visit('/supervisor');
    await nobody.page.getByRole('heading', { name: 'This page needs a supervisor’s link' }).waitFor();
    await nobody.close();
  });

  it('is led through by keyboard, says who one is, and fits every size without a fault of accessibility', async () => {
    const [bout] = await makeNight('sizes');
    const token = await h.mint('supervisor', 'sue', { card_id: 'sizes' });
    const { page, errors, close } = await desk('?view=night', token);
    await rows(page).nth(2).waitFor();
    await page.getByRole('button', { name: 'Add a bout' }).first().click();
    await page.getByRole('button', { name: 'Release: who sees what of Red 1' }).click();
    expect(await page.locator('.who').innerText()).toBe('Supervisor · sue');
    expect(await h.axe(page)).toEqual([]);
    for (const [name, size] of [
      ['phone', PHONE],
      ['tablet', TABLET],
      ['desktop', DESKTOP],
    ] as const) {
      await page.setViewportSize(size);
      expect(await h.overflow(page)).toBeLessThanOrEqual(0);
      await h.shot(page, `supervisor-night-${name}`);
    }
    await page.getByRole('tab', { name: 'Night' }).focus();
    await page.keyboard.press('End');
    await page.getByRole('button', { name: 'Give a device: First Judge' }).click();
    await page.locator('.code .qr path').waitFor({ state: 'attached' });
    expect(new URL(page.url()).searchParams.get('view')).toBe('devices');
    expect(await h.axe(page)).toEqual([]);
    for (const [name, size] of [
      ['phone', PHONE],
      ['tablet', TABLET],
      ['desktop', DESKTOP],
    ] as const) {
      await page.setViewportSize(size);
      expect(await h.overflow(page)).toBeLessThanOrEqual(0);
      await h.shot(page, `supervisor-devices-${name}`);
    }
    await page.getByRole('tab', { name: 'Night' }).click();
    await page.getByRole('button', { name: 'Open: Red 2 vs Blue Fighter' }).click();
    await page.locator('.shown-bout[data-bout="sizes_2"]').waitFor();
    expect(new URL(page.url()).searchParams.get('bout')).toBe('sizes_2');
    await page.getByRole('button', { name: 'Follow the current bout' }).click();
    await page.locator(`.shown-bout[data-bout="${bout}"]`).waitFor();
    expect(errors).toEqual([]);
    await close();
  });
});
