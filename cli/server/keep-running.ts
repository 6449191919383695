import { setTimeout as pause } from 'node:timers/promises';

/** How often one looks, which costs nothing: whether the runtime is known to be lost is a value in memory. */
const LOOK_MS = 200;

/** How long to wait before each attempt. Together long enough for whatever ends one runtime after another to pass. */
const PAUSES_MS = [0, 100, 200, 400, 800, 1_600];

export type Keeper = {
  /** Never resolves; rejects with one line when the runtime is lost for good. */
  readonly lost: Promise<never>;
  /** Looks no further. To be called before the runtime is ended on purpose. */
  readonly dismiss: () => void;
};

/**
 * Miniflare starts a runtime again that has ended, but leaves it at that when the new one ends before it listens: the
 * port would refuse connections for good, behind a server that lives. Here it is tried again a few times.
 * `isUp` rejects while there is none and Miniflare has given up; `restart` rejects where it did not come up; `explain`
 * says why, as a person at a terminal wants to hear it.
 */
export function keepRunning({
  isUp,
  restart,
  explain,
  lookMs = LOOK_MS,
  pausesMs = PAUSES_MS,
}: {
  readonly isUp: () => Promise<void>;
  readonly restart: () => Promise<void>;
  readonly explain: (error: unknown) => string;
  readonly lookMs?: number;
  /** Before each attempt. */
  readonly pausesMs?: readonly number[];
}): Keeper {
  const dismissed = new AbortController();
  const { signal } = dismissed;

  const bringBack = async (): Promise<void> => {
    let failure: unknown;
    for (const pauseMs of pausesMs) {
      await pause(pauseMs, undefined, { signal });
      try {
        await restart();
        return;
      } catch (error) {
        failure = error;
      }
    }
    throw new Error(`The runtime ended and could not be started again: ${explain(failure)}`);
  };

  const look = async (): Promise<never> => {
    for (;;) {
      await pause(lookMs, undefined, { signal });
      await isUp().catch(bringBack);
    }
  };

  const lost = look().catch(async (error: unknown): Promise<never> => {
    if (signal.aborted) return await new Promise(() => undefined);
    throw error;
  });
  return { lost, dismiss: () => dismissed.abort() };
}

/** How long a runtime may be gone before its start counts as stuck. */
const STUCK_MS = 3_000;

/**
 * Waits until Miniflare says that the runtime is up. Where the process ends while its configuration is still being
 * written to it, Miniflare may wait for ever for the end of that.
 * @throws Error where it is not up and will not be
 */
export async function whenUp(ready: Promise<unknown>, isGone: () => boolean, stuckMs = STUCK_MS): Promise<void> {
  const settled = new AbortController();
  try {
    for (;;) {
      const look = pause(stuckMs, false, { signal: settled.signal }).catch(() => false);
      if (await Promise.race([ready.then(() => true), look])) return;
      if (isGone()) throw new Error('It ended while it was being started.');
    }
  } finally {
    settled.abort();
  }
}
