import type { Ruling } from '../../../shared/wire/scorecards.ts';
import type { RoundEvent } from '../wire.ts';

export type PendingKnockdown = { readonly round: number; readonly event: RoundEvent };

/** Knockdowns that stand and that the referee has not ruled on, oldest first. */
export function pendingKnockdowns(
  rounds: readonly { readonly round: number; readonly events: readonly RoundEvent[] }[],
  rulings: readonly Ruling[],
): readonly PendingKnockdown[] {
  const confirmed = new Set(
    rulings.flatMap((one) =>
      one.kind === 'knockdown' && !one.rescinded && one.target_event_id !== null ? [one.target_event_id] : [],
    ),
  );
  return rounds
    .flatMap(({ round, events }) => events.map((event) => ({ round, event })))
    .filter(({ event }) => event.event_type === 'KD' && !event.voided && !confirmed.has(event.event_id))
    .toSorted((a, b) => a.event.sequence_index - b.event.sequence_index);
}

/** Whether a stoppage of the bout stands. */
export function isStopped(rulings: readonly Ruling[]): boolean {
  return rulings.some(({ kind, rescinded }) => kind === 'stoppage' && !rescinded);
}

/** Fouls that stand: what a penalty or a stoppage can follow from. */
export function standingFouls(rulings: readonly Ruling[]): readonly (Ruling & { readonly event_id: string })[] {
  return rulings.flatMap((one) =>
    one.kind === 'foul' && !one.rescinded && one.event_id !== null ? [{ ...one, event_id: one.event_id }] : [],
  );
}

/** Whether points have been taken for a foul. */
export function isPunished(rulings: readonly Ruling[], foulEventId: string): boolean {
  return rulings.some((one) => one.kind === 'deduction' && !one.rescinded && one.target_event_id === foulEventId);
}

/** Seats of the panel that have, and have not, acknowledged a deduction; null where this role is not told. */
export function toldOf(
  sequenceIndex: number,
  told: readonly { readonly sequence_index: number; readonly judges: readonly string[] }[] | null,
  seats: readonly { readonly judge_id: string; readonly absent: boolean }[],
): { readonly told: readonly string[]; readonly waiting: readonly string[] } | null {
  if (told === null) return null;
  const judges = told.find((one) => one.sequence_index === sequenceIndex)?.judges ?? [];
  const waiting = seats.filter(({ judge_id, absent }) => !absent && !judges.includes(judge_id));
  return { told: judges, waiting: waiting.map(({ judge_id }) => judge_id) };
}
