import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { DESKTOP, PHONE, TABLET, useHarness } from './harness.ts';

const PATIENT = { timeout: 15_000 };

describe('the archive', () => {
  const h = useHarness();
  let key = '';
  let supervisor = '';

  const EVERYBODY = { statistics: 'public', scorecards: 'public', recommendation: 'public' };
  const OFFICIALS = { statistics: 'commission', scorecards: 'commission', recommendation: 'commission' };

  const STATISTICS_ALONE = { ...OFFICIALS, statistics: 'public' };

  /** A tap that says how manieth of its device it is. */
  async function numbered(bout: string, seq: number): Promise<void> {
    await h.post('/api/events/v2/log', supervisor, {
      bout_id: bout,
      round_id: 1,
      judge_id: 'harness_supervisor',
      fighter_id: 'fighter2',
      event_type: 'Jab',
      timestamp_ms: Date.now() + seq * 20,
      device_id: 'tablet-7',
      device_epoch: 1,
      device_seq: seq,
    });
  }

  /** A bout of one round with an official result. */
  async function finished(id: string, more: object = {}, taps: readonly number[] = []): Promise<string> {
    const bout = await h.makeBout(id, { scheduled_rounds: 1, ...more });
    await h.startRound(bout);
    for (const type of ['Jab', 'Cross', 'Hook']) await h.log(bout, 'fighter1', type, { significant: true });
    await h.log(bout, 'fighter2', 'Jab');
    for (const seq of taps) await numbered(bout, seq);
    await h.post(`/api/bouts/${bout}/clock`, supervisor, { action: 'end_round', round_id: 1 });
    for (const seat of ['JUDGE001', 'JUDGE002', 'JUDGE003']) {
      const judge = await h.mint('judge', seat.toLowerCase(), { judge_id: seat });
      await h.post(`/api/bouts/${bout}/scorecards`, judge, { judge_id: seat, round_id: 1, red: 10, blue: 9 });
    }
    await h.post(`/api/bouts/${bout}/finalize`, supervisor, { reason: 'the judges have left' });
    await h.post(`/api/bouts/${bout}/finalize`, await h.mint('supervisor', 'second'), { confirm: true });
    return bout;
  }

  async function sealed(id: string, more: object = {}): Promise<string> {
    const bout = await finished(id, more);
    await h.post(`/api/bouts/${bout}/seal`, supervisor, { reason: 'the night is over' });
    await vi.waitFor(async () => {
      expect((await h.get(`/api/archive/${bout}`, supervisor)).archived_ms).not.toBeNull();
    }, PATIENT);
    return bout;
  }

  async function downloaded(page: Page, form: string): Promise<Buffer> {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.locator(`[data-form="${form}"] button`).click(),
    ]);
    const bytes = readFileSync(await file.path());
    await page.locator(`[data-form="${form}"]`, { hasText: 'Saved' }).waitFor();
    return bytes;
  }

  const verdict = (page: Page, word: string) => page.locator(`.verdict[data-verdict="${word}"]`);

  beforeAll(async () => {
    supervisor = await h.mint('supervisor', 'harness_supervisor');
    key = String((await h.get('/api/log/keys', null)).key);
    await Promise.all([
      sealed('open_bout', {
        fighter1: { id: 'jose', name: 'José Álvarez' },
        fighter2: { id: 'lukasz', name: 'Łukasz Sobczak-Wiśniewski' },
        release_policy: EVERYBODY,
      }),
      sealed('closed_bout', {
        fighter1: { id: 'jose', name: 'José Álvarez' },
        fighter2: { name: 'Hidden Opponent' },
        release_policy: OFFICIALS,
      }),
    ]);
    await vi.waitFor(async () => {
      expect((await h.get('/api/search?fighter=jose&sealed=true', supervisor)).total).toBe(2);
    }, PATIENT);
  });

  it('finds a bout by a name without its accents, keeps the search in the address, and hands the record over', async () => {
    const { page, errors, close } = await h.visit(`/archive#token=${supervisor}`, {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await page.getByLabel('Any words').fill('alvarez sobc');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.hit').count(), PATIENT).toBe(1);
    const hit = page.locator('.hit');
    expect(await hit.innerText()).toMatch(/José Álvarez[\s\S]*Łukasz[\s\S]*Red won\s+Decision/);
    await hit.getByText('Sealed and archived').waitFor();
    await page.getByText(/Index as of .+, (no|\d+) updates? waiting|is not known/).waitFor();
    expect(new URL(page.url()).searchParams.get('q')).toBe('alvarez sobc');
    await page.reload();
    await expect.poll(() => page.locator('.hit').count(), PATIENT).toBe(1);
    await h.shot(page, 'archive-search');

    await hit.getByRole('link').click();
    await page.getByText('the night is over').waitFor();
    await page.getByText('harness_supervisor (supervisor)').waitFor();
    expect(await page.locator('.cards-table tbody tr').count()).toBe(3);
    expect(await page.locator('.bout-charts canvas').count()).toBe(4);
    expect((await downloaded(page, 'pdf')).subarray(0, 5).toString()).toBe('%PDF-');
    expect((await downloaded(page, 'csv')).toString()).toContain('First Judge');
    expect(Object.keys(unzipSync(await downloaded(page, 'zip')))).toContain('open_bout/checkpoint');
    await page.getByLabel('Frames a second').selectOption('29.97df');
    expect((await downloaded(page, 'edl')).toString()).toContain('FCM: DROP FRAME');

    // Without a key it is not proven; with the server's own it is, and the page says what that is worth.
    await page.getByRole('button', { name: 'Check this record' }).click();
    await verdict(page, 'unproven').getByText('No key was given').waitFor(PATIENT);
    await page.getByRole('button', { name: 'Take this server’s own key' }).click();
    await expect.poll(() => page.getByLabel('Verifier key').inputValue()).toBe(key);
    await page.getByRole('button', { name: 'Check this record' }).click();
    const own = verdict(page, 'own-key');
    await own.getByRole('heading', { name: 'Consistent with this server’s key' }).waitFor(PATIENT);
    await own.getByText('it proves only that the server agrees with itself').waitFor();
    await own.scrollIntoViewIfNeeded();
    await h.shot(page, 'archive-own-key');
    // The same key from elsewhere is a key that somebody gave.
    await page.getByLabel('Verifier key').focus();
    await page.keyboard.press('Control+A');
    await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(key)})`);
    await page.keyboard.press('Control+V');
    await page.getByText('Only proves that this server agrees with itself.').waitFor();
    await page.getByRole('button', { name: 'Check this record' }).click();
    await verdict(page, 'proven').getByText('Checked with the key that you gave.').waitFor(PATIENT);
    await page.goBack();
    await expect.poll(() => page.locator('.hit').count(), PATIENT).toBe(1);
    expect(errors).toEqual([]);
    await close();
  });

  it('checks copies on the device alone, and names the entry that was changed', async () => {
    const { page, context, errors, close } = await h.visit('/archive?check');
    const folder = mkdtempSync(join(tmpdir(), 'fightjudge-archive-'));
    try {
      const response = await fetch(`${h.server.url}/api/exports/open_bout/zip`);
      const files = unzipSync(new Uint8Array(await response.arrayBuffer()));
      const good = join(folder, 'good.zip');
      writeFileSync(good, zipSync(files));
      const bundle = Object.keys(files).find((path) => path.includes('/tile/entries/')) ?? '';
      const changed = Uint8Array.from(files[bundle] ?? []);
      // Within the text of the first entry, behind the two bytes of its length.
      changed[40] = (changed[40] ?? 0) ^ 1;
      const bad = join(folder, 'bad.zip');
      writeFileSync(bad, zipSync({ ...files, [bundle]: changed }));
      for (const [path, bytes] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, 'night', path)), { recursive: true });
        writeFileSync(join(folder, 'night', path), bytes);
      }
      await page.getByLabel('Verifier key').fill(key);
      await page.locator('.connection[data-state="live"]').waitFor();
      await h.becomes(page, "performance.getEntriesByType('resource').some(({ name }) => name.includes('/worker-'))");
      await context.setOffline(true);
      await page.locator('[data-give="zip"]').setInputFiles([good, bad]);
      await page.getByText('1 of 2 records proven.').waitFor(PATIENT);
      await verdict(page, 'proven').getByText('Checked with the key that you gave.').waitFor();
      const broken = verdict(page, 'broken');
      await broken
        .locator('[data-code="leaf_changed"]', { hasText: 'tile/entries/000' })
        .getByText('entry 0')
        .waitFor();
      expect(await h.axe(page)).toEqual([]);
      await h.shot(page, 'archive-checked');
      // Where nearly everything is wrong, the first findings say so and the rest waits behind a press.
      const worse = join(folder, 'worse.zip');
      writeFileSync(worse, zipSync({ ...files, [bundle]: inEveryEntry(files[bundle] ?? new Uint8Array()) }));
      await page.locator('[data-give="zip"]').setInputFiles(worse);
      await page.locator('.verdict-name', { hasText: 'worse.zip' }).waitFor(PATIENT);
      const shown = broken.locator('.finding:visible');
      await expect.poll(() => shown.count()).toBe(10);
      await broken.locator('summary').click();
      const all = await shown.count();
      expect(all).toBeGreaterThan(10);
      expect(await broken.locator('summary').innerText()).toBe(`${all - 10} more`);
      await page.locator('[data-give="folder"]').setInputFiles(join(folder, 'night'));
      await expect.poll(() => page.locator('.run').getAttribute('data-state'), PATIENT).toBe('done');
      await page.locator('.verdict-name', { hasText: 'night/open_bout' }).waitFor();
      expect(await verdict(page, 'proven').count()).toBe(1);
      await page.locator('[data-give="zip"]').setInputFiles({
        name: 'holiday.zip',
        mimeType: 'application/zip',
        buffer: Buffer.from(zipSync({ 'beach.jpg': new Uint8Array(9) })),
      });
      await page.getByText('“holiday.zip” is no record.').waitFor(PATIENT);
      await page.locator('[data-give="zip"]').setInputFiles({
        name: 'scorecard.pdf',
        mimeType: 'application/pdf',
        buffer: Buffer.from('%PDF-1.7'),
      });
      await page.getByText('“scorecard.pdf” is a PDF document, no record.').waitFor(PATIENT);
      await page.getByText('What you kept from while the bout ran').click();
      const receipts = (hash: string, boutId = 'open_bout'): string =>
        JSON.stringify({
          format: 'fightjudge/receipts/1',
          bout_id: boutId,
          receipts: [{ index: 0, hash }],
          checkpoint: null,
        });
      const giveReceipts = async (text: string): Promise<void> =>
        await page
          .locator('[data-give="receipts"]')
          .setInputFiles({ name: 'receipts.json', mimeType: 'application/json', buffer: Buffer.from(text) });
      await giveReceipts('{}');
      await page.getByText(/“receipts.json” was not taken: format/).waitFor();
      await giveReceipts(receipts('ab'.repeat(32)));
      await page.getByText('1 receipt of bout open_bout.').waitFor();
      await h.shot(page, 'archive-receipts');
      await page.locator('[data-give="zip"]').setInputFiles([good]);
      await verdict(page, 'broken').locator('[data-code="receipt_differs"]').waitFor(PATIENT);
      await giveReceipts(receipts('ab'.repeat(32), 'another_bout'));
      await page.locator('[data-give="zip"]').setInputFiles([good]);
      await verdict(page, 'proven')
        .getByText(/receipts given are of bout another_bout/)
        .waitFor(PATIENT);
      // Nothing is said to be checked with what is no key.
      await page.getByLabel('Verifier key').fill('foo');
      await page.locator('#verifier-key[aria-invalid="true"]').waitFor();
      await page.locator('#verifier-key-note').getByText('This is not a verifier key').waitFor();
      expect(await h.axe(page)).toEqual([]);
      await page.locator('[data-give="zip"]').setInputFiles([good]);
      await verdict(page, 'unproven').getByText('Checked without a key: what was given is not one.').waitFor(PATIENT);
      expect(await page.getByText('Checked with the key that you gave.').count()).toBe(0);
      await page.getByLabel('Verifier key').fill(key);
      await page.locator('#verifier-key[aria-invalid="false"]').waitFor();
      expect(errors).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
      await close();
    }
  });

  it('shows a spectator what is released, and nothing of the rest', async () => {
    const { page, errors, close } = await h.visit('/archive?name=jose');
    await expect.poll(() => page.locator('.hit').count(), PATIENT).toBe(1);
    expect(await page.locator('.hit').innerText()).toContain('Łukasz');
    expect(await page.getByRole('link', { name: 'Storage' }).count()).toBe(0);
    await page.goto(`${h.server.url}/archive?name=opponent`);
    await page.getByText('Nothing found').waitFor();
    await page.goto(`${h.server.url}/archive?bout=closed_bout`);
    await page.getByRole('heading', { name: /not released to you|no such bout/i }).waitFor();
    // What nobody has sealed cannot be released: the one is not told for the other, and nothing is offered.
    await finished('unsealed_bout', { release_policy: STATISTICS_ALONE });
    await page.goto(`${h.server.url}/archive?bout=unsealed_bout`);
    await page.getByText('Not sealed yet').waitFor();
    expect(await page.locator('.downloads').count()).toBe(0);
    await h.post('/api/bouts/unsealed_bout/seal', supervisor, {});
    await vi.waitFor(async () => {
      expect((await h.get('/api/archive/unsealed_bout', supervisor)).archived_ms).not.toBeNull();
    }, PATIENT);
    await page.reload();
    await page.locator('[data-form="edl"]').waitFor();
    const forms = page.locator('[data-form]');
    expect(await forms.evaluateAll((lines) => lines.map((line) => line.getAttribute('data-form')))).toEqual([
      'otio',
      'edl',
      'sportscode',
    ]);
    expect((await downloaded(page, 'edl')).toString()).toContain('FCM:');
    await h.shot(page, 'archive-partly');
    await page.goto(`${h.server.url}/archive?storage`);
    await page.getByText('Storage is for the commission').waitFor();
    await page.goto(`${h.server.url}/archive?figures=judges`);
    await page.getByText('These figures are for the commission').waitFor();
    await page.goto(`${h.server.url}/archive?figures`);
    await page.locator('a.fighter-link', { hasText: 'José Álvarez' }).first().click();
    await page.getByRole('heading', { name: 'José Álvarez' }).waitFor();
    expect(await page.locator('.fighter-record').innerText()).toBe('1–0–0');
    expect(errors).toEqual([]);
    await close();
  });

  it('says that the server is not there, and goes on by itself when it is', async () => {
    const { page, context, errors, close } = await h.visit('/archive?name=jose');
    await expect.poll(() => page.locator('.hit').count(), PATIENT).toBe(1);
    await context.setOffline(true);
    await page.getByRole('link', { name: 'Figures' }).click();
    await page.getByText('The server cannot be reached').first().waitFor();
    await context.setOffline(false);
    await page.evaluate("dispatchEvent(new Event('online'))");
    await page.locator('.connection[data-state="live"]').waitFor(PATIENT);
    await page.getByText(/qualif(y|ies): at least/).waitFor(PATIENT);
    expect(errors).toEqual([]);
    await close();
  });

  it('plans before it deletes or erases, and asks twice', async () => {
    const { page, errors, close } = await h.visit(`/archive?storage#token=${await h.mint('admin', 'root')}`);
    await page.locator('tr', { hasText: 'Records (never cleaned up)' }).first().waitFor();
    await page.getByLabel('Days').fill('0');
    await page.getByLabel('Reason').first().fill('for the test');
    await page.getByRole('button', { name: 'Set this rule' }).click();
    await page.locator('.rule-lines', { hasText: '0 days' }).waitFor();
    await page.getByRole('button', { name: 'Show the plan' }).click();
    await page.getByText(/would be deleted/).waitFor();
    await page.getByLabel('Id of the person').fill('lukasz');
    await page.getByLabel('Reason').last().fill('asked for it');
    await page.getByRole('button', { name: 'Show what would be erased' }).click();
    await page.getByRole('list', { name: 'A person’s data' }).getByText('open_bout').waitFor(PATIENT);
    await page.getByRole('button', { name: 'Erase for good' }).click();
    await page.getByRole('button', { name: 'Leave it' }).click();
    await page.getByRole('button', { name: 'Erase for good' }).waitFor();
    // Another id must not be erased by this plan.
    await page.getByLabel('Id of the person').fill('jose');
    expect(await page.getByRole('button', { name: 'Erase for good' }).count()).toBe(0);
    // Who has no id of their own is named by a place of one bout; without the bout the place means nobody.
    await page.getByLabel('Id of the person').fill('fighter2');
    await page.getByLabel(/^In one bout alone/).fill('open_bout');
    await page.getByRole('button', { name: 'Show what would be erased' }).click();
    await page.getByRole('list', { name: 'A person’s data' }).getByText('blue corner').waitFor(PATIENT);
    await page.getByRole('button', { name: 'Erase for good' }).waitFor();
    await h.shot(page, 'archive-storage');
    await page.getByLabel(/^In one bout alone/).fill('');
    expect(await page.getByRole('button', { name: 'Erase for good' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Show what would be erased' }).click();
    await page.getByText(/say which one with bout_id/).waitFor(PATIENT);
    // Asked again after an erasure, the plan says that it is done.
    await page.getByLabel(/^In one bout alone/).fill('closed_bout');
    await page.getByRole('button', { name: 'Show what would be erased' }).click();
    await page.getByText('blue corner: 1 name, its archive').waitFor(PATIENT);
    await page.getByRole('button', { name: 'Erase for good' }).click();
    await page.getByRole('button', { name: 'Press again to do it' }).click();
    await page.getByText('Erased from this bout.').waitFor(PATIENT);
    await page.getByRole('button', { name: 'Show what would be erased' }).click();
    await page.getByText('blue corner: the name is gone there already').waitFor(PATIENT);
    expect(await page.getByRole('button', { name: 'Erase for good' }).count()).toBe(0);
    expect(errors).toEqual([]);
    await close();
  });

  it('seals a bout from the supervisor’s desk, with two presses, and not silently over what has not arrived', async () => {
    await h.makeCard('seal_night');
    const bout = await finished('desk_sealed', { card_id: 'seal_night' }, [1, 2, 5]);
    const night = await h.visit(
      `/supervisor?view=night#token=${await h.mint('supervisor', 'sue', { card_id: 'seal_night' })}`,
    );
    const row = night.page.locator('[data-bout="desk_sealed"]');
    await row.getByText('To be sealed').waitFor(PATIENT);
    const { page, errors, close } = await h.visit(`/supervisor?bout=${bout}&view=bout#token=${supervisor}`);
    const panel = page.locator('.seal-panel');
    await panel.getByText('The statistics of round 1 were never locked').waitFor(PATIENT);
    await panel.getByText(/Device tablet-7: 2 entries .+ not arrived/).waitFor();
    await panel.getByText(/seals itself, usually a day after/).waitFor();
    await page.locator('.findings-panel .is-critical').first().waitFor(PATIENT);
    await h.shot(page, 'archive-desk-before');
    await panel.getByRole('button', { name: 'Seal this record …' }).click();
    await panel.getByRole('button', { name: 'Not yet' }).click();
    await panel.getByRole('button', { name: 'Seal this record …' }).click();
    await panel.getByRole('button', { name: 'Seal it now' }).click();
    await panel
      .locator('.seal-missing')
      .getByText(/'tablet-7' \(number 3 to 4\)/)
      .waitFor(PATIENT);
    await panel.getByLabel(/Seal without what is missing/).check();
    await panel.getByRole('button', { name: 'Seal this record …' }).click();
    await panel.getByText('Say why.').waitFor();
    await panel.getByLabel('Why it is sealed without what is missing').fill('the tablet fell into the ice');
    await panel.getByRole('button', { name: 'Seal this record …' }).click();
    await panel
      .getByRole('group', { name: 'Nothing can be added' })
      .getByText(/'tablet-7' \(number 3 to 4\)/)
      .waitFor();
    await h.shot(page, 'archive-desk-missing');
    await panel.getByRole('button', { name: 'Seal it now' }).click();
    await panel.getByText(/Sealed at .+ entries\./).waitFor(PATIENT);
    await panel.getByText(/Archived at/).waitFor(PATIENT);
    await panel.getByText('tablet-7: number 3 to 4').waitFor(PATIENT);
    await page.locator('.findings-panel').getByText('The record is sealed').waitFor(PATIENT);
    expect(await page.locator('.findings-panel .is-critical').count()).toBe(0);
    await h.shot(page, 'archive-desk-sealed');
    await row.getByText('Sealed', { exact: true }).waitFor(PATIENT);
    await h.shot(night.page, 'archive-night-sealed');
    expect(night.errors).toEqual([]);
    await night.close();
    await panel.getByRole('link', { name: 'Open the record in the archive' }).click();
    await page.getByText('the tablet fell into the ice').waitFor(PATIENT);
    await page.getByText('tablet-7: number 3 to 4').waitFor();
    expect(errors).toEqual([]);
    await close();
  });

  it('fits phone, tablet and desktop, in both schemes, without a fault that axe can find', async () => {
    const { page, errors, close } = await h.visit(`/archive#token=${supervisor}`);
    await page.locator('.hit').first().waitFor(PATIENT);
    // The figures share their look: their colours are looked at once.
    const views = [
      ['', true],
      ['?bout=open_bout', true],
      ['?check', true],
      ['?figures', false],
      ['?fighter=jose', true],
      ['?figures=judges', false],
      ['?figures=anomalies', false],
      ['?storage', true],
    ] as const;
    for (const [view, inBoth] of views) {
      await page.evaluate(`history.pushState(null, '', '/archive${view}'); dispatchEvent(new Event('popstate'))`);
      await h.becomes(page, "!/Loading/.test(document.querySelector('main').innerText)");
      for (const colorScheme of inBoth ? (['light', 'dark'] as const) : (['dark'] as const)) {
        await page.emulateMedia({ colorScheme });
        for (const [name, size] of Object.entries({ phone: PHONE, tablet: TABLET, desktop: DESKTOP })) {
          await page.setViewportSize(size);
          expect(await h.overflow(page), `${view} ${name}`).toBeLessThanOrEqual(0);
          await h.shot(page, `archive${view.replaceAll(/\W/g, '-')}-${name}-${colorScheme}`);
        }
        expect(await h.axe(page), `${view} ${colorScheme}`).toEqual([]);
      }
    }
    expect(errors).toEqual([]);
    await close();
  });
});

/** A bundle of entries, each behind two bytes of its length, with a letter changed in the middle of each. */
function inEveryEntry(bundle: Uint8Array): Uint8Array {
  const changed = Uint8Array.from(bundle);
  for (let at = 0; at + 2 <= bundle.length;) {
    const length = ((bundle[at] ?? 0) << 8) | (bundle[at + 1] ?? 0);
    const middle = at + 2 + (length >> 1);
    changed[middle] = (changed[middle] ?? 0) ^ 1;
    at += 2 + length;
  }
  return changed;
}
