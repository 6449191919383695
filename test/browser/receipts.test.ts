import { webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { verifierKeyOf } from '../../cli/log-key.ts';
import { PROJECT_ROOT } from '../../cli/project.ts';
import { loadSecrets } from '../../cli/secrets.ts';
import { remoteAt } from '../../cli/verify/address.ts';
import { type Receipt, type Report, verifyArchive } from '../../domain/archive/index.ts';
import { readReceipts } from '../../domain/ledger/index.ts';
import { TABLET, useHarness } from './harness.ts';

const h = useHarness();
const BOUT = 'receipts_1';
/** Two receipts and their summary. */
const KEPT_RECEIPTS = `new Promise((resolve, reject) => {
  const opening = indexedDB.open('fightjudge');
  opening.onerror = reject;
  opening.onsuccess = () => {
    const asked = opening.result.transaction('kept').objectStore('kept').getAllKeys();
    asked.onsuccess = () => resolve(asked.result.filter((key) => key.startsWith('receipt')).length);
    opening.result.close();
  };
})`;
const PATIENT = { timeout: 20_000 };

/** The server’s record of the bout, held against what a device has saved. */
async function verified(token: string, receipts: readonly Receipt[], checkpoint: string | null): Promise<Report> {
  const { logKey } = loadSecrets({
    env: { ADMIN_SECRET: h.server.adminSecret },
    projectRoot: PROJECT_ROOT,
    dataDir: h.server.dataDir,
  });
  return await verifyArchive(remoteAt(`${h.server.url}/api/archive/${BOUT}`, token).source, {
    key: verifierKeyOf(logKey),
    receipts,
    checkpoints: checkpoint === null ? [] : [checkpoint],
    subtle: webcrypto.subtle,
  });
}

it('a paired device signs what it logs and keeps receipts that the sealed record is held against', async () => {
  const [one, two] = [await h.mint('supervisor', 'one'), await h.mint('supervisor', 'two')];
  const card = await h.makeCard('receipts');
  await h.makeBout(BOUT, { card_id: card, judges: [{ judge_id: 'JUDGE001', judge_name: 'First Judge' }] });
  await h.post(`/api/cards/${card}/current`, one, { bout_id: BOUT });
  const { code } = await h.post('/api/pairings', one, { card_id: card, role: 'operator', subject: 'op' });
  const { page, context, errors, close } = await h.visit(`/pair#${String(code)}`, { viewport: TABLET });
  await page.getByRole('link', { name: 'Go to your page' }).click();
  await page.locator('.connection[data-state="live"]').waitFor(PATIENT);
  await h.startRound(BOUT);
  await page.locator('[data-command="jab"]').waitFor(PATIENT);

  // A knockdown says its tier beside its name; the jab waits for a network, and for a page that is opened anew.
  await page.locator('[data-command="kd_hard"]').click();
  await page.locator('.receipts[data-receipts="1"]').waitFor(PATIENT);
  await expect.poll(async () => await page.evaluate('navigator.serviceWorker.controller !== null'), PATIENT).toBe(true);
  await context.setOffline(true);
  await page.locator('[data-command="jab"]').click();
  await page.locator('button.unsent[data-unsent="1"]').waitFor();
  await page.reload();
  await page.locator('button.unsent[data-unsent="1"]').waitFor(PATIENT);
  await context.setOffline(false);
  await page.locator('.receipts[data-receipts="2"]').waitFor(PATIENT);
  await page.locator('.connection[data-state="live"]').waitFor(PATIENT);

  await h.post(`/api/bouts/${BOUT}/clock`, one, { action: 'end_round', round_id: 1 });
  await page.locator('.receipts[data-checkpoint="kept"]').waitFor(PATIENT);
  await h.shot(page, 'receipts-operator');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save receipts' }).click(),
  ]);
  const saved = readReceipts(readFileSync(await download.path(), 'utf8'));
  if (!saved.ok) throw new Error(saved.detail);
  const { boutId, receipts, checkpoint } = saved.value;
  expect({ boutId, receipts: receipts.length }).toEqual({ boutId: BOUT, receipts: 2 });
  // Whoever gives the device away leaves none of them on it.
  expect(await page.evaluate(KEPT_RECEIPTS)).toBe(3);
  await page.goto(`${h.server.url}/pair`);
  await page.getByRole('button', { name: 'Give this place up' }).click();
  await h.becomes(page, `${KEPT_RECEIPTS}.then((count) => count === 0)`);
  expect(errors).toEqual([]);
  await close();

  const result = { method: 'NC', winner: 'no_contest', reason: 'the test is over' };
  await h.post(`/api/bouts/${BOUT}/finalize`, one, result);
  await h.post(`/api/bouts/${BOUT}/finalize`, two, { confirm: true });
  await h.post(`/api/bouts/${BOUT}/seal`, one, {});
  await expect
    .poll(async () => (await h.get(`/api/archive/${BOUT}`, one))['archived_ms'], { ...PATIENT, interval: 100 })
    .toEqual(expect.any(Number));
  const report = await verified(one, receipts, checkpoint);
  expect({ findings: report.findings, verdict: report.verdict }).toEqual({ findings: [], verdict: 'proven' });
  expect(report.facts).toMatchObject({
    signatures: { present: 2, verified: 2, unchecked: 0 },
    receipts: 2,
    checkpoints: 1,
  });

  // Whoever kept what was said then finds a record that says something else.
  const [first, second] = receipts;
  const other = { index: first?.index ?? 0, hash: second?.hash ?? '' };
  expect(await verified(one, [other], null)).toMatchObject({
    verdict: 'broken',
    findings: [{ code: 'receipt_differs', index: other.index }],
  });
});
