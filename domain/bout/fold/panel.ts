import type { Entry } from '../../ledger/entry.ts';
import { integerOf, textOf } from '../../ledger/read.ts';
import { own } from '../../own.ts';
import { ok, type Outcome, refuse } from '../../refusal.ts';
import { type BoutState, checkRound, type Proposal, type SeatChange, type SeatSession } from '../state.ts';
import { isAbsent, isSamePerson } from '../panel.ts';
import { close, propose } from './proposal.ts';

export const PANEL_CHANGES = ['substitute', 'absent', 'present'] as const;

export type PanelChange = (typeof PANEL_CHANGES)[number];

type Change = Exclude<Proposal['change'], { kind: 'paper' }>;

const UNCHANGED: SeatChange = { holder: null, absent: false, people: [] };

/**
 * Applies a change of the panel: another judge takes a seat from a round on, or a seat is empty. One person proposes it,
 * a second confirms. What the former judge has submitted stands.
 */
export function foldPanel(state: BoutState, entry: Entry): Outcome<BoutState> {
  if (state.result?.status === 'official') {
    return refuse('conflict', 'The bout is closed: its result is official.', 'bout_id');
  }
  const step = textOf(entry.payload, 'step');
  if (step === 'proposed') {
    const change = changeOf(state, entry);
    return change.ok ? propose(state, entry, change.value) : change;
  }
  if (step !== 'confirmed' && step !== 'rejected') return refuse('bad_request', 'Unknown step.', 'step');
  const closed = close(state, entry, (change): change is Change => change.kind !== 'paper', step === 'confirmed');
  if (!closed.ok) return closed;
  const { change, proposal, state: without } = closed.value;
  if (step !== 'confirmed') return ok(without);
  if (change.kind === 'substitute' && isSamePerson(change.person, entry.actor.subject)) {
    return refuse('forbidden', 'Nobody puts themselves into a seat.', 'proposal_index');
  }
  const still = change.kind === 'substitute' ? vacancy(without, change) : presence(without, change);
  return still.ok ? ok(changed(without, change, proposal, entry.receivedMs)) : still;
}

function changeOf(state: BoutState, entry: Entry): Outcome<Change> {
  const kind = PANEL_CHANGES.find((known) => known === textOf(entry.payload, 'change'));
  const seat = textOf(entry.payload, 'judge_id') ?? '';
  if (kind === undefined) return refuse('bad_request', `change: one of ${PANEL_CHANGES.join(', ')}.`, 'change');
  if (!state.config.judges.some((judge) => judge.id === seat)) {
    return refuse('bad_request', `judge_id: no seat '${seat}' on this panel.`, 'judge_id');
  }
  if (kind === 'absent' || kind === 'present') return presence(state, { kind, seat });
  const person = textOf(entry.payload, 'person_id');
  const round = checkRound(state, integerOf(entry.payload, 'from_round'));
  if (!round.ok) return refuse('bad_request', 'from_round: a round of this bout.', 'from_round');
  if (person === null) return refuse('bad_request', 'person_id: who takes the seat.', 'person_id');
  if (isSamePerson(person, entry.actor.subject)) {
    return refuse('forbidden', 'Nobody puts themselves into a seat.', 'person_id');
  }
  const commitment = textOf(entry.payload, 'name_commitment') ?? '';
  return vacancy(state, { kind, seat, person, commitment, fromRound: round.value });
}

/** The seat that a person holds; of one that has not changed hands only what its set-up says. */
function seatOf(state: BoutState, person: string): string | null {
  const held = state.config.judges.find(({ id, person: first }) => {
    const holder = own(state.seats, id)?.holder ?? first;
    return holder !== null && isSamePerson(holder, person);
  });
  return held?.id ?? null;
}

/** Asked twice as well: what the former judge has scored, also meanwhile, is that judge's; so is another seat. */
function vacancy(state: BoutState, change: Extract<Change, { kind: 'substitute' }>): Outcome<Change> {
  const { seat, person, fromRound } = change;
  const seated = seatOf(state, person);
  if (seated !== null) return refuse('conflict', `'${person}' holds seat ${seated} already.`, 'person_id');
  const scored = state.rounds.findLast(({ scorecards }) => own(scorecards, seat)?.open === false)?.number ?? 0;
  return fromRound <= scored
    ? refuse('conflict', `Seat ${seat} has scored round ${scored}; another judge begins after it.`, 'from_round')
    : ok(change);
}

/** Asked when it is proposed and again when it is confirmed: others may have left in between. */
function presence(state: BoutState, change: Extract<Change, { kind: 'absent' | 'present' }>): Outcome<Change> {
  const { kind, seat } = change;
  if (isAbsent(state, seat) === (kind === 'absent')) {
    return refuse('conflict', `Seat ${seat} is recorded as ${kind} already.`, 'judge_id');
  }
  const others = state.config.judges.filter((judge) => judge.id !== seat && !isAbsent(state, judge.id));
  return kind === 'absent' && others.length === 0
    ? refuse('conflict', 'Somebody must be left to judge the bout.', 'judge_id')
    : ok(change);
}

function changed(state: BoutState, change: Change, proposal: Proposal, atMs: number): BoutState {
  const before = own(state.seats, change.seat) ?? UNCHANGED;
  const seats = (after: SeatChange): BoutState['seats'] => ({ ...state.seats, [change.seat]: after });
  if (change.kind !== 'substitute') {
    return { ...state, seats: seats({ ...before, absent: change.kind === 'absent' }) };
  }
  const { [change.seat]: _unsigned, ...signatures } = state.signatures;
  const session = own(state.sessions, change.seat);
  const person = { person: change.person, fromRound: change.fromRound, index: proposal.index };
  return {
    ...state,
    // The former judge's device no longer speaks for the seat; the new judge's takes it by opening a session.
    sessions: session === undefined ? state.sessions : { ...state.sessions, [change.seat]: vacated(session, atMs) },
    signatures,
    // What was to be entered for the former judge is not the new one's.
    proposals: state.proposals.filter(({ change: other }) => other.kind !== 'paper' || other.seat !== change.seat),
    seats: seats({ holder: change.person, absent: false, people: [...before.people, person] }),
  };
}

function vacated(session: SeatSession, atMs: number): SeatSession {
  const fences = new Map(Object.entries(session.fences));
  if (session.device !== null) fences.set(session.device, atMs);
  // Defined, not assigned: a device may be named `__proto__`.
  return { ...session, device: null, fences: Object.fromEntries(fences) };
}
