import type { Score } from './score.ts';

/**
 * Two steps, so that no single slip of a thumb submits a scorecard: a choice leads to a review, and the review can be
 * confirmed only after it has stood on the screen for a moment. Nothing here ever submits by itself.
 */
export type Submitting =
  | { readonly step: 'choosing' }
  | { readonly step: 'review'; readonly round: number; readonly score: Score; readonly sinceMs: number }
  /** Being written to the device; nothing is confirmed before it is there. */
  | { readonly step: 'storing'; readonly round: number; readonly score: Score };

export type SubmitEvent =
  | { readonly type: 'choose'; readonly round: number; readonly score: Score }
  | { readonly type: 'back' }
  /** The page has gone on to another bout: what was under review is not of it. */
  | { readonly type: 'leave' }
  | { readonly type: 'confirm' }
  /** It lies on the device, or could not be put there. */
  | { readonly type: 'stored' | 'failed' };

/** A double tap is over by then. */
export const ARM_MS = 600;

export const CHOOSING: Submitting = { step: 'choosing' };

export function stepSubmit(now: Submitting, event: SubmitEvent, nowMs: number): Submitting {
  switch (event.type) {
    case 'choose':
      return now.step === 'choosing' ? { step: 'review', round: event.round, score: event.score, sinceMs: nowMs } : now;
    case 'back':
      // The second half of a double tap is neither way.
      return isArmed(now, nowMs) ? CHOOSING : now;
    case 'leave':
      return now.step === 'review' ? CHOOSING : now;
    case 'confirm':
      return isArmed(now, nowMs) ? { step: 'storing', round: now.round, score: now.score } : now;
    case 'stored':
      return now.step === 'storing' ? CHOOSING : now;
    case 'failed':
      return now.step === 'storing' ? { ...now, step: 'review', sinceMs: nowMs } : now;
  }
}

export function isArmed(now: Submitting, nowMs: number): now is Extract<Submitting, { readonly step: 'review' }> {
  return now.step === 'review' && nowMs - now.sinceMs >= ARM_MS;
}
