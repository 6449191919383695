import type { Corner } from '../../domain/corner.ts';
import { cornerOf } from '../shared/look/corner.tsx';
import type { OutboxItem } from '../shared/outbox/outbox.ts';
import type { View, WireEntry } from '../shared/wire/frames.ts';
import type { Ruling } from '../shared/wire/scorecards.ts';

/** A deduction that the referee has ruled and this seat has not acknowledged. */
export type Deduction = {
  readonly eventId: string;
  readonly round: number;
  readonly corner: Corner | null;
  readonly pointsX10: number;
  /** What for, where the referee said so. */
  readonly foul: string | null;
};

export const ACKNOWLEDGE = '/rulings/acknowledge';

/** Oldest first; one that was taken back again needs no acknowledgement. */
export function toTell(
  bout: View['bout'],
  seat: string,
  rulings: readonly Ruling[],
  entries: readonly WireEntry[],
  items: readonly OutboxItem[],
): readonly Deduction[] {
  const found = new Map<string, Deduction>();
  const done = new Set<string>();
  for (const ruling of rulings) {
    if (ruling.kind !== 'deduction' || ruling.event_id === null) continue;
    if (ruling.rescinded || ruling.told === true) done.add(ruling.event_id);
    const { event_id: eventId, round_id: round, corner, foul } = ruling;
    found.set(eventId, { eventId, round, corner, pointsX10: Math.round(ruling.points * 10), foul });
  }
  for (const { kind, event_id: eventId, round_id: round, payload } of entries) {
    if (kind !== 'ruling') continue;
    const target = payload.target_event_id;
    if (payload.kind === 'deduction' && round !== null) {
      const corner = cornerOf(bout, textOr(payload.fighter_id));
      const pointsX10 = typeof payload.points_x10 === 'number' ? payload.points_x10 : 0;
      found.set(eventId, { eventId, round, corner, pointsX10, foul: textOr(payload.foul) });
    } else if (typeof target === 'string' && payload.kind === 'rescind') done.add(target);
    else if (typeof target === 'string' && payload.kind === 'told' && payload.judge_id === seat) done.add(target);
  }
  for (const item of items) {
    const target = item.body.target_event_id;
    if (item.path.endsWith(ACKNOWLEDGE) && item.state !== 'refused' && typeof target === 'string') done.add(target);
  }
  return [...found.values()].filter(({ eventId }) => !done.has(eventId));
}

function textOr(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
