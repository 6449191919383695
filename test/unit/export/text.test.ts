import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { PDFDocument } from 'pdf-lib';
import { beforeAll, describe, expect, it } from 'vitest';
import { printable } from '../../../domain/export/index.ts';
import { embedFaces, type Faces } from '../../../workers/export/pdf/faces.ts';
import { setLine, wrap } from '../../../workers/export/pdf/text.ts';

let faces: Faces;

beforeAll(async () => {
  const file = (face: string): ArrayBuffer =>
    Uint8Array.from(readFileSync(createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${face}.ttf`))).buffer;
  faces = await embedFaces(await PDFDocument.create(), {
    sans: file('DejaVuSans'),
    bold: file('DejaVuSans-Bold'),
    mono: file('DejaVuSansMono'),
  });
});

/** Letters of every sort that the shaper treats in its own way, and some that no font here has. */
const unit = fc.constantFrom(...Array.from('ab 1-(łЖəהם محمدلایߊߋກՀგⴰ张한हि\u0301\u064b\u200d\u200c😀🇵🇱'));

describe('a line of print', () => {
  it('can be set of every character that the fonts have', () => {
    const all = [...faces.sans.has].map((code) => String.fromCodePoint(code));
    for (let from = 0; from < all.length; from += 40) {
      const text = all.slice(from, from + 40).join('');
      const { pieces, width } = setLine(faces, 'bold', 8, text);
      expect(pieces.every((piece) => piece.kind === 'text')).toBe(true);
      expect(Number.isFinite(width)).toBe(true);
    }
  });

  it('holds every character of any text that can be seen, drawn or marked', () => {
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 40 }), (text) => {
        const { pieces } = setLine(faces, 'bold', 8, text);
        const shown = pieces.map((piece) =>
          piece.kind === 'text' ? piece.text : String.fromCodePoint(piece.codePoint),
        );
        const letters = (line: string) => Array.from(line.replaceAll(/[\u200c\u200d\s()]/g, '')).toSorted();
        expect(letters(shown.join(''))).toEqual(letters(printable(text)));
      }),
    );
  });

  it('is broken into lines that fit, and loses nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 40 }), fc.integer({ min: 20, max: 200 }), (text, width) => {
        const lines = wrap(faces, 'sans', 8, text, width);
        const shown = lines.flatMap(({ pieces }) =>
          pieces.map((piece) => (piece.kind === 'text' ? piece.text : String.fromCodePoint(piece.codePoint))),
        );
        const letters = (line: string) => Array.from(line.replaceAll(/[\u200c\u200d\s()]/g, '')).toSorted();
        expect(letters(shown.join(''))).toEqual(letters(printable(text)));
        // One cluster of letters is never broken, however wide it is.
        for (const line of lines) expect(line.width <= width || line.pieces.length <= 8).toBe(true);
      }),
    );
  });

  it('is broken within a word that is too wide by itself', () => {
    const lines = wrap(faces, 'bold', 13, 'Wolfeschlegelsteinhausenbergerdorff', 100);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.every(({ width }) => width <= 100)).toBe(true);
  });
});
