import type { Draft, Outbox, OutboxItem } from '../shared/outbox/outbox.ts';

/** A tap between the hand and the device's disk: a few milliseconds in which it must already count. */
export type Tap = { readonly draft: Draft; readonly done: Promise<OutboxItem>; taken: boolean };

/** What the page puts into the outbox, and what is still on its way there. */
export type Queue = {
  readonly put: (draft: Draft) => Promise<OutboxItem>;
  /** Own actions that are not in `outbox.items` yet, oldest first. */
  readonly inFlight: () => readonly Tap[];
};

export function openQueue(outbox: Outbox): Queue {
  let taps: readonly Tap[] = [];

  async function put(draft: Draft): Promise<OutboxItem> {
    const done = outbox.put(draft);
    const tap: Tap = { draft, done, taken: false };
    taps = [...taps, tap];
    try {
      return await done;
    } finally {
      taps = taps.filter((one) => one !== tap);
    }
  }

  return { put, inFlight: () => taps };
}
