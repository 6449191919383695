import { ok } from '../../../domain/refusal.ts';
import type { Caller } from '../../../domain/roles/index.ts';
import type { BoutContext } from '../context.ts';
import { findingsOf } from '../findings.ts';
import { look, roundFor } from './look.ts';

/** What the validator would say if the round were locked now. Reading it changes nothing and blocks nothing. */
export function readFindings(context: BoutContext, caller: Caller, number: number) {
  const sight = look(context, caller);
  if (!sight.ok) return sight;
  const { state, nowMs } = sight.value;
  const round = roundFor(state, number);
  if (!round.ok) return round;
  return ok({
    bout_id: context.boutId,
    round_id: number,
    locked: round.value.lockedAt !== null,
    findings: findingsOf(context, state, round.value, nowMs),
  });
}
