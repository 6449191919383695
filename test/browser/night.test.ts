import type { Page, WebSocket } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { type Bag, isBag, parseJson } from '../../public/shared/wire/decode.ts';
import { PHONE, TABLET, useHarness, type Visit } from './harness.ts';

const PATIENT = { timeout: 20_000 };
const OVERLAY = { width: 1920, height: 1080 };
/** Longer apart than the fingerprint's 10 ms, as any two presses of one finger are. */
const FINGER = { delay: 12 };

describe('a night in a browser', () => {
  const h = useHarness();

  async function pair(card: string, claims: object, viewport: typeof PHONE | typeof TABLET = PHONE): Promise<Visit> {
    const { code } = await h.post('/api/pairings', await staff(), { card_id: card, ...claims });
    const visit = await h.visit(`/pair#${String(code)}`, { viewport });
    await visit.page.getByRole('link', { name: 'Go to your page' }).click();
    await live(visit.page);
    return visit;
  }

  let staffToken: string | undefined;
  const staff = async (): Promise<string> => (staffToken ??= await h.mint('supervisor', 'night_staff'));

  const live = async (page: Page) => await page.locator('.connection[data-state="live"]').waitFor(PATIENT);
  const allSent = async (page: Page) =>
    await page.locator('button.unsent[data-unsent="0"][data-refused="0"]').waitFor(PATIENT);
  const unsent = async (page: Page, count: number) =>
    await page.locator(`button.unsent[data-unsent="${count}"]`).waitFor(PATIENT);
  const press = async (page: Page, ...keys: readonly string[]) => {
    for (const key of keys) await page.keyboard.press(key, FINGER);
  };
  const status = async (page: Page, word: string) =>
    await page.locator(`.desk-status[data-status="${word}"]`).waitFor(PATIENT);
  const judgeIn = async (page: Page, word: string) => await page.locator(`.round-status.${word}`).waitFor(PATIENT);
  const tab = (page: Page, name: string) =>
    page.locator('.tabs').getByRole('button', { name: new RegExp(`^${name}\\b`) });

  async function startRound(page: Page): Promise<void> {
    await page.keyboard.press('n');
    await page.keyboard.press('Enter');
    await status(page, 'IN_PROGRESS');
  }

  async function submit(page: Page, round: number, red: string, blue: string): Promise<void> {
    await tab(page, 'Score').click();
    await page.locator('.chip', { hasText: `R${round}` }).click();
    await page.getByRole('button', { name: new RegExp(`^${red}–${blue}, `) }).click();
    await page.getByRole('button', { name: 'Submit and lock' }).click();
    await page.locator('.locked').waitFor();
  }

  async function sign(page: Page): Promise<void> {
    await tab(page, 'Scorecard').click();
    await page.getByRole('button', { name: 'Review and sign' }).click();
    await page.getByRole('button', { name: 'Sign', exact: true }).click();
    await page.locator('.sign').getByText('Signed', { exact: true }).waitFor(PATIENT);
  }

  async function actionsOf(bout: string, round: number): Promise<readonly Bag[]> {
    const { events } = await h.get(`/api/events/v2/${bout}/${round}`, await staff());
    return Array.isArray(events) ? events.filter(isBag) : [];
  }

  /** How many actions of each person the ledger has, each `event_id` once. */
  function bySubject(actions: readonly Bag[]): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    expect(new Set(actions.map(({ event_id }) => event_id)).size).toBe(actions.length);
    for (const { judge_id } of actions) counts[String(judge_id)] = (counts[String(judge_id)] ?? 0) + 1;
    return counts;
  }

  /** Everything that has reached a page by its socket. */
  function framesOf(page: Page): readonly Bag[] {
    const frames: Bag[] = [];
    page.on('websocket', (socket: WebSocket) => {
      socket.on('framereceived', ({ payload }) => {
        const frame = typeof payload === 'string' ? parseJson(payload) : null;
        if (isBag(frame)) frames.push(frame);
      });
    });
    return frames;
  }

  it('is scored to its official result by eight devices, through lost networks, a killed server and a moved seat', async () => {
    const card = await h.makeCard('night');
    const bout = await h.makeBout('night_1', { card_id: card, scheduled_rounds: 2 });
    await h.post(`/api/cards/${card}/current`, await staff(), { bout_id: bout });
    const scope = { card_id: card };
    const supervisor = await h.visit(`/supervisor?view=bout#token=${await h.mint('supervisor', 'first', scope)}`);
    const operators = {
      red: await pair(card, { role: 'operator', subject: 'op_red', corners: ['red'] }, TABLET),
      blue: await pair(card, { role: 'operator', subject: 'op_blue', corners: ['blue'] }, TABLET),
    };
    const judges = [
      await pair(card, { role: 'judge', subject: 'person_1', judge_id: 'JUDGE001' }),
      await pair(card, { role: 'judge', subject: 'person_2', judge_id: 'JUDGE002' }),
      await pair(card, { role: 'judge', subject: 'person_3', judge_id: 'JUDGE003' }),
    ] as const;
    const [one, two, three] = judges;
    const sent = framesOf(one.page);
    const broadcaster = await h.mint('broadcaster', 'gallery', scope);
    const overlay = await h.visit(`/overlay?layers=scorebug,stats,result#token=${broadcaster}`, { viewport: OVERLAY });
    const everybody = [supervisor, operators.red, operators.blue, ...judges, overlay];
    for (const { page } of [supervisor, operators.red, operators.blue, ...judges]) await live(page);
    await one.page.reload();
    await live(one.page);

    await startRound(supervisor.page);
    await overlay.page.locator('.scorebug').getByText('Red Fighter').waitFor(PATIENT);
    for (const { page } of judges) await judgeIn(page, 'IN_PROGRESS');
    for (const { page } of [operators.red, operators.blue]) await page.locator('[data-command="jab"]').waitFor();
    await press(operators.red.page, '1', '2', '3', 'v');
    await press(operators.blue.page, '1', 'q');
    await one.page.getByRole('button', { name: 'Red: Rocked' }).click();

    // Two devices lose their network for the rest of the round, and are started anew without one.
    for (const { page } of [operators.red, two]) {
      await allSent(page);
      await expect
        .poll(async () => await page.evaluate('navigator.serviceWorker.controller !== null'), PATIENT)
        .toBe(true);
    }
    await operators.red.context.setOffline(true);
    await two.context.setOffline(true);
    await press(operators.red.page, '1', '2', '3');
    await two.page.getByRole('button', { name: 'Blue: Rocked' }).click();
    await unsent(operators.red.page, 3);
    await unsent(two.page, 1);
    await operators.red.page.reload();
    await two.page.reload();
    await unsent(operators.red.page, 3);
    await unsent(two.page, 1);
    await operators.red.page.locator('[data-command="jab"]').waitFor();
    await press(operators.red.page, '4', '5');
    await two.page.getByRole('button', { name: 'Red: Knockdown' }).click();
    await unsent(operators.red.page, 5);
    await unsent(two.page, 2);

    // The server dies under all of them. Whoever taps meanwhile goes on.
    await h.server.kill9();
    await press(operators.blue.page, '2', '3');
    await unsent(operators.blue.page, 2);
    await h.server.restart();
    for (const { page } of [supervisor, operators.blue, one, three]) await live(page);
    await allSent(operators.blue.page);

    await supervisor.page.getByRole('button', { name: 'End round', exact: true }).click();
    await status(supervisor.page, 'ENDED');
    await submit(one.page, 1, '10', '9');
    await submit(three.page, 1, '9', '10');
    await submit(two.page, 1, '10', '9');
    await unsent(two.page, 3);
    await operators.red.context.setOffline(false);
    await two.context.setOffline(false);
    for (const { page } of [operators.red, two]) await allSent(page);
    expect(bySubject(await actionsOf(bout, 1))).toEqual({ op_red: 9, op_blue: 4, JUDGE001: 1, JUDGE002: 2 });

    // Round 2: a seat moves to another device while both have taps that nobody has heard of.
    await startRound(supervisor.page);
    for (const { page } of judges) await judgeIn(page, 'IN_PROGRESS');
    const batch = /events\/v2\/batch/;
    await three.context.route(batch, async (route) => await route.abort());
    await tab(three.page, 'Log').click();
    await three.page.getByRole('button', { name: 'Red: Rocked' }).click();
    await three.page.getByRole('button', { name: 'Red: Knockdown' }).click();
    await unsent(three.page, 2);
    await tab(three.page, 'Scorecard').click();
    await three.page.getByRole('button', { name: 'Move to another device' }).click();
    const code = await three.page.locator('.handover code').innerText();
    const fresh = await h.visit('/pair', { viewport: TABLET });
    await fresh.context.route(batch, async (route) => await route.abort());
    await fresh.page.getByLabel('Link or code').fill(code);
    await fresh.page.getByRole('button', { name: 'Use this code' }).click();
    await fresh.page.getByRole('link', { name: 'Go to your page' }).click();
    await live(fresh.page);
    await three.page.getByRole('heading', { name: 'This seat is now on another device' }).waitFor(PATIENT);
    await fresh.page.getByRole('button', { name: 'Blue: Rocked', exact: true }).click();
    await unsent(fresh.page, 1);
    await three.context.unroute(batch);
    await fresh.context.unroute(batch);
    await three.page.getByText('Everything from this device has been sent.').waitFor(PATIENT);
    await allSent(fresh.page);
    const swapped = await actionsOf(bout, 2);
    expect(bySubject(swapped)).toEqual({ JUDGE003: 3 });
    expect(swapped.filter(({ flags }) => Array.isArray(flags) && flags.includes('after_swap'))).toHaveLength(2);

    await supervisor.page.getByRole('button', { name: 'End round', exact: true }).click();
    await status(supervisor.page, 'ENDED');
    for (const { page } of [one, two, fresh]) await submit(page, 2, '10', '9');
    for (const { page } of [one, two, fresh]) await sign(page);

    await supervisor.page.getByRole('button', { name: 'Propose this result' }).click();
    await supervisor.page.getByText('Your own proposal: another person must confirm it.').waitFor(PATIENT);
    const second = await h.visit(`/supervisor?view=bout#token=${await h.mint('supervisor', 'second', scope)}`);
    await second.page.getByRole('button', { name: /Confirm this result/ }).click();
    await status(supervisor.page, 'FINAL');
    await overlay.page.locator('[data-layer="result"]').getByText('Red Fighter').first().waitFor(PATIENT);

    // A judge's device has been sent nobody else's work: no tap, no scorecard, no session.
    const entries = sent.flatMap(({ entries: list }) => (Array.isArray(list) ? list.filter(isBag) : []));
    expect(entries.length).toBeGreaterThan(0);
    const others = entries.filter(({ actor, judge_id }) => {
      const seat = isBag(actor) ? actor.seat : null;
      return (typeof seat === 'string' && seat !== 'JUDGE001') || /JUDGE00[23]|op_/.test(String(judge_id));
    });
    expect(others).toEqual([]);

    const final = await h.get(`/api/final/${bout}`, await staff());
    expect(final).toMatchObject({ winner: 'Red Fighter', full_event_log_hash_chain_valid: true });
    for (const visit of [...everybody, fresh, second]) {
      expect(visit.errors).toEqual([]);
      await visit.close();
    }
  }, 150_000);

  it('shows nobody a page that is not for their role, and lets no socket in that may not see the bout', async () => {
    const bout = await h.makeBout('night_closed', { release_policy: { statistics: 'commission' } });
    const tokens = {
      judge: await h.mint('judge', 'person_9', { judge_id: 'JUDGE001', bout_id: bout }),
      operator: await h.mint('operator', 'op_9', { bout_id: bout }),
      viewer: await h.mint('viewer', 'viewer_9', { bout_id: bout }),
    };
    const wrong: readonly (readonly [page: string, role: keyof typeof tokens])[] = [
      ['/supervisor', 'judge'],
      ['/operator', 'judge'],
      ['/monitor', 'judge'],
      ['/judge', 'operator'],
      ['/supervisor', 'operator'],
      ['/judge', 'viewer'],
      ['/operator', 'viewer'],
    ];
    for (const [path, role] of wrong) {
      const { page, close } = await h.visit(`${path}?bout=${bout}#token=${tokens[role]}`);
      await page.getByRole('heading').first().waitFor();
      const tools = page.locator('[data-command], .desk, .choice, .tabs, .tiles, .tile');
      expect([path, role, await tools.count()]).toEqual([path, role, 0]);
      await close();
    }
    const { page, close } = await h.visit('/');
    const outcome = async (protocols: readonly string[]): Promise<unknown> =>
      await page.evaluate(`new Promise((done) => {
        const socket = new WebSocket(location.origin.replace('http', 'ws') + '/api/bouts/${bout}/socket', ${JSON.stringify(protocols)});
        socket.onmessage = ({ data }) => done(JSON.parse(data).type);
        socket.onclose = () => done('refused');
      })`);
    expect(await outcome(['fightjudge.v1'])).toBe('refused');
    expect(await outcome(['fightjudge.v1', tokens.viewer])).toBe('refused');
    expect(await outcome(['fightjudge.v1', 'a.b.c'])).toBe('refused');
    expect(await outcome(['fightjudge.v1', tokens.judge])).toBe('hello');
    expect(await outcome(['fightjudge.v1', tokens.operator])).toBe('hello');
    await close();
  });
});
