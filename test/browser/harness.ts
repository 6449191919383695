import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { launchBrowser } from '../../cli/browser.ts';
import { type Bag, isBag } from '../../public/shared/wire/decode.ts';
import { startServer, type TestServer } from '../support/server.ts';

export const PHONE = { width: 390, height: 844 } as const;
export const TABLET = { width: 820, height: 1180 } as const;
export const DESKTOP = { width: 1440, height: 900 } as const;

export type Visit = {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the page threw, what its policy stopped, and what it asked of anybody else than this server. */
  readonly errors: readonly string[];
  readonly close: () => Promise<void>;
};

/** The built product, served with data of its own, once for a file of tests, and a browser. */
export type Harness = {
  readonly server: TestServer;
  readonly browser: Browser;
  /** A token of 900 s. */
  readonly mint: (role: string, subject: string, more?: object) => Promise<string>;
  /** @throws Error with the answer, where it is not 2xx */
  readonly send: (method: string, path: string, token: string | null, body?: object) => Promise<Bag>;
  readonly post: (path: string, token: string | null, body: object) => Promise<Bag>;
  readonly get: (path: string, token: string | null) => Promise<Bag>;
  readonly makeCard: (cardId: string, more?: object) => Promise<string>;
  /** MMA over three rounds, Red Fighter v Blue Fighter, seats JUDGE001 to JUDGE003. */
  readonly makeBout: (boutId: string, more?: object) => Promise<string>;
  readonly startRound: (boutId: string, round?: number) => Promise<void>;
  /** Logs one action in round 1 as an operator; gives its `event_id`. */
  readonly log: (boutId: string, fighter: 'fighter1' | 'fighter2', type: string, metadata?: object) => Promise<string>;
  /** Opens a page in a browser context of its own. */
  readonly visit: (path: string, options?: BrowserContextOptions) => Promise<Visit>;
  /** What axe-core finds wrong, each with its first place. */
  readonly axe: (page: Page) => Promise<unknown>;
  /** By how many pixels the page is wider than its window. */
  readonly overflow: (page: Page) => Promise<number>;
  /** Waits until an expression of the page, or what it promises, is true: `waitForFunction` takes a promise for true. */
  readonly becomes: (page: Page, expression: string) => Promise<void>;
  /** Kept only where FIGHTJUDGE_SHOTS names a folder. */
  readonly shot: (page: Page, name: string) => Promise<void>;
};

let launching: Promise<Browser> | undefined;

/**
 * One browser for all files that a process runs: what a page keeps, it keeps in its own context. It ends with the
 * process, whose pipe it hangs on.
 */
async function sharedBrowser(): Promise<Browser> {
  return await (launching ??= launchBrowser());
}

export function useHarness(): Harness {
  let server: TestServer | undefined;
  let browser: Browser | undefined;
  let supervisor: string | undefined;
  let operator: string | undefined;
  let tappedMs = 0;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), sharedBrowser()]);
  });
  afterAll(async () => {
    await Promise.all(browser?.contexts().map(async (context) => await context.close()) ?? []);
    await server?.stop();
  });

  const running = (): TestServer => {
    if (server === undefined) throw new Error('The server is started before the first test.');
    return server;
  };
  const launched = (): Browser => {
    if (browser === undefined) throw new Error('The browser is started before the first test.');
    return browser;
  };

  const send: Harness['send'] = async (method, path, token, body) => {
    const response = await fetch(running().url + path, {
      method,
      headers: token === null ? {} : { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (!response.ok || !isBag(answer)) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  };
  const post: Harness['post'] = async (path, token, body) => await send('POST', path, token, body);
  const mint: Harness['mint'] = async (role, subject, more = {}) => {
    const body = { role, subject, ttl_s: 900, ...more };
    const { token } = await post('/api/auth/tokens', running().adminSecret, body);
    if (typeof token !== 'string') throw new Error('No token was minted.');
    return token;
  };
  const asSupervisor = async (): Promise<string> => (supervisor ??= await mint('supervisor', 'harness_supervisor'));
  const asOperator = async (): Promise<string> => (operator ??= await mint('operator', 'harness_operator'));

  return {
    get server() {
      return running();
    },
    get browser() {
      return launched();
    },
    mint,
    send,
    post,
    get: async (path, token) => await send('GET', path, token),
    makeCard: async (cardId, more = {}) => {
      const facts = { card_id: cardId, promotion: 'Test Promotion', event: 'Test Night', date: today(), ...more };
      await post('/api/cards', await asSupervisor(), facts);
      return cardId;
    },
    makeBout: async (boutId, more = {}) => {
      await post('/api/bouts', await asSupervisor(), {
        bout_id: boutId,
        promotion: 'Test Promotion',
        event: 'Test Night',
        date: today(),
        sport: 'mma',
        scheduled_rounds: 3,
        fighter1: { name: 'Red Fighter' },
        fighter2: { name: 'Blue Fighter' },
        judges: [
          { judge_id: 'JUDGE001', judge_name: 'First Judge' },
          { judge_id: 'JUDGE002', judge_name: 'Second Judge' },
          { judge_id: 'JUDGE003', judge_name: 'Third Judge' },
        ],
        ...more,
      });
      return boutId;
    },
    startRound: async (boutId, round = 1) => {
      await post(`/api/bouts/${boutId}/clock`, await asSupervisor(), { action: 'start_round', round_id: round });
    },
    log: async (boutId, fighter, type, metadata = {}) => {
      const { event_id } = await post('/api/events/v2/log', await asOperator(), {
        bout_id: boutId,
        round_id: 1,
        judge_id: 'harness_operator',
        fighter_id: fighter,
        event_type: type,
        // Two taps of one hand are never within the same 10 ms, which the ledger would take for one.
        timestamp_ms: (tappedMs = Math.max(Date.now(), tappedMs + 10)),
        device_id: 'harness_device',
        metadata,
      });
      return String(event_id);
    },
    visit: async (path, options = {}) => {
      const context = await launched().newContext({ viewport: DESKTOP, ...options });
      const page = await context.newPage();
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('console', (message) => {
        if (message.text().includes('Content Security Policy')) errors.push(message.text());
      });
      page.on('request', (request) => {
        if (!ownAddress(request.url(), running().url)) errors.push(`asked elsewhere: ${request.url()}`);
      });
      await page.goto(running().url + path);
      return { page, context, errors, close: async () => await context.close() };
    },
    axe: async (page) => {
      // Half a megabyte: once for each page.
      if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(axeSource());
      return await page.evaluate(
        'axe.run({ resultTypes: ["violations"] }).then(({ violations }) => violations.map(({ id, nodes }) => id + " " + nodes[0].html))',
      );
    },
    overflow: async (page) => Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth')),
    becomes: async (page, expression) => {
      await expect.poll(async () => await page.evaluate(expression), { timeout: 20_000 }).toBe(true);
    },
    shot: async (page, name) => {
      const folder = process.env['FIGHTJUDGE_SHOTS'];
      if (folder === undefined) return;
      mkdirSync(folder, { recursive: true });
      await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
    },
  };
}

function axeSource(): string {
  return readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
}

function ownAddress(address: string, server: string): boolean {
  return address.startsWith(server) || address.startsWith('data:') || address.startsWith('blob:');
}

/** Devices renew until a day after the card's date, so a card of a fixed date would end one day. */
function today(): string {
  return new Date().toISOString().slice(0, 10);
}
