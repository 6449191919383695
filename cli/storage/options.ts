import { parseArgs } from 'node:util';
import { DEFAULT_ADDRESS } from '../flags.ts';
import { findSecret, parseUrl, type Surroundings } from '../simulator/options.ts';

export type StorageOptions = {
  readonly command: 'usage' | 'rules' | 'clean';
  readonly url: string;
  readonly adminSecret: string;
  readonly promotion: string | null;
  /** Without it a clean-up shows its plan. */
  readonly yes: boolean;
};

export const STORAGE_USAGE = `usage: npm run --silent storage -- usage|rules|clean [flags]
  usage               what the bucket holds, by class and promotion, and what belongs to no known bout
  rules               how long what may go is kept
  clean               what the rules do not keep; with --yes, deletes it
  --url URL           the server (default: ${DEFAULT_ADDRESS})
  --admin-secret S    (default: ADMIN_SECRET of the environment, then of .dev.vars)
  --promotion NAME    clean up that promotion alone
  --yes               delete what the plan names, page by page
  --help              show this
It ends with 0 when done, with 2 for wrong use, and with 1 for whatever else fails.`;

const COMMANDS = ['usage', 'rules', 'clean'] as const;

/**
 * Reads the words and flags of `storage`; null stands for `--help`.
 * @throws Error naming what is wrong or missing
 */
export function parseStorageFlags(args: readonly string[], { env, projectRoot }: Surroundings): StorageOptions | null {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      url: { type: 'string' },
      'admin-secret': { type: 'string' },
      promotion: { type: 'string' },
      yes: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) return null;
  const [word, ...more] = positionals;
  const command = COMMANDS.find((one) => one === word);
  if (command === undefined || more.length > 0) {
    throw new Error(`Say one of ${COMMANDS.join(', ')}, not "${positionals.join(' ')}".`);
  }
  if (command !== 'clean' && (values.yes === true || values.promotion !== undefined)) {
    throw new Error('--yes and --promotion belong to clean.');
  }
  return {
    command,
    url: parseUrl(values.url ?? DEFAULT_ADDRESS),
    adminSecret: findSecret(values['admin-secret'], env, projectRoot),
    promotion: values.promotion ?? null,
    yes: values.yes === true,
  };
}
