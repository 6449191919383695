import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { PROJECT_ROOT } from './project.ts';

export type ServeFlags = {
  /** 0 lets the system choose a free one. */
  readonly port: number;
  /** Absolute. */
  readonly persistTo: string;
  /** false serves what was built before, whatever has changed since. */
  readonly build: boolean;
};

const DEFAULT_PORT = 8787;
/** Where `start` and `serve` listen unless told otherwise. */
export const DEFAULT_ADDRESS = `http://127.0.0.1:${DEFAULT_PORT}`;
const DEFAULT_DATA = '.fightjudge/data';

export const SERVE_USAGE = `  --port N            port to listen on (default ${DEFAULT_PORT}; 0 chooses a free one)
  --persist-to DIR    where bouts are kept (default ${DEFAULT_DATA})
  --no-build          serve the last build as it is
  --help              show this`;

/**
 * Reads the flags of `serve` and `start`; null stands for `--help`.
 * @throws Error naming the flag that is wrong
 */
export function parseServeFlags(args: readonly string[]): ServeFlags | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      'persist-to': { type: 'string' },
      'no-build': { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) return null;
  const persistTo = values['persist-to'] ?? resolve(PROJECT_ROOT, DEFAULT_DATA);
  if (persistTo.trim() === '') throw new Error('--persist-to needs the name of a folder.');
  return { port: parsePort(values.port), persistTo: resolve(persistTo), build: values['no-build'] !== true };
}

function parsePort(text: string | undefined): number {
  if (text === undefined) return DEFAULT_PORT;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new Error(`--port needs a whole number from 0 to 65535, not "${text}".`);
}
