import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PROJECT_ROOT, runMain } from '../../cli/project.ts';
import { atEnd, tempFolder } from '../../cli/temp.ts';
import { readSuiteFlags } from '../../cli/test/flags.ts';
import { PLANTED, type Planted } from './planted-list.ts';

/**
 * `npm run test:planted`: plants one fault after the other into a copy of the project and has the harness look for it.
 * A harness that nothing ever fails under proves nothing; this shows what it would have said. Ends with 1 where a fault
 * was not noticed by the test that is there for it, or where the harness fails with nothing planted. `--only WORD` plants
 * those whose names hold the word.
 */
async function main(): Promise<void> {
  const { FIGHTJUDGE_SEED: seed = '1', FIGHTJUDGE_ONLY: only = '' } = readSuiteFlags(
    'planted',
    process.argv.slice(2),
  ).env;
  const chosen = PLANTED.filter(({ name }) => name.includes(only));
  if (chosen.length === 0) throw new Error(`--only: no planted fault has "${only}" in its name.`);
  const folder = tempFolder('fightjudge-planted-');
  const copy = folder.path;
  let good = true;
  const say = (noticed: boolean, line: string): void => {
    good &&= noticed;
    process.stdout.write(`planted: ${noticed ? 'ok    ' : 'FAILED'} ${line}\n`);
  };
  try {
    copyProject(copy);
    const edited = chosen.map((planted) => ({ planted, source: edit(copy, planted) }));
    const suites = [...new Set(chosen.map(({ suite }) => suite))];
    const failing = await runHarness(copy, seed, suites);
    say(failing.length === 0, `nothing planted: ${failing.length === 0 ? 'no test fails' : list(failing)}`);
    for (const { planted, source } of edited) {
      const path = join(copy, planted.file);
      const original = readFileSync(path, 'utf8');
      writeFileSync(path, source);
      const failed = await runHarness(copy, seed, [planted.suite], planted.everywhere === true ? '1s' : undefined);
      writeFileSync(path, original);
      say(failed.includes(planted.caughtBy), `${planted.name} (${planted.file}): ${list(failed)}`);
    }
  } finally {
    folder.remove();
  }
  process.exit(good ? 0 : 1);
}

function list(tests: readonly string[]): string {
  return tests.length === 0 ? 'caught by no test' : `caught by ${tests.map((test) => `"${test}"`).join(', ')}`;
}

/** What a commit of the working tree would hold, built on its own and with the packages of the original. */
function copyProject(copy: string): void {
  const { stdout, status } = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: PROJECT_ROOT,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error('The copy is made of what git lists here, and git lists nothing.');
  // A file that was deleted and not yet committed is listed as well.
  const files = stdout.split('\0').filter((file) => file !== '' && existsSync(join(PROJECT_ROOT, file)));
  for (const file of files) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    copyFileSync(join(PROJECT_ROOT, file), join(copy, file));
  }
  symlinkSync(join(PROJECT_ROOT, 'node_modules'), join(copy, 'node_modules'));
}

/** @throws Error where a text is not in the file exactly once: the list has to follow the code */
function edit(copy: string, { name, file, edits }: Planted): string {
  return edits.reduce(
    (source, { text, becomes }) => {
      const times = source.split(text).length - 1;
      if (times !== 1) throw new Error(`"${name}" cannot be planted: ${file} has ${times} times:\n${text}`);
      return source.replace(text, () => becomes);
    },
    readFileSync(join(copy, file), 'utf8'),
  );
}

type Report = { readonly testResults: readonly { readonly assertionResults: readonly Result[] }[] };

type Result = { readonly status: string; readonly title: string };

/** Runs these test files, in the short form where no duration is given, and gives the titles of the tests that failed. */
async function runHarness(
  copy: string,
  seed: string,
  suites: readonly string[],
  duration?: string,
): Promise<readonly string[]> {
  const report = join(copy, 'report.json');
  rmSync(report, { force: true });
  const args = ['run', '--project', 'faults', '--reporter=json', `--outputFile=${report}`, ...suites];
  const child = spawn(join(copy, 'node_modules', '.bin', 'vitest'), args, {
    cwd: copy,
    env: {
      ...process.env,
      PATH: `${join(copy, 'node_modules', '.bin')}:${process.env['PATH'] ?? ''}`,
      FIGHTJUDGE_SEED: seed,
      FIGHTJUDGE_DURATION: duration,
      FIGHTJUDGE_COUNT: undefined,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const forget = atEnd(() => child.kill('SIGTERM'));
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  await once(child, 'close');
  forget();
  let text: string;
  try {
    text = readFileSync(report, 'utf8');
  } catch {
    throw new Error(`The harness did not run:\n${stderr}`);
  }
  const { testResults }: Report = JSON.parse(text);
  const results = testResults.flatMap(({ assertionResults }) => assertionResults);
  if (results.length === 0) throw new Error(`The harness ran no test:\n${stderr}`);
  return results.filter(({ status }) => status === 'failed').map(({ title }) => title);
}

await runMain(main);
