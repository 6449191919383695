/**
 * Letters that Unicode does not decompose, by what a keyboard without them types. Scripts stay what they are: what is
 * written in Cyrillic is found in Cyrillic.
 */
const LETTERS: Readonly<Record<string, string>> = {
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  ħ: 'h',
  ı: 'i',
  ŋ: 'ng',
  ŧ: 't',
  ĸ: 'k',
  ƒ: 'f',
  ɓ: 'b',
  ɖ: 'd',
  ɗ: 'd',
  ƙ: 'k',
  ɲ: 'n',
  ŀ: 'l',
  ə: 'e',
  ɛ: 'e',
  ɔ: 'o',
  ς: 'σ',
};

const LETTER = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'gu');

/**
 * Text as it is compared: lower case, compatibility forms resolved (NFKD), without marks, letters that do not decompose
 * in their plain spelling. The same function makes what is stored and what is asked, so they agree by construction.
 */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll(LETTER, (letter) => LETTERS[letter] ?? letter);
}

/** The words of a text, folded; whatever is neither letter nor digit parts them. */
export function wordsOf(text: string): string[] {
  return foldText(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/**
 * What is stored of a text: its words, and beside them each name with an apostrophe, a hyphen or a point in one piece,
 * so that `O’Malley` is found by `malley`, `o'malley` and `omalley`.
 */
export function searchText(text: string): string {
  const pieces = text.split(/\s+/).flatMap((piece) => {
    const words = wordsOf(piece);
    return words.length > 1 ? [...words, words.join('')] : words;
  });
  return pieces.join(' ');
}
