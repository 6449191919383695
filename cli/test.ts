import { runMain } from './project.ts';
import { readSuiteFlags } from './test/flags.ts';
import {
  type Check,
  CHECKS,
  type Counts,
  describe,
  runCheck,
  runSuite,
  type StageResult,
  type Suite,
  SUITES,
} from './test/stages.ts';
import { USAGE } from './test/usage.ts';

/**
 * Three suites at a time: most of what they do is wait for a disk, a page or a timer. More of them would only wait for
 * the processor, and the tests of a busy machine are not to fail for its being busy. The pages come last of the long ones:
 * they are tested by two processes, which have use for two cores when the others are through.
 */
const LANES: readonly (readonly Suite[])[] = [['workerd'], ['unit', 'browser'], ['faults', 'fuzz']];

/**
 * `npm test` runs everything; `npm run test:STAGE -- [flags]` one suite alone: npm sees to the Node that this needs.
 * Prints a line per stage and what the tools printed where one failed. The last line counts the tests
 * of all suites; a failed check or a suite that could not run counts as one failure, so that this line
 * and the exit status never disagree.
 */
async function main(): Promise<void> {
  const [only, ...filters] = process.argv.slice(2);
  if (process.argv.slice(2).some((arg) => arg === '--help' || arg === '-h')) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const checks = CHECKS.filter((name) => only === undefined || only === name);
  const suites = SUITES.filter((name) => only === undefined || only === name);
  if (checks.length + suites.length === 0) {
    throw new Error(`There is no stage "${only}"; the stages are ${[...CHECKS, ...SUITES].join(', ')}.`);
  }
  // What is wrong with the flags is said before anything runs.
  if (suites.length === 0 && filters.length > 0) throw new Error(`The check ${only} takes no arguments.`);
  for (const suite of suites) readSuiteFlags(suite, filters);
  const results = await Promise.all(checks.map((check) => timed(check, () => runCheck(check))));
  await Promise.all(
    LANES.map(async (lane) => {
      for (const suite of lane) {
        if (suites.includes(suite)) results.push(await timed(suite, () => runSuite(suite, filters)));
      }
    }),
  );

  const failed = results.some((result) => !result.ok);
  if (suites.length === 0) process.exit(failed ? 1 : 0);
  const total = sum(results);
  if (total.passed + total.failed + total.skipped === 0) process.stdout.write('No tests ran.\n');
  process.stdout.write(`${describe(total)}\n`);
  process.exit(failed || total.passed === 0 ? 1 : 0);
}

async function timed(name: Check | Suite, run: () => Promise<StageResult>): Promise<StageResult> {
  const start = performance.now();
  const result = await run();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  if (!result.ok) process.stdout.write(`\n${result.output}\n\n`);
  process.stdout.write(
    `${name.padEnd(8)} ${result.ok ? 'ok    ' : 'FAILED'} ${`${seconds} s`.padStart(7)}  ${result.note}\n`,
  );
  return result;
}

function sum(results: readonly StageResult[]): Counts {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { ok, counts } of results) {
    total.passed += counts?.passed ?? 0;
    total.failed += counts?.failed ?? (ok ? 0 : 1);
    total.skipped += counts?.skipped ?? 0;
  }
  return total;
}

await runMain(main);
