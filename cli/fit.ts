import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { PROJECT_ROOT, runMain } from './project.ts';
// Past the folder's door, which loads the weights: a fit must be able to replace a file that does not hold up.
import { fitModel } from './scoring/fit-model.ts';
import { readJudgedRounds } from './scoring/judged.ts';
import { DEFAULT_ROUNDS } from './scoring/rounds.ts';
import { SETTINGS } from './scoring/train.ts';
import { WEIGHTS_FOLDER, writeFitted } from './scoring/weights-files.ts';

const USAGE = `usage: npm run fit -- [flags]
  --rounds FILE   rounds with judges' scores (default: ${DEFAULT_ROUNDS})
  --out DIR       where the weights and their evaluation go (default: domain/scoring/weights)
  --help          show this`;

/** Fits the statistical judge and writes its weights with their evaluation. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { rounds: { type: 'string' }, out: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help === true) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const rounds = readJudgedRounds(
    values.rounds === undefined ? resolve(PROJECT_ROOT, DEFAULT_ROUNDS) : resolve(values.rounds),
  );
  const begun = performance.now();
  const fitted = fitModel(rounds, {
    settings: SETTINGS,
    progress: (what) => {
      const seconds = ((performance.now() - begun) / 1000).toFixed(0).padStart(4);
      process.stderr.write(`${seconds} s  ${what}\n`);
    },
  });
  for (const file of await writeFitted(fitted, values.out === undefined ? WEIGHTS_FOLDER : resolve(values.out))) {
    process.stderr.write(`wrote ${file}\n`);
  }
}

await runMain(main);
