import { cacheName, outdated, pagePath, type Pin, versionFor } from './plan.ts';

/**
 * The service worker: pages that a device has asked to keep open without a network, and stay as they are in the middle
 * of a bout. It never touches the API: what is unsent lies in the page's own outbox.
 */
declare const self: ServiceWorkerGlobalScope;

/** Written in by the build: the version, and of each page the files that it is made of. */
const BUILD: { readonly version: string; readonly pages: Readonly<Record<string, readonly string[]>> } =
  JSON.parse('__FIGHTJUDGE_BUILD__');

/** What outlives a build: which pages this device keeps, and on which build it is pinned. */
const META = 'fightjudge-meta';

type Message =
  | { readonly type: 'keep'; readonly path: string }
  | { readonly type: 'pin'; readonly untilMs: number }
  | { readonly type: 'unpin' }
  | { readonly type: 'update' };

self.addEventListener('install', (event) => {
  // A page that cannot be fetched whole fails the installation: the former build goes on serving all of it.
  event.waitUntil(keptPages().then(async (pages) => await storeAll(pages)));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(sweep().then(async () => await self.clients.claim()));
});

self.addEventListener('message', (event) => {
  const message: Message = event.data;
  event.waitUntil(obey(message));
});

async function obey(message: Message): Promise<void> {
  switch (message.type) {
    case 'keep': {
      const pages = await keptPages();
      if (!pages.includes(message.path)) await writeMeta('pages', [...pages, message.path]);
      return await storeAll([message.path]);
    }
    case 'pin':
      // Whoever is pinned stays where they are; a pin on top of another would move them.
      if ((await currentPin()) === null) await writeMeta('pin', { version: BUILD.version, untilMs: message.untilMs });
      else await writeMeta('pin', { ...(await readPin()), untilMs: message.untilMs });
      return;
    case 'unpin':
      await (await caches.open(META)).delete('/pin');
      return await sweep();
    case 'update':
      return await self.skipWaiting();
  }
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin || url.pathname.startsWith('/api/')) return;
  if (request.mode === 'navigate') {
    const path = pagePath(url.pathname);
    if (path in BUILD.pages) event.respondWith(servePage(path, request));
  } else if (url.pathname.startsWith('/assets/') || !url.pathname.includes('/', 1)) {
    event.respondWith(serveFile(request));
  }
});

/** A page from its build on this device; from the network where the device does not keep it. */
async function servePage(path: string, request: Request): Promise<Response> {
  const version = versionFor(BUILD.version, await readPin(), await caches.keys(), Date.now());
  const stored = await (await caches.open(cacheName(version))).match(path);
  return stored ?? (await fetch(request));
}

/** File names carry their hash, so whichever build has one has the right one. */
async function serveFile(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreSearch: true })) ?? (await fetch(request));
}

async function storeAll(pages: readonly string[]): Promise<void> {
  const cache = await caches.open(cacheName(BUILD.version));
  const files = [...new Set(pages.flatMap((page) => BUILD.pages[page] ?? []))];
  const missing: string[] = [];
  for (const file of files) if ((await cache.match(file)) === undefined) missing.push(file);
  // Past the browser's own cache, which may still hold the former build's page under the same address.
  await cache.addAll(missing.map((file) => new Request(file, { cache: 'reload' })));
}

async function sweep(): Promise<void> {
  const names = await caches.keys();
  const gone = outdated(BUILD.version, await readPin(), names, Date.now());
  await Promise.all(gone.map(async (name) => await caches.delete(name)));
}

async function keptPages(): Promise<readonly string[]> {
  const pages = await readMeta('pages');
  return Array.isArray(pages) ? pages.filter((page) => typeof page === 'string') : [];
}

async function readPin(): Promise<Pin | null> {
  const pin = await readMeta('pin');
  if (typeof pin !== 'object' || pin === null || !('version' in pin) || !('untilMs' in pin)) return null;
  const { version, untilMs } = pin;
  return typeof version === 'string' && typeof untilMs === 'number' ? { version, untilMs } : null;
}

/** Null where there is none, or it has run out. */
async function currentPin(): Promise<Pin | null> {
  const pin = await readPin();
  return pin !== null && Date.now() < pin.untilMs ? pin : null;
}

async function readMeta(name: string): Promise<unknown> {
  const stored = await (await caches.open(META)).match(`/${name}`);
  return stored === undefined ? null : await stored.json();
}

async function writeMeta(name: string, value: unknown): Promise<void> {
  await (await caches.open(META)).put(`/${name}`, Response.json(value));
}
