import { join } from 'node:path';

/** The folder that holds package.json. */
export const PROJECT_ROOT = join(import.meta.dirname, '..');

/** Keeps wrangler, Miniflare and what they start offline, silent and out of the home folder. */
export const QUIET_ENV: Readonly<Record<string, string>> = {
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_SEND_ERROR_REPORTS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  WRANGLER_WRITE_LOGS: 'false',
  NO_UPDATE_NOTIFIER: '1',
};

/**
 * Runs a command's main function: whatever it throws ends the process with one line on stderr and
 * status 1, because a stack trace tells the person at the terminal nothing.
 */
export async function runMain(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`FightJudge: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
