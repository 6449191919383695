import type { Corner } from '../../domain/corner.ts';
import { cornerOf } from '../shared/look/corner.tsx';
import type { OutboxItem } from '../shared/outbox/outbox.ts';
import type { View, WireEntry } from '../shared/wire/frames.ts';

/** The own action that an undo takes back. */
export type LastTap = { readonly eventId: string; readonly eventType: string; readonly corner: Corner | null };

export const VOID = '/api/events/v2/void';

/** The newest action of this seat in the round that still stands; null where there is none. */
export function lastTap(
  bout: View['bout'],
  seat: string,
  round: number,
  entries: readonly WireEntry[],
  items: readonly OutboxItem[],
): LastTap | null {
  const gone = new Set(
    items.flatMap(({ path, state, body }) => (path === VOID && state !== 'refused' ? [body.target_event_id] : [])),
  );
  const own = items.findLast(
    ({ kind, state, boutId, eventId, body }) =>
      kind === 'action' &&
      state !== 'refused' &&
      boutId === bout.bout_id &&
      body.round_id === round &&
      !gone.has(eventId) &&
      !entries.some((entry) => entry.event_id === eventId),
  );
  // What is not in the feed yet is newer than all that is.
  if (own !== undefined) {
    const { event_type: eventType, fighter_id: fighter } = own.body;
    return { eventId: own.eventId, eventType: asText(eventType), corner: cornerOf(bout, asText(fighter)) };
  }
  const entry = entries.findLast(
    ({ kind, event_id: eventId, judge_id: by, round_id, voided }) =>
      kind === 'action' && by === seat && round_id === round && !voided && !gone.has(eventId),
  );
  if (entry === undefined) return null;
  return { eventId: entry.event_id, eventType: entry.event_type ?? '', corner: cornerOf(bout, entry.fighter_id) };
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
