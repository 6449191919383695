import type { RoundStatus } from '../wire/frames.ts';

/** For so long a running clock is believed without a word from the server. */
export const TRUST_MS = 10_000;

type ClockFacts = {
  readonly status: RoundStatus;
  /** Time left by the anchor. */
  readonly leftMs: number;
  /** How long what is shown has not been confirmed; 0 while the connection is live. */
  readonly unconfirmedMs: number;
};

/**
 * Whether a clock may be on air. Its anchor stays right until somebody stops the time, and a page that hears nothing
 * does not hear that either: after a few seconds, or at the bell, it says nothing rather than something wrong. The
 * end of the bout is final, so it stays.
 */
export function showsClock({ status, leftMs, unconfirmedMs }: ClockFacts): boolean {
  if (unconfirmedMs <= 0 || status === 'FINAL') return true;
  // At the bell a live page hears that the round is over; without that word it may have been stopped before.
  if (status === 'IN_PROGRESS' && leftMs <= 0) return false;
  return unconfirmedMs <= TRUST_MS;
}

/** What is known of the last confirmation, all in the same clock. */
type Confirmation = {
  readonly stale: boolean;
  readonly nowMs: number;
  /** When the connection was lost; null where this page has not had one. */
  readonly lostMs: number | null;
  /** When the server made what is shown. */
  readonly madeMs: number;
  /** How far behind the page is kept on purpose: what it shows was confirmed for so much longer. */
  readonly delayMs: number;
};

/** How long what is shown has stood without confirmation. */
export function unconfirmedFor({ stale, nowMs, lostMs, madeMs, delayMs }: Confirmation): number {
  if (!stale) return 0;
  return Math.max(0, nowMs - delayMs - (lostMs ?? madeMs));
}
