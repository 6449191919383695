import { sha256, type Verdict, verifyRows } from '../../../domain/ledger/index.ts';
import type { Ledger } from '../ledger/ledger.ts';
import * as store from '../ledger/store.ts';
import type { Viewpoint } from '../release/visibility.ts';

/** For so long the public is told what was found last; whoever has a token has every byte read again. */
const RECHECK_MS = 1_000;

/** What was found when the ledger was last verified. */
const known = new WeakMap<Ledger, { readonly atMs: number; readonly verdict: Verdict }>();

/**
 * Whether the entries up to `last` check out (null: all there are). Verifying is the dearest answer that a bout gives,
 * on the one thread that takes the taps: for who comes without a token it is worked out once in a while and then only
 * carried on.
 */
export function verdictFor(boutId: string, ledger: Ledger, last: number | null, view: Viewpoint): Verdict {
  const nowMs = Date.now();
  if (view.role !== null) {
    const verdict = verifyUpTo(boutId, ledger, last);
    known.set(ledger, { atMs: nowMs, verdict });
    return verdict;
  }
  const before = known.get(ledger);
  const fresh = before !== undefined && Math.abs(nowMs - before.atMs) < RECHECK_MS ? before : null;
  const verdict = fresh === null ? verifyUpTo(boutId, ledger, null) : carriedOn(boutId, ledger, fresh.verdict);
  known.set(ledger, { atMs: fresh?.atMs ?? nowMs, verdict });
  if (last === null || (verdict.fault !== null && verdict.fault.index <= last)) return verdict;
  // A fault further on is no fault of these entries.
  return { valid: true, entries: last + 1, head: expectedHash(ledger, last), fault: null };
}

/** The verdict after what has been written since. */
function carriedOn(boutId: string, ledger: Ledger, verdict: Verdict): Verdict {
  const end = ledger.state?.next ?? 0;
  if (!verdict.valid || verdict.entries >= end) return verdict;
  return verifyRows(store.readEntries(ledger.storage.sql, verdict.entries), {
    sha256,
    boutId,
    from: { index: verdict.entries, prevChainHash: verdict.head },
    expect: { entries: end, head: ledger.head },
  });
}

/** Recomputed from the stored bytes: everything up to `last`, or to the head of the chain. */
export function verifyUpTo(boutId: string, ledger: Ledger, last: number | null): Verdict {
  const { fault } = ledger;
  // Whole in itself, and yet not the ledger that was published.
  if (fault?.isFork === true)
    return { valid: false, entries: 0, head: ledger.head, fault: { ...fault, reason: 'link' } };
  const { sql } = ledger.storage;
  const head = ledger.state?.next ?? 0;
  const whole = last === null || last === head - 1;
  return verifyRows(store.readEntries(sql, 0, last ?? undefined), {
    sha256,
    boutId,
    // Memory knows where the chain ends, so a cut tail cannot pass for a shorter ledger.
    ...(whole && ledger.fault === null ? { expect: { entries: head, head: ledger.head } } : {}),
    ...(!whole && last !== null ? { expect: { entries: last + 1, head: expectedHash(ledger, last) } } : {}),
  });
}

/** The chain hash of an entry as its row states it. */
function expectedHash(ledger: Ledger, last: number): string {
  return store.readEntry(ledger.storage.sql, last)?.hash ?? '';
}
