import { type Action, type ControlMark, valueOf } from '../../actions/index.ts';
import type { Corner } from '../../corner.ts';
import type { Entry } from '../../ledger/entry.ts';
import { textOf } from '../../ledger/read.ts';
import { ok, type Outcome, refuse } from '../../refusal.ts';
import { actionOf } from '../action-payload.ts';
import { cornerOf } from '../config.ts';
import { cellOf, observerOf } from '../observers.ts';
import { countWith, NOTHING_COUNTED } from '../statistics.ts';
import {
  type BoutState,
  checkRound,
  type CornerCountLists,
  listWith,
  type Observer,
  type Redline,
  type RoundState,
  roundOf,
  roundsWith,
  spanWith,
  type Tally,
  withRound,
  ZERO_PAIR,
} from '../state.ts';
import { addTo } from '../totals.ts';

/** What one action adds to its round, and what taking it back removes. */
type Contribution = {
  readonly action: Action;
  readonly corner: Corner;
  readonly observer: Observer;
  readonly damage: number;
  readonly grappling: number;
};

function contributionOf(state: BoutState, entry: Entry): Outcome<Contribution> {
  const action = actionOf(entry);
  if (action === null) return refuse('bad_request', 'The entry carries no known action.', 'event_type');
  const fighterId = textOf(entry.payload, 'fighter_id') ?? '';
  const corner = cornerOf(state.config, fighterId);
  if (corner === null) {
    return refuse('bad_request', `fighter_id: '${fighterId}' is not a fighter of this bout.`, 'fighter_id');
  }
  const { damage, grappling } = valueOf(state.config.values, action);
  return ok({ action, corner, observer: observerOf(entry), damage, grappling });
}

/** Adds an action to its round. */
export function foldAction(state: BoutState, entry: Entry): Outcome<BoutState> {
  const checked = checkRound(state, entry.round);
  if (!checked.ok) return checked;
  const number = checked.value;
  const contribution = contributionOf(state, entry);
  if (!contribution.ok) return contribution;
  const before = roundOf(state, number);
  const { tallies, controlMarks, redline } = change(before, entry, contribution.value, 1);
  // Named one by one: a second spread in a literal costs as much as all else that is folded here.
  const round: RoundState = {
    ...before,
    tallies,
    controlMarks,
    redline,
    totalEvents: before.totalEvents + 1,
    span: spanWith(before, entry.index),
    firstAction: before.firstAction ?? {
      timestampMs: entry.timestampMs ?? entry.receivedMs,
      receivedMs: entry.receivedMs,
    },
  };
  const untimed = roundOf(state, state.currentRound).clock === null;
  return ok({
    ...state,
    rounds: roundsWith(state, round),
    // Without a clock the actions themselves say which round is on.
    currentRound: untimed && number > state.currentRound ? number : state.currentRound,
    devices: countDevice(state, entry),
  });
}

/** Takes an action back: by a void, a replacement, or a referee who saw a slip. */
export function unfoldAction(state: BoutState, target: Entry): Outcome<BoutState> {
  if (target.round === null) return refuse('bad_request', 'The target has no round.', 'target_event_id');
  const round = roundOf(state, target.round);
  if (round.voided.includes(target.index)) {
    return refuse('conflict', 'That action has been taken back already.', 'target_event_id');
  }
  const contribution = contributionOf(state, target);
  if (!contribution.ok) return contribution;
  const without = change(round, target, contribution.value, -1);
  return ok(withRound(state, { ...round, ...without, voided: [...round.voided, target.index] }));
}

/** Puts back what a slip took, once the ruling is rescinded. */
export function refoldAction(state: BoutState, target: Entry): Outcome<BoutState> {
  if (target.round === null) return refuse('bad_request', 'The target has no round.', 'target_event_id');
  const round = roundOf(state, target.round);
  const contribution = contributionOf(state, target);
  if (!contribution.ok) return contribution;
  const voided = round.voided.filter((index) => index !== target.index);
  return ok(withRound(state, { ...round, ...change(round, target, contribution.value, 1), voided }));
}

type Changed = Pick<RoundState, 'tallies' | 'controlMarks' | 'redline'>;

/** What of its round an action changes when it is added (1) or taken back (-1). */
function change(round: RoundState, entry: Entry, what: Contribution, sign: 1 | -1): Changed {
  const late = entry.flags.includes('late') && entry.index >= round.lateAdmittedUpTo;
  const at = round.tallies.findIndex((tally) => tally.observer.id === what.observer.id);
  const tally = round.tallies[at] ?? emptyTally(what.observer);
  const damage = sign * what.damage;
  const grappling = sign * what.grappling;
  const next: Tally = late
    ? {
        ...tally,
        lateDamage: addTo(tally.lateDamage, what.corner, damage),
        lateGrappling: addTo(tally.lateGrappling, what.corner, grappling),
        lateStanding: countedBy(tally.lateStanding, what, sign),
        lateCounts: countsWith(tally.lateCounts, what, sign),
      }
    : {
        ...tally,
        damage: addTo(tally.damage, what.corner, damage),
        grappling: addTo(tally.grappling, what.corner, grappling),
        standing: countedBy(tally.standing, what, sign),
        counts: countsWith(tally.counts, what, sign),
      };
  return {
    tallies: listWith(round.tallies, at, next),
    controlMarks: changeMarks(round, entry, what, late, sign),
    redline: changeRedline(round, entry, what, late, sign),
  };
}

function countedBy(counts: Tally['standing'], what: Contribution, sign: 1 | -1): Tally['standing'] {
  const cell = cellOf(what.corner, what.action.aspect);
  return { ...counts, [cell]: (counts[cell] ?? 0) + sign };
}

function countsWith(counts: CornerCountLists, { action, corner }: Contribution, sign: 1 | -1): CornerCountLists {
  const next = countWith(counts[corner], action, sign);
  if (next === counts[corner]) return counts;
  return corner === 'red' ? { red: next, blue: counts.blue } : { red: counts.red, blue: next };
}

function changeMarks(round: RoundState, entry: Entry, what: Contribution, late: boolean, sign: 1 | -1) {
  const mark = markOf(entry, what);
  if (mark === null) return round.controlMarks;
  if (sign < 0) return round.controlMarks.filter((other) => other.index !== mark.index);
  return [...round.controlMarks, { ...mark, observer: what.observer.id, late }];
}

function markOf(entry: Entry, { action, corner }: Contribution): ControlMark | null {
  if (action.type !== 'control_start' && action.type !== 'control_stop') return null;
  const at = { index: entry.index, clockMs: entry.clockMs ?? 0, corner, kind: action.control };
  if (action.type === 'control_stop') return { ...at, edge: 'stop', lengthMs: 0 };
  return action.backfillMs === null
    ? { ...at, edge: 'start', lengthMs: 0 }
    : { ...at, edge: 'backfill', lengthMs: action.backfillMs };
}

function changeRedline(round: RoundState, entry: Entry, what: Contribution, late: boolean, sign: 1 | -1) {
  if (!isRedline(what.action)) return round.redline;
  if (sign < 0) return round.redline.filter((other) => other.index !== entry.index);
  const redline: Redline = {
    index: entry.index,
    observer: what.observer.id,
    corner: what.corner,
    aspect: what.action.aspect ?? 'damage',
    type: what.action.type,
    tier: what.action.tier,
    timestampMs: entry.timestampMs ?? entry.receivedMs,
    late,
    pending: what.action.type === 'kd',
  };
  return [...round.redline, redline];
}

/** Knockdowns, rocked fighters and near-finish submissions. */
function isRedline(action: Action): boolean {
  if (action.type === 'kd' || action.type === 'rocked') return true;
  return action.type === 'submission_attempt' && action.tier === 'near_finish';
}

function emptyTally(observer: Observer): Tally {
  return {
    observer,
    damage: ZERO_PAIR,
    grappling: ZERO_PAIR,
    lateDamage: ZERO_PAIR,
    lateGrappling: ZERO_PAIR,
    counts: NOTHING_COUNTED,
    lateCounts: NOTHING_COUNTED,
    standing: {},
    lateStanding: {},
  };
}

/** A device id is whatever the sender says: beyond this many, further ones log as well and are not counted apart. */
const MAX_DEVICES = 256;

function countDevice(state: BoutState, entry: Entry): BoutState['devices'] {
  const device = textOf(entry.payload, 'device_id') ?? entry.actor.device;
  if (device === null) return state.devices;
  const at = state.devices.findIndex((tally) => tally.device === device);
  if (at < 0 && state.devices.length >= MAX_DEVICES) return state.devices;
  const before = state.devices[at];
  return listWith(state.devices, at, {
    device,
    entries: (before?.entries ?? 0) + 1,
    lastSeq: maximum(before?.lastSeq ?? null, entry.deviceSeq),
    epoch: maximum(before?.epoch ?? null, entry.deviceEpoch),
  });
}

function maximum(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}
