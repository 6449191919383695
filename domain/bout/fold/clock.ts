import type { Entry } from '../../ledger/entry.ts';
import { integerOf, textOf } from '../../ledger/read.ts';
import { ok, type Outcome, refuse } from '../../refusal.ts';
import { adjustClock, clockStatus, endClock, pauseClock, type RoundClock, resumeClock, startClock } from '../clock.ts';
import { decide } from '../decision.ts';
import { type BoutState, checkRound, lastRound, type RoundState, roundOf, withRound } from '../state.ts';
import { standingStoppage } from '../rulings.ts';

export const CLOCK_ACTIONS = ['start_round', 'pause', 'resume', 'end_round', 'adjust'] as const;

export type ClockAction = (typeof CLOCK_ACTIONS)[number];

/** Applies an entry of the bout's one clock authority. `payload.at_ms` is the instant it takes effect. */
export function foldClock(state: BoutState, entry: Entry): Outcome<BoutState> {
  const number = entry.round;
  const action = CLOCK_ACTIONS.find((known) => known === textOf(entry.payload, 'action'));
  if (action === undefined) return refuse('bad_request', 'Unknown clock action.', 'action');
  const atMs = integerOf(entry.payload, 'at_ms') ?? entry.receivedMs;
  if (action === 'start_round' && number === lastRound(state) + 1) return startExtension(state, number, atMs);
  const checked = checkRound(state, number);
  if (!checked.ok) return checked;
  const round = roundOf(state, checked.value);
  if (round.lockedAt !== null) return refuse('conflict', `Round ${round.number} is locked.`, 'round_id');
  if (action === 'start_round') return startRound(state, round, atMs);
  if (round.clock === null) return refuse('conflict', `Round ${round.number} has not been started.`, 'round_id');
  if (round.number !== state.currentRound) {
    return refuse(
      'conflict',
      `Round ${state.currentRound} is on; the clock of round ${round.number} is closed.`,
      'round_id',
    );
  }
  if ((action === 'resume' || action === 'adjust') && standingStoppage(state) !== null) {
    return refuse('conflict', 'The bout has been stopped.', 'action');
  }
  const clock = changeClock(round.clock, action, atMs, integerOf(entry.payload, 'elapsed_ms'));
  return clock.ok ? ok(withRound(state, { ...round, clock: clock.value })) : clock;
}

/** A draw after the last round opens another, where the rule set has extensions. */
function startExtension(state: BoutState, number: number, atMs: number): Outcome<BoutState> {
  const checked = checkRound(state, number);
  if (!checked.ok && state.config.rules.extension.rounds <= state.extensions) return checked;
  if (!decide(state).extensionDue) {
    return refuse('conflict', 'An extension round follows when the scorecards of every seat make a draw.', 'round_id');
  }
  return startRound({ ...state, extensions: state.extensions + 1 }, roundOf(state, number), atMs);
}

function startRound(state: BoutState, round: RoundState, atMs: number): Outcome<BoutState> {
  if (standingStoppage(state) !== null) return refuse('conflict', 'The bout has been stopped.', 'round_id');
  if (round.clock !== null) return refuse('conflict', `Round ${round.number} has been started already.`, 'round_id');
  const later = state.rounds.find((other) => other.number > round.number && other.clock !== null);
  if (later !== undefined) return refuse('conflict', `Round ${later.number} has been started already.`, 'round_id');
  const before = round.number === 1 ? null : roundOf(state, round.number - 1);
  if (before !== null && before.clock === null && before.totalEvents === 0) {
    return refuse('conflict', `Round ${before.number} has not been fought.`, 'round_id');
  }
  if (before?.clock && clockStatus(before.clock, atMs) !== 'ENDED') {
    return refuse('conflict', `Round ${before.number} is not over.`, 'round_id');
  }
  const started = withRound(state, { ...round, clock: startClock(state.config.roundLengthMs, atMs) });
  return ok({ ...started, currentRound: round.number });
}

function changeClock(
  clock: RoundClock,
  action: Exclude<ClockAction, 'start_round'>,
  atMs: number,
  elapsedMs: number | null,
): Outcome<RoundClock> {
  const status = clockStatus(clock, atMs);
  if (action === 'adjust') {
    if (elapsedMs === null) return refuse('bad_request', 'elapsed_ms: say where the clock is to stand.', 'elapsed_ms');
    if (elapsedMs > clock.lengthMs) {
      return refuse('bad_request', `elapsed_ms: the round is ${clock.lengthMs} ms long.`, 'elapsed_ms');
    }
    return ok(adjustClock(clock, atMs, elapsedMs));
  }
  if (status === 'ENDED') {
    // Ending what has just expired is what a timekeeper's bell does; anything else needs an adjustment.
    return action === 'end_round' && clock.endedMs === null
      ? ok(endClock(clock, atMs))
      : refuse('conflict', 'The round is over.', 'action');
  }
  if (action === 'end_round') return ok(endClock(clock, atMs));
  if (action === 'pause') {
    return status === 'PAUSED'
      ? refuse('conflict', 'The clock stands already.', 'action')
      : ok(pauseClock(clock, atMs));
  }
  return status === 'PAUSED' ? ok(resumeClock(clock, atMs)) : refuse('conflict', 'The clock runs already.', 'action');
}
