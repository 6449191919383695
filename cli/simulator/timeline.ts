import { setTimeout as sleep } from 'node:timers/promises';

/** Something that happens at `atMs` of simulated time. Time stands still until its promise, if any, is settled. */
export type Step = { readonly atMs: number; readonly run: () => Promise<void> | void };

/** Simulated time of one round, `speed` times as fast as real time. */
export type Timeline = {
  readonly positionMs: () => number;
  /** Runs the steps in order of time and resolves after the last; rejects when the signal aborts. */
  readonly play: (steps: readonly Step[]) => Promise<void>;
};

export function createTimeline(speed: number, signal: AbortSignal): Timeline {
  let startedAt = 0;
  let heldAt: number | null = 0;
  const realMs = (simulatedMs: number) => simulatedMs / speed;

  const hold = async (atMs: number, until: Promise<void>) => {
    heldAt = atMs;
    await until;
    startedAt = performance.now() - realMs(atMs);
    heldAt = null;
  };

  return {
    positionMs: () => heldAt ?? Math.round((performance.now() - startedAt) * speed),
    play: async (steps) => {
      startedAt = performance.now();
      heldAt = null;
      for (const step of steps.toSorted((a, b) => a.atMs - b.atMs)) {
        signal.throwIfAborted();
        const waitMs = startedAt + realMs(step.atMs) - performance.now();
        if (waitMs > 0) await sleep(waitMs, undefined, { signal });
        const running = step.run();
        if (running !== undefined) await hold(step.atMs, running);
      }
      heldAt = Math.max(0, ...steps.map((step) => step.atMs));
    },
  };
}
