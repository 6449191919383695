import { normaliseAction } from '../../../domain/actions/index.ts';
import {
  type ActionClaim,
  actionToLeaf,
  claimOf,
  type BoutState,
  type ClockAction,
  observerOf,
  SEAL_TYPE,
  understood,
} from '../../../domain/bout/index.ts';
import type { Actor, Entry, Flag, LeafObject } from '../../../domain/ledger/index.ts';
import { type Line, T0, valueOf } from './book.ts';

/** Who writes. Of a judge the seat is all that counts: person and device may change. */
export function operator(subject = 'op-1'): Actor {
  return { subject, role: 'operator', seat: null, device: `${subject}-laptop` };
}

export function judge(seat = 'JUDGE001'): Actor {
  return { subject: `person-of-${seat}`, role: 'judge', seat, device: `${seat}-tablet` };
}

export const SUPERVISOR: Actor = { subject: 'supervisor-1', role: 'supervisor', seat: null, device: null };

export const REFEREE: Actor = { subject: 'referee-1', role: 'referee', seat: null, device: null };

export type Tap = {
  readonly by?: Actor;
  readonly round?: number;
  readonly corner?: 'red' | 'blue';
  /** Instead of `corner`: as it stands on the wire. */
  readonly fighterId?: string;
  /** Elapsed time of the round. */
  readonly at?: number;
  readonly receivedMs?: number;
  readonly timestampMs?: number;
  readonly metadata?: LeafObject;
  readonly flags?: readonly Flag[];
  readonly device?: string;
  readonly deviceSeq?: number;
};

/** An action as it is logged, `Jab` or `KD` with its metadata. By default an operator's, for red, in round 1. */
export function tap(eventType: string, said: Tap = {}): Line {
  const by = said.by ?? operator();
  const metadata = said.metadata ?? {};
  const claim: ActionClaim = {
    judgeId: by.seat ?? by.subject,
    fighterId: said.fighterId ?? (said.corner === 'blue' ? 'fighter2' : 'fighter1'),
    eventType,
    deviceId: said.device ?? by.device ?? 'device_xyz',
    metadata,
    metadataExtra: null,
  };
  const at = said.at ?? 0;
  return {
    kind: 'action',
    actor: by,
    round: said.round ?? 1,
    clockMs: at,
    clockSource: 'client',
    timestampMs: said.timestampMs ?? T0 + at,
    receivedMs: said.receivedMs ?? T0 + at,
    flags: said.flags ?? [],
    deviceSeq: said.deviceSeq ?? null,
    payload: actionToLeaf(claim, understood(valueOf(normaliseAction(eventType, metadata)).action, claim.metadata).leaf),
  };
}

export function legacyTap(eventType: string, said: Tap = {}): Line {
  return tap(eventType, {
    ...said,
    by: { ...operator('importer'), device: null },
    flags: ['legacy', ...(said.flags ?? [])],
  });
}

export function voiding(target: Entry, by: Actor = target.actor): Line {
  return { kind: 'void', actor: by, round: target.round, payload: { target_index: target.index } };
}

/** Another action in the place of one, as whoever mends it says it; it counts for whoever saw the first. */
export function replacing(target: Entry, eventType: string, said: Tap = {}): Line {
  const by = said.by ?? target.actor;
  const before = claimOf(target);
  const line = tap(eventType, {
    ...said,
    by,
    fighterId: said.corner === undefined ? before.fighterId : cornerId(said.corner),
  });
  const { kind, name } = observerOf(target);
  return {
    ...line,
    kind: 'replace',
    round: target.round,
    clockMs: target.clockMs,
    clockSource: target.clockSource,
    timestampMs: target.timestampMs,
    flags: target.flags,
    payload: {
      ...line.payload,
      judge_id: before.judgeId,
      device_id: before.deviceId,
      on_behalf: { role: kind, subject: name },
      target_index: target.index,
    },
  };
}

function cornerId(corner: 'red' | 'blue'): string {
  return corner === 'red' ? 'fighter1' : 'fighter2';
}

/** @param atMs the instant it takes effect, counted from the first bell */
export function clock(action: ClockAction, atMs: number, round = 1, elapsedMs: number | null = null): Line {
  const payload = { action, at_ms: T0 + atMs, elapsed_ms: elapsedMs, reason: null };
  return { kind: 'clock', actor: { ...SUPERVISOR, role: 'timekeeper' }, round, receivedMs: T0 + atMs, payload };
}

export function lock(round = 1, includeLate = false): Line {
  const payload = {
    type: 'lock_round',
    include_late: includeLate,
    override_reason: includeLate ? 'offline tablet' : null,
  };
  return { kind: 'config', actor: SUPERVISOR, round, payload };
}

export function joining(
  subject: string,
  corners: readonly ('red' | 'blue')[] = [],
  aspects: readonly string[] = [],
): Line {
  const payload = { type: 'operator', subject, corners: [...corners], aspects: [...aspects] };
  return { kind: 'session', actor: operator(subject), payload };
}

export function seating(seat: string, device: string, receivedMs = T0, sessionId = `session-${seat}`): Line {
  const payload = { type: 'seat', session_id: sessionId, seat, device };
  return { kind: 'session', actor: judge(seat), receivedMs, round: 1, payload };
}

export type Ruled = {
  readonly round?: number;
  readonly target?: Entry;
  readonly fighterId?: string;
  readonly pointsX10?: number;
  readonly intent?: 'accidental' | 'intentional';
  readonly injury?: boolean;
  readonly method?: string;
  /** Official time of a stoppage, elapsed in its round. */
  readonly clockMs?: number;
  /** The instant it takes effect, counted from the first bell. */
  readonly atMs?: number;
  readonly note?: string;
  readonly aggravated?: boolean;
};

export function ruling(kind: string, said: Ruled = {}): Line {
  const atMs = T0 + (said.atMs ?? 0);
  const payload = {
    kind,
    fighter_id: said.fighterId ?? null,
    target_index: said.target?.index ?? null,
    points_x10: said.pointsX10 ?? null,
    intent: said.intent ?? null,
    injury: said.injury ?? false,
    method: said.method ?? null,
    at_ms: atMs,
    note: said.note ?? null,
    aggravated: said.aggravated ?? false,
  };
  const clockMs = said.clockMs ?? null;
  return { kind: 'ruling', actor: REFEREE, round: said.round ?? 1, clockMs, receivedMs: atMs, payload };
}

export function scorecard(seat: string, round: number, red: number, blue: number): Line {
  const payload = { type: 'submitted', judge_id: seat, red_x10: Math.round(red * 10), blue_x10: Math.round(blue * 10) };
  return { kind: 'scorecard', actor: judge(seat), round, payload };
}

export function reopening(seat: string, round: number): Line {
  return {
    kind: 'scorecard',
    actor: SUPERVISOR,
    round,
    payload: { type: 'reopened', judge_id: seat, reason: 'misread' },
  };
}

export function proposing(winner: string, method = 'DEC', by: Actor = SUPERVISOR): Line {
  return { kind: 'result', actor: by, round: 3, payload: { type: 'proposed', winner, method, basis: 'none' } };
}

export function confirming(proposalIndex: number | null, by = 'supervisor-2'): Line {
  const payload = { type: 'confirmed', proposal_index: proposalIndex };
  return { kind: 'result', actor: { ...SUPERVISOR, subject: by }, payload };
}

/** The last line: `over` replaces what the seal states of the book. */
export function sealing(state: BoutState, over: LeafObject = {}): Line {
  const facts = { type: SEAL_TYPE, entries: state.next, result_index: state.result?.index ?? null };
  return { kind: 'seal', actor: SUPERVISOR, payload: { ...facts, ...over } };
}
