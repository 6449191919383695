import { parseArgs } from 'node:util';
import { isId } from '../../domain/ids.ts';
import { DEFAULT_ADDRESS } from '../flags.ts';
import { findSecret, parseUrl, type Surroundings } from '../simulator/options.ts';

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

export const REBUILD_USAGE = `usage: npm run rebuild-index -- [flags]
  --url URL           the server (default: ${DEFAULT_ADDRESS})
  --admin-secret S    default: ADMIN_SECRET of the environment, then of .dev.vars
  --bout ID           this bout alone (default: every bout that anything knows of)
  --dry-run           say how many, and queue nothing
  --patience S        stay so many seconds for what is not done (default 600)
  --help              show this
It ends with 0 when every bout is indexed, with 2 for wrong use, and with 1 for whatever else fails.`;

/**
 * Reads the flags of `rebuild-index`; null stands for `--help`.
 * @throws Error naming the flag that is wrong, or the secret where there is none
 */
export function parseRebuildFlags(args: readonly string[], { env, projectRoot }: Surroundings): RebuildOptions | null {
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
    url: parseUrl(values.url ?? DEFAULT_ADDRESS),
    adminSecret: findSecret(values['admin-secret'], env, projectRoot),
    scope: boutOf(values.bout),
    dryRun: values['dry-run'] === true,
    patienceMs: Number(patience) * 1000,
  };
}

function boutOf(text: string | undefined): string {
  if (text === undefined || isId(text)) return text ?? 'all';
  throw new Error(`--bout needs 1 to 64 of A-Z a-z 0-9 _ . : -, not "${String(text)}".`);
}
