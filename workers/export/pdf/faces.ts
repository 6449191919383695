import fontkit from '@pdf-lib/fontkit';
import type { PDFDocument, PDFFont } from 'pdf-lib';

/** The bytes of the fonts that a scorecard is set in (TrueType). */
export type FontFiles = { readonly sans: ArrayBuffer; readonly bold: ArrayBuffer; readonly mono: ArrayBuffer };

/** A font with the code points that it can draw. */
export type Face = { readonly font: PDFFont; readonly has: ReadonlySet<number> };

export type Faces = { readonly sans: Face; readonly bold: Face; readonly mono: Face };

export type FaceName = keyof Faces;

/** The shaper for this script throws in fontkit 1.1.1 (it asks for a runtime that is not there): as if no font had it. */
const UNSHAPED = /\p{Script=Tifinagh}/u;

/** Embeds the fonts; only the glyphs that are used get into the document. */
export async function embedFaces(document: PDFDocument, files: FontFiles): Promise<Faces> {
  document.registerFontkit(fontkit);
  const face = async (bytes: ArrayBuffer): Promise<Face> => {
    const font = await document.embedFont(bytes, { subset: true });
    const codes = font.getCharacterSet().filter((code) => !UNSHAPED.test(String.fromCodePoint(code)));
    return { font, has: new Set(codes) };
  };
  return { sans: await face(files.sans), bold: await face(files.bold), mono: await face(files.mono) };
}
