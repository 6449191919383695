import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { PROJECT_ROOT, QUIET_ENV } from './project.ts';
import { atEnd } from './temp.ts';

export type ToolResult = { readonly ok: boolean; readonly output: string };

const BIN = join(PROJECT_ROOT, 'node_modules', '.bin');

/**
 * Runs a tool of node_modules/.bin in the project and keeps what it prints; never rejects.
 * `env` is added to the environment of this process; `show` is given each line as it is printed.
 */
export async function runTool(
  tool: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  show: (line: string) => void = () => undefined,
): Promise<ToolResult> {
  const windows = process.platform === 'win32';
  const child = spawn(join(BIN, windows ? `${tool}.cmd` : tool), args, {
    cwd: PROJECT_ROOT,
    env: {
      ...process.env,
      ...QUIET_ENV,
      // The tools start whichever node comes first.
      PATH: `${BIN}${delimiter}${process.env['PATH'] ?? ''}`,
      ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: windows,
  });
  // Whoever ends this process alone means its tools as well.
  const forget = atEnd(() => child.kill('SIGTERM'));
  child.once('close', forget);
  let output = '';
  const collect = (chunk: string): void => {
    output += chunk;
  };
  child.stdout.setEncoding('utf8').on('data', collect);
  createInterface({ input: child.stdout }).on('line', show);
  child.stderr.setEncoding('utf8').on('data', collect);
  return await new Promise((resolve) => {
    child.on('error', (error) => resolve({ ok: false, output: String(error) }));
    child.on('close', (status) => resolve({ ok: status === 0, output: output.trim() }));
  });
}
