import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../project.ts';
import type { Reader } from './record.ts';

export type CopyToVerify = {
  readonly reader: Reader;
  readonly boutId: string;
  /** Of all copies; each bout gets a folder of its own in it. */
  readonly archives: string;
  /** The verifier's key of the log, from elsewhere than the archive. */
  readonly key: string;
};

/**
 * Copies a bout's archive to disk and verifies the copy, in a process that is given the folder and the key and
 * nothing else. Gives its verdict. @throws Error with what was found where the record is not proven
 */
export async function verifyCopy({ reader, boutId, archives, key }: CopyToVerify): Promise<string> {
  const address = `${reader.url}/api/archive/${boutId}`;
  const saved = await run(process.execPath, [
    VERIFY,
    address,
    '--token',
    reader.token,
    '--key',
    key,
    '--save',
    archives,
  ]);
  if (saved.status !== 0) throw new Error(`${boutId} is not proven where it lies:\n${saved.output}`);
  const checked = await run(process.execPath, [VERIFY, join(archives, boutId), '--key', key]);
  if (checked.status !== 0) throw new Error(`The copy of ${boutId} is not proven:\n${checked.output}`);
  return checked.output.trim().split('\n', 1)[0] ?? '';
}

const VERIFY = join(PROJECT_ROOT, 'cli', 'verify.ts');
const RECIPE = join(PROJECT_ROOT, 'docs', 'check-the-record.py');

/** Verifies the copies with other people's hashing and signatures, where Python and OpenSSL are installed. */
export async function checkWithOthers(archives: string, key: string): Promise<string> {
  const python = await run('python3', ['--version']);
  const openssl = await run('openssl', ['version']);
  if (python.status !== 0 || openssl.status !== 0 || !existsSync(RECIPE)) {
    return 'Left out: the check with Python and OpenSSL, which are not both installed here.';
  }
  const bouts = readdirSync(archives).toSorted();
  for (const bout of bouts) {
    const { status, output } = await run('python3', [RECIPE, join(archives, bout), key]);
    if (status !== 0) throw new Error(`Python and OpenSSL do not agree on ${bout}:\n${output}`);
  }
  return `All ${bouts.length} also hold by ${python.output.trim()} and ${openssl.output.trim()}, with none of our code.`;
}

type Ran = { readonly status: number | null; readonly output: string };

/** `status` null: there is no such program, or a signal ended it. */
async function run(program: string, args: readonly string[]): Promise<Ran> {
  return await new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1' } });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        output += chunk;
      });
    }
    child.once('error', (error) => resolve({ status: null, output: error.message }));
    child.once('close', (status) => resolve({ status, output }));
  });
}
