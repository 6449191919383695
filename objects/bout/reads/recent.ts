import { type BoutState, roundElapsed, type RoundState } from '../../../domain/bout/index.ts';
import type { Entry } from '../../../domain/ledger/index.ts';
import { entryAt, type Ledger } from '../ledger/ledger.ts';

const WINDOW_MS = 5_000;

/** Actions received of late, oldest first, so that "the last five seconds" costs what happened in them. */
export type Recent = {
  moments: { readonly atMs: number; readonly index: number; readonly round: number; readonly clockMs: number }[];
  /** Whether what was received before this start has been read back. */
  primed: boolean;
};

export function noteRecent(recent: Recent, entry: Entry, keepMs: number): void {
  if (entry.kind !== 'action' && entry.kind !== 'replace') return;
  recent.moments.push(momentOf(entry));
  const oldest = recent.moments[0];
  // Dropped by halves, so that an append never shifts a long list.
  if (
    oldest !== undefined &&
    recent.moments.length > 256 &&
    oldest.atMs < entry.receivedMs - 2 * (WINDOW_MS + keepMs)
  ) {
    recent.moments = recent.moments.filter((one) => one.atMs >= entry.receivedMs - WINDOW_MS - keepMs);
  }
}

/** How many of the round's actions that stand happened in the five seconds before `nowMs`. */
export function countRecent(
  recent: Recent,
  ledger: Ledger,
  state: BoutState,
  round: RoundState,
  nowMs: number,
): number {
  if (!recent.primed) prime(recent, ledger, nowMs);
  const voided = new Set(round.voided);
  // What a device brings late was received just now and yet happened long ago: the round clock tells.
  const sinceClockMs = roundElapsed(state, round, nowMs) - WINDOW_MS;
  let count = 0;
  for (let i = recent.moments.length - 1; i >= 0; i -= 1) {
    const moment = recent.moments[i];
    if (moment === undefined || moment.atMs <= nowMs - WINDOW_MS) break;
    if (moment.index >= state.next || moment.round !== round.number || moment.atMs > nowMs) continue;
    if (moment.clockMs >= sinceClockMs && !voided.has(moment.index)) count += 1;
  }
  return count;
}

/** After a cold start: reads backwards until the window is covered. */
function prime(recent: Recent, ledger: Ledger, nowMs: number): void {
  const first = recent.moments[0]?.index ?? ledger.state?.next ?? 0;
  const earlier: Recent['moments'] = [];
  for (let index = first - 1; index >= 0; index -= 1) {
    const entry = entryAt(ledger, index);
    if (entry === null || entry.receivedMs <= nowMs - WINDOW_MS) break;
    if (entry.kind === 'action' || entry.kind === 'replace') earlier.push(momentOf(entry));
  }
  recent.moments = [...earlier.toReversed(), ...recent.moments];
  recent.primed = true;
}

function momentOf(entry: Entry) {
  return { atMs: entry.receivedMs, index: entry.index, round: entry.round ?? 0, clockMs: entry.clockMs ?? 0 };
}
