import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, parseEnv } from 'node:util';
import { ID_PATTERN } from '../../domain/ids.ts';
import { MAX_SEED } from './random.ts';

export type SimulateOptions = {
  readonly url: string;
  readonly adminSecret: string;
  /** null: a new id for each bout. */
  readonly boutId: string | null;
  readonly speed: number;
  readonly seed: number;
  /** null: the bout that comes with the project. */
  readonly roundsFile: string | null;
  readonly once: boolean;
  readonly patienceMs: number;
};

export const SIMULATE_USAGE = `usage: npm run simulate -- --url URL [flags]
  --url URL           server to play against, as http://127.0.0.1:8787
  --admin-secret S    mints the officials' tokens (default: ADMIN_SECRET of the environment, then of .dev.vars)
  --bout ID           id of the bout to create (default: sim-<time>); plays one bout
  --speed N           simulated seconds per real second, 1 to 1000 (default 1)
  --seed N            what the statistics leave open is drawn from it, 0 to ${MAX_SEED} (default 1)
  --rounds FILE       round statistics to play (default: the bout that comes with the project)
  --once              play one bout and end (default: bout after bout until interrupted)
  --patience S        give up when the server has been silent for this many seconds (default 300)
  --help              show this`;

export type Surroundings = {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder of `.dev.vars`. */
  readonly projectRoot: string;
};

/**
 * Reads the flags of `simulate`; null stands for `--help`.
 * @throws Error naming the flag that is wrong or missing
 */
export function parseSimulateFlags(
  args: readonly string[],
  { env, projectRoot }: Surroundings,
): SimulateOptions | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      url: { type: 'string' },
      'admin-secret': { type: 'string' },
      bout: { type: 'string' },
      speed: { type: 'string' },
      seed: { type: 'string' },
      rounds: { type: 'string' },
      once: { type: 'boolean' },
      patience: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) return null;
  return {
    url: parseUrl(values.url),
    boutId: parseBout(values.bout),
    speed: parseNumber('--speed', values.speed, { least: 1, most: 1000, fallback: 1, whole: false }),
    seed: parseNumber('--seed', values.seed, { least: 0, most: MAX_SEED, fallback: 1, whole: true }),
    roundsFile: values.rounds ?? null,
    once: values.once === true || values.bout !== undefined,
    patienceMs:
      1000 * parseNumber('--patience', values.patience, { least: 1, most: 86_400, fallback: 300, whole: false }),
    adminSecret: findSecret(values['admin-secret'], env, projectRoot),
  };
}

export function parseUrl(text: string | undefined): string {
  if (text === undefined) throw new Error('--url is needed: the address of the server.');
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new Error(`--url needs an http or https address, not "${text}".`);
  }
  return url.origin;
}

function parseBout(text: string | undefined): string | null {
  if (text === undefined || ID_PATTERN.test(text)) return text ?? null;
  throw new Error(`--bout needs 1 to 64 of A-Z a-z 0-9 _ . : -, not "${text}".`);
}

type Range = { readonly least: number; readonly most: number; readonly fallback: number; readonly whole: boolean };

function parseNumber(flag: string, text: string | undefined, { least, most, fallback, whole }: Range): number {
  if (text === undefined) return fallback;
  const value = Number(text);
  const fits = text.trim() !== '' && value >= least && value <= most && (!whole || Number.isInteger(value));
  if (fits) return value;
  throw new Error(`${flag} needs a ${whole ? 'whole ' : ''}number from ${least} to ${most}, not "${text}".`);
}

export function findSecret(flag: string | undefined, env: Surroundings['env'], projectRoot: string): string {
  const file = join(projectRoot, '.dev.vars');
  const stored = existsSync(file) ? parseEnv(readFileSync(file, 'utf8'))['ADMIN_SECRET'] : undefined;
  const found = [flag, env['ADMIN_SECRET'], stored].find((secret) => secret !== undefined && secret.trim() !== '');
  if (found !== undefined) return found;
  throw new Error('No admin secret: give --admin-secret, or ADMIN_SECRET in the environment or in .dev.vars.');
}
