import { readFileSync } from 'node:fs';
import { CORNERS, type Corner } from '../../domain/corner.ts';
import {
  type CornerStatistics,
  INPUT_GROUPS,
  type InputGroup,
  NO_STATISTICS,
  type RoundInput,
} from '../../domain/scoring/input.ts';
import { STATISTIC_COLUMNS } from './columns.ts';
import { type CsvRow, parseCsv } from './csv.ts';

/** Where the rounds of the fit are looked for, from the project's folder. */
export const DEFAULT_ROUNDS = '../shared/data/judging/rounds.csv';

/** One row of a file of rounds, as the model reads it. */
export type RoundRow = { readonly boutId: string; readonly input: RoundInput };

/** Reads one field of a row; the name is that of its column. */
export type FieldReader = {
  readonly has: (column: string) => boolean;
  readonly text: (column: string) => string;
  /** null where the field is empty or the column is not there. */
  readonly number: (column: string) => number | null;
  readonly fail: (column: string, what: string) => never;
};

/** @throws Error naming the file, and the row and column that are wrong */
export function readTable(path: string): FieldReader[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  return readTableText(text, path);
}

/** As {@link readTable}, of a text; `name` stands for the file in messages. */
export function readTableText(text: string, name: string): FieldReader[] {
  let rows: CsvRow[];
  try {
    rows = parseCsv(text);
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  const [header, ...body] = rows;
  if (header === undefined) throw new Error(`${name} is empty: it needs a line of column names.`);
  const places = new Map<string, number>();
  const twice = new Set<string>();
  for (const [i, field] of header.fields.entries()) {
    const column = field.trim();
    if (places.has(column)) twice.add(column);
    places.set(column, i);
  }
  if (body.length === 0) throw new Error(`${name} has column names but no rounds.`);
  return body.map((row) => readerOf(row, header.fields.length, { places, twice }, name));
}

/** Where each column stands, and which names stand twice: that is a fault of those that are read, not of others. */
type Header = { readonly places: ReadonlyMap<string, number>; readonly twice: ReadonlySet<string> };

function readerOf(row: CsvRow, width: number, { places, twice }: Header, name: string): FieldReader {
  if (row.fields.length !== width) {
    throw new Error(`${name}, line ${row.line}: ${row.fields.length} fields where the header has ${width}.`);
  }
  const fail = (column: string, what: string): never => {
    throw new Error(`${name}, line ${row.line}, column ${column}: ${what}.`);
  };
  const read = (column: string): string | undefined => {
    if (twice.has(column)) throw new Error(`${name}: the column ${column} is there twice.`);
    const place = places.get(column);
    return place === undefined ? undefined : row.fields[place]?.trim();
  };
  return {
    fail,
    has: (column) => places.has(column),
    text: (column) => read(column) ?? fail(column, 'the column is missing'),
    number: (column) => {
      const text = read(column);
      if (text === undefined || text === '') return null;
      return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : fail(column, `"${text}" is no number`);
    },
  };
}

/**
 * The round of a row. Groups of inputs that are empty for either corner are lacking.
 * @throws Error naming the row and column that are wrong or missing
 */
export function roundOf(row: FieldReader): RoundRow {
  const boutId = row.text('bout_id');
  if (boutId === '') row.fail('bout_id', 'must not be empty');
  const lacked = INPUT_GROUPS.filter((group) =>
    STATISTIC_COLUMNS.some(
      (entry) => entry.group === group && CORNERS.some((corner) => row.number(`${corner}_${entry.column}`) === null),
    ),
  );
  return {
    boutId,
    input: {
      red: cornerOf(row, 'red', lacked),
      blue: cornerOf(row, 'blue', lacked),
      round: whole(row, 'round', 1),
      scheduledRounds: whole(row, 'scheduled_rounds', 1),
      roundSeconds: whole(row, 'round_seconds', 1),
      year: yearOf(row),
      lacked,
      criteria: '2017',
      complete: true,
    },
  };
}

function cornerOf(row: FieldReader, corner: Corner, lacked: readonly InputGroup[]): CornerStatistics {
  const read = STATISTIC_COLUMNS.map(({ column, field, group }) => {
    const name = `${corner}_${column}`;
    const absent = group !== null && lacked.includes(group) && row.number(name) === null;
    return [field, absent ? 0 : whole(row, name, 0)] as const;
  });
  return { ...NO_STATISTICS, ...Object.fromEntries(read) };
}

function whole(row: FieldReader, column: string, least: number): number {
  if (!row.has(column)) return row.fail(column, 'the column is missing');
  const value = row.number(column);
  if (value === null) return row.fail(column, 'must not be empty');
  if (value < 0) return row.fail(column, `${value} is negative`);
  if (!Number.isInteger(value) || value < least)
    return row.fail(column, `${value} is no whole number from ${least} on`);
  return value;
}

function yearOf(row: FieldReader): number | null {
  if (!row.has('date')) return row.fail('date', 'the column is missing');
  const text = row.text('date');
  if (text === '') return null;
  const year = /^(\d{4})(-\d{2}-\d{2})?$/.exec(text)?.[1];
  return year === undefined ? row.fail('date', `"${text}" is no date as 2021-12-31`) : Number(year);
}
