import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileOf, PICTURES, SIZES } from '../../../cli/images/table.ts';

const PUBLIC = join(import.meta.dirname, '../../../public');
const built = readdirSync(PUBLIC).flatMap((name) => (name.endsWith('.html') ? [name.replace('.html', '')] : []));
const files = PICTURES.flatMap(({ page, pictures }) => pictures.map((picture) => fileOf(page, picture)));

describe('the pictures', () => {
  it('forget no page, and show none that is not there', () => {
    const pages = new Set(PICTURES.map(({ page }) => page));
    pages.delete('docs');
    expect([...pages].sort()).toEqual(built.sort());
  });

  it('have a name each', () => {
    expect(new Set(files).size).toBe(files.length);
  });

  it('show every page small and large', () => {
    for (const page of new Set(PICTURES.map(({ page }) => page))) {
      if (page === 'docs') continue;
      const widths = PICTURES.filter((one) => one.page === page).flatMap(({ pictures }) =>
        pictures.map(([size]) => SIZES[size].width),
      );
      expect(Math.min(...widths), page).toBeLessThan(500);
      expect(Math.max(...widths), page).toBeGreaterThan(1_000);
    }
  });
});
