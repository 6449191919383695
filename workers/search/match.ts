import { wordsOf } from './fold-text.ts';

/** The columns of `bout_text`. */
export type Column = 'fighter1' | 'fighter2' | 'promotion' | 'event' | 'facts' | 'judges';

/** What everybody may search who may see the bout. */
export const OPEN_COLUMNS: readonly Column[] = ['fighter1', 'fighter2', 'promotion', 'event', 'facts'];

/** So many words one text may ask for. */
export const MAX_WORDS = 16;

/**
 * An expression of FTS5 that finds rows which hold every word in one of the columns, or null where the text has no
 * words. Each word is a quoted string of letters and digits alone, so nothing in the text is ever an operator. The last
 * word is a beginning, unless `isWhole`: whoever types has not finished it.
 */
export function matchAll(text: string, columns: readonly Column[], isWhole = false): string | null {
  const words = wordsOf(text);
  if (words.length === 0) return null;
  const phrases = words.map((word, i) => (i === words.length - 1 && !isWhole ? `"${word}" *` : `"${word}"`));
  return `{${columns.join(' ')}} : (${phrases.join(' AND ')})`;
}

/** The same within one of the columns, whichever it is: two fighters do not make one name. */
export function matchOne(text: string, columns: readonly Column[], isWhole = false): string | null {
  const each = columns.flatMap((column) => matchAll(text, [column], isWhole) ?? []);
  return each.length === 0 ? null : each.map((one) => `(${one})`).join(' OR ');
}
