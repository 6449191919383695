/** A row of a CSV file, with the line on which it begins, from 1. */
export type CsvRow = { readonly line: number; readonly fields: readonly string[] };

/**
 * Reads CSV as RFC 4180 has it: fields in quotes may hold commas, line ends and doubled quotes. Lines end in LF or
 * CRLF; a byte order mark and lines with nothing on them are skipped.
 * @throws Error naming the line on which a quoted field is not closed or goes on after its quote
 */
export function parseCsv(text: string): CsvRow[] {
  const rows: CsvRow[] = [];
  let fields: string[] = [];
  let line = 1;
  let firstLine = 1;
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  const endRow = (): void => {
    if (fields.length > 1 || fields[0] !== '') rows.push({ line: firstLine, fields });
    fields = [];
  };
  while (at < text.length) {
    if (fields.length === 0) firstLine = line;
    const { value, end } = text[at] === '"' ? quotedField(text, at, line) : plainField(text, at);
    fields.push(value);
    for (let i = at; i < end; i += 1) if (text[i] === '\n') line += 1;
    at = end;
    if (text[at] === ',') {
      at += 1;
      // A comma at the very end has one more field after it, and it is empty.
      if (at === text.length) fields.push('');
      continue;
    }
    if (text.startsWith('\r\n', at)) at += 2;
    else if (at < text.length) at += 1;
    line += 1;
    endRow();
  }
  if (fields.length > 0) endRow();
  return rows;
}

function plainField(text: string, start: number): { value: string; end: number } {
  let end = start;
  while (end < text.length && text[end] !== ',' && text[end] !== '\n') end += 1;
  if (text[end] !== ',' && text[end - 1] === '\r' && end > start) end -= 1;
  return { value: text.slice(start, end), end };
}

function quotedField(text: string, start: number, line: number): { value: string; end: number } {
  let value = '';
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) throw new Error(`line ${line}: a quoted field is not closed`);
    value += text.slice(at, quote);
    at = quote + 1;
    if (text[at] !== '"') break;
    value += '"';
    at += 1;
  }
  const ends = at >= text.length || text[at] === ',' || text[at] === '\n' || text.startsWith('\r\n', at);
  if (!ends) throw new Error(`line ${line}: a quoted field goes on after its closing quote`);
  return { value, end: at };
}

/** One field as CSV: in quotes where it has to be. */
export function csvField(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
