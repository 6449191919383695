import { CORNERS, type Corner } from '../../corner.ts';
import type { Entry } from '../../ledger/entry.ts';
import { integerOf, textOf } from '../../ledger/read.ts';
import { ok, type Outcome, refuse } from '../../refusal.ts';
import { endClock, overMs } from '../clock.ts';
import { isSamePerson } from '../panel.ts';
import { type BoutResult, type BoutState, roundOf, withRound } from '../state.ts';

/** Methods that end a bout, as they are announced. */
export const METHODS = ['DEC', 'KO', 'TKO', 'SUB', 'DQ', 'TD', 'DRAW', 'NC', 'FORFEIT'] as const;

export type Method = (typeof METHODS)[number];

/** A result is proposed by one person and becomes official when another confirms the same. */
export function foldResult(state: BoutState, entry: Entry): Outcome<BoutState> {
  return textOf(entry.payload, 'type') === 'confirmed' ? confirm(state, entry) : propose(state, entry);
}

function propose(state: BoutState, entry: Entry): Outcome<BoutState> {
  const winner = winnerOf(entry);
  const method = METHODS.find((known) => known === textOf(entry.payload, 'method'));
  if (winner === null) return refuse('bad_request', 'winner: red, blue, draw or no_contest.', 'winner');
  if (method === undefined) return refuse('bad_request', `method: one of ${METHODS.join(', ')}.`, 'method');
  const result: BoutResult = {
    status: 'pending',
    winner,
    method,
    decision: textOf(entry.payload, 'decision'),
    round: entry.round,
    clockMs: entry.clockMs,
    proposals: (state.result?.proposals ?? 0) + 1,
    proposedBy: entry.actor.subject,
    confirmedBy: null,
    basis: textOf(entry.payload, 'basis') ?? '',
    index: entry.index,
  };
  return ok({ ...state, result });
}

function confirm(state: BoutState, entry: Entry): Outcome<BoutState> {
  const pending = state.result;
  if (pending === null) return refuse('conflict', 'No result has been proposed.', 'confirm');
  if (isSamePerson(pending.proposedBy, entry.actor.subject)) {
    return refuse('forbidden', 'A result is confirmed by a second person, not by who proposed it.', 'confirm');
  }
  // What is confirmed is what was read: a proposal made in between is not waved through.
  if (integerOf(entry.payload, 'proposal_index') !== pending.index) {
    return refuse('conflict', 'The proposal has changed; read it again.', 'proposal_index');
  }
  const official: BoutResult = { ...pending, status: 'official', confirmedBy: entry.actor.subject };
  // What nobody has confirmed by now has no effect on an official result.
  return ok({ ...stopClock(state, entry.receivedMs), result: official, proposals: [] });
}

/** A clock that nobody stopped stops with the bout. */
function stopClock(state: BoutState, atMs: number): BoutState {
  const round = roundOf(state, state.currentRound);
  return round.clock === null || overMs(round.clock, atMs) !== null
    ? state
    : withRound(state, { ...round, clock: endClock(round.clock, atMs) });
}

function winnerOf(entry: Entry): Corner | 'draw' | 'no_contest' | null {
  const winner = textOf(entry.payload, 'winner');
  if (winner === 'draw' || winner === 'no_contest') return winner;
  return CORNERS.find((corner) => corner === winner) ?? null;
}
