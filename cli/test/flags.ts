import { readCount, readDurationMs, readSeed } from './values.ts';

/** A flag of one of the project's own suites, which vitest does not know. */
type Flag = {
  /** In which the suite reads it. */
  readonly variable: string;
  /** @throws Error where the value is none */
  readonly check: (value: string) => unknown;
};

const FLAGS = {
  '--seed': { variable: 'FIGHTJUDGE_SEED', check: readSeed },
  '--duration': { variable: 'FIGHTJUDGE_DURATION', check: readDurationMs },
  '--count': { variable: 'FIGHTJUDGE_COUNT', check: readCount },
  '--only': { variable: 'FIGHTJUDGE_ONLY', check: (value) => value },
} satisfies Record<string, Flag>;

export type FlagName = keyof typeof FLAGS;

/** The flags of each suite that has any. */
const OF_SUITE: Readonly<Record<string, readonly FlagName[]>> = {
  faults: ['--seed', '--duration', '--count'],
  fuzz: ['--seed', '--count', '--only'],
  planted: ['--seed', '--only'],
};

export type SuiteFlags = {
  /** For the environment of the suite. */
  readonly env: Readonly<Record<string, string>>;
  /** What is left for vitest: parts of file names, and `-t NAME`. */
  readonly rest: readonly string[];
};

/**
 * Takes a suite's own flags (`--seed 7`, `--seed=7`) out of a command's arguments.
 * @throws Error in one line, where the suite has no such flag, or the flag no such value
 */
export function readSuiteFlags(suite: string, args: readonly string[]): SuiteFlags {
  const own = OF_SUITE[suite] ?? [];
  const env: Record<string, string> = {};
  const rest: string[] = [];
  const left = [...args];
  for (let arg = left.shift(); arg !== undefined; arg = left.shift()) {
    if (!arg.startsWith('-')) {
      rest.push(arg);
      continue;
    }
    const [name = '', ...tail] = arg.split('=');
    const flag = own.find((one) => one === name);
    if (flag === undefined && name !== '-t') throw new Error(refusal(suite, own, name));
    const value = tail.length > 0 ? tail.join('=') : left.shift();
    if (value === undefined || value === '') throw new Error(`${name} needs a value.`);
    if (flag === undefined) rest.push('-t', value);
    else {
      FLAGS[flag].check(value);
      env[FLAGS[flag].variable] = value;
    }
  }
  return { env, rest };
}

function refusal(suite: string, own: readonly FlagName[], name: string): string {
  const has = own.length === 0 ? 'none of its own' : own.join(', ');
  return `The stage ${suite} has no flag ${name}; it has ${has}.`;
}
