import type { ControlMark } from '../actions/index.ts';
import { type Corner, type Pair, ZERO_PAIR } from '../corner.ts';
import { ok, type Outcome, refuse } from '../refusal.ts';
import type { Aspect } from '../roles/index.ts';
import type { BoutConfig } from './config.ts';
import type { RoundClock } from './clock.ts';

/**
 * The fold of a bout's ledger: plain data, a value of JSON, so that a snapshot is its text. Nothing in
 * it grows with the number of strikes: a bout of ten thousand actions folds to a few kilobytes.
 */
export type BoutState = {
  /** The index that the next entry will have. */
  readonly next: number;
  readonly config: BoutConfig;
  /** By round number less one; a round exists here once anything has named it. */
  readonly rounds: readonly RoundState[];
  /** The round that is on, or was last; 1 before the first. */
  readonly currentRound: number;
  /** In order of joining. */
  readonly operators: readonly OperatorScope[];
  /** By seat. */
  readonly sessions: Readonly<Record<string, SeatSession>>;
  /** By seat: the last entry that its judge wrote. */
  readonly lastBySeat: Readonly<Record<string, number>>;
  /** In order of their first action: what a seal will state. A list, because copying one costs a tap far less than a record. */
  readonly devices: readonly DeviceTally[];
  /** Deliveries that were recognised as repeats under a new `event_id`. */
  readonly suppressed: number;
  /** Extension rounds that have been opened, beyond the scheduled ones. */
  readonly extensions: number;
  /** By seat: who sits there, once that has changed. */
  readonly seats: Readonly<Record<string, SeatChange>>;
  /** By seat: the judge's signature under the totals of their scorecard. */
  readonly signatures: Readonly<Record<string, Signature>>;
  /** What one person has put forward and a second has yet to confirm. */
  readonly proposals: readonly Proposal[];
  readonly result: BoutResult | null;
  /** The last entry, once there is one: nothing follows it. */
  readonly sealed: Sealed | null;
};

/** `index` is the seal's own: so many entries stand before it. */
export type Sealed = { readonly index: number; readonly atMs: number };

/** A change of this number makes every stored snapshot be folded anew from the entries. */
export const FOLD_VERSION = 6;

export { type Pair, ZERO_PAIR };

export type RoundState = {
  readonly number: number;
  /** Null for a round that nobody timed: it counts from its first action. */
  readonly clock: RoundClock | null;
  readonly firstAction: FirstAction | null;
  /** Every action of the round, voided ones included. */
  readonly totalEvents: number;
  /** Index of the round's first and last entry; null while it has none. */
  readonly span: { readonly first: number; readonly last: number } | null;
  readonly voided: readonly number[];
  /** What each observer has logged, in order of their first action. */
  readonly tallies: readonly Tally[];
  readonly controlMarks: readonly ObservedMark[];
  readonly redline: readonly Redline[];
  readonly rulings: readonly Ruling[];
  /** Points taken, in tenths, applied in this round. */
  readonly deductions: Pair;
  /** By seat. */
  readonly scorecards: Readonly<Record<string, RoundCard>>;
  /** Index of the entry that locked the round's statistics. */
  readonly lockedAt: number | null;
  /** Late entries before this index have been let in by a supervisor. */
  readonly lateAdmittedUpTo: number;
};

/** How many of each kind of action stand, in the order of `COUNTED` in `statistics.ts`. A list: copying one is cheap. */
export type Counts = readonly number[];

export type CornerCountLists = Readonly<Record<Corner, Counts>>;

export type FirstAction = { readonly timestampMs: number; readonly receivedMs: number };

/** Micro-points per aspect; control is worked out from the marks. */
export type Tally = {
  readonly observer: Observer;
  readonly damage: Pair;
  readonly grappling: Pair;
  /** Late entries after the lock, kept apart until a supervisor lets them in. */
  readonly lateDamage: Pair;
  readonly lateGrappling: Pair;
  readonly counts: CornerCountLists;
  readonly lateCounts: CornerCountLists;
  /**
   * Actions that stand, i.e. neither voided nor late, by `corner.aspect` (`none` where an action has no
   * aspect). It says what an observer had their eyes on in this round.
   */
  readonly standing: Readonly<Record<string, number>>;
  readonly lateStanding: Readonly<Record<string, number>>;
};

export type Observer = { readonly id: string; readonly kind: 'operator' | 'judge' | 'legacy'; readonly name: string };

export type ObservedMark = ControlMark & { readonly observer: string; readonly late: boolean };

export type Redline = {
  readonly index: number;
  readonly observer: string;
  readonly corner: Corner;
  readonly aspect: Aspect;
  readonly type: string;
  readonly tier: string | null;
  readonly timestampMs: number;
  readonly late: boolean;
  /** A knockdown awaits the referee under rule sets that give them the say. */
  readonly pending: boolean;
};

export type Ruling = {
  readonly index: number;
  readonly kind: string;
  /** Who scored a knockdown, who fouled, who won by a stoppage. */
  readonly corner: Corner | null;
  readonly targetIndex: number | null;
  /** Tenths of a point. */
  readonly pointsX10: number;
  /** Of a foul; a warning or deduction that names its foul has the foul's. */
  readonly intent: 'accidental' | 'intentional' | null;
  /** Of a stoppage: how the bout was ended; null where a foul ended it and the rules say what follows. */
  readonly method: string | null;
  /** Official time of a stoppage, elapsed in its round. */
  readonly clockMs: number | null;
  /** Of a stoppage after a foul: fair blows have made the injury worse since. */
  readonly aggravated: boolean;
  /** A supervisor has taken it back; it stays in the record. */
  readonly rescinded: boolean;
  /** Seats whose judges have acknowledged it. */
  readonly told: readonly string[];
};

/** Points in tenths, so that half points stay integers. */
export type RoundCard = {
  readonly redX10: number;
  readonly blueX10: number;
  readonly index: number;
  readonly open: boolean;
  /** Who wrote it: the subject of the judge's token; null for one from paper. */
  readonly by: string | null;
  /** A paper scorecard was entered by a supervisor and confirmed by a second person. */
  readonly paper: boolean;
  /** What stood there before it was reopened, oldest first. */
  readonly earlier: readonly EarlierCard[];
};

export type EarlierCard = {
  readonly redX10: number;
  readonly blueX10: number;
  readonly index: number;
  /** The entry that reopened it, which holds the reason. */
  readonly reopenedAt: number;
};

/** A seat whose judge was replaced or is missing. */
export type SeatChange = {
  /** The only subject who may act for the seat; null: whoever holds its token. */
  readonly holder: string | null;
  readonly absent: boolean;
  /** Who took the seat, in order; `index` is the proposal's, under which the name is kept. */
  readonly people: readonly { readonly person: string; readonly fromRound: number; readonly index: number }[];
};

export type Signature = {
  readonly index: number;
  readonly subject: string;
  readonly redX10: number;
  readonly blueX10: number;
};

export type Proposal = {
  readonly index: number;
  readonly proposedBy: string;
  readonly change:
    | {
        readonly kind: 'paper';
        readonly seat: string;
        readonly round: number;
        readonly redX10: number;
        readonly blueX10: number;
      }
    | {
        readonly kind: 'substitute';
        readonly seat: string;
        readonly person: string;
        readonly commitment: string;
        readonly fromRound: number;
      }
    | { readonly kind: 'absent'; readonly seat: string }
    | { readonly kind: 'present'; readonly seat: string };
};

export type OperatorScope = {
  readonly subject: string;
  readonly corners: readonly Corner[] | null;
  readonly aspects: readonly Aspect[] | null;
};

export type SeatSession = {
  readonly sessionId: string;
  readonly seat: string;
  readonly device: string | null;
  readonly epoch: number;
  /** Since when the device has it. */
  readonly sinceMs: number;
  /** Instant of each former device's fence. */
  readonly fences: Readonly<Record<string, number>>;
  readonly round: number;
};

export type DeviceTally = {
  readonly device: string;
  readonly entries: number;
  readonly lastSeq: number | null;
  readonly epoch: number | null;
};

export type BoutResult = {
  readonly status: 'pending' | 'official';
  readonly winner: Corner | 'draw' | 'no_contest';
  /** `DEC`, `KO`, `TKO`, `SUB`, `DQ`, `NC`, `TD`, `DRAW`. */
  readonly method: string;
  /** `UD`, `SD`, `MD`, … for results by the cards. */
  readonly decision: string | null;
  readonly round: number | null;
  readonly clockMs: number | null;
  /** How many proposals there have been, this one included. */
  readonly proposals: number;
  readonly proposedBy: string;
  readonly confirmedBy: string | null;
  /** What the record computed to when it was proposed: it is confirmed only while that is still so. */
  readonly basis: string;
  readonly index: number;
};

export function emptyRound(number: number): RoundState {
  return {
    number,
    clock: null,
    firstAction: null,
    totalEvents: 0,
    span: null,
    voided: [],
    tallies: [],
    controlMarks: [],
    redline: [],
    rulings: [],
    deductions: ZERO_PAIR,
    scorecards: {},
    lockedAt: null,
    lateAdmittedUpTo: 0,
  };
}

/** The last round that the bout can have as things stand: the scheduled ones and the extensions that were opened. */
export function lastRound(state: BoutState): number {
  return state.config.scheduledRounds + state.extensions;
}

/** Whether a round of that number exists; the refusal names `round_id`. */
export function checkRound(state: BoutState, number: number | null): Outcome<number> {
  return number !== null && number >= 1 && number <= lastRound(state)
    ? ok(number)
    : refuse('bad_request', `round_id: this bout has rounds 1 to ${lastRound(state)}.`, 'round_id');
}

export function roundOf(state: BoutState, number: number): RoundState {
  return state.rounds[number - 1] ?? emptyRound(number);
}

/** A round's span once an entry of it stands at `index`. */
export function spanWith(round: RoundState, index: number): NonNullable<RoundState['span']> {
  return { first: round.span?.first ?? index, last: index };
}

/** A list with one item in another's place, or at the end where `at` is -1. */
export function listWith<T>(list: readonly T[], at: number, item: T): readonly T[] {
  const copy = list.slice();
  copy[at < 0 ? list.length : at] = item;
  return copy;
}

/** The same state with one round changed. */
export function withRound(state: BoutState, round: RoundState): BoutState {
  return { ...state, rounds: roundsWith(state, round) };
}

/** The rounds with one changed; those before it that nobody named are filled in empty. */
export function roundsWith(state: BoutState, round: RoundState): readonly RoundState[] {
  const rounds = state.rounds.slice();
  for (let number = rounds.length + 1; number < round.number; number += 1) rounds.push(emptyRound(number));
  rounds[round.number - 1] = round;
  return rounds;
}
