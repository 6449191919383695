import type { Entry } from '../ledger/entry.ts';
import { integerOf, textOf } from '../ledger/read.ts';
import { ok, type Outcome, refuse } from '../refusal.ts';
import { actionOf } from './action-payload.ts';
import { cornerOf } from './config.ts';
import { unfoldAction } from './fold-action.ts';
import { type BoutState, type Ruling, roundOf, withRound } from './state.ts';
import { addTo } from './totals.ts';

export const RULING_KINDS = ['knockdown', 'slip', 'foul', 'warning', 'deduction', 'stoppage', 'replay_review'] as const;

export type RulingKind = (typeof RULING_KINDS)[number];

/**
 * Applies what the referee ruled. A deduction is kept for the round of the foul, apart from the raw
 * scores; a slip takes a pending knockdown back where the rule set gives the referee the say.
 */
export function foldRuling(state: BoutState, entry: Entry, target: Entry | null): Outcome<BoutState> {
  const kind = RULING_KINDS.find((known) => known === textOf(entry.payload, 'kind'));
  if (kind === undefined) return refuse('bad_request', 'Unknown kind of ruling.', 'kind');
  const number = entry.round;
  if (number === null || number < 1 || number > state.config.scheduledRounds) {
    return refuse('bad_request', `round_id: this bout has rounds 1 to ${state.config.scheduledRounds}.`, 'round_id');
  }
  const fighterId = textOf(entry.payload, 'fighter_id');
  const corner = fighterId === null ? null : cornerOf(state.config, fighterId);
  if (fighterId !== null && corner === null) {
    return refuse('bad_request', `fighter_id: '${fighterId}' is not a fighter of this bout.`, 'fighter_id');
  }
  const judged = judgeKnockdown(state, kind, target);
  if (!judged.ok) return judged;
  const round = roundOf(judged.value, number);
  const pointsX10 = integerOf(entry.payload, 'points_x10') ?? 0;
  const ruling: Ruling = { index: entry.index, kind, corner, targetIndex: target?.index ?? null, pointsX10 };
  return ok(
    withRound(judged.value, {
      ...round,
      rulings: [...round.rulings, ruling],
      deductions:
        kind === 'deduction' && corner !== null ? addTo(round.deductions, corner, pointsX10) : round.deductions,
    }),
  );
}

function judgeKnockdown(state: BoutState, kind: RulingKind, target: Entry | null): Outcome<BoutState> {
  if (kind !== 'knockdown' && kind !== 'slip') return ok(state);
  if (target === null) {
    return kind === 'slip' ? refuse('bad_request', 'Say which knockdown was a slip.', 'target_event_id') : ok(state);
  }
  if (actionOf(target)?.type !== 'kd' || target.round === null) {
    return refuse('bad_request', 'The target is not a knockdown.', 'target_event_id');
  }
  const round = roundOf(state, target.round);
  if (round.voided.includes(target.index)) {
    return refuse('conflict', 'That knockdown has been taken back already.', 'target_event_id');
  }
  if (kind === 'slip') {
    return state.config.knockdownAuthority === 'referee'
      ? unfoldAction(state, target)
      : refuse('conflict', 'Under this rule set the statistics decide on knockdowns.', 'kind');
  }
  const redline = round.redline.map((moment) =>
    moment.index === target.index ? { ...moment, pending: false } : moment,
  );
  return ok(withRound(state, { ...round, redline }));
}
