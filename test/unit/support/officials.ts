import type { Actor, Entry } from '../../../domain/ledger/index.ts';
import { LATER, type Line, T0 } from './book.ts';
import { judge, SUPERVISOR } from './lines.ts';

/** The second person, without whom nothing irregular takes effect. */
export const SECOND: Actor = { ...SUPERVISOR, subject: 'supervisor-2' };

export function rescinding(target: Entry, by: Actor = SUPERVISOR): Line {
  return ruled('rescind', target, by, { reason: 'seen again' });
}

/** A judge's word that a ruling has reached the seat. */
export function telling(target: Entry, seat = 'JUDGE001'): Line {
  return ruled('told', target, judge(seat), { judge_id: seat });
}

function ruled(kind: string, target: Entry, actor: Actor, more: Readonly<Record<string, string>>): Line {
  return { kind: 'ruling', actor, round: target.round ?? 1, payload: { kind, target_index: target.index, ...more } };
}

/** Nobody signs while a round is on: unless it says otherwise, long after every round. */
export function signing(
  seat: string,
  red: number,
  blue: number,
  by: Actor = judge(seat),
  receivedMs: number = LATER,
): Line {
  const payload = { type: 'signed', judge_id: seat, red_x10: Math.round(red * 10), blue_x10: Math.round(blue * 10) };
  return { kind: 'scorecard', actor: by, receivedMs, payload };
}

export function paper(seat: string, round: number, red: number, blue: number, by: Actor = SUPERVISOR): Line {
  const points = { red_x10: Math.round(red * 10), blue_x10: Math.round(blue * 10) };
  return { kind: 'scorecard', actor: by, round, payload: { type: 'paper_proposed', judge_id: seat, ...points } };
}

export function closingPaper(
  proposal: Entry,
  step: 'confirmed' | 'rejected' = 'confirmed',
  by: Actor = SECOND,
  other: { readonly seat?: string; readonly round?: number } = {},
): Line {
  const seat = other.seat ?? proposal.payload['judge_id'] ?? null;
  const payload = { type: `paper_${step}`, judge_id: seat, proposal_index: proposal.index };
  return { kind: 'scorecard', actor: by, round: other.round ?? proposal.round, payload };
}

/** @param person and fromRound of a substitution */
export function panelChange(
  change: string,
  seat: string,
  person: string | null = null,
  fromRound: number | null = null,
  by: Actor = SUPERVISOR,
): Line {
  const payload = {
    type: 'panel',
    step: 'proposed',
    change,
    judge_id: seat,
    person_id: person,
    from_round: fromRound,
    name_commitment: person === null ? null : `c-${person}`,
  };
  return { kind: 'config', actor: by, payload };
}

/** @param atMs the instant it takes effect, counted from the first bell */
export function closingPanel(
  proposal: Entry,
  step: 'confirmed' | 'rejected' = 'confirmed',
  by: Actor = SECOND,
  atMs = 0,
): Line {
  const payload = { type: 'panel', step, proposal_index: proposal.index };
  return { kind: 'config', actor: by, receivedMs: T0 + atMs, payload };
}
