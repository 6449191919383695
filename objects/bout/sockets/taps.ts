import { countWithin, noneWithin } from '../../../domain/monitor/index.ts';

/**
 * How long taps over the sockets took, from their receipt to the moment when their acknowledgement could leave: the
 * output gate holds it until the entry is stored. In memory only, since this object woke.
 */
export type SocketTaps = { readonly sinceMs: number; readonly within: number[]; measuring: boolean };

export function createSocketTaps(): SocketTaps {
  return { sinceMs: Date.now(), within: noneWithin(), measuring: false };
}

/**
 * Measures the tap that has just been answered, unless one is being measured: then a busy bout pays for a few of many.
 * The clock of an object stands still until something is awaited, so there is no measuring without waiting.
 */
export function measureTap(taps: SocketTaps, storage: DurableObjectStorage, receivedAt: number): void {
  if (taps.measuring) return;
  taps.measuring = true;
  void storage.sync().then(
    () => {
      taps.measuring = false;
      countWithin(taps.within, performance.now() - receivedAt);
    },
    // What cannot be stored ends the object, and these counts with it.
    () => undefined,
  );
}
