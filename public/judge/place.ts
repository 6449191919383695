import { isToScore, type OwnCard } from './cards.ts';

export const TABS = ['log', 'score', 'card'] as const;

export type Tab = (typeof TABS)[number];

/** Where in the page the judge is. */
export type Place = {
  readonly tab: Tab;
  /** The round whose scorecard was asked for; null follows the bout. */
  readonly picked: number | null;
};

export type Bell = {
  /** Whether judges of this bout log. */
  readonly logs: boolean;
  /** A score is under review or is being stored. */
  readonly busy: boolean;
  /** The round that the scorecard showed when the next one began. */
  readonly shown: number;
  readonly cards: readonly OwnCard[];
};

/**
 * Where the judge is once a round has begun. Only a scorecard that is in is left behind: never a choice, a review, or
 * the whole card, where a signature or a code for another device may be on screen.
 */
export function placeAtBell(place: Place, { logs, busy, shown, cards }: Bell): Place {
  const card = cards.find(({ round }) => round === shown);
  if (busy || place.tab !== 'score' || card === undefined || isToScore(card)) return place;
  return { tab: logs ? 'log' : 'score', picked: null };
}

const KEY = 'fightjudge.judge.tab';

/** The tab that was open in this bout before a reload of this browser tab. */
export function keptTab(boutId: string): Tab | null {
  try {
    const kept = sessionStorage.getItem(KEY);
    return TABS.find((tab) => kept === `${tab}|${boutId}`) ?? null;
  } catch {
    // Storage is forbidden: the page opens as it does the first time.
    return null;
  }
}

export function keepTab(boutId: string, tab: Tab): void {
  try {
    sessionStorage.setItem(KEY, `${tab}|${boutId}`);
  } catch {
    // Without storage the tab is remembered as long as the page.
  }
}
