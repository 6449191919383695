import { type BoutState, currentRound, expiryMs } from '../../../domain/bout/index.ts';
import type { BoutContext } from '../context.ts';
import { oweIndex } from './index-news.ts';

/**
 * Work that leaves the object or waits for a time, in one table behind the object's one alarm. Every
 * job may run twice: an alarm is delivered at least once, and a crash after the work but before its row
 * is deleted runs it again.
 */
export const JOBS = [
  'register',
  'index',
  'index_later',
  'index_owed',
  'expiry',
  'release',
  'checkpoint',
  'publish',
  'seal',
  'archive',
  'timestamp',
] as const;

export type Job = (typeof JOBS)[number];

/** What a job throws that waits for somebody: told once, not at every try; it stays owed. */
export class Postponed extends Error {}

/** Inside the caller's transaction, so that the work is owed exactly if what causes it is stored. */
export function enqueue(sql: SqlStorage, job: Job, dueMs: number): void {
  if (job === 'index') return oweIndex(sql, dueMs);
  sql.exec('INSERT OR REPLACE INTO job (id, due_ms, attempts) VALUES (?, ?, 0)', job, dueMs);
}

/** The same, where it is not owed already: what waits for its time, or for its next try, keeps it. */
export function enqueueOnce(sql: SqlStorage, job: Job, dueMs: number): void {
  sql.exec('INSERT OR IGNORE INTO job (id, due_ms, attempts) VALUES (?, ?, 0)', job, dueMs);
}

/** The same, where a run of the job that is under way must not take the new debt for its own: never the same instant. */
export function enqueueAnew(sql: SqlStorage, job: Job, dueMs: number): void {
  sql.exec(
    `INSERT INTO job (id, due_ms, attempts) VALUES (?, ?, 0) ON CONFLICT (id) DO UPDATE SET attempts = 0,
       due_ms = CASE WHEN due_ms = excluded.due_ms THEN due_ms + 1 ELSE excluded.due_ms END`,
    job,
    dueMs,
  );
}

/** Sets the alarm to the earliest job. Called after a commit; a crash before it is mended by the constructor. */
export async function arm(context: BoutContext): Promise<void> {
  if (context.ledger === null) return;
  const [next] = context.ctx.storage.sql.exec<{ due_ms: number | null }>('SELECT min(due_ms) AS due_ms FROM job');
  if (next?.due_ms == null) return;
  const alarm = await context.ctx.storage.getAlarm();
  if (alarm === null || alarm > next.due_ms) await context.ctx.storage.setAlarm(next.due_ms);
}

/**
 * What a change of the clock, the set-up or the result owes: a push when the round runs out, and to be indexed
 * anew. Inside the transaction of the entry that causes it.
 */
export function oweAfter(sql: SqlStorage, state: BoutState): void {
  const { clock } = currentRound(state);
  const dueMs = clock === null ? null : expiryMs(clock);
  if (dueMs === null) sql.exec("DELETE FROM job WHERE id = 'expiry'");
  else enqueue(sql, 'expiry', dueMs);
  enqueue(sql, 'index', Date.now() + INDEX_PAUSE_MS);
}

/** A burst of changes becomes one line. */
export const INDEX_PAUSE_MS = 500;
