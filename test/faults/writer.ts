import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../cli/simulator/random.ts';
import { type Records, type Request, sendOnce } from './client.ts';

export type Writer = {
  readonly name: string;
  readonly token: string;
  /** What it has sent, whether or not it heard of it. */
  readonly sent: Request[];
  readonly run: (until: () => boolean) => Promise<void>;
};

const TYPES = ['Jab', 'Cross', 'Hook', 'Takedown Landed', 'KD', 'Low Kick'] as const;

/** A client stops waiting now and then: its answer is lost although the server never ended. */
const PATIENCE_MS = 8;

/**
 * One client of the API: it logs, sends again what it was not told of, sends again at random what it was told of, brings
 * several at once, and takes some of its own back. Everything that it does follows from `random`.
 */
export function newWriter(settings: {
  readonly url: string;
  readonly boutId: string;
  readonly name: string;
  readonly token: string;
  readonly random: Random;
  readonly records: Records;
  readonly startMs: number;
}): Writer {
  const { url, boutId, name, token, random, records, startMs } = settings;
  const sent: Request[] = [];
  let count = 0;

  const event = (): Request => {
    count += 1;
    const eventId = `${name}-${count}`;
    const body = {
      bout_id: boutId,
      round_id: 1,
      judge_id: name,
      fighter_id: random.below(2) === 0 ? 'fighter1' : 'fighter2',
      event_type: TYPES[random.below(TYPES.length)] ?? 'Jab',
      // Twenty milliseconds apart: no two of one device are the same event.
      timestamp_ms: startMs + count * 20,
      device_id: `d-${name}`,
      event_id: eventId,
    };
    return { eventId, path: '/api/events/v2/log', body };
  };

  const deliver = async (request: Request): Promise<void> => {
    const impatient = random.below(20) === 0;
    const twice = random.below(20) === 0;
    if (twice) await Promise.all([sendOnce(url, token, request, records), sendOnce(url, token, request, records)]);
    else if (await sendOnce(url, token, request, records, impatient ? AbortSignal.timeout(PATIENCE_MS) : undefined))
      return;
    while (!(await sendOnce(url, token, request, records))) await pause(20);
  };

  const step = async (): Promise<void> => {
    const chance = random.below(100);
    const known = sent[random.below(sent.length)];
    if (chance < 12 && known !== undefined) return await deliver(known);
    if (
      chance < 17 &&
      known !== undefined &&
      known.path.endsWith('/log') &&
      !sent.some((one) => one.eventId === undoId(known))
    ) {
      const body = { bout_id: boutId, target_event_id: known.eventId, event_id: undoId(known) };
      const undo = { eventId: undoId(known), path: '/api/events/v2/void', body };
      sent.push(undo);
      return await deliver(undo);
    }
    const events = Array.from({ length: chance < 25 ? 2 + random.below(5) : 1 }, event);
    sent.push(...events);
    const [first] = events;
    if (first !== undefined && events.length === 1) return await deliver(first);
    const body = { bout_id: boutId, events: events.map((one) => one.body) };
    await deliver({ eventId: '', path: '/api/events/v2/batch', body });
  };

  return {
    name,
    token,
    sent,
    run: async (until) => {
      while (!until()) await step();
    },
  };
}

export function undoId(request: Request): string {
  return `undo-${request.eventId}`;
}
