import { shownStatus } from '../shared/live/clock.ts';
import type { RoundStatus, View } from '../shared/wire/frames.ts';
import type { Ruling } from '../shared/wire/scorecards.ts';

const OVER: readonly RoundStatus[] = ['ENDED', 'LOCKED', 'FINAL'];

export function isOver(status: RoundStatus): boolean {
  return OVER.includes(status);
}

/** The state of a round as the page shows it: the clock may have ended the current one without a message. */
export function statusOf(view: View, round: number, leftMs: number): RoundStatus {
  if (round === view.round_id) return shownStatus(view.round_status, leftMs);
  return view.rounds.find(({ round_id }) => round_id === round)?.status ?? 'NOT_STARTED';
}

/** How many rounds the bout has, extension included. */
export function roundCount(view: View): number {
  return view.bout.scheduled_rounds + view.bout.extension_rounds;
}

/**
 * The rounds that are over and count on a scorecard: without one that a finish cut short, which nobody scores. Of a
 * stoppage by a foul only the ledger knows whether its round is scored; here it is.
 */
export function roundsToScore(view: View, rulings: readonly Ruling[], leftMs: number): readonly number[] {
  const stoppage = rulings.findLast(({ kind, rescinded }) => kind === 'stoppage' && !rescinded);
  const last = stoppage?.round_id ?? roundCount(view);
  return Array.from({ length: Math.min(view.round_id, last) }, (_, at) => at + 1).filter((round) => {
    if (stoppage !== undefined && stoppage.method !== null && round === stoppage.round_id) return false;
    return round < view.round_id || isOver(statusOf(view, round, leftMs));
  });
}

/** Whether no round comes any more, as far as this page can tell: the scheduled ones are over, or a stoppage stands. */
export function isDistanceOver(view: View, rulings: readonly Ruling[], leftMs: number): boolean {
  if (rulings.some(({ kind, rescinded }) => kind === 'stoppage' && !rescinded)) return true;
  return view.round_id >= roundCount(view) && isOver(statusOf(view, view.round_id, leftMs));
}
