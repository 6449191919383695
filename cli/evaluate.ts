import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { PROJECT_ROOT, runMain } from './project.ts';
import { DEFAULT_ROUNDS, evaluateRounds, printStoredEvaluation, readJudgedRounds } from './scoring/index.ts';

const USAGE = `usage: npm run evaluate -- [flags]
  --rounds FILE   rounds with judges' scores (default: ${DEFAULT_ROUNDS}; without it the stored figures are printed)
  --stored        do not fit again for cross-validation and the test by time
  --help          show this`;

/** Prints how well the statistical judge agrees with real ones, beside how well these agree with each other. */
function main(): void {
  const { values } = parseArgs({
    options: { rounds: { type: 'string' }, stored: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  const print = (text: string): void => void process.stdout.write(`${text}\n`);
  const atHand = resolve(PROJECT_ROOT, DEFAULT_ROUNDS);
  if (values.help === true) {
    print(USAGE);
  } else if (values.rounds === undefined && !existsSync(atHand)) {
    print(`No rounds at ${DEFAULT_ROUNDS} and none named with --rounds: nothing is measured now.`);
    printStoredEvaluation(print);
  } else {
    const rounds = readJudgedRounds(values.rounds === undefined ? atHand : resolve(values.rounds));
    evaluateRounds(rounds, {
      storedOnly: values.stored === true,
      print,
      progress: (what) => void process.stderr.write(`${what}\n`),
    });
  }
}

await runMain(async () => main());
