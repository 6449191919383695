import { type Actor, createActor, type Link } from '../simulator/index.ts';

/** Where the clock stands when the pictures are taken; it runs on from there. */
const CLOCK_MS = 141_000;

/**
 * What makes a round worth looking at, beside its statistics: an undo, a knockdown that the referee has not ruled on, a
 * foul that costs a point, and a judge who has been told of it.
 */
export async function playIncidents(link: Link, adminSecret: string, boutId: string, round: number): Promise<void> {
  const actor = (role: 'operator' | 'referee' | 'timekeeper', subject: string): Actor =>
    createActor(link, adminSecret, { role, subject, bout_id: boutId });
  const operator = createActor(link, adminSecret, {
    role: 'operator',
    subject: 'simulated-operator-red',
    device_id: 'simulated-laptop-red',
    bout_id: boutId,
    corners: ['red'],
  });
  const referee = actor('referee', 'simulated-referee');

  await actor('timekeeper', 'simulated-timekeeper').command(`/api/bouts/${boutId}/clock`, {
    action: 'adjust',
    round_id: round,
    elapsed_ms: CLOCK_MS,
    reason: 'simulated: set for a picture',
  });

  let seq = 900_000;
  const log = async (eventType: string, clockMs: number, metadata: object): Promise<string> => {
    seq += 1;
    const { event_id: eventId } = await operator.command('/api/events/v2/log', {
      bout_id: boutId,
      round_id: round,
      judge_id: 'simulated-operator-red',
      fighter_id: 'fighter1',
      event_type: eventType,
      timestamp_ms: Date.now(),
      device_id: 'simulated-laptop-red',
      device_seq: seq,
      clock_ms: clockMs,
      metadata,
      simulated: true,
    });
    return String(eventId);
  };

  const mistaken = await log('Head Kick', CLOCK_MS - 9_000, { significant: true });
  await operator.command('/api/events/v2/void', {
    bout_id: boutId,
    target_event_id: mistaken,
    reason: 'It was blocked.',
  });
  await log('Cross', CLOCK_MS - 6_200, { significant: true, target: 'head', position: 'distance' });
  await log('KD', CLOCK_MS - 6_000, { tier: 'Hard' });

  const { event_id: foul } = await referee.command(`/api/bouts/${boutId}/rulings`, {
    kind: 'foul',
    round_id: round,
    fighter_id: 'fighter2',
    foul: 'Holding the fence',
    intent: 'intentional',
  });
  const { event_id: deduction } = await referee.command(`/api/bouts/${boutId}/rulings`, {
    kind: 'deduction',
    round_id: round,
    fighter_id: 'fighter2',
    target_event_id: foul,
    points: 1,
  });
  const judge = createActor(link, adminSecret, {
    role: 'judge',
    subject: 'simulated-judge-JUDGE1',
    judge_id: 'JUDGE1',
    bout_id: boutId,
  });
  await judge.command(`/api/bouts/${boutId}/rulings/acknowledge`, { judge_id: 'JUDGE1', target_event_id: deduction });
}
