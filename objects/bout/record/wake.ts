import type { BoutContext } from '../context.ts';
import { arm, enqueueOnce } from '../jobs/table.ts';
import { entryAt, type Ledger } from '../ledger/ledger.ts';
import { compareAnchor, readAnchor } from './anchor.ts';
import { oweLostArchive } from './archive.ts';
import { clearFork, declareFork, recallFork } from './fork.ts';
import { owesPublishing } from './publish.ts';
import { noteAnchored } from './store.ts';

/** A bout that was written to less than this ago is being fought: nobody waits for R2 then. */
const QUIET_MS = 60_000;

/**
 * At every start the ledger is compared with its anchor: a storage that was put back to an earlier day must not go on as
 * if nothing had been published since.
 *
 * The start waits for it (two seconds at most) only where the last entry is older than a minute. In a running bout an
 * object that has slept for ten seconds answers the tap that woke it at once and compares beside that: a storage is not
 * put back within a minute, and if it were, the fork would stand after a few taps more. Where R2 does not answer, the bout
 * goes on being scored; the comparison is owed, and nothing is published before it.
 */
export function compareAtStart(context: BoutContext): void {
  const { ledger, ctx } = context;
  if (ledger === null || ledger.state === null) return;
  recallFork(ledger);
  if (ledger.fault !== null && ledger.fault.isFork !== true) return;
  const check = async (): Promise<void> => await compareNow(context, ledger);
  ctx.waitUntil(mustWait(ledger) ? ctx.blockConcurrencyWhile(check) : check());
}

function mustWait(ledger: Ledger): boolean {
  const { state } = ledger;
  // Nothing can be written to a sealed bout, whatever R2 says.
  if (state === null || state.sealed !== null) return false;
  if (ledger.fault !== null) return true;
  const lastMs = entryAt(ledger, state.next - 1)?.receivedMs ?? 0;
  return Date.now() - lastMs > QUIET_MS;
}

/** Never throws: a start that fails would be tried again and again, and nobody could score. */
export async function compareNow(context: BoutContext, ledger: Ledger): Promise<void> {
  const { boutId, env } = context;
  const { sql } = ledger.storage;
  try {
    const anchor = await readAnchor(env, boutId);
    const found = anchor === null ? null : await compareAnchor(context, ledger, anchor.note);
    if (found?.is === 'fork') return declareFork(context, found.index, found.detail);
    if (found?.is === 'foreign') throw new Error(`it is not ours: ${found.detail}`);
    // Lost, or put back to an earlier day like any storage: ours is the later one.
    if (found === null || found.is === 'older') {
      noteAnchored(sql, false);
      await oweLostArchive(context, ledger);
    }
    // Until the log of checkpoints has spoken too, a fork that it found still stands.
    if (owesPublishing(ledger)) enqueueOnce(sql, 'publish', Date.now());
    else clearFork(context);
  } catch (error) {
    console.error(JSON.stringify({ at: 'anchor', bout: boutId, error: String(error) }));
    enqueueOnce(sql, 'publish', Date.now());
  }
  await arm(context);
}
