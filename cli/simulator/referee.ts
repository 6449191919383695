import * as z from 'zod';
import type { Actor } from './actor.ts';

const storedEvents = z.object({
  events: z.array(z.object({ event_id: z.string(), event_type: z.string(), voided: z.boolean().default(false) })),
});

/** The record knows of no slips: the referee confirms every knockdown of the round. Returns how many there were. */
export async function confirmKnockdowns(referee: Actor, boutId: string, roundId: number): Promise<number> {
  const reply = await referee.send('GET', `/api/events/v2/${boutId}/${roundId}`);
  const { events } = storedEvents.parse(reply.body);
  const knockdowns = events.filter((event) => event.event_type === 'KD' && !event.voided);
  for (const { event_id: target } of knockdowns) {
    await referee.command(`/api/bouts/${boutId}/rulings`, {
      kind: 'knockdown',
      round_id: roundId,
      target_event_id: target,
    });
  }
  return knockdowns.length;
}
