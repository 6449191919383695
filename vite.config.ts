import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vite';

const root = join(import.meta.dirname, 'public');

/** Every page is an HTML file at the top of public/: `judge.html` is served at `/judge`. */
const pages = readdirSync(root).filter((name) => name.endsWith('.html'));

export default defineConfig({
  root,
  // Files that are served as they are: icons, manifests.
  publicDir: join(root, 'static'),
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: join(import.meta.dirname, 'dist', 'client'),
    emptyOutDir: true,
    rolldownOptions: { input: Object.fromEntries(pages.map((name) => [name.replace('.html', ''), join(root, name)])) },
  },
});
