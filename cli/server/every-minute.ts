import { setTimeout as pause } from 'node:timers/promises';

/** As `* * * * *` of wrangler.toml. */
const MINUTE_MS = 60_000;

export type Metronome = { readonly stop: () => void };

/**
 * Calls the worker's scheduled handler every minute, as Cloudflare does and the local runtime does not. A failure costs
 * that one look: it is told in a line, the first of a row only, and the next minute tries again.
 */
export function everyMinute(
  fire: (signal: AbortSignal) => Promise<void>,
  tell: (line: string) => void,
  periodMs = MINUTE_MS,
): Metronome {
  const stopped = new AbortController();
  const { signal } = stopped;

  const beat = async (): Promise<void> => {
    let isFailing = false;
    for (;;) {
      await pause(periodMs, undefined, { signal, ref: false });
      try {
        await fire(signal);
        isFailing = false;
      } catch (error) {
        if (signal.aborted) return;
        if (!isFailing) tell(`The look of every minute failed: ${firstLine(error)}`);
        isFailing = true;
      }
    }
  };

  // It only ever ends by being stopped.
  void beat().catch(() => undefined);
  return { stop: () => stopped.abort() };
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
}
