import {
  base64Of,
  bytesOfBase64,
  frontierFromText,
  frontierToText,
  rootOfFrontier,
} from '../../../domain/log/index.ts';
import { boutOrigin, type LogKey, readLogKey, signCheckpoint } from '../../log-key.ts';
import type { BoutContext } from '../context.ts';
import { openSigned } from './anchor.ts';
import { enqueue, enqueueAnew, Postponed } from '../jobs/table.ts';
import type { Ledger } from '../ledger/ledger.ts';
import {
  type CheckpointRow,
  checkpointOf,
  insertCheckpoint,
  latestCheckpoint,
  noteAnchored,
  replaceNote,
  unloggedCheckpoints,
} from './store.ts';
import { grow, NOTHING, type Stand } from './tree.ts';

/**
 * Signs what the ledger is now. The bytes since the last checkpoint are read and verified again before (at the seal all
 * of them), because a signature over a flipped bit could never be taken back.
 *
 * Everything but the signing is synchronous. A crash before the note is stored leaves nothing, and the job runs again; it
 * may then sign a longer ledger, never another one of the same length. Throws `Postponed` where there is no key, and an
 * Error where the bytes do not check out: the bout is read-only from then on, and nothing is signed.
 */
export async function makeCheckpoint(context: BoutContext): Promise<void> {
  const { ledger } = context;
  const state = ledger?.state ?? null;
  if (ledger === null || state === null) return;
  if (ledger.fault !== null) throw new Error(`nothing is signed: ${ledger.fault.detail}`);
  const key = readLogKey(context.env);
  if (!key.ok) throw new Postponed(key.detail);
  const { sql } = ledger.storage;
  const size = state.next;
  const before = checkpointOf(sql, size);
  if (before !== null) return;
  const stand = standNow(context, ledger, size, state.sealed !== null);
  const row = await signed(context, key.value, stand);
  const isSealed = state.sealed !== null;
  ledger.storage.transactionSync(() => {
    // Meanwhile the same job may have run a second time, or the ledger may have turned out to be a fork.
    if (checkpointOf(sql, size) !== null || ledger.fault !== null) return;
    insertCheckpoint(sql, row);
    noteAnchored(sql, false);
    enqueueAnew(sql, 'publish', Date.now());
    if (isSealed) oweArchive(context);
  });
}

/**
 * Signs anew what no key of this deployment has signed and the log has not taken: LOG_KEY was another for a while. What
 * the checkpoints say stays the same. A crash in between leaves the rest to the next run.
 */
export async function signAnew({ boutId, env }: BoutContext, { storage: { sql } }: Ledger): Promise<void> {
  const key = readLogKey(env);
  if (!key.ok) return;
  for (const { size, root, note } of unloggedCheckpoints(sql)) {
    if ((await openSigned(key.value, boutId, note)).ok) continue;
    const bytes = bytesOfBase64(root);
    if (bytes === null) throw new Error(`the root of the checkpoint of ${size} entries is none`);
    replaceNote(
      sql,
      size,
      await signCheckpoint(key.value, { origin: boutOrigin(key.value, boutId), size, root: bytes }),
    );
  }
}

function oweArchive({ ctx, env }: BoutContext): void {
  const { sql } = ctx.storage;
  // After the publishing, so that the proof is there where the log of checkpoints gives one at once.
  enqueue(sql, 'archive', Date.now() + 1);
  if (env.TSA_URL !== undefined && env.TSA_URL !== '') enqueue(sql, 'timestamp', Date.now() + 1);
}

/** The tree over all entries, verified. */
function standNow(context: BoutContext, ledger: Ledger, size: number, fromTheStart: boolean): Stand {
  const last = latestCheckpoint(ledger.storage.sql);
  const base = last === null || fromTheStart ? NOTHING : standOf(last);
  const reached = fromTheStart && last !== null ? through(context, ledger, base, last) : base;
  return verified(context, ledger, reached, { size, head: ledger.head });
}

/** The seal looks at everything anew, and what was signed before must come out of it again. */
function through(context: BoutContext, ledger: Ledger, from: Stand, last: CheckpointRow): Stand {
  const stand = verified(context, ledger, from, last);
  if (base64Of(rootOfFrontier(stand.frontier)) === last.root) return stand;
  const detail = `The first ${last.size} entries are not those that were signed.`;
  ledger.fault ??= { index: 0, detail };
  throw new Error(detail);
}

function verified(
  context: BoutContext,
  ledger: Ledger,
  from: Stand,
  to: { readonly size: number; readonly head: string },
): Stand {
  const { verdict, stand } = grow(ledger, context.boutId, from, to);
  const { fault } = verdict;
  if (fault === null) return stand;
  // Kept in memory only: a start finds damage of its own accord, or this job does again.
  ledger.fault ??= { index: fault.index, detail: fault.detail };
  throw new Error(`nothing is signed: ${fault.detail}`);
}

function standOf(row: CheckpointRow): Stand {
  const frontier = frontierFromText(row.frontier);
  // Our own writing: if it cannot be read, everything is read anew.
  return frontier.ok && frontier.value.size === row.size ? { frontier: frontier.value, head: row.head } : NOTHING;
}

async function signed(context: BoutContext, key: LogKey, { frontier, head }: Stand): Promise<CheckpointRow> {
  const { size } = frontier;
  const root = rootOfFrontier(frontier);
  const note = await signCheckpoint(key, { origin: boutOrigin(key, context.boutId), size, root });
  return { size, root: base64Of(root), head, frontier: frontierToText(frontier), note };
}
