import type { Entry } from '../../ledger/entry.ts';
import { textOf } from '../../ledger/read.ts';
import { ok, type Outcome, refuse } from '../../refusal.ts';
import { actionOf, claimOf } from '../action-payload.ts';
import { cornerOf } from '../config.ts';
import { type BoutState, type Ruling, roundOf, withRound } from '../state.ts';
import { unfoldAction } from './action.ts';

/** What a ruling on a knockdown does to the taps: one that is confirmed waits no longer, a slip is taken back. */
export function judgeKnockdown(
  state: BoutState,
  entry: Entry,
  { kind, corner }: Ruling,
  number: number,
  target: Entry | null,
): Outcome<BoutState> {
  if (kind !== 'knockdown' && kind !== 'slip') return ok(state);
  const doubted = textOf(entry.payload, 'note') === null;
  if (target === null) {
    if (kind === 'slip') return refuse('bad_request', 'Say which knockdown was a slip.', 'target_event_id');
    // Ruled on by itself and by its tap, one knockdown would count as two.
    const waits = roundOf(state, number).redline.some(
      (one) => one.type === 'kd' && one.pending && one.corner === corner,
    );
    return waits && doubted
      ? refuse(
          'conflict',
          'A knockdown of that corner waits to be ruled on: name it, or say in a note that this is another.',
          'note',
        )
      : ok(state);
  }
  if (actionOf(target)?.type !== 'kd' || target.round === null) {
    return refuse('bad_request', 'The target is not a knockdown.', 'target_event_id');
  }
  // Ruled on in another round or of the other fighter, one knockdown would count as two.
  if (target.round !== number) {
    return refuse('bad_request', `round_id: that knockdown was in round ${target.round}.`, 'round_id');
  }
  if (cornerOf(state.config, claimOf(target).fighterId) !== corner) {
    return refuse('bad_request', 'That knockdown is the other fighter’s.', 'fighter_id');
  }
  const round = roundOf(state, target.round);
  if (round.voided.includes(target.index)) {
    return refuse('conflict', 'That knockdown has been taken back already.', 'target_event_id');
  }
  const confirmed = round.rulings.some(
    (one) => one.kind === 'knockdown' && one.targetIndex === target.index && !one.rescinded,
  );
  if (confirmed) {
    return refuse(
      'conflict',
      'The referee has confirmed that knockdown; rescind that ruling first.',
      'target_event_id',
    );
  }
  if (kind === 'knockdown') {
    const untapped = round.rulings.some(
      (one) => one.kind === 'knockdown' && one.targetIndex === null && one.corner === corner && !one.rescinded,
    );
    return untapped && doubted
      ? refuse(
          'conflict',
          'A knockdown of that corner was ruled on without a tap: rescind that, or say in a note that this is another.',
          'note',
        )
      : ok(withPending(state, target.index, false));
  }
  if (state.config.rules.knockdownAuthority !== 'referee') {
    return refuse('conflict', 'Under this rule set the statistics decide on knockdowns.', 'kind');
  }
  return unfoldAction(state, target);
}

export function withPending(state: BoutState, index: number, pending: boolean): BoutState {
  const round = state.rounds.find((one) => one.redline.some((moment) => moment.index === index));
  if (round === undefined) return state;
  const redline = round.redline.map((moment) => (moment.index === index ? { ...moment, pending } : moment));
  return withRound(state, { ...round, redline });
}
