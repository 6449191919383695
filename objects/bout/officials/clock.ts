import { CLOCK_ACTIONS, type ClockAction, roundElapsed, roundOf } from '../../../domain/bout/index.ts';
import { ok, type Outcome, refuse } from '../../../domain/refusal.ts';
import type { Caller } from '../../../domain/roles/index.ts';
import type { BoutContext } from '../context.ts';
import { type Content, mutate } from '../mutate.ts';
import type { Delivery } from '../replies.ts';
import { offsetOf } from '../telemetry.ts';

/** A timekeeper's own instant is taken if it is at most this far from receipt; else receipt counts. */
const CLOCK_TRUST_MS = 60_000;

export type ClockInput = {
  readonly action: ClockAction;
  readonly roundId: number;
  readonly timestampMs: number | null;
  readonly elapsedMs: number | null;
  readonly reason: string | null;
  readonly eventId: string | null;
};

export function setClock(context: BoutContext, caller: Caller, input: ClockInput): Outcome<Delivery> {
  const { eventId, ...body } = input;
  return mutate(context, caller, { name: 'clock', eventId, body }, (state, receivedMs) => {
    if (!CLOCK_ACTIONS.includes(input.action)) return refuse('bad_request', 'Unknown clock action.', 'action');
    if (input.action === 'adjust' && input.reason === null) {
      return refuse('bad_request', 'reason: an adjustment of the clock needs one.', 'reason');
    }
    const offsetMs = offsetOf(context, caller, caller.device ?? '') ?? 0;
    const claimedMs = input.timestampMs === null ? receivedMs : input.timestampMs + offsetMs;
    // The future is never plausible: it would let a clock run that has not been started.
    const plausible = claimedMs <= receivedMs + 1_000 && receivedMs - claimedMs <= CLOCK_TRUST_MS;
    const atMs = plausible ? Math.min(claimedMs, receivedMs) : receivedMs;
    return ok<Content>({
      kind: 'clock',
      round: input.roundId,
      timestampMs: input.timestampMs,
      clockMs: input.elapsedMs ?? roundElapsed(state, roundOf(state, input.roundId), atMs),
      clockSource: input.elapsedMs === null ? 'server' : 'client',
      flags: plausible ? [] : ['implausible_time'],
      payload: { action: input.action, at_ms: atMs, elapsed_ms: input.elapsedMs, reason: input.reason },
    });
  });
}
