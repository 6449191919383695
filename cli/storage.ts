import { PROJECT_ROOT, readFlags, runMain } from './project.ts';
import { createStorageClient } from './storage/client.ts';
import { clean, type Output, showRules, showUsage } from './storage/commands.ts';
import { parseStorageFlags, STORAGE_USAGE } from './storage/options.ts';

/** Lines go to stdout; how far it is, to a terminal alone, in one line that is written over. */
const output: Output = {
  line: (text) => {
    if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
    process.stdout.write(`${text}\n`);
  },
  progress: (text) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${text}`);
  },
};

async function main(): Promise<void> {
  const options = readFlags(
    () => parseStorageFlags(process.argv.slice(2), { env: process.env, projectRoot: PROJECT_ROOT }),
    STORAGE_USAGE,
  );
  if (options === null) {
    process.stdout.write(`${STORAGE_USAGE}\n`);
    return;
  }
  const client = createStorageClient(options);
  if (options.command === 'usage') await showUsage(client, output);
  else if (options.command === 'rules') await showRules(client, output);
  else await clean(client, options, output);
}

await runMain(main);
