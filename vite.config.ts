import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { fonts } from './cli/vite/fonts.ts';
import { keepOffline } from './cli/vite/keep-offline.ts';

const root = join(import.meta.dirname, 'public');

/** Every page is an HTML file at the top of public/: `judge.html` is served at `/judge`. */
const pages = readdirSync(root).filter((name) => name.endsWith('.html'));

export default defineConfig({
  root,
  // Files that are served as they are: icons, manifests.
  publicDir: join(root, 'static'),
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [fonts(), keepOffline(), noScript('/404.html')],
  build: {
    outDir: join(import.meta.dirname, 'dist', 'client'),
    emptyOutDir: true,
    // A page that needs a newer browser than this would not run on the tablets that are at ringside.
    target: ['chrome111', 'safari16.4', 'firefox115'],
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        ...Object.fromEntries(pages.map((name) => [name.replace('.html', ''), join(root, name)])),
        sw: join(root, 'offline', 'sw.ts'),
      },
      output: {
        // The service worker's address is the one name that must never change.
        // What many pages share is one file: thirty of a few hundred bytes cost a hall's network thirty round trips.
        codeSplitting: { groups: [{ name: 'common', minShareCount: 4 }] },
        entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
});

/** A page without scripts stays one: the bundler gives it those that came with the styles it shares. */
function noScript(page: string): Plugin {
  const strip = (html: string): string => html.replaceAll(/\s*<script[^>]*><\/script>/g, '');
  return {
    name: 'fightjudge-no-script',
    apply: 'build',
    transformIndexHtml: { order: 'post', handler: (html, { path }) => (path === page ? strip(html) : html) },
  };
}
