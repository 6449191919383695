import { CsvError, parse } from 'csv-parse/sync';

/** A row of a CSV file, with the line on which it begins, from 1. */
export type CsvRow = { readonly line: number; readonly fields: readonly string[] };

/**
 * Reads CSV: fields in quotes may hold commas, line ends and doubled quotes. Lines end in LF or CRLF; a byte order mark
 * and lines with nothing on them are skipped. Rows may differ in length: who reads them can name the one that does.
 * @throws Error naming the line of a quoted field that is not closed or goes on after its quote
 */
export function parseCsv(text: string): CsvRow[] {
  const rows: CsvRow[] = [];
  try {
    parse(text, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: ['\r\n', '\n'],
      on_record: (fields: string[], { lines }) => {
        rows.push({ line: lines - lineEndsIn(fields), fields });
        return null;
      },
    });
    return rows;
  } catch (error) {
    throw error instanceof CsvError ? new Error(saidOf(error), { cause: error }) : error;
  }
}

/** The parser counts the line on which a row ends. */
function lineEndsIn(record: readonly string[]): number {
  return record.reduce((count, field) => count + (field.match(/\n/g)?.length ?? 0), 0);
}

function saidOf(error: CsvError): string {
  const line = typeof error['lines'] === 'number' ? `line ${error['lines']}: ` : '';
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return `${line}a quoted field is not closed`;
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'INVALID_OPENING_QUOTE':
      return `${line}a quoted field goes on after its closing quote`;
    default:
      return `${line}${error.message}`;
  }
}

/** One field as CSV: in quotes where it has to be. */
export function csvField(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
