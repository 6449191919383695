import type { Options } from './settings.ts';
import type { Tally } from './tally.ts';

export type Progress = {
  /** To be told of each case; says something now and then. */
  readonly goesOn: (tally: Tally) => void;
  /** Says how it went. */
  readonly end: (tally: Tally) => void;
};

const EVERY_MS = 5_000;

/** In fewer cases it is chance which operations succeed. */
const ENOUGH_FOR_SUCCESS = 5_000;

/** Says with which seed it goes, how it goes where that takes long, and how it went. */
export function startProgress({ seed, count, only }: Options): Progress {
  const startMs = Date.now();
  let lastMs = startMs;
  const say = (text: string): void => void process.stdout.write(`fuzz: ${text}\n`);
  const seconds = (): number => Math.round((Date.now() - startMs) / 1000);
  const name = `--seed ${seed} (FIGHTJUDGE_SEED=${seed})`;
  say(`${name}${only === null ? '' : ` ${only} only`}`);
  return {
    goesOn: (tally) => {
      if (Date.now() - lastMs < EVERY_MS) return;
      lastMs = Date.now();
      say(`${seconds()} s: ${tally.cases()} of ${count} cases, ${classesOf(tally)}, ${tally.findings.length} faults`);
    },
    end: (tally) => {
      const { bouts = 0, entries = 0 } = tally.ending() ?? {};
      say(
        `${name}: ${tally.cases()} cases in ${seconds()} s, ${classesOf(tally)}; ` +
          `${tally.looks()} looks at what was refused; ${bouts} bouts with ${entries} entries at the end; ` +
          `${tally.findings.length} faults${count >= ENOUGH_FOR_SUCCESS ? `; never with success: ${neverWithSuccess(tally)}` : ''}`,
      );
    },
  };
}

function classesOf({ classes }: Tally): string {
  // Classes of status come first, for their digits.
  const sorted = [...classes].toSorted(([a], [b]) => a.localeCompare(b));
  return sorted.map(([name, cases]) => `${cases} ${name}`).join(', ');
}

function neverWithSuccess({ operations }: Tally): string {
  const never = [...operations].filter(([, { succeeded }]) => succeeded === 0).map(([key]) => key);
  return never.length === 0 ? 'none' : never.join(', ');
}
