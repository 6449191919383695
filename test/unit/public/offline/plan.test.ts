import { describe, expect, it } from 'vitest';
import { cacheName, outdated, pagePath, versionFor } from '../../../../public/offline/plan.ts';

const OLD = cacheName('old');
const NEW = cacheName('new');

describe('which build a page is served from', () => {
  it('is the newest, unless the device is in the middle of a bout', () => {
    expect(versionFor('new', null, [OLD, NEW], 0)).toBe('new');
    expect(versionFor('new', { version: 'old', untilMs: 10 }, [OLD, NEW], 5)).toBe('old');
  });

  it('is the newest once the pin has run out, or where the former build is gone', () => {
    expect(versionFor('new', { version: 'old', untilMs: 10 }, [OLD, NEW], 10)).toBe('new');
    expect(versionFor('new', { version: 'old', untilMs: 10 }, [NEW], 5)).toBe('new');
  });

  it('keeps the builds in use and forgets the others, and nothing else of the origin', () => {
    const names = [OLD, NEW, cacheName('older'), 'fightjudge-meta', 'somebody-else'];
    expect(outdated('new', null, names, 0)).toEqual([OLD, cacheName('older')]);
    expect(outdated('new', { version: 'old', untilMs: 10 }, names, 5)).toEqual([cacheName('older')]);
  });
});

describe('the path of a page', () => {
  it('is the same however it is written', () => {
    expect(['/judge', '/judge/', '/judge.html'].map(pagePath)).toEqual(['/judge', '/judge', '/judge']);
    expect(['/', '/index.html', '/index'].map(pagePath)).toEqual(['/', '/', '/']);
  });
});
