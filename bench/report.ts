import { cpus, totalmem } from 'node:os';
import type { Comparison, Spread } from './stats.ts';

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

/** What a line's ratio makes of its budget. */
export type Verdict = 'kept' | 'unsure' | 'MISSED';

/**
 * `kept` where the median keeps the budget, `MISSED` where not even the best round does, `unsure` between them; null
 * where there is nothing to judge.
 */
export function verdictOf({ ratio, budget }: Line): Verdict | null {
  if (ratio === null || budget === null) return null;
  const keeps = (value: number): boolean => ('atLeast' in budget ? value >= budget.atLeast : value <= budget.atMost);
  if (keeps(ratio.median)) return 'kept';
  return keeps('atLeast' in budget ? ratio.max : ratio.min) ? 'unsure' : 'MISSED';
}

/** `N kept, N unsure, N missed` */
export function countVerdicts(lines: readonly Line[]): string {
  const verdicts = lines.map(verdictOf);
  const count = (wanted: Verdict): number => verdicts.filter((verdict) => verdict === wanted).length;
  return `${count('kept')} kept, ${count('unsure')} unsure, ${count('MISSED')} missed`;
}

/** The columns that a comparison fills; both figures are of the round whose ratio is printed. */
export function columnsOf(
  { product, against, ratio }: Comparison,
  show: (value: number) => string,
): Pick<Line, 'product' | 'against' | 'ratio'> {
  return { product: show(product), against: show(against), ratio };
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
  return [
    line.what,
    line.product,
    line.against,
    ratio === null ? '' : ratio.median.toFixed(2),
    ratio === null || ratio.min === ratio.max ? '' : `${ratio.min.toFixed(2)}–${ratio.max.toFixed(2)}`,
    budget === null ? '' : 'atLeast' in budget ? `≥ ${budget.atLeast}` : `≤ ${budget.atMost}`,
    verdictOf(line) ?? '',
  ];
}

export function ms(value: number): string {
  return `${value.toFixed(Math.abs(value) < 1 ? 3 : Math.abs(value) < 10 ? 2 : 1)} ms`;
}
