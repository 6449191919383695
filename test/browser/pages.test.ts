import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../../cli/project.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  await server.stop();
});

const PAGES = readdirSync(join(PROJECT_ROOT, 'public'))
  .filter((name) => name.endsWith('.html') && name !== '404.html')
  .map((name) => (name === 'index.html' ? '/' : `/${name.replace('.html', '')}`));

/** What a browser fetches before the page can draw: its script and what that imports at once. */
async function firstScripts(path: string): Promise<number> {
  const html = await (await fetch(server.url + path)).text();
  const addresses = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(([, address = '']) => address);
  expect(addresses.length).toBeGreaterThan(0);
  const sizes = await Promise.all(
    addresses.map(async (address) => gzipSync(await (await fetch(server.url + address)).bytes()).length),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

describe('the pages', () => {
  it('are served under a policy that loads nothing from elsewhere and runs nothing inline', async () => {
    for (const path of PAGES) {
      const answer = await fetch(server.url + path);
      expect([path, answer.status]).toEqual([path, 200]);
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy, path).toContain("default-src 'none'");
      expect(policy, path).not.toContain('unsafe');
      const html = await answer.text();
      expect(html, path).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
      expect(html, path).toContain('<html lang="en"');
    }
  });

  it('weigh little: the judge has less than 60 kB of script to wait for', async () => {
    expect(await firstScripts('/judge')).toBeLessThan(60_000);
  });

  it('can be installed by a judge: a manifest, and the icons that it names', async () => {
    const manifest: unknown = await (await fetch(`${server.url}/judge.webmanifest`)).json();
    expect(manifest).toMatchObject({ start_url: '/judge', display: 'standalone' });
    const icons = JSON.stringify(manifest).match(/\/icon[^"]+/g) ?? [];
    expect(icons.length).toBeGreaterThanOrEqual(3);
    for (const icon of icons) {
      const answer = await fetch(server.url + icon);
      expect([icon, answer.status]).toEqual([icon, 200]);
      expect(answer.headers.get('content-type')).toMatch(/^image\//);
    }
  });

  it('answer an address that is none with 404 and the ways back', async () => {
    const answer = await fetch(`${server.url}/no-such-page`);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('href="/"');
  });
});
