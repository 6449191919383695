import { type BoutState, isSeated, lastRound, type SeatSession } from '../../domain/bout/index.ts';
import { own } from '../../domain/own.ts';
import { ok, type Outcome, refuse } from '../../domain/refusal.ts';
import type { Caller } from '../../domain/roles/index.ts';
import type { RoundFacts } from '../../domain/validator/index.ts';
import { type BoutContext, openForReading, openForWriting } from './context.ts';
import { post } from './sockets/fan-out.ts';
import type { Ledger } from './ledger/ledger.ts';
import { type Content, mutate } from './mutate.ts';

export const SESSION_STATES = ['OPEN', 'LOCKED', 'SYNCED'] as const;

export type SessionState = (typeof SESSION_STATES)[number];

export type SessionInput = {
  readonly sessionId: string;
  readonly judgeId: string;
  readonly roundId: number;
  readonly lastEventSequence: number;
  readonly sessionState: SessionState;
  readonly unsentEventQueue: readonly unknown[];
  /** Only where the token names no device. */
  readonly deviceId: string | null;
  /** Said by a person who goes back to a device that had handed over. */
  readonly takeOver: boolean;
};

/** What the seat's device last said about itself: shown, never believed. */
type Report = Pick<SessionInput, 'roundId' | 'lastEventSequence' | 'sessionState' | 'unsentEventQueue'> & {
  readonly receivedMs: number;
};

/**
 * Opens a seat's session, brings its report up to date, or moves it to this device. Moving it is an
 * entry of the ledger: from its commit on the device that had it is fenced, whatever it sends.
 */
export function openSession(context: BoutContext, caller: Caller, input: SessionInput) {
  const open = openForWriting(context, caller);
  if (!open.ok) return open;
  const { ledger, state } = open.value;
  const seated = checkSeat(state, caller, input.judgeId);
  if (!seated.ok) return seated;
  const device = caller.role === 'judge' ? (caller.device ?? input.deviceId) : input.deviceId;
  const moved = hold(context, caller, state, input, device);
  if (!moved.ok) return moved;
  const report: Report = {
    roundId: input.roundId,
    lastEventSequence: input.lastEventSequence,
    sessionState: input.sessionState,
    unsentEventQueue: input.unsentEventQueue,
    receivedMs: Date.now(),
  };
  ledger.storage.sql.exec(
    'INSERT OR REPLACE INTO session_report (seat, received_ms, report) VALUES (?, ?, ?)',
    input.judgeId,
    report.receivedMs,
    JSON.stringify(report),
  );
  return sessionOf(context, input.judgeId);
}

/** Restores a session. The seat's holder on another device takes it over by this very call. */
export function restoreSession(context: BoutContext, caller: Caller, sessionId: string, takeOver: boolean) {
  const open = openForReading(context, caller);
  if (!open.ok) return open;
  const { state, ledger } = open.value;
  const session = Object.values(state.sessions).find((one) => one.sessionId === sessionId);
  if (session === undefined) return refuse('not_found', `There is no session '${sessionId}'.`, 'judge_session_id');
  const seated = checkSeat(state, caller, session.seat);
  if (!seated.ok) return seated;
  if (caller.role === 'judge' && caller.device !== null && caller.device !== session.device) {
    const writable = openForWriting(context, caller);
    if (!writable.ok) return writable;
    const roundId = reportOf(ledger, session.seat)?.roundId ?? session.round;
    const moved = hold(context, caller, state, { sessionId, judgeId: session.seat, roundId, takeOver }, caller.device);
    if (!moved.ok) return moved;
  }
  return sessionOf(context, session.seat);
}

/** Whether this device may write for its seat: one that has handed over, or never had the seat, may not. */
export function checkHolder(state: BoutState, caller: Caller): Outcome<true> {
  if (caller.role !== 'judge' || caller.seat === null || caller.device === null) return ok(true);
  const holder = own(state.sessions, caller.seat)?.device ?? null;
  if (holder === null || holder === caller.device) return ok(true);
  return refuse('fenced', 'Another device holds this seat; restore the session on this one first.', 'device_id');
}

function checkSeat(state: BoutState, caller: Caller, seat: string): Outcome<true> {
  if (!isSeated(state.config, seat))
    return refuse('bad_request', `There is no seat '${seat}' in this bout.`, 'judge_id');
  if (caller.role !== 'judge') return ok(true);
  return caller.seat === seat
    ? ok(true)
    : refuse('forbidden', `This token holds seat '${caller.seat ?? ''}', not '${seat}'.`, 'judge_id');
}

function hold(
  context: BoutContext,
  caller: Caller,
  state: BoutState,
  input: Pick<SessionInput, 'sessionId' | 'judgeId' | 'roundId' | 'takeOver'>,
  device: string | null,
): Outcome<true> {
  const before = own(state.sessions, input.judgeId);
  const sameDevice = device === null || before?.device === device;
  if (before !== undefined && before.sessionId === input.sessionId && sameDevice) return ok(true);
  // A fenced device goes on reporting until its page is closed: that alone must not take the seat back.
  if (before !== undefined && device !== null && own(before.fences, device) !== undefined && !input.takeOver) {
    return refuse('fenced', 'This device has handed its seat over; say take_over to take it back.', 'device_id');
  }
  const delivery = mutate(context, caller, { name: 'session', eventId: null, body: { ...input, device } }, () =>
    ok<Content>({
      kind: 'session',
      round: input.roundId <= lastRound(state) ? input.roundId : null,
      payload: {
        type: 'seat',
        session_id: input.sessionId,
        seat: input.judgeId,
        device: device ?? before?.device ?? null,
        epoch: (before?.epoch ?? 0) + (sameDevice && before !== undefined ? 0 : 1),
      },
    }),
  );
  if (!delivery.ok) return delivery;
  if (before?.device != null && !sameDevice) tellFenced(context, before);
  return ok(true);
}

/** The device that had the seat is told at once; if it is offline, its next write is. */
function tellFenced(context: BoutContext, before: SeatSession): void {
  const group = context.fanOut.groups.get(`judge:${before.seat}`);
  if (group === undefined) return;
  const message = JSON.stringify({
    type: 'fenced',
    judge_id: before.seat,
    device_id: before.device,
    epoch: before.epoch,
  });
  for (const [socket, viewer] of group.sockets) {
    if (viewer.caller?.device === before.device) post(context, socket, message);
  }
}

export type SessionBody = {
  readonly judge_session_id: string;
  readonly judge_id: string;
  readonly bout_id: string;
  readonly round_id: number;
  /** The last entry of this seat in the ledger; 0 while there is none. */
  readonly last_event_sequence: number;
  readonly session_state: SessionState;
  /** As the seat's device last reported it. */
  readonly unsent_event_queue: readonly unknown[];
  readonly last_updated: string;
  readonly reported_last_event_sequence: number | null;
  readonly device_id: string | null;
  readonly device_epoch: number;
};

function sessionOf(context: BoutContext, seat: string): Outcome<SessionBody> {
  const { ledger } = context;
  const session = ledger?.state == null ? undefined : own(ledger.state.sessions, seat);
  if (ledger?.state == null || session === undefined)
    return refuse('not_found', 'There is no such session.', 'judge_id');
  const { state } = ledger;
  const report = reportOf(ledger, seat);
  const roundId = report?.roundId ?? session.round;
  const card = own(state.rounds[roundId - 1]?.scorecards ?? {}, seat);
  return ok({
    judge_session_id: session.sessionId,
    judge_id: seat,
    bout_id: context.boutId,
    round_id: roundId,
    last_event_sequence: own(state.lastBySeat, seat) ?? 0,
    session_state: card !== undefined && !card.open ? 'LOCKED' : (report?.sessionState ?? 'OPEN'),
    unsent_event_queue: report?.unsentEventQueue ?? [],
    last_updated: new Date(Math.max(report?.receivedMs ?? 0, session.sinceMs)).toISOString(),
    reported_last_event_sequence: report?.lastEventSequence ?? null,
    device_id: session.device,
    device_epoch: session.epoch,
  });
}

/** Devices that last said of themselves that something has not been sent. A report, never truth: it asks for a look. */
export function unsentReports(context: BoutContext): RoundFacts['unsent'] {
  const { ledger } = context;
  if (ledger?.state == null) return [];
  return Object.values(ledger.state.sessions).flatMap((session) => {
    const count = reportOf(ledger, session.seat)?.unsentEventQueue.length ?? 0;
    return count > 0 ? [{ device: session.device ?? session.seat, count, why: 'reported' as const }] : [];
  });
}

function reportOf(ledger: Ledger, seat: string): Report | null {
  const [row] = ledger.storage.sql.exec<{ report: string }>('SELECT report FROM session_report WHERE seat = ?', seat);
  if (row === undefined) return null;
  const report: Report = JSON.parse(row.report);
  return report;
}
