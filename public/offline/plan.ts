/**
 * Which build of a page a device is given. A build's files stand in one cache, named by its version; a page that is
 * in use at a bout stays on its build until that bout is over, whatever has been installed meanwhile.
 */
export type Pin = { readonly version: string; readonly untilMs: number };

const PREFIX = 'pages-';

export function cacheName(version: string): string {
  return PREFIX + version;
}

/** The version that a page is served from: the pinned one while its pin holds and its files are there. */
export function versionFor(own: string, pin: Pin | null, caches: readonly string[], nowMs: number): string {
  return pin !== null && nowMs < pin.untilMs && caches.includes(cacheName(pin.version)) ? pin.version : own;
}

/** Caches of builds that nobody is on any more. Caches of others are not ours to delete. */
export function outdated(own: string, pin: Pin | null, caches: readonly string[], nowMs: number): readonly string[] {
  const kept = [cacheName(own), cacheName(versionFor(own, pin, caches, nowMs))];
  return caches.filter((name) => name.startsWith(PREFIX) && !kept.includes(name));
}

/** `/judge`, `/judge/` and `/judge.html` are one page. */
export function pagePath(pathname: string): string {
  const path = pathname.replace(/\.html$/, '').replace(/\/$/, '');
  return path === '' || path === '/index' ? '/' : path;
}
