import type { BoutState, ReleasePolicy } from '../../../domain/bout/index.ts';
import type { Actor } from '../../../domain/ledger/index.ts';

/** A change of who sees a sealed bout, as it is kept; null leaves it as it was. */
export type ReleaseChange = {
  /** From 1. */
  readonly change: number;
  readonly eventId: string;
  readonly release: ReleasePolicy | null;
  readonly delayMs: number | null;
  readonly reason: string | null;
  readonly actor: Actor;
  readonly receivedMs: number;
  /** Where the deployment's ledger has it; null while that is owed. */
  readonly recorded: { readonly index: number; readonly hash: string } | null;
};

type Row = {
  change: number;
  event_id: string;
  release: string | null;
  delay_ms: number | null;
  reason: string | null;
  actor: string;
  received_ms: number;
  recorded: string | null;
};

/** In the order in which they were made. */
export function readChanges(sql: SqlStorage): readonly ReleaseChange[] {
  return sql.exec<Row>('SELECT * FROM release_after_seal ORDER BY change').toArray().map(changeOf);
}

/** This object's own JSON. */
function changeOf(row: Row): ReleaseChange {
  const release: ReleasePolicy | null = row.release === null ? null : JSON.parse(row.release);
  const actor: Actor = JSON.parse(row.actor);
  const recorded: ReleaseChange['recorded'] = row.recorded === null ? null : JSON.parse(row.recorded);
  const { change, event_id: eventId, delay_ms: delayMs, reason, received_ms: receivedMs } = row;
  return { change, eventId, release, delayMs, reason, actor, receivedMs, recorded };
}

export function writeChange(sql: SqlStorage, change: ReleaseChange): void {
  sql.exec(
    `INSERT INTO release_after_seal (change, event_id, release, delay_ms, reason, actor, received_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    change.change,
    change.eventId,
    change.release === null ? null : JSON.stringify(change.release),
    change.delayMs,
    change.reason,
    JSON.stringify(change.actor),
    change.receivedMs,
  );
}

/**
 * The state as readers get it: the release policy and the delay are those of the last changes after the seal. Nothing is
 * folded onto it, as the seal is the last entry; the ledger, its archive and whoever folds the entries know the policy of
 * the seal.
 */
export function withRelease(state: BoutState, changes: readonly ReleaseChange[]): BoutState {
  if (changes.length === 0) return state;
  const release = changes.findLast((one) => one.release !== null)?.release ?? state.config.release;
  const delayMs = changes.findLast((one) => one.delayMs !== null)?.delayMs ?? state.config.delayMs;
  return { ...state, config: { ...state.config, release, delayMs } };
}
