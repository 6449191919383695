import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runMain } from './project.ts';
import { scoreFile } from './scoring/index.ts';

const USAGE = `usage: npm run --silent score -- --rounds IN.csv --out OUT.csv
  --rounds FILE   rounds with the columns of round statistics, bout_id to blue_ctrl; others are ignored
  --out FILE      where bout_id,round,p_red,margin2,card,too_close go
  --help          show this`;

/** Says of each round in a file what judges would make of it. */
function main(): void {
  const { values } = parseArgs({
    options: { rounds: { type: 'string' }, out: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help === true) {
    process.stdout.write(`${USAGE}\n`);
  } else if (values.rounds === undefined || values.out === undefined) {
    throw new Error(`--rounds and --out are both needed.\n${USAGE}`);
  } else {
    scoreFile(resolve(values.rounds), resolve(values.out));
  }
}

await runMain(async () => main());
