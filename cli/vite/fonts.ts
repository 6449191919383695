import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Plugin } from 'vite';

/** The faces that a printed scorecard is set in, under the addresses at which the worker reads them. */
const FACES = ['DejaVuSans', 'DejaVuSans-Bold', 'DejaVuSansMono'] as const;

/** Puts the fonts of printed documents beside the pages. No page loads them. */
export function fonts(): Plugin {
  const resolve = createRequire(import.meta.url).resolve;
  return {
    name: 'fightjudge-fonts',
    apply: 'build',
    // Before the list of what works offline is made, which leaves out whatever no page names.
    generateBundle() {
      for (const face of FACES) {
        const source = readFileSync(resolve(`dejavu-fonts-ttf/ttf/${face}.ttf`));
        this.emitFile({ type: 'asset', fileName: `fonts/${face}.ttf`, source });
      }
    },
  };
}
