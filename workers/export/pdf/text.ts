import { type DirectedRun, type Direction, directionOf, printable, visualRuns } from '../../../domain/export/index.ts';
import type { Face, FaceName, Faces } from './faces.ts';

/** A piece of a line, from left to right: text that a font draws, or a character that none of them has. */
export type Piece =
  | { readonly kind: 'text'; readonly face: Face; readonly text: string; readonly width: number }
  | { readonly kind: 'missing'; readonly codePoint: number; readonly width: number };

export type SetLine = { readonly pieces: readonly Piece[]; readonly width: number };

/** How wide the mark of a character without a glyph is, in sizes of the text. */
export const MARK_WIDTH = 1.45;

/** One line of text, set: pieces as they stand from left to right, with their widths in points. */
export function setLine(faces: Faces, name: FaceName, size: number, text: string, direction?: Direction): SetLine {
  const pieces = visualRuns(printable(text), direction).flatMap((run) => piecesOf(faces, name, size, run));
  return { pieces, width: pieces.reduce((sum, { width }) => sum + width, 0) };
}

/** Arabic digits run from left to right; fontkit sets whatever begins with one from right to left, by its script. */
const TURNED = /[\u0600-\u06ff]/u;

function piecesOf(faces: Faces, name: FaceName, size: number, run: DirectedRun): readonly Piece[] {
  const stretches: { face: Face | null; text: string; turned: boolean }[] = [];
  for (const character of run.text) {
    const last = stretches.at(-1);
    const isMark = /\p{M}|\u200c|\u200d/u.test(character);
    // A mark or joiner belongs to the letter before it, whichever font that is in.
    const face =
      isMark && last?.face != null && has(last.face, character) ? last.face : faceFor(faces, name, character);
    // Joiners only shape what is beside them: without a glyph they say nothing.
    if (face === null && /[\u200c\u200d]/.test(character)) continue;
    const turned = !run.rtl && TURNED.test(character);
    if (last !== undefined && face !== null && last.face === face && last.turned === turned) last.text += character;
    else stretches.push({ face, text: character, turned });
  }
  const pieces = stretches.map(({ face, text, turned }): Piece => {
    if (face === null) return { kind: 'missing', codePoint: text.codePointAt(0) ?? 0, width: size * MARK_WIDTH };
    const isAgainst = turned || (run.rtl && !/[\p{L}\p{M}]/u.test(text));
    const set = isAgainst ? Array.from(text).toReversed().join('') : text;
    return { kind: 'text', face, text: set, width: face.font.widthOfTextAtSize(set, size) };
  });
  return run.rtl ? pieces.toReversed() : pieces;
}

function has(face: Face, character: string): boolean {
  return face.has.has(character.codePointAt(0) ?? 0);
}

/** The wished face where it has the character, else the one with the most. */
function faceFor(faces: Faces, name: FaceName, character: string): Face | null {
  return [faces[name], faces.sans].find((face) => has(face, character)) ?? null;
}

/** Text set in lines no wider than `width`, broken between words, and within a word that is wider by itself. */
export function wrap(faces: Faces, name: FaceName, size: number, text: string, width: number): readonly SetLine[] {
  const paragraph = printable(text);
  const direction = directionOf(paragraph);
  const set = (line: string): SetLine => setLine(faces, name, size, line, direction);
  const fits = (line: string): boolean => set(line).width <= width;
  const lines: string[] = [];
  let line = '';
  for (const word of paragraph.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (fits(longer)) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = '';
    for (const character of graphemes(word)) {
      if (line !== '' && !fits(line + character)) {
        lines.push(line);
        line = '';
      }
      line += character;
    }
  }
  return [...lines, line].map(set);
}

function graphemes(word: string): readonly string[] {
  return Array.from(new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(word), ({ segment }) => segment);
}
