import { utf8Bytes } from '../ledger/index.ts';
import { joinBytes } from '../log/index.ts';

/** A member of a document: its value as JSON text, or the JSON texts of a list's items. */
export type Member = readonly [name: string, value: string | Iterable<string>];

/** What says which file of the archive a document is, and the version of its shape. */
export function formatOf(name: string): string {
  return `fightjudge/${name}/1`;
}

/**
 * The text of a JSON object, line by line: each item of a list stands on a line of its own, so that a reader may hash or
 * compare lines and a difference can be named by its line. Made lazily: a list is never in memory as a whole.
 */
export function* documentLines(members: readonly Member[]): Generator<string> {
  let line = '{';
  let separator = '';
  for (const [name, value] of members) {
    line += `${separator}"${name}":`;
    separator = ',';
    if (typeof value === 'string') {
      line += value;
      continue;
    }
    yield `${line}[`;
    let item: string | null = null;
    for (const next of value) {
      if (item !== null) yield `${item},`;
      item = next;
    }
    if (item !== null) yield item;
    line = ']';
  }
  yield `${line}}`;
}

/** The lines as UTF-8, each with its newline. */
export function bytesOfLines(lines: Iterable<string>): Uint8Array {
  const parts: Uint8Array[] = [];
  // By the line: one text of many megabytes would hold the encoder's buffer at three times that for good.
  for (const line of lines) parts.push(utf8Bytes(`${line}\n`));
  return joinBytes(parts);
}

export function* mapped<T>(items: Iterable<T>, text: (item: T) => string): Generator<string> {
  for (const item of items) yield text(item);
}
