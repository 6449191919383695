import { signal } from '@preact/signals';
import { localNow } from './timesync.ts';
import type { RoundStatus, WireClock } from '../wire/frames.ts';

/**
 * Time left in the round in milliseconds, worked out from the clock's anchor. Nothing is counted down,
 * so a page that slept, or missed every tick, still shows the right time when it wakes.
 */
export function remainingMs(clock: WireClock, serverNowMs: number): number {
  const ran = clock.running_since_ms === null ? 0 : Math.max(0, serverNowMs - clock.running_since_ms);
  return Math.min(Math.max(clock.length_ms - clock.elapsed_ms - ran, 0), clock.length_ms);
}

/** `4:05`. Rounded up, so that 0:00 appears when the round is over and not a second before. */
export function minutesSeconds(ms: number): string {
  const seconds = Math.ceil(Math.max(ms, 0) / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Elapsed time, rounded down: a second counts when it is over. */
export function elapsedWords(ms: number): string {
  return minutesSeconds(Math.floor(Math.max(ms, 0) / 1_000) * 1_000);
}

/** A round ends by the clock alone, without a message: the page sees the end when the time is up. */
export function shownStatus(status: RoundStatus, leftMs: number): RoundStatus {
  return status === 'IN_PROGRESS' && leftMs <= 0 ? 'ENDED' : status;
}

/** Local time, renewed ten times a second while anybody can see the page. */
export const nowMs = signal(localNow());

/** Starts `nowMs`; returns what stops it. */
export function runNow(): () => void {
  const renew = (): void => {
    if (document.visibilityState === 'visible') nowMs.value = localNow();
  };
  const timer = setInterval(renew, 100);
  document.addEventListener('visibilitychange', renew);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', renew);
  };
}
