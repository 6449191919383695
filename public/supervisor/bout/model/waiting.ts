import type { View } from '../../../shared/wire/frames.ts';
import type { Seat } from '../../../shared/wire/scorecards.ts';
import { isSamePerson } from './cards.ts';

/** Scheduled rounds that nobody has fought yet, although no stoppage has ended the bout. */
export function unfoughtRounds(
  view: Pick<View, 'bout' | 'rounds'>,
  seats: readonly Pick<Seat, 'rounds'>[],
  stopped: boolean,
): readonly number[] {
  if (stopped) return [];
  const begun = view.rounds.findLast(({ status }) => status !== 'NOT_STARTED')?.round_id;
  const last = begun ?? lastScored(seats);
  return Array.from({ length: Math.max(0, view.bout.scheduled_rounds - last) }, (_, i) => last + 1 + i);
}

/** Judges also score a bout that nobody times or counts. */
function lastScored(seats: readonly Pick<Seat, 'rounds'>[]): number {
  const scored = seats.flatMap(({ rounds }) => rounds.filter((card) => card.submitted));
  return Math.max(0, ...scored.map(({ round_id }) => round_id));
}

/** Whether a proposed result waits for just this person: whoever put it forward cannot be the second one. */
export function awaitsConfirmation(view: Pick<View, 'result'> | null, subject: string | null): boolean {
  const result = view?.result ?? null;
  if (result?.status !== 'pending' || subject === null) return false;
  return result.proposed_by === null || !isSamePerson(result.proposed_by, subject);
}

/** Nothing of the bout is written any more. */
export function isOfficial(view: Pick<View, 'result'> | null): boolean {
  return view?.result?.status === 'official';
}
