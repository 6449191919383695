import { readLogKey } from '../../log-key.ts';
import { checkAnchor } from './anchor.ts';
import type { LogContext } from './context.ts';
import { leafCount } from './leaves.ts';
import { readWitnesses } from './witness-settings.ts';

/** How the log of checkpoints is. Times in ms; `null` is not yet. */
export type LogHealth = {
  /** Why nothing can be signed: no key, or one that is none. */
  readonly keyProblem: string | null;
  /** Why nothing is signed any more: a fork, storage set back, bytes that changed, a key that nothing leads to. */
  readonly faults: readonly string[];
  readonly leaves: number;
  /** How many leaves the newest published checkpoint is over. */
  readonly publishedSize: number;
  readonly publishedMs: number | null;
  readonly jobs: {
    /** How long the one that is due longest has been due. */
    readonly oldestMs: number | null;
    readonly failing: readonly { readonly job: string; readonly attempts: number }[];
  };
  /** Why nobody is asked. */
  readonly witnessProblem: string | null;
  readonly witnesses: readonly WitnessHealth[];
};

export type WitnessHealth = {
  readonly name: string;
  /** What it cosigned last, as far as this log knows. */
  readonly size: number;
  readonly cosignedMs: number | null;
  /** Why it says that the log has forked. */
  readonly finding: string | null;
};

/** Asks R2 for the anchor if nobody has since the object woke: whether the storage was set back is told before it matters. */
export async function logHealth(log: LogContext): Promise<LogHealth> {
  const key = readLogKey(log.env);
  try {
    if (key.ok) await checkAnchor(log, key.value);
  } catch (error) {
    console.error(JSON.stringify({ at: 'log.health', error: String(error).slice(0, 300) }));
  }
  return describe(log, key.ok ? null : key.detail, Date.now());
}

function describe({ storage: { sql }, env, memory }: LogContext, keyProblem: string | null, nowMs: number): LogHealth {
  const [published] = sql.exec<{ size: number; published_ms: number }>(
    'SELECT size, published_ms FROM log_checkpoint WHERE published_ms IS NOT NULL ORDER BY size DESC LIMIT 1',
  );
  const jobs = sql
    .exec<{ id: string; due_ms: number; attempts: number }>('SELECT id, due_ms, attempts FROM job ORDER BY due_ms')
    .toArray();
  const oldest = jobs[0]?.due_ms ?? nowMs;
  const witnesses = readWitnesses(env.WITNESSES);
  return {
    keyProblem,
    faults: Object.values(memory.faults).filter((fault) => fault !== null),
    leaves: leafCount(sql),
    publishedSize: published?.size ?? 0,
    publishedMs: published?.published_ms ?? null,
    jobs: {
      oldestMs: oldest < nowMs ? nowMs - oldest : null,
      failing: jobs.filter(({ attempts }) => attempts > 0).map(({ id, attempts }) => ({ job: id, attempts })),
    },
    witnessProblem: witnesses.ok ? null : witnesses.detail,
    witnesses: witnesses.ok ? witnesses.value.map(({ key: { name } }) => witnessHealth(sql, name)) : [],
  };
}

function witnessHealth(sql: SqlStorage, name: string): WitnessHealth {
  const [row] = sql.exec<{ size: number; cosigned_ms: number | null; finding: string | null }>(
    'SELECT size, cosigned_ms, finding FROM witness WHERE name = ?',
    name,
  );
  return { name, size: row?.size ?? 0, cosignedMs: row?.cosigned_ms ?? null, finding: row?.finding ?? null };
}
