import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { PROJECT_ROOT, runMain } from './project.ts';
import { DEFAULT_ROUNDS, fitModel, readJudgedRounds, SETTINGS, WEIGHTS_FOLDER, writeFitted } from './scoring/index.ts';

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
  const rounds = readJudgedRounds(resolve(PROJECT_ROOT, values.rounds ?? DEFAULT_ROUNDS));
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
