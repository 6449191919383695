import { cpus, totalmem } from 'node:os';
import type { Spread } from './stats.ts';

/** What a budget of the design asks of a ratio. */
export type Budget = { readonly atLeast: number } | { readonly atMost: number };

/** One line of the table. */
export type Line = {
  readonly what: string;
  /** The product's own figure, with its unit. */
  readonly product: string;
  /** What it is held against, with its unit. */
  readonly against: string;
  /** null where there is nothing to divide by. */
  readonly ratio: Spread | null;
  readonly budget: Budget | null;
};

export type Table = { readonly title: string; readonly note: string; readonly lines: readonly Line[] };

export function machine(): string {
  const [cpu] = cpus();
  const gib = Math.round(totalmem() / 2 ** 30);
  return `${cpu?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, ${gib} GiB, Node ${process.versions.node}, ${process.platform}`;
}

export function keeps(line: Line): boolean | null {
  if (line.ratio === null || line.budget === null) return null;
  return 'atLeast' in line.budget ? line.ratio.median >= line.budget.atLeast : line.ratio.median <= line.budget.atMost;
}

const HEAD = ['', 'product', 'against', 'ratio', 'spread', 'budget', ''] as const;

/** The table as Markdown, padded so that a terminal shows it as well. */
export function renderTable(table: Table): string {
  const rows = [HEAD, ...table.lines.map(cells)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0), 3));
  const lines = rows.map((row) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`);
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [`### ${table.title}`, '', table.note, '', lines[0], rule, ...lines.slice(1), ''].join('\n');
}

function cells(line: Line): string[] {
  const { ratio, budget } = line;
  const kept = keeps(line);
  return [
    line.what,
    line.product,
    line.against,
    ratio === null ? '' : ratio.median.toFixed(2),
    ratio === null || ratio.min === ratio.max ? '' : `${ratio.min.toFixed(2)}–${ratio.max.toFixed(2)}`,
    budget === null ? '' : 'atLeast' in budget ? `≥ ${budget.atLeast}` : `≤ ${budget.atMost}`,
    kept === null ? '' : kept ? 'kept' : 'MISSED',
  ];
}

export function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 1)} ms`;
}
