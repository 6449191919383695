import { beginBout, type BoutState, fold } from '../../../domain/bout/index.ts';
import { entryAt, type Ledger } from '../ledger/ledger.ts';

/** The fold as it was `delayMs` ago, for those who are kept behind. Follows the ledger; never leads it. */
export type Lag = { state: BoutState | null };

/**
 * Brings the lagging fold up to `horizonMs` and returns it: the same pure fold over the same entries,
 * so a delayed viewer sees exactly what others saw then. Null while the bout is younger than the delay.
 */
export function advanceLag(lag: Lag, ledger: Ledger, horizonMs: number): BoutState | null {
  const end = ledger.state?.next ?? 0;
  for (;;) {
    const index = lag.state?.next ?? 0;
    const entry = index < end ? entryAt(ledger, index) : null;
    // The set-up of a bout is not delayed: a viewer who comes early is told what is about to begin.
    if (entry === null || (index > 0 && entry.receivedMs > horizonMs)) return lag.state;
    const next = lag.state === null ? beginBout(entry) : fold(lag.state, entry, (at) => entryAt(ledger, at));
    if (!next.ok) return lag.state;
    lag.state = next.value;
  }
}

/** The state of then under the release policy of now: a release that is taken back is not taken back late. */
export function releasedAs(then: BoutState, now: BoutState): BoutState {
  return { ...then, config: { ...then.config, release: now.config.release } };
}

/** When the next entry leaves the delay; null if none waits. */
export function nextReleaseMs(lag: Lag, ledger: Ledger, delayMs: number): number | null {
  const index = lag.state?.next ?? 0;
  const entry = index < (ledger.state?.next ?? 0) ? entryAt(ledger, index) : null;
  return entry === null ? null : entry.receivedMs + delayMs;
}
