/** How far the newest rebuild has come; instants are UTC ms. */
export type Progress = {
  readonly run: number;
  readonly queued: number;
  readonly done: number;
  readonly failing: number;
  readonly failures: readonly { readonly boutId: string; readonly attempts: number; readonly error: string }[];
  /** At the pace so far, or when it was done; null where nobody knows. */
  readonly doneByMs: number | null;
};

export type IndexState = { readonly bouts: number; readonly rebuild: Progress | null };

export async function readProgress(index: D1Database, nowMs: number): Promise<IndexState> {
  const [lines, counts, failures] = await index.batch<Row>([
    index.prepare('SELECT count(*) AS bouts FROM bout'),
    index.prepare(
      `SELECT run, count(*) AS queued, count(done_ms) AS done, sum(done_ms IS NULL AND attempts > 0) AS failing,
         min(queued_ms) AS since, max(done_ms) AS last_done
       FROM index_task WHERE run = (SELECT max(run) FROM index_task) GROUP BY run`,
    ),
    index.prepare(
      `SELECT bout_id, attempts, error FROM index_task
       WHERE run = (SELECT max(run) FROM index_task) AND done_ms IS NULL AND attempts > 0
       ORDER BY attempts DESC, bout_id LIMIT 20`,
    ),
  ]);
  const row = counts?.results[0];
  return {
    bouts: lines?.results[0]?.bouts ?? 0,
    rebuild:
      row === undefined
        ? null
        : {
            run: row.run,
            queued: row.queued,
            done: row.done,
            failing: row.failing,
            failures: (failures?.results ?? []).map((one) => ({
              boutId: one.bout_id,
              attempts: one.attempts,
              error: one.error ?? '',
            })),
            doneByMs: doneByMs(row, nowMs),
          },
  };
}

type Row = {
  bouts: number;
  run: number;
  queued: number;
  done: number;
  failing: number;
  since: number;
  last_done: number | null;
  bout_id: string;
  attempts: number;
  error: string | null;
};

function doneByMs({ queued, done, since, last_done: lastDone }: Row, nowMs: number): number | null {
  if (lastDone === null) return null;
  if (done === queued) return lastDone;
  return Math.round(nowMs + ((nowMs - since) / done) * (queued - done));
}
