import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { PROJECT_ROOT } from '../../cli/project.ts';
import { atEnd, tempFolder } from '../../cli/temp.ts';
import { TEST_ADMIN_SECRET } from './secrets.ts';

export type TestServer = {
  /** `http://127.0.0.1:PORT`; the same after a restart. */
  readonly url: string;
  readonly adminSecret: string;
  /** The folder that holds the server's data. */
  readonly dataDir: string;
  /** Process id of the server that runs now. */
  readonly pid: number;
  /** Ends the server in the middle of whatever it does, as a power cut would; also one that is just being started. */
  readonly kill9: () => Promise<void>;
  /** Ends the server as SIGTERM does and removes its data, unless the caller gave the folder. Gives its exit status. */
  readonly stop: () => Promise<number | null>;
  /** Starts the server again on the same port and data, after a stop of the one that runs. */
  readonly restart: () => Promise<void>;
  /** Waits until the server has ended by itself. Gives its exit status and the end of what it wrote on stderr. */
  readonly ended: () => Promise<{ readonly status: number | null; readonly errors: string }>;
};

const READY_LIMIT_MS = 30_000;

/**
 * Serves the built product (which has to be built already) on a free port, with data of its own.
 * @throws Error with what the server printed, when it ends before it is ready
 */
export async function startServer(
  options: {
    readonly persistTo?: string;
    readonly env?: Readonly<Record<string, string>>;
    /** Takes the flags of `cli/serve.ts` and says as it does when it is ready. */
    readonly script?: string;
  } = {},
): Promise<TestServer> {
  const folder = options.persistTo === undefined ? tempFolder('fightjudge-test-') : null;
  const dataDir = options.persistTo ?? folder?.path ?? '';
  const env = { ADMIN_SECRET: TEST_ADMIN_SECRET, ...options.env };
  const script = options.script ?? 'cli/serve.ts';
  let running = spawnServer(script, dataDir, 0, env);
  const url = await running.ready;
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> => {
    const { child } = running;
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
    return child.exitCode;
  };
  return {
    url,
    adminSecret: env.ADMIN_SECRET,
    dataDir,
    get pid() {
      return running.child.pid ?? 0;
    },
    kill9: async () => {
      await end('SIGKILL');
    },
    stop: async () => {
      const status = await end('SIGTERM');
      folder?.remove();
      return status;
    },
    restart: async () => {
      await end('SIGTERM');
      running = spawnServer(script, dataDir, Number(new URL(url).port), env);
      await running.ready;
    },
    ended: async () => {
      const { child, errors } = running;
      if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
      return { status: child.exitCode, errors: errors() };
    },
  };
}

type Running = { readonly child: ChildProcess; readonly ready: Promise<string>; readonly errors: () => string };

function spawnServer(script: string, dataDir: string, port: number, env: Readonly<Record<string, string>>): Running {
  const args = [script, '--no-build', '--port', String(port), '--persist-to', dataDir];
  const child = spawn(process.execPath, args, {
    cwd: PROJECT_ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const forget = atEnd(() => child.kill('SIGKILL'));
  child.once('exit', forget);
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    errors = (errors + chunk).slice(-4000);
  });
  const ready = new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`The server was not ready after ${READY_LIMIT_MS} ms.\n${errors}`));
    }, READY_LIMIT_MS);
    child.once('exit', (status, signal) => {
      clearTimeout(timer);
      reject(new Error(`The server ended (${status ?? signal}) before it was ready.\n${errors}`));
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /^FightJudge is ready at (?<url>\S+)$/.exec(line)?.groups?.['url'];
      if (found === undefined) return;
      clearTimeout(timer);
      resolve(found);
    });
  });
  return { child, ready, errors: () => errors };
}
