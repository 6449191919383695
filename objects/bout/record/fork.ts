import type { BoutContext } from '../context.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { noteFork, readRecord } from './store.ts';

/**
 * This ledger is not the one whose checkpoints were published: an older copy of it that went another way, or the remains
 * of one that was lost. From here on nothing is written and nothing is published; readers are told. Kept, so that a start
 * knows before R2 has answered.
 */
export function declareFork(context: BoutContext, index: number, detail: string): void {
  const { ledger } = context;
  if (ledger === null) return;
  noteFork(ledger.storage.sql, detail);
  ledger.fault ??= forkFault(index, detail);
  console.error(JSON.stringify({ at: 'record', bout: context.boutId, fork: detail }));
}

/** What was published fits after all: the right rows were put back, or what did not fit was taken away. */
export function clearFork({ ledger }: BoutContext): void {
  if (ledger === null || readRecord(ledger.storage.sql).fork === null) return;
  noteFork(ledger.storage.sql, null);
  if (ledger.fault?.isFork === true) ledger.fault = null;
}

/** At a start: what was found before holds until R2 says otherwise. */
export function recallFork(ledger: Ledger): void {
  const { fork } = readRecord(ledger.storage.sql);
  if (fork !== null) ledger.fault ??= forkFault(ledger.state?.next ?? 0, fork);
}

function forkFault(index: number, detail: string): NonNullable<Ledger['fault']> {
  return { index, detail, isFork: true };
}
