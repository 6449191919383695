import type { Entry } from '../../ledger/entry.ts';
import { integerOf, objectOf, textOf, truthOf } from '../../ledger/read.ts';
import { ok, type Outcome, refuse } from '../../refusal.ts';
import { type BoutConfig, configFromLeaf, releaseFromLeaf } from '../config.ts';
import { foldAction, unfoldAction } from './action.ts';
import { foldClock } from './clock.ts';
import { foldPanel } from './panel.ts';
import { foldResult } from './result.ts';
import { foldRuling } from './ruling.ts';
import { foldScorecard } from './scorecard.ts';
import { foldSeal } from './seal.ts';
import { foldSession } from './session.ts';
import { type BoutState, checkRound, type RoundState, roundOf, spanWith, type Tally, withRound } from '../state.ts';
import { NOTHING_COUNTED, sumCounts } from '../statistics.ts';
import { sum } from '../totals.ts';

/** Fetches an earlier entry of the same ledger; null where there is none. */
export type LookUp = (index: number) => Entry | null;

/** What may still be written once a result is official: the record's own upkeep, never the bout. */
const AFTER_RESULT: readonly Entry['kind'][] = ['note', 'config', 'seal'];

/** What a judge's seat writes of its own accord. */
const OF_A_SEAT: readonly Entry['kind'][] = ['action', 'void', 'replace', 'scorecard'];

/**
 * Applies one entry to the state of a bout. Pure: the state is never changed in place, and an entry
 * that breaks a rule of the bout is refused, so that nothing is stored which cannot be folded again.
 */
export function fold(state: BoutState, entry: Entry, lookUp: LookUp): Outcome<BoutState> {
  if (entry.index !== state.next) return refuse('conflict', `Entry ${entry.index} is out of turn.`);
  if (state.sealed !== null) return refuse('sealed', 'The record of this bout is sealed.', 'bout_id');
  if (state.result?.status === 'official' && !AFTER_RESULT.includes(entry.kind)) {
    return refuse('conflict', 'The bout is closed: its result is official.', 'bout_id');
  }
  const folded = foldKind({ ...state, next: state.next + 1 }, entry, lookUp);
  if (!folded.ok) return folded;
  const { role, seat } = entry.actor;
  const bySeat = role === 'judge' && seat !== null && OF_A_SEAT.includes(entry.kind);
  return bySeat ? ok({ ...folded.value, lastBySeat: { ...folded.value.lastBySeat, [seat]: entry.index } }) : folded;
}

/** The state after the first entry, which sets the bout up. */
export function beginBout(entry: Entry): Outcome<BoutState> {
  const config = configFromLeaf(entry.payload);
  if (entry.index !== 0 || entry.kind !== 'config' || config === null) {
    return refuse('bad_request', 'A ledger begins with the set-up of its bout.');
  }
  return ok({
    next: 1,
    config,
    rounds: [],
    currentRound: 1,
    operators: [],
    sessions: {},
    lastBySeat: {},
    devices: [],
    suppressed: 0,
    extensions: 0,
    seats: {},
    signatures: {},
    proposals: [],
    result: null,
    sealed: null,
  });
}

function foldKind(state: BoutState, entry: Entry, lookUp: LookUp): Outcome<BoutState> {
  // By far the most frequent kind widens its round's span itself: one copy of the state instead of two.
  if (entry.kind === 'action') return foldAction(state, entry);
  const folded = foldRare(state, entry, lookUp);
  if (!folded.ok) return folded;
  // A note or a session may name a round that the bout does not have; it then belongs to none.
  const number = checkRound(folded.value, entry.round);
  return number.ok ? ok(widenSpan(folded.value, number.value, entry.index)) : folded;
}

function foldRare(state: BoutState, entry: Entry, lookUp: LookUp): Outcome<BoutState> {
  switch (entry.kind) {
    case 'action':
      return foldAction(state, entry);
    case 'void':
      return foldVoid(state, entry, lookUp);
    case 'replace': {
      const without = foldVoid(state, entry, lookUp);
      return without.ok ? foldAction(without.value, entry) : without;
    }
    case 'clock':
      return foldClock(state, entry);
    case 'ruling':
      return foldRuling(state, entry, targetOf(entry, lookUp), lookUp);
    case 'scorecard':
      return foldScorecard(state, entry);
    case 'session':
      return foldSession(state, entry);
    case 'config':
      return foldConfig(state, entry);
    case 'result':
      return foldResult(state, entry);
    case 'note':
      return ok(
        textOf(entry.payload, 'type') === 'suppressed' ? { ...state, suppressed: state.suppressed + 1 } : state,
      );
    case 'seal':
      return foldSeal(state, entry);
    case 'vision':
      return ok(state);
  }
}

function foldVoid(state: BoutState, entry: Entry, lookUp: LookUp): Outcome<BoutState> {
  const target = targetOf(entry, lookUp);
  if (target === null || (target.kind !== 'action' && target.kind !== 'replace')) {
    return refuse('not_found', 'There is no such action to take back.', 'target_event_id');
  }
  return unfoldAction(state, target);
}

function targetOf(entry: Entry, lookUp: LookUp): Entry | null {
  const index = integerOf(entry.payload, 'target_index');
  return index === null ? null : lookUp(index);
}

function foldConfig(state: BoutState, entry: Entry): Outcome<BoutState> {
  switch (textOf(entry.payload, 'type')) {
    case 'changed': {
      const config: BoutConfig = {
        ...state.config,
        release: releaseFromLeaf(objectOf(entry.payload, 'release_policy'), state.config.release),
        delayMs: integerOf(entry.payload, 'delay_ms') ?? state.config.delayMs,
      };
      return ok({ ...state, config });
    }
    case 'lock_round':
      return lockRound(state, entry);
    case 'panel':
      return foldPanel(state, entry);
    default:
      return refuse('bad_request', 'The set-up of a bout is its first entry.');
  }
}

/** Closes a round's statistics; a second lock with `include_late` lets in what came after the first. */
function lockRound(state: BoutState, entry: Entry): Outcome<BoutState> {
  const number = checkRound(state, entry.round);
  if (!number.ok) return number;
  const round = roundOf(state, number.value);
  if (state.result?.status === 'official') {
    return refuse('conflict', 'The bout is closed: its result is official.', 'bout_id');
  }
  if (round.clock === null && round.totalEvents === 0) {
    return refuse('conflict', `Round ${round.number} has not been fought.`, 'round_id');
  }
  const includeLate = truthOf(entry.payload, 'include_late');
  if (round.lockedAt !== null && !includeLate) {
    return refuse('conflict', `Round ${round.number} is locked already.`, 'round_id');
  }
  const locked: RoundState = { ...round, lockedAt: round.lockedAt ?? entry.index };
  return ok(withRound(state, includeLate ? admitLate(locked, entry.index) : locked));
}

function admitLate(round: RoundState, upTo: number): RoundState {
  const tallies = round.tallies.map((tally): Tally => ({
    ...tally,
    damage: sum(tally.damage, tally.lateDamage),
    grappling: sum(tally.grappling, tally.lateGrappling),
    standing: addCounts(tally.standing, tally.lateStanding),
    counts: sumCounts(tally.counts, tally.lateCounts),
    lateCounts: NOTHING_COUNTED,
    lateDamage: { red: 0, blue: 0 },
    lateGrappling: { red: 0, blue: 0 },
    lateStanding: {},
  }));
  return {
    ...round,
    tallies,
    controlMarks: round.controlMarks.map((mark) => ({ ...mark, late: false })),
    redline: round.redline.map((moment) => ({ ...moment, late: false })),
    lateAdmittedUpTo: upTo,
  };
}

function addCounts(a: Tally['standing'], b: Tally['standing']): Tally['standing'] {
  const counts = { ...a };
  for (const [cell, count] of Object.entries(b)) counts[cell] = (counts[cell] ?? 0) + count;
  return counts;
}

function widenSpan(state: BoutState, number: number, index: number): BoutState {
  const round = roundOf(state, number);
  return withRound(state, { ...round, span: spanWith(round, index) });
}
