import type { Entry } from '../../ledger/entry.ts';
import { ok, type Outcome, refuse } from '../../refusal.ts';
import { dependents, findRuling } from '../rulings.ts';
import { type BoutState, type Ruling, roundOf, withRound } from '../state.ts';
import { addTo } from '../totals.ts';
import { refoldAction } from './action.ts';
import type { LookUp } from './entry.ts';
import { withPending } from './knockdown.ts';

/** Takes a ruling’s effect back; the ruling itself stays in the record. */
export function foldRescind(state: BoutState, target: Entry | null, lookUp: LookUp): Outcome<BoutState> {
  const found = target === null ? null : findRuling(state, target.index);
  if (found === null) return refuse('not_found', 'There is no such ruling to rescind.', 'target_event_id');
  const { ruling } = found;
  if (ruling.rescinded) return refuse('conflict', 'That ruling has been rescinded already.', 'target_event_id');
  if (ruling.kind === 'replay_review') {
    return refuse('bad_request', 'A review of the footage has no effect that could be rescinded.', 'target_event_id');
  }
  const penalised = dependents(state, ruling);
  if (penalised.length > 0) {
    return refuse('conflict', 'Rescind what follows from that foul first.', 'target_event_id');
  }
  const without = withRuling(state, found, { ...ruling, rescinded: true });
  const round = roundOf(without, found.round);
  switch (ruling.kind) {
    case 'deduction':
      return ruling.corner === null
        ? ok(without)
        : ok(withRound(without, { ...round, deductions: addTo(round.deductions, ruling.corner, -ruling.pointsX10) }));
    case 'slip': {
      const knockdown = ruling.targetIndex === null ? null : lookUp(ruling.targetIndex);
      return knockdown === null ? ok(without) : refoldAction(without, knockdown);
    }
    case 'knockdown':
      return ok(ruling.targetIndex === null ? without : withPending(without, ruling.targetIndex, true));
    default:
      return ok(without);
  }
}

/** The state with a ruling in the place of the one of the same index. */
export function withRuling(state: BoutState, found: { readonly round: number }, ruling: Ruling): BoutState {
  const round = roundOf(state, found.round);
  const rulings = round.rulings.map((one) => (one.index === ruling.index ? ruling : one));
  return withRound(state, { ...round, rulings });
}
