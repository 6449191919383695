import { type Entry, textOf } from '../../../domain/ledger/index.ts';
import type { BoutEnv } from '../context.ts';
import { enqueueAnew, enqueueOnce } from '../jobs/table.ts';

/** Devices may deliver for so long after the official result where nobody seals the bout before. */
const SEAL_AFTER_H = 24;

/**
 * What entries owe the record, inside their own transaction: a checkpoint at the end of a round, at the official result
 * and at the seal; and once the result is official, the seal in its time. Says whether anything is owed.
 */
export function oweRecord(sql: SqlStorage, env: Pick<BoutEnv, 'SEAL_AFTER_H'>, entries: readonly Entry[]): boolean {
  const asks = entries.filter(asksForCheckpoint);
  if (asks.length === 0) return false;
  enqueueAnew(sql, 'checkpoint', Date.now());
  const official = asks.find(({ kind }) => kind === 'result');
  if (official !== undefined) enqueueOnce(sql, 'seal', official.receivedMs + sealAfterMs(env));
  // The seal that the bout would have put by itself.
  if (asks.some(({ kind }) => kind === 'seal')) sql.exec("DELETE FROM job WHERE id = 'seal'");
  return true;
}

function asksForCheckpoint({ kind, payload }: Entry): boolean {
  switch (kind) {
    case 'clock':
      return textOf(payload, 'action') === 'end_round';
    case 'ruling':
      return textOf(payload, 'kind') === 'stoppage';
    case 'result':
      return textOf(payload, 'type') === 'confirmed';
    case 'seal':
      return true;
    default:
      return false;
  }
}

function sealAfterMs({ SEAL_AFTER_H: hours }: Pick<BoutEnv, 'SEAL_AFTER_H'>): number {
  const set = hours === undefined || hours.trim() === '' ? SEAL_AFTER_H : Number(hours);
  return (Number.isFinite(set) && set >= 0 ? set : SEAL_AFTER_H) * 3_600_000;
}
