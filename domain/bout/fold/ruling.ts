import type { Entry } from '../../ledger/entry.ts';
import { integerOf, textOf } from '../../ledger/read.ts';
import { ok, type Outcome, refuse } from '../../refusal.ts';
import { deductionProblem } from '../../rules/index.ts';
import { actionOf, claimOf } from '../action-payload.ts';
import { endClock, overMs } from '../clock.ts';
import { cornerOf, isSeated } from '../config.ts';
import { isTimed, lastFought } from '../counting.ts';
import { findRuling, standingStoppage } from '../rulings.ts';
import { type BoutState, checkRound, type Ruling, roundOf, type RoundState, withRound } from '../state.ts';
import { addTo, roundElapsed } from '../totals.ts';
import { refoldAction, unfoldAction } from './action.ts';
import type { LookUp } from './entry.ts';
import type { Method } from './result.ts';

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

/** A list without end would be in every snapshot. */
const MOST_RULINGS = 200;

/** How far a stoppage's official time may lie beyond what the clock showed. */
const CLOCK_TOLERANCE_MS = 1_000;

/** Whether the round can have such a ruling now. */
function checkTime(state: BoutState, entry: Entry, kind: RulingKind, number: number): Outcome<true> {
  const round = roundOf(state, number);
  if (round.rulings.length >= MOST_RULINGS) {
    return refuse('conflict', `Round ${number} holds as many rulings as a round may.`, 'round_id');
  }
  const begun = isTimed(state) ? round.clock !== null : kind !== 'stoppage' || number >= lastFought(state);
  if (kind === 'replay_review') return ok(true);
  if (!begun) return refuse('conflict', `Round ${number} is not on: ${whereItStands(state)}`, 'round_id');
  const note = textOf(entry.payload, 'note');
  if (kind === 'stoppage') {
    if (isTimed(state) && number !== state.currentRound) {
      return refuse('conflict', `Round ${number} is not on: ${whereItStands(state)}`, 'round_id');
    }
    const elapsedMs = roundElapsed(state, round, entry.receivedMs);
    if (note === null && isTimed(state) && (entry.clockMs ?? 0) > elapsedMs + CLOCK_TOLERANCE_MS) {
      return refuse('conflict', `The clock shows ${elapsedMs} ms; a later time needs a note.`, 'time_ms');
    }
  }
  if ((kind === 'knockdown' || kind === 'slip') && round.lockedAt !== null && note === null) {
    return refuse('conflict', `Round ${number} is locked; a ruling that changes its statistics needs a note.`, 'note');
  }
  return ok(true);
}

function whereItStands(state: BoutState): string {
  const last = lastFought(state);
  return last === 0 ? 'the bout has not begun.' : `the bout is in round ${last}.`;
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

function problemWith(
  state: BoutState,
  entry: Entry,
  ruling: Ruling,
  foul: ReturnType<typeof findRuling>,
): ReturnType<typeof refuse> | null {
  const ofFoul = foul?.ruling.kind === 'foul';
  switch (ruling.kind) {
    case 'knockdown':
      return ruling.corner === null ? refuse('bad_request', 'Say who scored the knockdown.', 'fighter_id') : null;
    case 'foul':
      return ruling.corner === null ? refuse('bad_request', 'Say who fouled.', 'fighter_id') : null;
    case 'warning':
    case 'deduction': {
      if (ruling.corner === null) return refuse('bad_request', 'Say who is penalised.', 'fighter_id');
      if (ruling.targetIndex !== null && !ofFoul) {
        return refuse('bad_request', 'The target is not a foul.', 'target_event_id');
      }
      if (ofFoul && foul.ruling.rescinded) return refuse('conflict', 'That foul was rescinded.', 'target_event_id');
      if (ofFoul && foul.ruling.corner !== ruling.corner) {
        return refuse('bad_request', 'That foul was the other fighter’s.', 'fighter_id');
      }
      if (ofFoul && foul.round !== entry.round) {
        return refuse(
          'bad_request',
          `round_id: the foul was in round ${foul.round}; points go in its round.`,
          'round_id',
        );
      }
      if (ruling.kind === 'warning') return null;
      if (foul !== null && isPunished(state, foul.ruling)) {
        return refuse(
          'conflict',
          'Points have been taken for that foul; rescind that ruling first.',
          'target_event_id',
        );
      }
      const problem = deductionProblem(state.config.rules, {
        pointsX10: ruling.pointsX10,
        intent: ruling.intent,
        injury: entry.payload['injury'] === true,
      });
      return problem === null ? null : refuse('bad_request', problem, 'points');
    }
    case 'stoppage':
      if (ofFoul && foul.ruling.rescinded) return refuse('conflict', 'That foul was rescinded.', 'target_event_id');
      if (ofFoul && foul.round > (entry.round ?? 0)) {
        return refuse('bad_request', `round_id: the foul was in round ${foul.round}.`, 'round_id');
      }
      return stoppageProblem(state, ruling, ofFoul);
    default:
      return null;
  }
}

function isPunished(state: BoutState, foul: Ruling): boolean {
  return dependents(state, foul).some(({ kind }) => kind === 'deduction');
}

/** Methods that a stoppage can have, and which of them have a winner. */
const STOPPED_BY = ['KO', 'TKO', 'SUB', 'DQ', 'NC'] as const satisfies readonly Method[];

function stoppageProblem(state: BoutState, ruling: Ruling, ofFoul: boolean): ReturnType<typeof refuse> | null {
  if (standingStoppage(state) !== null) {
    return refuse('conflict', 'The bout has been stopped already; rescind that ruling first.', 'kind');
  }
  if (ofFoul) {
    return ruling.method === null
      ? null
      : refuse('bad_request', 'method: after a foul the rules say how the bout ends.', 'method');
  }
  const method = STOPPED_BY.find((known) => known === ruling.method);
  if (method === undefined) {
    return refuse('bad_request', `method: one of ${STOPPED_BY.join(', ')}, or name the foul as target.`, 'method');
  }
  if (method === 'NC') {
    return ruling.corner === null ? null : refuse('bad_request', 'A no contest has no winner.', 'fighter_id');
  }
  return ruling.corner === null ? refuse('bad_request', 'Say who won by it.', 'fighter_id') : null;
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
  return ok(changed(state, found, { ...found.ruling, told: [...found.ruling.told, seat] }));
}

function foldRescind(state: BoutState, target: Entry | null, lookUp: LookUp): Outcome<BoutState> {
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
  const without = changed(state, found, { ...ruling, rescinded: true });
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

/** Penalties and stoppages that name a foul. */
function dependents(state: BoutState, foul: Ruling): readonly Ruling[] {
  if (foul.kind !== 'foul') return [];
  return state.rounds.flatMap((round) =>
    round.rulings.filter((one) => one.targetIndex === foul.index && !one.rescinded && one.kind !== 'replay_review'),
  );
}

function changed(state: BoutState, found: { readonly round: number }, ruling: Ruling): BoutState {
  const round = roundOf(state, found.round);
  const rulings = round.rulings.map((one) => (one.index === ruling.index ? ruling : one));
  return withRound(state, { ...round, rulings });
}

function judgeKnockdown(
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

function withPending(state: BoutState, index: number, pending: boolean): BoutState {
  const round = state.rounds.find((one) => one.redline.some((moment) => moment.index === index));
  if (round === undefined) return state;
  const redline = round.redline.map((moment) => (moment.index === index ? { ...moment, pending } : moment));
  return withRound(state, { ...round, redline });
}
