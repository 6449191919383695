/*
 * Work that the log owes, in one table behind the platform's one alarm. Every job may run twice: an alarm is delivered at
 * least once, and a crash after the work but before its row is deleted runs it again.
 */

/** `publish`: sign and anchor what was appended. `key`: record a new key. `witness:<name>`: ask it for its cosignature. */
export type JobId = 'publish' | 'key' | `witness:${string}`;

const RETRY_MS = [1_000, 2_000, 5_000, 15_000, 60_000] as const;

/** Inside the caller's transaction, so that the work is owed exactly if what causes it is stored. */
export function enqueue(sql: SqlStorage, id: JobId, dueMs: number): void {
  sql.exec('INSERT OR REPLACE INTO job (id, due_ms, attempts) VALUES (?, ?, 0)', id, dueMs);
}

/**
 * Sets the alarm to the earliest job. Called in the same turn as the transaction that owes one, so that both are stored
 * together; what a crash leaves out all the same, the constructor mends.
 */
export async function arm(storage: DurableObjectStorage): Promise<void> {
  const { due_ms: dueMs } = storage.sql.exec<{ due_ms: number | null }>('SELECT min(due_ms) AS due_ms FROM job').one();
  if (dueMs !== null) await storage.setAlarm(dueMs);
}

type Work = {
  readonly run: (id: string) => Promise<void>;
  /** Whether nothing is left of it, asked in the turn in which its row is deleted: more may have come while it ran. */
  readonly isDone: (id: string) => boolean;
};

/** Runs what is due. All at once: a witness that hangs must not keep anything else from being done. */
export async function runDue(storage: DurableObjectStorage, { run, isDone }: Work): Promise<void> {
  const due = storage.sql
    .exec<{ id: string; attempts: number }>('SELECT id, attempts FROM job WHERE due_ms <= ?', Date.now())
    .toArray();
  await Promise.all(
    due.map(async ({ id, attempts }) => {
      try {
        await run(id);
        // Only now, so that a crash in the middle leaves it owed.
        if (isDone(id)) storage.sql.exec('DELETE FROM job WHERE id = ?', id);
        else storage.sql.exec('UPDATE job SET due_ms = ?, attempts = 0 WHERE id = ?', Date.now(), id);
      } catch (error) {
        const waitMs = RETRY_MS[Math.min(attempts, RETRY_MS.length - 1)] ?? 60_000;
        console.error(JSON.stringify({ at: 'log.job', job: id, attempts, error: String(error).slice(0, 300) }));
        storage.sql.exec('UPDATE job SET due_ms = ?, attempts = ? WHERE id = ?', Date.now() + waitMs, attempts + 1, id);
      }
    }),
  );
  await arm(storage);
}
