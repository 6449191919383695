/** Flags of the project's own suites, which vitest does not know, and the variables in which a suite reads them. */
const VARIABLES: ReadonlyMap<string, string> = new Map([
  ['--seed', 'FIGHTJUDGE_SEED'],
  ['--duration', 'FIGHTJUDGE_DURATION'],
  ['--count', 'FIGHTJUDGE_COUNT'],
  ['--only', 'FIGHTJUDGE_ONLY'],
]);

export type SuiteFlags = {
  /** For the environment of the suite. */
  readonly env: Readonly<Record<string, string>>;
  /** What is left for vitest. */
  readonly rest: readonly string[];
};

/**
 * Takes a suite's own flags (`--seed 7`, `--seed=7`) out of a command's arguments.
 * @throws Error where a flag has no value
 */
export function readSuiteFlags(args: readonly string[]): SuiteFlags {
  const env: Record<string, string> = {};
  const rest: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const [flag = '', ...value] = (args[at] ?? '').split('=');
    const variable = VARIABLES.get(flag);
    if (variable === undefined) {
      rest.push(args[at] ?? '');
      continue;
    }
    if (value.length === 0) at += 1;
    const given = value.length === 0 ? args[at] : value.join('=');
    if (given === undefined || given === '') throw new Error(`${flag} needs a value.`);
    env[variable] = given;
  }
  return { env, rest };
}
