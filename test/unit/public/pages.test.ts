import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addressOf, EVERY_ROLE, type PageId, PAGES, waysOf } from '../../../public/shared/look/pages.ts';
import { homeWords } from '../../../public/shared/strings/home.ts';

const PUBLIC = join(import.meta.dirname, '../../../public');
const IDS = Object.keys(PAGES).filter((id): id is PageId => id in PAGES);

describe('the ways into the pages', () => {
  it('lead to files that exist', () => {
    const missing = IDS.filter((id) => id !== 'docs' && !existsSync(join(PUBLIC, `${PAGES[id].path.slice(1)}.html`)));
    expect(missing).toEqual([]);
  });

  it('name no page twice for any role, and each in words', () => {
    for (const role of EVERY_ROLE) {
      const { own, others } = waysOf(role);
      const all = [...own, ...others];
      expect(new Set(all).size, String(role)).toBe(all.length);
      for (const id of all) {
        const { name, hint } = homeWords.page(id, role);
        expect(name).not.toBe('');
        expect(hint).not.toBe('');
      }
    }
  });

  it('begin with where the work of each role is', () => {
    const first = Object.fromEntries(EVERY_ROLE.map((role) => [role ?? 'spectator', waysOf(role).own[0] ?? null]));
    expect(first).toEqual({
      admin: 'supervisor',
      supervisor: 'supervisor',
      operator: 'operator',
      judge: 'judge',
      timekeeper: 'supervisor',
      referee: 'supervisor',
      broadcaster: 'overlay',
      camera: null,
      analyst: 'monitor',
      viewer: null,
      spectator: null,
    });
  });

  it('leave every page reachable for somebody', () => {
    const reached = new Set(EVERY_ROLE.flatMap((role) => [...waysOf(role).own, ...waysOf(role).others]));
    expect(IDS.filter((id) => !reached.has(id))).toEqual([]);
  });

  it('show a judge nothing that is made of running statistics', () => {
    const { own, others } = waysOf('judge');
    for (const page of ['commentary', 'arena', 'overlay', 'monitor'] as const) {
      expect([...own, ...others]).not.toContain(page);
    }
  });
});

describe('the address of a page', () => {
  it('keeps the bout that the address names, and lets a page that follows the night follow it', () => {
    expect(addressOf('judge', { named: 'a b', shown: 'a b' })).toBe('/judge?bout=a%20b');
    expect(addressOf('judge', { named: null, shown: 'bout_1' })).toBe('/judge');
  });

  it('names the bout on screen where the page has to be told', () => {
    expect(addressOf('replay', { named: null, shown: 'bout_1' })).toBe('/replay?bout=bout_1');
    expect(addressOf('replay', { named: 'bout_2', shown: 'bout_1' })).toBe('/replay?bout=bout_2');
    expect(addressOf('replay', { named: null, shown: null })).toBe('/replay');
  });

  it('names no bout where the page is about none', () => {
    expect(addressOf('monitor', { named: 'bout_1', shown: 'bout_1' })).toBe('/monitor');
    expect(addressOf('docs', { named: 'bout_1', shown: 'bout_1' })).toBe('/api/docs');
  });
});
