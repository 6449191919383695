const UNITS = ['kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** Bytes as a person reads them, in powers of 1,000: `512 B`, `1.2 MB`, `34 GB`. */
export function sizeText(bytes: number): string {
  let value = bytes;
  let unit = 'B';
  for (const next of UNITS) {
    // What would round to 1,000 is one of the next unit.
    if (value < 999.5) break;
    value /= 1000;
    unit = next;
  }
  return unit === 'B' || value >= 9.95 ? `${Math.round(value)} ${unit}` : `${value.toFixed(1)} ${unit}`;
}

/** Rows as aligned lines: the first two columns to the left, numbers to the right. */
export function tableLines(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, at) => (at < 2 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
