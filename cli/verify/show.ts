import {
  factLines,
  findingText,
  type Report,
  type Verdict,
  verdictWords,
  type Weight,
} from '../../domain/archive/index.ts';

/** So many findings are printed of one record; `--json` has all. */
const SHOWN = 30;

/** A note changes nothing of the verdict; what is missing or was not checked does. */
const MARKS = { broken: '!', incomplete: '?', unproven: '?', note: 'i' } as const satisfies Readonly<
  Record<Weight, string>
>;

/** A report in words. */
export function reportText(name: string, report: Report): string {
  const { title, meaning } = verdictWords(report);
  const lines = [`${title.toUpperCase()}  ${name}`, `  ${meaning}`, ...factLines(report).map((line) => `  - ${line}`)];
  for (const finding of report.findings.slice(0, SHOWN)) {
    const { words, where, file, detail, weight } = findingText(finding);
    const place = [file, where].filter((one) => one !== null).join(', ');
    lines.push(`  ${MARKS[weight]} ${words}${place === '' ? '' : ` (${place})`}`, `      ${detail}`);
  }
  const more = report.findings.length - SHOWN;
  if (more > 0) lines.push(`  … and ${more} more findings (--json shows them)`);
  return lines.map(printable).join('\n');
}

/**
 * Names of folders and what a checkpoint says are anybody's: what moves a terminal's cursor, or turns text round, could
 * write another verdict over this one.
 */
export function printable(line: string): string {
  return line.replaceAll(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu, '·');
}

/** Reports as JSON, in the wire's names. */
export function reportsJson(reports: readonly { readonly name: string; readonly report: Report }[]): string {
  const bouts = reports.map(({ name, report }) => ({ name, ...report }));
  return JSON.stringify(wireNames({ verdict: worstOf(bouts.map(({ verdict }) => verdict)), bouts }), null, 1);
}

function wireNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(wireNames);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      wireNames(member),
    ]),
  );
}

const STATUS = { broken: 1, incomplete: 4, unproven: 3, proven: 0 } as const satisfies Readonly<
  Record<Verdict, number>
>;

/** The verdict over several records: that of the worst. */
export function worstOf(verdicts: readonly Verdict[]): Verdict {
  const order = ['broken', 'incomplete', 'unproven'] as const;
  return order.find((verdict) => verdicts.includes(verdict)) ?? 'proven';
}

export function statusOf(verdict: Verdict): number {
  return STATUS[verdict];
}

const STEPS: Readonly<Record<string, string>> = {
  entries: 'reading entries',
  chain: 'checking the chain',
  fold: 'following the bout',
  signatures: 'checking devices’ signatures',
  files: 'comparing files',
};

/** A line on a terminal that is written over, and nothing anywhere else. */
export function progressOn(out: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>): {
  readonly show: (name: string, step: string, done: number, of: number) => void;
  readonly clear: () => void;
} {
  if (!out.isTTY) return { show: () => undefined, clear: () => undefined };
  return {
    show: (name, step, done, of) => {
      const count = done === 0 ? '' : ` ${done} of ${of}`;
      out.write(`\r\u001B[K${printable(name)}: ${STEPS[step] ?? step}${count}`);
    },
    clear: () => void out.write('\r\u001B[K'),
  };
}
