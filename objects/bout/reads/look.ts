import { type BoutState, lastRound, roundOf, type RoundState } from '../../../domain/bout/index.ts';
import { ok, type Outcome, refuse } from '../../../domain/refusal.ts';
import type { Caller } from '../../../domain/roles/index.ts';
import { type BoutContext, openForReading } from '../context.ts';
import { advanceLag, releasedAs } from '../sockets/lag.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { isDelayed, requireStatistics, type Viewpoint, viewpointOf } from '../release/visibility.ts';

/** A bout as one caller may see it: for who is kept behind, as it was `delay_ms` ago. */
export type Sight = {
  readonly ledger: Ledger;
  readonly state: BoutState;
  readonly view: Viewpoint;
  /** The moment that the state is of. */
  readonly nowMs: number;
  readonly shiftMs: number;
};

export function look(context: BoutContext, caller: Caller | null): Outcome<Sight> {
  const open = openForReading(context, caller);
  if (!open.ok) return open;
  const { ledger, state } = open.value;
  const view = viewpointOf(caller);
  const released = requireStatistics(view, state);
  if (!released.ok) return released;
  const nowMs = Date.now();
  const { delayMs } = state.config;
  if (delayMs === 0 || !isDelayed(view)) return ok({ ledger, state, view, nowMs, shiftMs: 0 });
  const then = advanceLag(context.fanOut.lag, ledger, nowMs - delayMs);
  if (then === null) return refuse('unavailable', 'The bout cannot be read yet; try again.');
  return ok({ ledger, state: releasedAs(then, state), view, nowMs: nowMs - delayMs, shiftMs: delayMs });
}

/** A round of the bout, or why there is none. */
export function roundFor(state: BoutState, number: number): Outcome<RoundState> {
  return number >= 1 && number <= lastRound(state)
    ? ok(roundOf(state, number))
    : refuse('not_found', `This bout has rounds 1 to ${lastRound(state)}.`, 'round_id');
}
