import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

const PLACE = '__FIGHTJUDGE_BUILD__';

/** Files of public/static that a page needs without a network. */
const STATIC = ['/icon.svg', '/judge.webmanifest'];

/**
 * Tells the service worker what it is made of: a version that changes with any byte of the pages, and of each page
 * the files that it loads, itself included.
 */
export function keepOffline(): Plugin {
  return {
    name: 'fightjudge-keep-offline',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const pages: Record<string, readonly string[]> = {};
        const hash = createHash('sha256');
        for (const [name, file] of Object.entries(bundle).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
          hash.update(`${name}\0`).update(file.type === 'chunk' ? file.code : file.source);
          if (file.type !== 'asset' || !name.endsWith('.html')) continue;
          const path = name === 'index.html' ? '/' : `/${name.replace('.html', '')}`;
          pages[path] = [path, ...filesOf(String(file.source), bundle), ...STATIC];
        }
        const worker = bundle['sw.js'];
        if (worker?.type !== 'chunk' || !worker.code.includes(PLACE)) {
          throw new Error(`The service worker has no ${PLACE}: it would keep nothing.`);
        }
        const version = hash.digest('hex').slice(0, 16);
        worker.code = worker.code.replace(PLACE, () => JSON.stringify({ version, pages }));
      },
    },
  };
}

type Bundle = Readonly<
  Record<
    string,
    { readonly type: string; readonly imports?: readonly string[]; readonly dynamicImports?: readonly string[] }
  >
>;

/** What the page names, and what those scripts import in turn, also later. */
function filesOf(html: string, bundle: Bundle): readonly string[] {
  const found = new Set<string>();
  const follow = (name: string): void => {
    const file = bundle[name];
    if (file === undefined || found.has(name)) return;
    found.add(name);
    for (const next of [...(file.imports ?? []), ...(file.dynamicImports ?? [])]) follow(next);
  };
  for (const [, name = ''] of html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)) follow(name);
  return [...found].toSorted().map((name) => `/${name}`);
}
