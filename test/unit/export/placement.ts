import { type PDFFont, PDFPage } from 'pdf-lib';
import { vi } from 'vitest';

/** In points from the lower left corner of its page; for a text, the room that its letters take. */
export type Place = {
  readonly words: string;
  readonly page: number;
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
};

export type Placed = {
  readonly pages: number;
  readonly texts: readonly Place[];
  readonly boxes: readonly Place[];
  readonly lines: readonly Place[];
};

/** Smaller ones are shapes of a corner, and the marks of characters without a glyph. */
const LEAST_BOX = 60;

/** What `draw` puts on pages, and where. */
export async function placedBy(draw: () => Promise<unknown>): Promise<Placed> {
  const text = vi.spyOn(PDFPage.prototype, 'drawText');
  const box = vi.spyOn(PDFPage.prototype, 'drawRectangle');
  const line = vi.spyOn(PDFPage.prototype, 'drawLine');
  try {
    await draw();
    const pages: unknown[] = [];
    const pageOf = (page: unknown): number => {
      if (!pages.includes(page)) pages.push(page);
      return pages.indexOf(page);
    };
    const texts = text.mock.calls.map(([words, options], at): Place => {
      const { x = 0, y = 0, size = 0, font } = options ?? {};
      const width = font === undefined ? 0 : widthOf(font, words, size);
      const page = pageOf(text.mock.contexts[at]);
      return { words, page, left: x, right: x + width, bottom: y - size * 0.18, top: y + size * 0.7 };
    });
    const boxes = box.mock.calls.flatMap(([options], at): readonly Place[] => {
      const { x = 0, y = 0, width = 0, height = 0 } = options ?? {};
      const page = pageOf(box.mock.contexts[at]);
      const place = { words: 'box', page, left: x, right: x + width, bottom: y, top: y + height };
      return width < LEAST_BOX ? [] : [place];
    });
    const lines = line.mock.calls.map(([{ start, end }], at): Place => {
      const [left, right] = [Math.min(start.x, end.x), Math.max(start.x, end.x)];
      const [bottom, top] = [Math.min(start.y, end.y), Math.max(start.y, end.y)];
      return { words: 'line', page: pageOf(line.mock.contexts[at]), left, right, bottom, top };
    });
    return { pages: pages.length, texts, boxes, lines };
  } finally {
    for (const spy of [text, box, line]) spy.mockRestore();
  }
}

function widthOf(font: PDFFont, words: string, size: number): number {
  return font.widthOfTextAtSize(words, size);
}

/** Whether two of them share room. */
export function overlap(a: Place, b: Place): boolean {
  return a.page === b.page && a.left < b.right && b.left < a.right && a.bottom < b.top && b.bottom < a.top;
}

/** Whether `a` lies wholly in `b`. */
export function within(a: Place, b: Place): boolean {
  return a.left >= b.left && a.right <= b.right && a.bottom >= b.bottom && a.top <= b.top;
}
