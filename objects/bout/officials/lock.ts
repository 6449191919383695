import { type BoutState, roundElapsed, roundOf } from '../../../domain/bout/index.ts';
import { ok, type Outcome, type Refusal, refuse } from '../../../domain/refusal.ts';
import type { Caller } from '../../../domain/roles/index.ts';
import { type Finding, isCritical } from '../../../domain/validator/index.ts';
import type { BoutContext } from '../context.ts';
import { findingsOf } from '../findings.ts';
import { type Content, mutate } from '../mutate.ts';
import type { Delivery } from '../replies.ts';

export type LockInput = {
  readonly roundId: number;
  readonly overrideReason: string | null;
  readonly includeLate: boolean;
  readonly eventId: string | null;
};

/**
 * Closes a round's statistics. The validator is asked here and nowhere else: what it finds critical blocks the lock
 * until a supervisor overrides it with a reason, and both, findings and reason, stay in the ledger.
 */
export function lockRound(context: BoutContext, caller: Caller, input: LockInput): Outcome<Delivery> {
  const { eventId, ...body } = input;
  return mutate(context, caller, { name: 'lock-round', eventId, body }, (state, receivedMs) => {
    if (input.includeLate && input.overrideReason === null) {
      return refuse('bad_request', 'override_reason: letting late entries in needs a reason.', 'override_reason');
    }
    if (isRunning(state, input.roundId, receivedMs)) {
      return refuse('conflict', `Round ${input.roundId} is not over.`, 'round_id');
    }
    const round = roundOf(state, input.roundId);
    // A second lock only lets late entries in: what the round holds has been looked at.
    const findings = round.lockedAt === null ? findingsOf(context, state, round, receivedMs) : [];
    const critical = findings.filter(isCritical);
    const isFought = round.clock !== null || round.totalEvents > 0;
    if (isFought && critical.length > 0 && input.overrideReason === null) return blockedBy(input.roundId, critical);
    return ok<Content>({
      kind: 'config',
      round: input.roundId,
      payload: {
        type: 'lock_round',
        include_late: input.includeLate,
        override_reason: input.overrideReason,
        findings: findings.map(({ code, severity, detail }) => ({ code, severity, detail })),
      },
    });
  });
}

function isRunning(state: BoutState, number: number, nowMs: number): boolean {
  const round = roundOf(state, number);
  if (round.clock === null || round.clock.endedMs !== null) return false;
  return roundElapsed(state, round, nowMs) < round.clock.lengthMs;
}

function blockedBy(number: number, critical: readonly Finding[]): Refusal {
  return {
    ...refuse('conflict', `Round ${number} is not complete; say override_reason to lock it all the same.`),
    errors: critical.map(({ code, detail }) => ({ field: 'round_id', detail: `${code}: ${detail}` })),
  };
}
