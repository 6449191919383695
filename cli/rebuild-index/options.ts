import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, parseEnv } from 'node:util';
import { isId } from '../../domain/ids.ts';

export type RebuildOptions = {
  /** Without a slash at its end. */
  readonly url: string;
  readonly adminSecret: string;
  /** `all`, or a bout's id. */
  readonly scope: string;
  readonly dryRun: boolean;
  /** How long to stay while something is not done. */
  readonly patienceMs: number;
};

export const REBUILD_USAGE = `usage: npm run rebuild-index -- --url URL [flags]
  --url URL           the deployment, as http://127.0.0.1:8787
  --admin-secret S    default: ADMIN_SECRET of the environment, then of .dev.vars
  --bout ID           this bout alone (default: every bout that anything knows of)
  --dry-run           say how many, and queue nothing
  --patience S        stay so many seconds for what is not done (default 600)
  --help              show this`;

/**
 * Reads the flags of `rebuild-index`; null stands for `--help`.
 * @throws Error naming the flag that is wrong or missing
 */
export function parseRebuildFlags(
  args: readonly string[],
  from: { readonly env: Readonly<Record<string, string | undefined>>; readonly projectRoot: string },
): RebuildOptions | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      url: { type: 'string' },
      'admin-secret': { type: 'string' },
      bout: { type: 'string' },
      'dry-run': { type: 'boolean' },
      patience: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) return null;
  const { patience = '600' } = values;
  if (!/^[1-9][0-9]{0,4}$/.test(patience)) throw new Error(`--patience needs 1 to 99999, not "${patience}".`);
  return {
    url: originOf(values.url),
    adminSecret: secretOf(values['admin-secret'], from),
    scope: boutOf(values.bout),
    dryRun: values['dry-run'] === true,
    patienceMs: Number(patience) * 1000,
  };
}

function boutOf(text: string | undefined): string {
  if (text === undefined || isId(text)) return text ?? 'all';
  throw new Error(`--bout needs 1 to 64 of A-Z a-z 0-9 _ . : -, not "${String(text)}".`);
}

function originOf(text: string | undefined): string {
  const url = text === undefined ? null : URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new Error(`--url needs an http or https address, not "${text ?? ''}".`);
  }
  return url.origin;
}

function secretOf(
  given: string | undefined,
  { env, projectRoot }: { readonly env: Readonly<Record<string, string | undefined>>; readonly projectRoot: string },
): string {
  const file = join(projectRoot, '.dev.vars');
  const secret =
    given ??
    env['ADMIN_SECRET'] ??
    (existsSync(file) ? parseEnv(readFileSync(file, 'utf8'))['ADMIN_SECRET'] : undefined);
  if (secret === undefined || secret === '') throw new Error('--admin-secret is needed: there is no ADMIN_SECRET.');
  return secret;
}
