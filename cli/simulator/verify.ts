import * as z from 'zod';
import type { Actor } from './actor.ts';
import { type CountedAction, countedOf, differences, recount } from './recount.ts';
import type { RoundStatistics } from './rounds.ts';

/** What the server holds of a round after the bout, against the statistics it was played from. */
export type RoundVerdict = {
  readonly roundId: number;
  readonly totalEvents: number;
  readonly chainValid: boolean;
  /** Empty where the stored actions count up to the source again. */
  readonly differences: readonly string[];
};

const verifyAnswer = z.object({ total_events: z.number(), chain_valid: z.boolean() });

const storedEvents = z.object({
  events: z.array(
    z.object({
      event_type: z.string().optional(),
      fighter_id: z.string().optional(),
      clock_ms: z.number().nullish(),
      metadata: z.record(z.string(), z.unknown()).optional(),
      voided: z.boolean().optional(),
    }),
  ),
});

/** Reads the round back through the public API, recounts it and asks the server to verify its chain. */
export async function verifyRound(reader: Actor, boutId: string, round: RoundStatistics): Promise<RoundVerdict> {
  const verified = await reader.send('GET', `/api/events/v2/verify/${boutId}/${round.round_id}`);
  const chain = verifyAnswer.safeParse(verified.body);
  const stored = await reader.send('GET', `/api/events/v2/${boutId}/${round.round_id}`);
  const events = storedEvents.safeParse(stored.body);
  return {
    roundId: round.round_id,
    totalEvents: chain.success ? chain.data.total_events : 0,
    chainValid: chain.success && chain.data.chain_valid,
    differences: events.success
      ? differences(countedOf(round), recount(actionsOf(events.data.events), round.round_seconds * 1000))
      : [`the stored events could not be read: HTTP ${stored.status}`],
  };
}

function actionsOf(events: z.infer<typeof storedEvents>['events']): CountedAction[] {
  return events.flatMap(({ event_type: eventType, fighter_id: fighterId, clock_ms: clockMs, metadata, voided }) => {
    if (eventType === undefined || voided === true) return [];
    const corner = fighterId === 'fighter1' ? 'red' : 'blue';
    return [{ clockMs: clockMs ?? 0, corner, eventType, metadata: metadata ?? {} }];
  });
}
