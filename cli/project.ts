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

/** Whoever started the command is at fault; the message ends in its usage. */
class WrongUse extends Error {}

/**
 * What `read` makes of a command's words and flags.
 * @throws WrongUse with the fault and the usage, which `runMain` ends with status 2
 */
export function readFlags<T>(read: () => T, usage: string): T {
  try {
    return read();
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error);
    throw new WrongUse(`${fault}\n\n${usage.trimEnd()}`, { cause: error });
  }
}

/**
 * Runs a command's main function: whatever it throws ends the process with one line on stderr and
 * status 1, because a stack trace tells the person at the terminal nothing. Wrong use that `readFlags` found ends it with
 * the usage and status 2, by which a script tells its own fault from one of the work.
 */
export async function runMain(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`FightJudge: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(error instanceof WrongUse ? 2 : 1);
  }
}
