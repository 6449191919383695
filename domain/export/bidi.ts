/** A stretch of text that is set in one direction. */
export type DirectedRun = { readonly text: string; readonly rtl: boolean };

export type Direction = 'ltr' | 'rtl';

/** Of a paragraph: that of its first letter, for all its lines. */
export function directionOf(text: string): Direction {
  for (const character of text) {
    const kind = kindOf(character);
    if (kind === 'L' || kind === 'R') return kind === 'R' ? 'rtl' : 'ltr';
  }
  return 'ltr';
}

type Kind = 'L' | 'R' | 'number' | 'neutral' | 'joined';

const STRONG_RTL =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Samaritan}\p{Script=Mandaic}\p{Script=Adlam}]/u;

const MIRRORED: Readonly<Record<string, string>> = {
  '(': ')',
  ')': '(',
  '[': ']',
  ']': '[',
  '{': '}',
  '}': '{',
  '<': '>',
  '>': '<',
  '«': '»',
  '»': '«',
};

/**
 * One line of text as runs from left to right, as they are seen. It is the Unicode Bidirectional Algorithm (UAX #9) for
 * what stands in names and remarks: letters, numbers and punctuation.
 * Embedding controls are not followed but taken out before ({@link printable}): in an official document nothing may turn
 * what stands beside it. Each run's text is in the order of reading, which a shaper turns itself.
 */
export function visualRuns(line: string, direction: Direction = directionOf(line)): readonly DirectedRun[] {
  const characters = Array.from(line);
  const levels = levelsOf(characters, direction === 'rtl' ? 1 : 0);
  const runs: { text: string; level: number }[] = [];
  for (const [at, character] of characters.entries()) {
    const level = levels[at] ?? 0;
    const last = runs.at(-1);
    const shown = level % 2 === 1 ? (MIRRORED[character] ?? character) : character;
    if (last?.level === level) last.text += shown;
    else runs.push({ text: shown, level });
  }
  return reordered(runs).map(({ text, level }) => ({ text, rtl: level % 2 === 1 }));
}

function kindOf(character: string): Kind {
  if (/\p{M}|\u200c|\u200d/u.test(character)) return 'joined';
  if (/\p{Nd}/u.test(character)) return 'number';
  if (STRONG_RTL.test(character)) return 'R';
  return /[\p{L}\p{N}]/u.test(character) ? 'L' : 'neutral';
}

type Strong = 'L' | 'R';

/** A character as the rules see it once numbers are settled; `as` is null for what is still neutral. */
type Settled = { readonly as: Strong | null; readonly number: boolean };

function levelsOf(characters: readonly string[], base: 0 | 1): readonly number[] {
  const embedding: Strong = base === 0 ? 'L' : 'R';
  const settled = withBrackets(characters, withNumbers(characters.map(kindOf), embedding), embedding);
  return settled.map(({ as, number }, at) => {
    // N1, N2: what stands between letters of one direction goes with them, else with the line.
    const before = settled.findLast((other, place) => place < at && other.as !== null)?.as ?? embedding;
    const after = settled.find((other, place) => place > at && other.as !== null)?.as ?? embedding;
    const direction = as ?? (before === after ? before : embedding);
    if (number && direction === 'R') return 2;
    return direction === 'R' ? 1 : base === 0 ? 0 : 2;
  });
}

/** W1 to W7: a mark goes with its letter, a number after left-to-right letters is one of them and else counts as R. */
function withNumbers(kinds: readonly Kind[], embedding: Strong): readonly Settled[] {
  let strong = embedding;
  let before: Kind = 'neutral';
  return kinds.map((kind): Settled => {
    if (kind !== 'joined') before = kind;
    if (before === 'neutral' || before === 'joined') return { as: null, number: false };
    if (before === 'number') return { as: strong, number: true };
    strong = before;
    return { as: before, number: false };
  });
}

const CLOSING: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);

/** N0: both brackets of a pair go one way, by what is inside them and, if that runs against the line, what is before. */
function withBrackets(
  characters: readonly string[],
  settled: readonly Settled[],
  embedding: Strong,
): readonly Settled[] {
  const result = [...settled];
  for (const [open, close] of pairsOf(characters)) {
    const inside = result.slice(open + 1, close).flatMap(({ as }) => as ?? []);
    if (inside.length === 0) continue;
    const before = result.slice(0, open).findLast(({ as }) => as !== null)?.as ?? embedding;
    const as = inside.includes(embedding) ? embedding : before;
    result[open] = { as, number: false };
    result[close] = { as, number: false };
  }
  return result;
}

/** BD16, by the place of the opening bracket. */
function pairsOf(characters: readonly string[]): readonly (readonly [open: number, close: number])[] {
  const waiting: { readonly closing: string; readonly at: number }[] = [];
  const pairs: [number, number][] = [];
  for (const [at, character] of characters.entries()) {
    const closing = CLOSING.get(character);
    if (closing !== undefined) waiting.push({ closing, at });
    const match = waiting.findLastIndex((one) => one.closing === character);
    const [opened] = match < 0 ? [] : waiting.splice(match);
    if (opened !== undefined) pairs.push([opened.at, at]);
  }
  return pairs.toSorted(([one], [other]) => one - other);
}

/** L2: from the highest level down, every stretch of that level or above is turned. */
function reordered<Run extends { readonly level: number }>(runs: readonly Run[]): readonly Run[] {
  let order = [...runs];
  for (let level = Math.max(0, ...runs.map((run) => run.level)); level >= 1; level -= 1) {
    const next: Run[] = [];
    let stretch: Run[] = [];
    for (const run of order) {
      if (run.level >= level) stretch.unshift(run);
      else {
        next.push(...stretch, run);
        stretch = [];
      }
    }
    order = [...next, ...stretch];
  }
  return order;
}

/**
 * Text on one line without what cannot be seen: controls, bidirectional controls and other invisible characters could
 * make one name look like another. The joiners stay, because scripts are shaped by them.
 */
export function printable(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/[\s\u2028\u2029]+/gu, ' ')
    .replaceAll(/(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .trim();
}
