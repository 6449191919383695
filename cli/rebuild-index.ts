import { setTimeout as pause } from 'node:timers/promises';
import { noAnswer } from './no-answer.ts';
import { PROJECT_ROOT, readFlags, runMain } from './project.ts';
import { parseRebuildFlags, REBUILD_USAGE, type RebuildOptions } from './rebuild-index/options.ts';
import { progressLine, readPage, readState, type State } from './rebuild-index/wire.ts';

const LOOK_MS = 500;
const TRY_AGAIN_MS = 2_000;
const TRIES = 30;
const ANSWER_MS = 30_000;

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
  const queued = await queueAll(options);
  if (options.dryRun) {
    process.stdout.write(`${queued} bouts would be indexed anew.\n`);
    return;
  }
  const end = await follow(options);
  process.stdout.write(`${end.done} of ${end.queued} bouts are indexed; the index holds ${end.bouts}.\n`);
  for (const { boutId, attempts, error } of end.failures) {
    process.stdout.write(`${boutId}: not indexed after ${attempts} attempts: ${error}\n`);
  }
  if (end.done < end.queued) process.exitCode = 1;
}

async function queueAll(options: RebuildOptions): Promise<number> {
  let queued = 0;
  let cursor: string | null = null;
  do {
    const body: Record<string, unknown> = { scope: options.scope, dry_run: options.dryRun };
    if (cursor !== null) body['cursor'] = cursor;
    const page = readPage(await ask(options, 'POST', '/api/index/rebuild', body));
    queued += page.queued;
    cursor = page.nextCursor;
    show(`${queued} bouts queued`);
  } while (cursor !== null);
  return queued;
}

/** Until everything is done, or whatever is not has failed and been tried again for as long as the user waits. */
async function follow(options: RebuildOptions): Promise<State> {
  const giveUpMs = performance.now() + options.patienceMs;
  for (;;) {
    const state = readState(await ask(options, 'GET', '/api/index', null));
    show(progressLine(state, Date.now()));
    if (state.done >= state.queued || performance.now() > giveUpMs) {
      clear();
      return state;
    }
    await pause(LOOK_MS);
  }
}

/** Whether the server has answered at all: one that is not there is named at once, one that goes away is waited for. */
let hasAnswered = false;

/** A page that is asked for again is the same page, so an answer that was lost does no harm. */
async function ask(options: RebuildOptions, method: string, path: string, body: unknown): Promise<unknown> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await fetch(options.url + path, {
      method,
      headers: { authorization: `Bearer ${options.adminSecret}` },
      signal: AbortSignal.timeout(ANSWER_MS),
      ...(body === null ? {} : { body: JSON.stringify(body) }),
    }).catch((error: unknown) => noAnswer(options.url, error));
    if (!(answer instanceof Error) && answer.ok) {
      hasAnswered = true;
      return await answer.json();
    }
    const why = answer instanceof Error ? answer.message : `${answer.status} ${(await answer.text()).slice(0, 300)}`;
    const isFinal = answer instanceof Error ? !hasAnswered : answer.status < 500 && answer.status !== 429;
    if (isFinal || attempt >= TRIES) throw answer instanceof Error ? answer : new Error(`${method} ${path}: ${why}`);
    show(`${why}; trying again`);
    await pause(TRY_AGAIN_MS);
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
