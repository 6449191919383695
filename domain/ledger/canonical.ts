import type { LeafObject, LeafValue } from './entry.ts';

/** How many containers may stand in one another; a bound for every reader's recursion. */
export const MAX_DEPTH = 8;

/** Text that needs no escape: printable ASCII but the quotation mark and the backslash. */
const PLAIN = /^[ !#-[\]-~]*$/;

/**
 * RFC 8785 (JCS) text of a leaf value. A value that must not stand in a leaf (see {@link leafProblem}) is a defect of
 * ours and throws a RangeError: were it written, two readers of the same bytes could read two different things.
 */
export function canonicalJson(value: LeafValue): string {
  return written(value, 0);
}

/**
 * Whether a text is the canonical JSON of one object that can stand `depth` containers deep in a leaf. Writing again
 * what was parsed finds every other order, spacing, escape, number and repeated name.
 */
export function readCanonicalObject(text: string, depth: number): LeafObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObjectWritten(value, depth, text) ? value : null;
  } catch {
    return null;
  }
}

function isObjectWritten(value: unknown, depth: number, text: string): value is LeafObject {
  return isPlainObject(value) && written(value, depth) === text;
}

/** A JSON string as RFC 8785 writes it. Throws a RangeError for a lone surrogate, which UTF-8 cannot carry. */
export function canonicalText(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw new RangeError('a lone surrogate cannot stand in a leaf');
  return JSON.stringify(text);
}

/** A whole number as RFC 8785 writes it (-0 is 0). Throws a RangeError for anything else. */
export function canonicalInteger(value: number): string {
  if (!Number.isSafeInteger(value))
    throw new RangeError(`${value} cannot stand in a leaf: not a whole number within 2^53 - 1`);
  return String(value);
}

/**
 * A member's name, the same in JSON as it is. Names that need an escape cannot stand in a leaf: V8 before the fix of
 * nodejs/node#63785 may read one as another (`"\n"` as `"\\"`), which would look like a forged record.
 */
function canonicalName(name: string): string {
  const text = canonicalText(name);
  if (text.length !== name.length + 2) throw new RangeError('a name that needs an escape cannot stand in a leaf');
  return text;
}

function written(value: unknown, depth: number): string {
  if (typeof value === 'string') return canonicalText(value);
  if (typeof value === 'number') return canonicalInteger(value);
  if (value === null) return 'null';
  if (value === true) return 'true';
  if (value === false) return 'false';
  if (typeof value !== 'object') throw new RangeError(`${typeof value} cannot stand in a leaf`);
  if (depth === MAX_DEPTH) throw new RangeError(`a leaf value is nested more than ${MAX_DEPTH} deep`);
  return Array.isArray(value) ? writtenList(value, depth + 1) : writtenObject(value, depth + 1);
}

function writtenList(list: readonly unknown[], depth: number): string {
  let out = '[';
  let separator = '';
  for (const item of list) {
    out += separator + written(item, depth);
    separator = ',';
  }
  return `${out}]`;
}

function writtenObject(object: object, depth: number): string {
  if (!isPlainObject(object)) throw new RangeError('only plain objects can stand in a leaf');
  let out = '{';
  let separator = '';
  for (const name of sortedNames(object)) {
    out += `${separator}${canonicalName(name)}:${written(object[name], depth)}`;
    separator = ',';
  }
  return `${out}}`;
}

/** Own names by UTF-16 code units (what `<` and the default sort compare); mostly they come in order already. */
function sortedNames(object: object): readonly string[] {
  const names = Object.keys(object);
  let last = '';
  for (const name of names) {
    if (name < last) return names.sort();
    last = name;
  }
  return names;
}

/**
 * Why a value that came from outside cannot stand in a leaf, as a sentence that begins with `at` and the path below
 * it (`metadata.speed must be a whole number ...`); null where it can.
 */
export function leafProblem(value: unknown, at: string): string | null {
  return problem(value, at, 0);
}

/** Whether a value is an object that can stand in a leaf. */
export function isLeafObject(value: unknown): value is LeafObject {
  return isPlainObject(value) && leafProblem(value, '') === null;
}

function problem(value: unknown, at: string, depth: number): string | null {
  switch (typeof value) {
    case 'string':
      return value.isWellFormed() ? null : `${at} must be well-formed text: it holds a lone surrogate`;
    case 'number':
      return Number.isSafeInteger(value) ? null : `${at} must be a whole number between -(2^53 - 1) and 2^53 - 1`;
    case 'boolean':
      return null;
    case 'object':
      return value === null ? null : containerProblem(value, at, depth);
    default:
      return `${at} must be text, a whole number, true, false, null, a list or an object, not ${typeof value}`;
  }
}

function containerProblem(value: object, at: string, depth: number): string | null {
  if (depth === MAX_DEPTH) return `${at} must not be nested more than ${MAX_DEPTH} deep`;
  if (Array.isArray(value)) {
    // By index, not forEach: a hole in the list must be seen as the undefined that it reads as.
    for (let index = 0; index < value.length; index += 1) {
      const found = problem(value[index], `${at}[${index}]`, depth + 1);
      if (found !== null) return found;
    }
    return null;
  }
  if (!isPlainObject(value)) return `${at} must be a plain object`;
  for (const name of Object.keys(value)) {
    // A lone surrogate is written as an escape too.
    if (JSON.stringify(name).length !== name.length + 2) {
      return `${at} must have names without quotation marks, backslashes, control characters and lone surrogates`;
    }
    const found = problem(value[name], at === '' ? name : `${at}.${name}`, depth + 1);
    if (found !== null) return found;
  }
  return null;
}

/** Plain in any realm: no prototype, or one that has none itself. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
