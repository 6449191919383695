import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deployDryRun } from '../build.ts';
import { PROJECT_ROOT } from '../project.ts';
import { tempFolder } from '../temp.ts';
import { memoryFolder } from './memory.ts';
import { runTool } from '../tool.ts';
import { readSuiteFlags } from './flags.ts';

export type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number };

export type StageResult = {
  readonly ok: boolean;
  /** What a line about a stage that went well says. */
  readonly note: string;
  /** What the tools printed; shown when the stage failed. */
  readonly output: string;
  /** null for a stage that runs no tests. */
  readonly counts: Counts | null;
};

/** Every folder that is compiled on its own, because each has other globals: in two rows that take as long. */
const TYPE_PROJECTS = [
  ['test', 'objects', 'bench', 'bench/bare'],
  ['workers', 'test/browser', 'public', 'public/offline', 'cli', 'domain', '.'],
] as const;

/** A compiler or linter lives for seconds: collecting its garbage costs it a third of its time. */
const SELDOM_COLLECTED = { GOGC: '400' };

/** What Node compiled of the tools and servers is kept for the next process that starts them. */
const COMPILE_CACHE = { NODE_COMPILE_CACHE: join(PROJECT_ROOT, 'node_modules', '.cache', 'node') };

export const CHECKS = ['types', 'lint', 'format', 'deploy'] as const;
export const SUITES = ['unit', 'workerd', 'faults', 'fuzz', 'browser'] as const;

export type Check = (typeof CHECKS)[number];
export type Suite = (typeof SUITES)[number];

export async function runCheck(check: Check): Promise<StageResult> {
  switch (check) {
    case 'types':
      return await checkTypes();
    case 'lint':
      return withoutTests(
        await runTool(
          'oxlint',
          ['--type-aware', '--deny-warnings', '--report-unused-disable-directives'],
          SELDOM_COLLECTED,
        ),
      );
    case 'format':
      return withoutTests(await runTool('oxfmt', ['--check', '.']));
    case 'deploy':
      return await weighDeployment();
  }
}

/**
 * Runs one project of vitest.config.ts; `filters` are the suite's own flags and vitest's arguments. What a suite says
 * of itself while it runs, in lines that begin with its name, goes to the terminal at once.
 */
export async function runSuite(suite: Suite, filters: readonly string[]): Promise<StageResult> {
  const { env, rest } = readSuiteFlags(suite, filters);
  const folder = tempFolder('fightjudge-report-');
  const report = join(folder.path, 'report.json');
  const args = [
    'run',
    '--project',
    suite,
    '--passWithNoTests',
    '--reporter=dot',
    '--reporter=json',
    '--silent=passed-only',
  ];
  // The faults are struck at a disk.
  const memory = suite === 'faults' ? null : memoryFolder();
  const place = { ...env, ...COMPILE_CACHE, ...(memory === null ? {} : { TMPDIR: memory.path }) };
  const { ok, output } = await runTool('vitest', [...args, `--outputFile.json=${report}`, ...rest], place, (line) => {
    if (line.startsWith(`${suite}: `)) process.stdout.write(`${line}\n`);
  });
  memory?.remove();
  const counts = readCounts(report);
  const leftOut = readLeftOut(report);
  folder.remove();
  // A file that does not load, or an error outside any test, fails the run without a failed test to show for it.
  const failed = !ok && counts.failed === 0 ? 1 : counts.failed;
  return {
    ok: ok && failed === 0,
    note: [describe({ ...counts, failed }), ...leftOut].join('\n         left out: '),
    output,
    counts: { ...counts, failed },
  };
}

/** `N passed, N failed`, and the skipped ones where there are any. */
export function describe({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

async function checkTypes(): Promise<StageResult> {
  const results: { ok: boolean; output: string }[] = [];
  await Promise.all(
    TYPE_PROJECTS.map(async (row) => {
      for (const project of row) {
        // With more threads each works out again what the others know.
        results.push(await runTool('tsc', ['--noEmit', '--singleThreaded', '-p', project], SELDOM_COLLECTED));
      }
    }),
  );
  const output = results.map((result) => result.output).filter((text) => text !== '');
  return withoutTests({ ok: results.every((result) => result.ok), output: output.join('\n') });
}

async function weighDeployment(): Promise<StageResult> {
  try {
    const { raw, gzip } = await deployDryRun();
    return { ok: true, note: `worker ${raw}, gzip ${gzip}`, output: '', counts: null };
  } catch (error) {
    return withoutTests({ ok: false, output: error instanceof Error ? error.message : String(error) });
  }
}

function withoutTests({ ok, output }: { readonly ok: boolean; readonly output: string }): StageResult {
  return { ok, note: '', output, counts: null };
}

/** The names of tests that did not run: a run says what it has not looked at. */
function readLeftOut(report: string): string[] {
  try {
    const { testResults }: { testResults: { assertionResults: { status: string; fullName: string }[] }[] } = JSON.parse(
      readFileSync(report, 'utf8'),
    );
    const all = testResults.flatMap((file) => file.assertionResults);
    return all.filter(({ status }) => status !== 'passed' && status !== 'failed').map(({ fullName }) => fullName);
  } catch {
    return [];
  }
}

function readCounts(report: string): Counts {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    // vitest ended before it could report; its exit status says that it failed.
    return { passed: 0, failed: 0, skipped: 0 };
  }
  const count = (name: string): number => {
    const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
    return typeof found === 'number' ? found : 0;
  };
  return {
    passed: count('numPassedTests'),
    failed: count('numFailedTests'),
    skipped: count('numPendingTests') + count('numTodoTests'),
  };
}
