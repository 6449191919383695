import type { BoutState } from '../../../domain/bout/index.ts';
import { ok, type Outcome, refuse } from '../../../domain/refusal.ts';
import type { Caller } from '../../../domain/roles/index.ts';
import type { BoutContext } from '../context.ts';
import { type Content, mutate } from '../mutate.ts';
import type { Delivery } from '../replies.ts';
import { checkHolder } from '../sessions.ts';

export type ScorecardInput = {
  readonly judgeId: string;
  readonly roundId: number;
  readonly redX10: number;
  readonly blueX10: number;
  readonly eventId: string | null;
};

export function submitScorecard(context: BoutContext, caller: Caller, input: ScorecardInput): Outcome<Delivery> {
  const { eventId, ...body } = input;
  return mutate(context, caller, { name: 'scorecard', eventId, body }, (state) => {
    const mine = checkSeat(state, caller, input.judgeId);
    if (!mine.ok) return mine;
    return ok<Content>({
      kind: 'scorecard',
      round: input.roundId,
      payload: { type: 'submitted', judge_id: input.judgeId, red_x10: input.redX10, blue_x10: input.blueX10 },
    });
  });
}

/** Only the seat's own judge, on the device that holds it. */
function checkSeat(state: BoutState, caller: Caller, seat: string): Outcome<true> {
  if (caller.seat !== seat) {
    return refuse('forbidden', `This token holds seat '${caller.seat ?? ''}', not '${seat}'.`, 'judge_id');
  }
  return checkHolder(state, caller);
}

export type ReopenInput = {
  readonly judgeId: string;
  readonly roundId: number;
  readonly reason: string;
  readonly eventId: string | null;
};

export function reopenScorecard(context: BoutContext, caller: Caller, input: ReopenInput): Outcome<Delivery> {
  const { eventId, ...body } = input;
  return mutate(context, caller, { name: 'reopen', eventId, body }, () =>
    ok<Content>({
      kind: 'scorecard',
      round: input.roundId,
      payload: { type: 'reopened', judge_id: input.judgeId, reason: input.reason },
    }),
  );
}

export type SignInput = {
  readonly judgeId: string;
  /** The totals as the judge's page added them up. */
  readonly redX10: number;
  readonly blueX10: number;
  readonly eventId: string | null;
};

/** A judge's signature under the totals; others than the ledger's are refused. */
export function signScorecard(context: BoutContext, caller: Caller, input: SignInput): Outcome<Delivery> {
  const { eventId, ...body } = input;
  return mutate(context, caller, { name: 'sign', eventId, body }, (state) => {
    const mine = checkSeat(state, caller, input.judgeId);
    if (!mine.ok) return mine;
    return ok<Content>({
      kind: 'scorecard',
      payload: { type: 'signed', judge_id: input.judgeId, red_x10: input.redX10, blue_x10: input.blueX10 },
    });
  });
}

export type PaperInput = ScorecardInput & { readonly reason: string };

/** Enters what a judge wrote on paper; it counts once a second person has compared it. */
export function proposePaper(context: BoutContext, caller: Caller, input: PaperInput): Outcome<Delivery> {
  const { eventId, ...body } = input;
  return mutate(context, caller, { name: 'paper', eventId, body }, () =>
    ok<Content>({
      kind: 'scorecard',
      round: input.roundId,
      payload: {
        type: 'paper_proposed',
        judge_id: input.judgeId,
        red_x10: input.redX10,
        blue_x10: input.blueX10,
        reason: input.reason,
      },
    }),
  );
}
