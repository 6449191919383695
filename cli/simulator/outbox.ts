import { type Actor, isAccepted, isDuplicate, RefusedError } from './actor.ts';
import { uuid7 } from './uuid7.ts';

/** How many events went which way; one tally serves all the devices of a bout. */
export type Tally = { sent: number; acked: number; duplicates: number; refused: number };

/** A device's queue: what is put in leaves in the same order, each item until it is answered. */
export type Outbox = {
  /** Stamps the action with `event_id`, `timestamp_ms` and `device_seq`, once and for all, and queues it. */
  readonly push: (fields: Readonly<Record<string, unknown>>) => void;
  readonly unsent: () => number;
  /** Resolves when the queue is empty; rejects if it can no longer be emptied. */
  readonly drained: () => Promise<void>;
};

export type OutboxOptions = {
  readonly actor: Actor;
  readonly tally: Tally;
  readonly onAnswer: () => void;
  /** Told of an event that the server will not take; the queue goes on with the next. */
  readonly onRefused: (error: RefusedError) => void;
};

const LOG_PATH = '/api/events/v2/log';

export function createOutbox({ actor, tally, onAnswer, onRefused }: OutboxOptions): Outbox {
  const queue: string[] = [];
  const stamp = { ms: 0, seq: 0 };
  let pumping: Promise<void> = Promise.resolve();
  let failure: { readonly error: unknown } | null = null;

  const pump = async () => {
    for (let body = queue[0]; body !== undefined; body = queue[0]) {
      const reply = await actor.send('POST', LOG_PATH, body);
      if (isAccepted(reply)) tally.acked += 1;
      else tally.refused += 1;
      if (isDuplicate(reply)) tally.duplicates += 1;
      // Only an answer takes it out of the queue.
      queue.shift();
      onAnswer();
      if (!isAccepted(reply)) onRefused(new RefusedError(LOG_PATH, reply));
    }
  };

  return {
    push: (fields) => {
      const now = Date.now();
      // Two actions of one device never share a 10 ms bucket, however fast the bout is played: they
      // would look like one delivery.
      stamp.ms = now >= stamp.ms + 10 ? now : stamp.ms + 10;
      stamp.seq += 1;
      const idle = queue.length === 0;
      queue.push(JSON.stringify({ ...fields, event_id: uuid7(now), timestamp_ms: stamp.ms, device_seq: stamp.seq }));
      tally.sent += 1;
      if (!idle || failure !== null) return;
      pumping = pumping.then(pump).catch((error: unknown) => {
        failure = { error };
      });
    },
    unsent: () => queue.length,
    drained: async () => {
      while (queue.length > 0 && failure === null) await pumping;
      if (failure !== null) throw failure.error;
    },
  };
}
