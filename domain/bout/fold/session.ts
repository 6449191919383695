import { CORNERS } from '../../corner.ts';
import type { Entry } from '../../ledger/entry.ts';
import { integerOf, listOf, textOf } from '../../ledger/read.ts';
import { own } from '../../own.ts';
import { ok, type Outcome, refuse } from '../../refusal.ts';
import { ASPECTS } from '../../roles/index.ts';
import type { BoutState, OperatorScope, SeatSession } from '../state.ts';

/** Applies an operator's joining with their assignment, or a seat's session opening or changing device. */
export function foldSession(state: BoutState, entry: Entry): Outcome<BoutState> {
  return textOf(entry.payload, 'type') === 'operator' ? foldOperator(state, entry) : foldSeat(state, entry);
}

function foldOperator(state: BoutState, entry: Entry): Outcome<BoutState> {
  const corners = listOf(entry.payload, 'corners');
  const aspects = listOf(entry.payload, 'aspects');
  const scope: OperatorScope = {
    subject: textOf(entry.payload, 'subject') ?? entry.actor.subject,
    corners: corners.length === 0 ? null : CORNERS.filter((corner) => corners.includes(corner)),
    aspects: aspects.length === 0 ? null : ASPECTS.filter((aspect) => aspects.includes(aspect)),
  };
  return ok({ ...state, operators: [...state.operators, scope] });
}

function foldSeat(state: BoutState, entry: Entry): Outcome<BoutState> {
  const seat = textOf(entry.payload, 'seat');
  const sessionId = textOf(entry.payload, 'session_id');
  if (seat === null || sessionId === null) return refuse('bad_request', 'A session needs a seat.', 'judge_id');
  const holder = Object.values(state.sessions).find((session) => session.sessionId === sessionId);
  if (holder !== undefined && holder.seat !== seat) {
    return refuse('conflict', 'That session belongs to another seat.', 'judge_session_id');
  }
  const before = own(state.sessions, seat);
  const device = textOf(entry.payload, 'device');
  const session: SeatSession = {
    sessionId,
    seat,
    device,
    epoch: integerOf(entry.payload, 'epoch') ?? (before?.epoch ?? 0) + 1,
    sinceMs: before !== undefined && before.device === device ? before.sinceMs : entry.receivedMs,
    fences: fencesAfter(before, device, entry.receivedMs),
    round: entry.round ?? before?.round ?? 1,
  };
  return ok({ ...state, sessions: { ...state.sessions, [seat]: session } });
}

/** The device that hands over is fenced from this instant; one that takes over again is free again. */
function fencesAfter(before: SeatSession | undefined, device: string | null, atMs: number): Record<string, number> {
  const fences = new Map(Object.entries(before?.fences ?? {}));
  if (before?.device != null) fences.set(before.device, atMs);
  if (device !== null) fences.delete(device);
  // Defined, not assigned: a device may be named `__proto__`.
  return Object.fromEntries(fences);
}
