import type { Entry } from '../../ledger/entry.ts';
import { textOf } from '../../ledger/read.ts';
import { ok, type Outcome, type Refusal, refuse } from '../../refusal.ts';
import { deductionProblem } from '../../rules/index.ts';
import { isTimed, lastFought } from '../counting.ts';
import { dependents, type findRuling, standingStoppage } from '../rulings.ts';
import { type BoutState, type Ruling, roundOf } from '../state.ts';
import { roundElapsed } from '../totals.ts';
import type { Method } from './result.ts';
import type { RulingKind } from './ruling.ts';

/** A list without end would be in every snapshot. */
const MOST_RULINGS = 200;

/** How far a stoppage's official time may lie beyond what the clock showed. */
const CLOCK_TOLERANCE_MS = 1_000;

/** Whether the round can have such a ruling now. */
export function checkTime(state: BoutState, entry: Entry, kind: RulingKind, number: number): Outcome<true> {
  const round = roundOf(state, number);
  // Never the end of the bout: nobody must be able to fill a round before the referee stops it.
  if (round.rulings.length >= MOST_RULINGS && kind !== 'stoppage') {
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

/** What speaks against a ruling; null where nothing does. */
export function problemWith(
  state: BoutState,
  entry: Entry,
  ruling: Ruling,
  foul: ReturnType<typeof findRuling>,
): Refusal | null {
  const ofFoul = foul?.ruling.kind === 'foul';
  switch (ruling.kind) {
    case 'knockdown':
      return ruling.corner === null ? refuse('bad_request', 'Say who scored the knockdown.', 'fighter_id') : null;
    case 'foul':
      if (ruling.targetIndex !== null) return refuse('bad_request', 'A foul has no target.', 'target_event_id');
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
      if (ruling.targetIndex !== null && !ofFoul) {
        return refuse('bad_request', 'The target is not a foul.', 'target_event_id');
      }
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

function stoppageProblem(state: BoutState, ruling: Ruling, ofFoul: boolean): Refusal | null {
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
