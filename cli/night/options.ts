import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export type NightOptions = {
  /** null: a server of its own, whose data goes with it. */
  readonly server: { readonly url: string; readonly adminSecret: string } | null;
  readonly bouts: number;
  readonly speed: number;
  /** Where the copies go. */
  readonly folder: string;
  /** The verifier's key of the server's log; null for a server of its own, which is asked for it. */
  readonly key: string | null;
  /** Serve the last build as it is. */
  readonly build: boolean;
};

export const NIGHT_USAGE = `usage: npm run night -- [flags]
  --url URL           play on this server (default: one of its own, gone afterwards)
  --admin-secret S    that server's (default: ADMIN_SECRET of the environment)
  --key VKEY          the verifier's key of that server's log
  --bouts N           1 to 10 (default 5)
  --speed N           simulated seconds per real second, 1 to 1000 (default 300)
  --folder DIR        where the archives and exports are copied to (default .fightjudge/night)
  --no-build          serve the last build as it is
  --help              show this`;

/**
 * Reads the flags of `night`; null stands for `--help`.
 * @throws Error naming the flag that is wrong or missing
 */
export function parseNightFlags(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): NightOptions | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      url: { type: 'string' },
      'admin-secret': { type: 'string' },
      key: { type: 'string' },
      bouts: { type: 'string' },
      speed: { type: 'string' },
      folder: { type: 'string' },
      'no-build': { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) return null;
  return {
    server: values.url === undefined ? null : { url: originOf(values.url), adminSecret: secretOf(values, env) },
    key: values.key ?? null,
    bouts: wholeOf('--bouts', values.bouts, 1, 10, 5),
    speed: wholeOf('--speed', values.speed, 1, 1000, 300),
    folder: resolve(values.folder ?? '.fightjudge/night'),
    build: values['no-build'] !== true,
  };
}

function originOf(text: string): string {
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new Error(`--url needs an http or https address, not "${text}".`);
  }
  return url.origin;
}

function secretOf(
  values: { readonly 'admin-secret'?: string },
  env: Readonly<Record<string, string | undefined>>,
): string {
  const secret = values['admin-secret'] ?? env['ADMIN_SECRET'];
  if (secret === undefined || secret === '') throw new Error('--admin-secret is needed for a server that is not ours.');
  return secret;
}

function wholeOf(flag: string, text: string | undefined, least: number, most: number, fallback: number): number {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most && text.trim() !== '') return value;
  throw new Error(`${flag} needs a whole number from ${least} to ${most}, not "${text}".`);
}
