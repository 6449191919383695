import { currentRound, expiryMs, type BoutState } from '../../../domain/bout/index.ts';
import type { Entry } from '../../../domain/ledger/index.ts';
import type { BoutContext } from '../context.ts';
import { advanceLag } from '../sockets/lag.ts';
import { entryAt, type Ledger } from '../ledger/ledger.ts';
import { within } from '../../within.ts';

/**
 * The bout's part in being indexed. The job `index` says that the index is stale and unasked, `index_owed` that the queue
 * was told and nobody has said yet that the index has it. What a queue loses is thereby sent again.
 */

/** How long the queue has before it is told again; in the end, every ten minutes. When all is well it takes a second or two. */
const PATIENCE_MS = [10_000, 15_000, 15_000, 30_000, 60_000, 300_000, 600_000] as const;

/** The other jobs wait for this one. */
const SEND_MS = 5_000;

/**
 * What was owed when the bout was read for the index: the due times of both jobs, each null where there was none, and the
 * length of the ledger. Whoever has written what was read hands it back.
 */
export type IndexReceipt = { readonly index: number | null; readonly owed: number | null; readonly entries: number };

/** Inside the transaction of what makes the line stale; the same instant again must not look like the same debt. */
export function oweIndex(sql: SqlStorage, dueMs: number): void {
  sql.exec(
    `INSERT INTO job (id, due_ms, attempts) VALUES ('index', ?, 0) ON CONFLICT (id) DO UPDATE SET attempts = 0,
       due_ms = CASE WHEN due_ms = excluded.due_ms THEN due_ms + 1 ELSE excluded.due_ms END`,
    dueMs,
  );
}

/** For a transaction of the reader's own: whoever reads the bout now is told what that covers. */
export function receiptOf(sql: SqlStorage, entries: number): IndexReceipt {
  const dueOf = (id: string): number | null =>
    sql.exec<{ due_ms: number }>('SELECT due_ms FROM job WHERE id = ?', id).toArray()[0]?.due_ms ?? null;
  return { index: dueOf('index'), owed: dueOf('index_owed'), entries };
}

/** What has come since stays owed: it has moved the due times, or made the ledger longer. */
export function confirmIndexed(context: BoutContext, receipt: IndexReceipt): void {
  const { ledger } = context;
  if (ledger === null) return;
  const { sql } = context.ctx.storage;
  sql.exec("DELETE FROM job WHERE id = 'index_owed' AND due_ms = ?", receipt.owed);
  if (ledger.state?.next !== receipt.entries) return;
  sql.exec("DELETE FROM job WHERE id = 'index' AND due_ms = ?", receipt.index);
}

/**
 * Tells the queue that the line is stale. That a confirmation is awaited is noted first: the queue may be quicker than its
 * own answer. A crash in between leaves the job that asked for it, and sends again.
 */
export async function sendToIndex(context: BoutContext, isAgain: boolean): Promise<void> {
  const { ledger } = context;
  const state = ledger?.state ?? null;
  if (ledger === null || state === null) return;
  const { sql } = context.ctx.storage;
  const laterMs = laterNewsMs(context, ledger, state);
  // Under a name of its own: a change of the release must not wait for what is held back.
  if (laterMs !== null) {
    sql.exec("INSERT OR REPLACE INTO job (id, due_ms, attempts) VALUES ('index_later', ?, 0)", laterMs);
  }
  awaitConfirmation(sql, isAgain);
  await within(SEND_MS, 'the queue', context.env.INDEX_QUEUE.send({ bout_id: context.boutId }));
}

/** Unless somebody confirms, the queue is told again. */
function awaitConfirmation(sql: SqlStorage, isAgain: boolean): void {
  const [row] = sql.exec<{ due_ms: number; attempts: number }>(
    "SELECT due_ms, attempts FROM job WHERE id = 'index_owed'",
  );
  const attempts = (row?.attempts ?? 0) + (isAgain ? 1 : 0);
  const waitMs = PATIENCE_MS[Math.min(attempts, PATIENCE_MS.length - 1)] ?? 600_000;
  // Never the same twice, so that a confirmation is of one sending.
  const dueMs = Math.max(Date.now() + waitMs, (row?.due_ms ?? 0) + 1);
  sql.exec("INSERT OR REPLACE INTO job (id, due_ms, attempts) VALUES ('index_owed', ?, ?)", dueMs, attempts);
}

/**
 * When the line changes next by time alone, UTC ms: by an entry that leaves the release delay or by the end of a round that
 * is shown late; null if never. Without a delay the end of the round is a job of its own.
 */
function laterNewsMs(context: BoutContext, ledger: Ledger, state: BoutState): number | null {
  const { delayMs } = state.config;
  if (delayMs === 0) return null;
  const asOfMs = Date.now() - delayMs;
  const shown = advanceLag(context.fanOut.lag, ledger, asOfMs) ?? state;
  const nextMs = nextNewsMs(ledger, shown, state, asOfMs);
  return nextMs === null ? null : nextMs + delayMs;
}

function nextNewsMs(ledger: Ledger, shown: BoutState, state: BoutState, asOfMs: number): number | null {
  const { clock } = currentRound(shown);
  const expiry = clock === null ? null : expiryMs(clock);
  const bell = expiry !== null && expiry > asOfMs ? expiry : null;
  for (let index = shown.next; index < state.next; index += 1) {
    const entry = entryAt(ledger, index);
    if (entry === null || !LISTED.includes(entry.kind)) continue;
    return bell === null ? entry.receivedMs : Math.min(entry.receivedMs, bell);
  }
  return bell;
}

/** Kinds of entry that change the line. */
const LISTED: readonly Entry['kind'][] = ['clock', 'config', 'result', 'seal'];
