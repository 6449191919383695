import { clockView, currentRound, roundStatus } from '../../../domain/bout/index.ts';
import type { BoutContext } from '../context.ts';
import { entryAt } from '../ledger/ledger.ts';
import { recordHealth } from '../record/index.ts';
import { listTelemetry } from '../telemetry.ts';

export type BoutHealth = NonNullable<ReturnType<typeof readHealth>>;

/**
 * What an engineer wants to know of a bout's object; nothing of the bout itself beyond its clock. Null where there is
 * no such bout. Asked by the edge for whoever may see the deployment's figures, so nobody is checked here.
 */
export function readHealth(context: BoutContext) {
  const { ledger } = context;
  if (ledger === null || (ledger.state === null && ledger.fault === null)) return null;
  const { state } = ledger;
  const { sql } = ledger.storage;
  const nowMs = Date.now();
  const record = recordHealth(ledger);
  const round = state === null ? null : currentRound(state);
  return {
    cardId: state?.config.cardId ?? null,
    entries: state?.next ?? 0,
    lastEntryMs: state === null ? null : (entryAt(ledger, state.next - 1)?.receivedMs ?? null),
    status: state === null || round === null ? null : roundStatus(state, round, nowMs),
    clock: state === null || round === null ? null : clockView(state, round, nowMs),
    isOver: state?.result?.status === 'official',
    fault: ledger.fault === null ? null : { index: ledger.fault.index, detail: ledger.fault.detail },
    record,
    sockets: socketsByRole(context),
    jobs: readJobs(sql, nowMs, record.conflict !== null),
    databaseBytes: sql.databaseSize,
    awakeSinceMs: context.socketTaps.sinceMs,
    socketTaps: context.socketTaps.within,
    devices: listTelemetry(sql),
  };
}

/** Who came without a token is counted as `public`. */
function socketsByRole(context: BoutContext): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { sockets } of context.fanOut.groups.values()) {
    for (const { caller } of sockets.values()) {
      const role = caller?.role ?? 'public';
      counts[role] = (counts[role] ?? 0) + 1;
    }
  }
  return counts;
}

/** `waiting` is what is due and not done; what is due later is `planned`, unless it failed before. */
function readJobs(sql: SqlStorage, nowMs: number, isArchiveRefused: boolean) {
  const rows = sql
    .exec<{ id: string; due_ms: number; attempts: number }>('SELECT id, due_ms, attempts FROM job')
    .toArray();
  const failing = rows.filter(({ attempts }) => attempts > 0);
  const waiting = rows.filter(({ due_ms: dueMs, attempts }) => attempts === 0 && dueMs <= nowMs);
  const overdue = rows.map(({ due_ms: dueMs }) => nowMs - dueMs).filter((ms) => ms > 0);
  return {
    waiting: waiting.length,
    failing: [
      ...failing.map(({ id, attempts }) => ({ job: id, attempts })),
      // A job that has ended for good, and not because it was done.
      ...(isArchiveRefused ? [{ job: 'archive', attempts: 1 }] : []),
    ],
    planned: rows.length - failing.length - waiting.length,
    oldestMs: overdue.length === 0 ? null : Math.max(...overdue),
  };
}
