import {
  fill,
  PageSizes,
  type PDFDocument,
  type PDFPage,
  popGraphicsState,
  pushGraphicsState,
  rectangle,
  rgb,
  setFillingRgbColor,
} from 'pdf-lib';
import type { Corner } from '../../../domain/corner.ts';
import type { FaceName, Faces } from './faces.ts';
import { type Piece, setLine, type SetLine, wrap } from './text.ts';

export const MARGIN = 40;
const [WIDTH, HEIGHT] = PageSizes.A4;
export const LEFT = MARGIN;
export const RIGHT = WIDTH - MARGIN;
/** Below it is the foot of the page. */
const BOTTOM = MARGIN + 16;

export const INK = rgb(0.08, 0.08, 0.08);
export const GREY = rgb(0.36, 0.36, 0.36);
export const RULE = rgb(0.72, 0.72, 0.72);
export const SHADE = rgb(0.94, 0.94, 0.94);
const CORNER_INK = { red: rgb(0.7, 0, 0.106), blue: rgb(0.114, 0.306, 0.847) } as const;

/** The document as it is being written. `y` is where the next block begins, from the bottom of the page. */
export type Sheet = {
  readonly document: PDFDocument;
  readonly faces: Faces;
  page: PDFPage;
  y: number;
  /** Characters that no font has, in order of their code points once the document is done. */
  readonly missing: Set<number>;
};

export function openSheet(document: PDFDocument, faces: Faces): Sheet {
  return { document, faces, page: document.addPage([WIDTH, HEIGHT]), y: HEIGHT - MARGIN, missing: new Set() };
}

/** Goes to a new page where `height` points are not left; whether it did. */
export function need(sheet: Sheet, height: number): boolean {
  if (sheet.y - height >= BOTTOM) return false;
  sheet.page = sheet.document.addPage([WIDTH, HEIGHT]);
  sheet.y = HEIGHT - MARGIN;
  return true;
}

export type Style = {
  readonly size: number;
  readonly face?: FaceName;
  readonly colour?: ReturnType<typeof rgb>;
  /** Where `x` is. */
  readonly align?: 'left' | 'centre' | 'right';
};

/** One line with its baseline at `y`; a line that is set already has been set in the style's size and face. */
export function drawText(sheet: Sheet, text: string | SetLine, x: number, y: number, style: Style): void {
  const { size, face = 'sans', colour = INK, align = 'left' } = style;
  const line = typeof text === 'string' ? setLine(sheet.faces, face, size, text) : text;
  let at = align === 'left' ? x : align === 'right' ? x - line.width : x - line.width / 2;
  for (const piece of line.pieces) {
    if (piece.kind === 'text')
      sheet.page.drawText(piece.text, { x: at, y, size, font: piece.face.font, color: colour });
    else drawMark(sheet, piece, at, y, size);
    at += piece.width;
  }
}

/**
 * A character that no font has: a box with its code point in it, which nobody takes for a letter. It is listed in a
 * footnote as well.
 */
function drawMark(sheet: Sheet, { codePoint, width }: Piece & { kind: 'missing' }, x: number, y: number, size: number) {
  sheet.missing.add(codePoint);
  const hex = codePoint.toString(16).toUpperCase().padStart(4, '0');
  const half = Math.ceil(hex.length / 2);
  const small = size * (hex.length > 4 ? 0.46 : 0.58);
  const { page, faces } = sheet;
  const box = { x: x + size * 0.06, y: y - size * 0.24, width: width - size * 0.12, height: size * 1.18 };
  page.drawRectangle({ ...box, borderColor: INK, borderWidth: Math.max(0.4, size * 0.05) });
  for (const [row, digits] of [hex.slice(0, half), hex.slice(half)].entries()) {
    const wide = faces.mono.font.widthOfTextAtSize(digits, small);
    const middle = box.x + (box.width - wide) / 2;
    const base = box.y + box.height - size * (0.52 + row * 0.54);
    page.drawText(digits, { x: middle, y: base, size: small, font: faces.mono.font, color: INK });
  }
}

/** A paragraph from `sheet.y` down, broken over pages; moves `sheet.y` below it. */
export function paragraph(sheet: Sheet, text: string, style: Style & { readonly x?: number; readonly width?: number }) {
  const { x = LEFT, width = RIGHT - LEFT, ...rest } = style;
  for (const line of wrap(sheet.faces, rest.face ?? 'sans', rest.size, text, width)) {
    need(sheet, rest.size * 1.35);
    sheet.y -= rest.size * 1.35;
    drawText(sheet, line, x, sheet.y + rest.size * 0.3, rest);
  }
}

/** A heading over a thin rule, kept together with `follows` points of what comes after. */
export function heading(sheet: Sheet, words: string, follows: number): void {
  need(sheet, 24 + follows);
  sheet.y -= 19;
  drawText(sheet, words, LEFT, sheet.y + 3, { size: 8.5, face: 'bold' });
  rule(sheet, sheet.y);
  sheet.y -= 3;
}

export function rule(sheet: Sheet, y: number, from = LEFT, to = RIGHT, thickness = 0.6): void {
  sheet.page.drawLine({ start: { x: from, y }, end: { x: to, y }, thickness, color: RULE });
}

/** Triangle for red, square for blue: told apart without colour, as on every screen. */
export function drawCorner(sheet: Sheet, corner: Corner, x: number, y: number, size: number): void {
  const { page } = sheet;
  const color = CORNER_INK[corner];
  if (corner === 'blue') page.drawRectangle({ x, y, width: size, height: size, color });
  else page.drawSvgPath(`M ${size / 2} 0 L ${size} ${size} L 0 ${size} Z`, { x, y: y + size, color });
}

/** Dark squares as one path, so that no viewer draws seams between them. */
export function drawModules(
  sheet: Sheet,
  modules: readonly (readonly boolean[])[],
  x: number,
  y: number,
  side: number,
): void {
  const step = side / modules.length;
  const squares = modules.flatMap((row, down) =>
    row.flatMap((dark, across) =>
      dark ? [rectangle(x + across * step, y + side - (down + 1) * step, step, step)] : [],
    ),
  );
  sheet.page.pushOperators(pushGraphicsState(), setFillingRgbColor(0, 0, 0), ...squares, fill(), popGraphicsState());
}
