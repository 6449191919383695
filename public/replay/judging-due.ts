import type { Role } from '../../domain/roles/index.ts';
import { type Due, isReleased, watchFor } from '../shared/board/due.ts';
import type { Feed } from '../shared/live/feed.ts';
import type { Wants } from './fetch.ts';

/** Between two questions that the fight alone gives rise to. */
const SELDOM_MS = 5_000;

/** Which of the judging is to be asked for with the round: only what may have changed, and is for this role at all. */
type JudgingDue = {
  /** Looks at each state of the live view in turn. */
  readonly see: (feed: Feed) => void;
  /** What to ask for now; from then on it counts as asked. */
  readonly take: (nowMs: number) => Wants;
  /** What was asked for last has not come. */
  readonly missed: () => void;
};

export function createJudgingDue(role: Role | null): JudgingDue {
  const cards = createDue(watchFor('scorecards', role));
  const advice = createDue(watchFor('recommendation', role));
  let open = false;
  return {
    see: (feed) => {
      const wasOpen = open;
      open = isReleased(feed.view, role, 'recommendation');
      cards.see(feed);
      advice.see(feed);
      if (open && !wasOpen) advice.missed();
    },
    take: (nowMs) => ({
      cards: cards.take(nowMs),
      advice: open ? (advice.take(nowMs) ? 'ask' : 'keep') : 'not_released',
    }),
    missed: () => {
      cards.missed();
      advice.missed();
    },
  };
}

function createDue(watch: (feed: Feed) => Due) {
  let due: Due = 'no';
  let askedMs = Number.NEGATIVE_INFINITY;
  return {
    see: (feed: Feed): void => {
      const now = watch(feed);
      if (now === 'soon' || due === 'no') due = now;
    },
    take: (nowMs: number): boolean => {
      if (due === 'no' || (due === 'seldom' && nowMs - askedMs < SELDOM_MS)) return false;
      due = 'no';
      askedMs = nowMs;
      return true;
    },
    missed: (): void => {
      due = 'soon';
    },
  };
}
