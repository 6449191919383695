import type { Entry } from '../../ledger/entry.ts';
import { integerOf, textOf } from '../../ledger/read.ts';
import { ok, type Outcome, refuse } from '../../refusal.ts';
import { actionOf, claimOf } from '../action-payload.ts';
import { endClock, overMs } from '../clock.ts';
import { cornerOf, isSeated } from '../config.ts';
import { findRuling } from '../rulings.ts';
import { type BoutState, checkRound, type Ruling, roundOf, type RoundState, withRound } from '../state.ts';
import { addTo } from '../totals.ts';
import type { LookUp } from './entry.ts';
import { judgeKnockdown } from './knockdown.ts';
import { checkTime, problemWith } from './ruling-checks.ts';
import { foldRescind, withRuling } from './rescind.ts';

export const RULING_KINDS = [
  'knockdown',
  'slip',
  'foul',
  'warning',
  'deduction',
  'stoppage',
  'replay_review',
  'rescind',
  'told',
] as const;

export type RulingKind = (typeof RULING_KINDS)[number];

const INTENTS = ['accidental', 'intentional'] as const;

/**
 * Applies what the referee ruled. A deduction is kept for the round of the foul, apart from the raw scores; a slip
 * takes a knockdown back where the rule set gives the referee the say; a stoppage ends the clock; a ruling that is
 * rescinded loses its effect and stays in the record; `told` is a judge's word that a ruling has reached the seat.
 */
export function foldRuling(state: BoutState, entry: Entry, target: Entry | null, lookUp: LookUp): Outcome<BoutState> {
  const kind = RULING_KINDS.find((known) => known === textOf(entry.payload, 'kind'));
  if (kind === undefined) return refuse('bad_request', 'Unknown kind of ruling.', 'kind');
  const number = checkRound(state, entry.round);
  if (!number.ok) return number;
  if (kind === 'told') return foldTold(state, entry, target);
  if (kind === 'rescind') return foldRescind(state, target, lookUp);
  const timely = checkTime(state, entry, kind, number.value);
  if (!timely.ok) return timely;
  const ruling = rulingOf(state, entry, kind, target);
  if (!ruling.ok) return ruling;
  const judged = judgeKnockdown(state, entry, ruling.value, number.value, target);
  if (!judged.ok) return judged;
  return ok(withEffect(judged.value, number.value, ruling.value, entry));
}

function rulingOf(state: BoutState, entry: Entry, kind: RulingKind, target: Entry | null): Outcome<Ruling> {
  const corner = namedCorner(state, entry, target);
  if (!corner.ok) return corner;
  const foul = target === null ? null : findRuling(state, target.index);
  const intent =
    (foul?.ruling.kind === 'foul' ? foul.ruling.intent : null) ??
    INTENTS.find((known) => known === textOf(entry.payload, 'intent')) ??
    null;
  const ruling: Ruling = {
    index: entry.index,
    kind,
    corner: corner.value,
    targetIndex: target?.index ?? null,
    pointsX10: integerOf(entry.payload, 'points_x10') ?? 0,
    intent,
    method: kind === 'stoppage' ? textOf(entry.payload, 'method') : null,
    clockMs: kind === 'stoppage' ? entry.clockMs : null,
    aggravated: kind === 'stoppage' && entry.payload['aggravated'] === true,
    rescinded: false,
    told: [],
  };
  const problem = problemWith(state, entry, ruling, foul);
  return problem ?? ok(ruling);
}

/** Whom it is about: as named, or as the action that is ruled on says. */
function namedCorner(state: BoutState, entry: Entry, target: Entry | null): Outcome<Ruling['corner']> {
  const fighterId = textOf(entry.payload, 'fighter_id');
  if (fighterId === null) {
    const ruled = target === null ? null : (findRuling(state, target.index)?.ruling ?? null);
    if (ruled !== null) return ok(ruled.kind === 'foul' ? ruled.corner : null);
    return ok(target === null || actionOf(target) === null ? null : cornerOf(state.config, claimOf(target).fighterId));
  }
  const corner = cornerOf(state.config, fighterId);
  return corner === null
    ? refuse('bad_request', `fighter_id: '${fighterId}' is not a fighter of this bout.`, 'fighter_id')
    : ok(corner);
}

function withEffect(state: BoutState, number: number, ruling: Ruling, entry: Entry): BoutState {
  const round = roundOf(state, number);
  const next: RoundState = {
    ...round,
    rulings: [...round.rulings, ruling],
    deductions:
      ruling.kind === 'deduction' && ruling.corner !== null
        ? addTo(round.deductions, ruling.corner, ruling.pointsX10)
        : round.deductions,
    clock: ruling.kind === 'stoppage' ? stoppedClock(round, entry) : round.clock,
  };
  return withRound(state, next);
}

/** A clock that runs when the bout is stopped stops with it. */
function stoppedClock(round: RoundState, entry: Entry): RoundState['clock'] {
  const atMs = integerOf(entry.payload, 'at_ms') ?? entry.receivedMs;
  return round.clock === null || overMs(round.clock, atMs) !== null ? round.clock : endClock(round.clock, atMs);
}

function foldTold(state: BoutState, entry: Entry, target: Entry | null): Outcome<BoutState> {
  const found = target === null ? null : findRuling(state, target.index);
  const seat = textOf(entry.payload, 'judge_id');
  if (found === null) return refuse('not_found', 'There is no such ruling.', 'target_event_id');
  if (seat === null || !isSeated(state.config, seat))
    return refuse('bad_request', `judge_id: no seat '${seat ?? ''}'.`, 'judge_id');
  if (found.ruling.told.includes(seat)) {
    return refuse('conflict', `Seat ${seat} has acknowledged that ruling.`, 'target_event_id');
  }
  return ok(withRuling(state, found, { ...found.ruling, told: [...found.ruling.told, seat] }));
}
