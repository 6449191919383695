import { setTimeout as pause } from 'node:timers/promises';
import { PROJECT_ROOT, readFlags, runMain } from './project.ts';
import { createIndexClient, type IndexClient } from './rebuild-index/client.ts';
import { parseRebuildFlags, REBUILD_USAGE, type RebuildOptions } from './rebuild-index/options.ts';
import { progressLine, readPage, readState, type State } from './rebuild-index/wire.ts';

const LOOK_MS = 500;

/** Has the whole index made anew, page by page, and stays until every bout that was asked for is in it. */
async function main(): Promise<void> {
  const options = readFlags(
    () => parseRebuildFlags(process.argv.slice(2), { env: process.env, projectRoot: PROJECT_ROOT }),
    REBUILD_USAGE,
  );
  if (options === null) {
    process.stdout.write(`${REBUILD_USAGE}\n`);
    return;
  }
  const client = createIndexClient(options, show);
  const isOne = options.scope !== 'all';
  const queued = await queueAll(client, options);
  if (options.dryRun) {
    if (isOne && !(await client.knows(options.scope))) throw unknownBout(options.scope);
    // Of one bout the server counts only whether the deployment’s ledger lacks it.
    process.stdout.write(
      isOne ? `Bout ${options.scope} would be indexed anew.\n` : `${queued} bouts would be indexed anew.\n`,
    );
    return;
  }
  const end = await follow(client, options);
  // Asked afterwards, because a bout that only an archive has is known by what was made of it. Of one that is nowhere the
  // server has removed what the index still said, and calls that done.
  if (isOne && end.done >= end.queued && !(await client.knows(options.scope))) throw unknownBout(options.scope);
  process.stdout.write(`${end.done} of ${end.queued} bouts are indexed; the index holds ${end.bouts}.\n`);
  for (const { boutId, attempts, error } of end.failures) {
    process.stdout.write(`${boutId}: not indexed after ${attempts} attempts: ${error}\n`);
  }
  if (end.done < end.queued) process.exitCode = 1;
}

function unknownBout(boutId: string): Error {
  return new Error(`there is no bout ${boutId}: nothing is indexed of it.`);
}

async function queueAll(client: IndexClient, options: RebuildOptions): Promise<number> {
  let queued = 0;
  let cursor: string | null = null;
  do {
    const body: Record<string, unknown> = { scope: options.scope, dry_run: options.dryRun };
    if (cursor !== null) body['cursor'] = cursor;
    const page = readPage(await client.ask('POST', '/api/index/rebuild', body));
    queued += page.queued;
    cursor = page.nextCursor;
    show(`${queued} bouts queued`);
  } while (cursor !== null);
  return queued;
}

/** Until everything is done, or whatever is not has failed and been tried again for as long as the user waits. */
async function follow(client: IndexClient, options: RebuildOptions): Promise<State> {
  const giveUpMs = performance.now() + options.patienceMs;
  for (;;) {
    const state = readState(await client.ask('GET', '/api/index', null));
    show(progressLine(state, Date.now()));
    if (state.done >= state.queued || performance.now() > giveUpMs) {
      clear();
      return state;
    }
    await pause(LOOK_MS);
  }
}

/** One line that is written over; nothing where nobody looks. */
function show(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${line}`);
}

function clear(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
}

await runMain(main);
