import type { BoutSummary } from '../wire/frames.ts';

/** From the first bell until the result: also between rounds. */
export function isUnderWay(bout: BoutSummary): boolean {
  return bout.status !== 'NOT_STARTED' && bout.status !== 'FINAL';
}

/**
 * The bout that a page following the night shows: the newest that is under way; else the one it shows
 * already, so that a result stays on screen until the next bout starts; else the newest there is.
 * @param bouts newest first, as the server lists them
 */
export function chooseBout(bouts: readonly BoutSummary[], shown: string | null): string | null {
  const current = bouts.find((bout) => bout.bout_id === shown);
  return (bouts.find(isUnderWay) ?? current ?? bouts[0])?.bout_id ?? null;
}
