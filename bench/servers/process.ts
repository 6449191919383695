import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { PROJECT_ROOT } from '../../cli/project.ts';
import { runtimePidFile } from '../../cli/server/lock.ts';
import { atEnd } from '../../cli/temp.ts';

/** A server in a process of its own, on a data folder that stays when it ends. */
export type ServerProcess = {
  /** `http://127.0.0.1:PORT`; another after each start. */
  readonly url: string;
  /** The Workers runtime itself: what does the work. */
  readonly runtimePid: number;
  readonly stop: () => Promise<void>;
};

/**
 * Starts `node SCRIPT …args` and waits for the line that says where it is ready.
 * @throws Error with what it printed, when it ends before that
 */
export async function startProcess(settings: {
  readonly script: string;
  readonly args: readonly string[];
  readonly dataDir: string;
  readonly env?: Readonly<Record<string, string>>;
}): Promise<ServerProcess> {
  const child = spawn(process.execPath, [settings.script, ...settings.args], {
    cwd: PROJECT_ROOT,
    env: { ...process.env, ...settings.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // However the bench ends, no server stays behind; the runtime ends with the process that started it.
  const forget = atEnd(() => child.kill('SIGKILL'));
  child.once('exit', forget);
  const url = await readyUrl(child);
  return {
    url,
    runtimePid: Number(readFileSync(runtimePidFile(settings.dataDir), 'utf8')),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}

async function readyUrl(child: ChildProcess): Promise<string> {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('The server has no output.');
  let printed = '';
  stderr.setEncoding('utf8').on('data', (chunk: string) => {
    printed = (printed + chunk).slice(-4_000);
  });
  return await new Promise((resolve, reject) => {
    child.once('exit', (status, signal) => {
      reject(new Error(`The server ended (${status ?? signal}) before it was ready.\n${printed}`));
    });
    createInterface({ input: stdout }).on('line', (line) => {
      const found = /ready at (?<url>\S+)$/.exec(line)?.groups?.['url'];
      if (found !== undefined) resolve(found);
    });
  });
}
