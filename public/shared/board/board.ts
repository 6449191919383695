import { computed, type ReadonlySignal } from '@preact/signals';
import type { Corner } from '../../../domain/corner.ts';
import type { Credential } from '../device/credential.ts';
import type { Live } from '../live/live.ts';
import { decodeFighters, type Fighters } from '../wire/fighters.ts';
import type { View } from '../wire/frames.ts';
import { decodeRecommendations, type Recommendations } from '../wire/recommendations.ts';
import { decodeScorecards, type Scorecards } from '../wire/scorecards.ts';
import { type Face, openClockFace } from './clock-face.ts';
import { isReleased, watchFor, watchForStages } from './due.ts';
import { heldBack, unlessWithdrawn } from './held-back.ts';
import { openPhotos, type Photos } from './photos.ts';
import { openReleased, type Released } from './released.ts';
import { adviceStillReleased, cardsStillReleased } from './still-released.ts';
import { roundWinner, type RoundWinner } from './winner.ts';

/** All that a board for an audience shows of one bout: each null where it is not released or not known. */
export type Board = {
  readonly view: ReadonlySignal<View | null>;
  readonly face: ReadonlySignal<Face | null>;
  readonly cards: ReadonlySignal<Scorecards | null>;
  readonly advice: ReadonlySignal<Recommendations | null>;
  readonly fighters: ReadonlySignal<Fighters | null>;
  readonly winner: ReadonlySignal<RoundWinner | null>;
  readonly photos: Photos;
  readonly stop: () => void;
};

type BoardWants = {
  /** Shown so much later than it came, beside the delay that the server keeps. */
  readonly delayMs: number;
  /** `all`: also where no scorecard is released, for the rules and rulings that come with them. */
  readonly cards: 'none' | 'released' | 'all';
  readonly advice: boolean;
  readonly fighters: boolean;
};

export function openBoard(credential: Credential, live: Live, wants: BoardWants): Board {
  const { delayMs } = wants;
  const role = credential.claims.peek()?.role ?? null;
  const refused = computed(() => {
    const { value: refusal } = live.refusal;
    return refusal === 'forbidden' || refusal === 'unknown' ? live.boutId.value : null;
  });
  /** Only the bout that is followed: whatever came of another is not shown over it. */
  const current = computed(() => {
    if (live.state.value === 'waiting' || refused.value !== null) return null;
    const view = live.feed.value?.view ?? null;
    return view !== null && view.bout.bout_id === live.boutId.value ? view : null;
  });
  const late =
    delayMs === 0
      ? { shown: current, stop: () => undefined }
      : heldBack<View | null>(current, null, (next) =>
          next === null ? delayMs : next.server_ms + delayMs - live.serverNow(),
        );
  const view = {
    shown: unlessWithdrawn<View>(late.shown, refused, ({ bout }) => bout.bout_id),
    stop: late.stop,
  };

  const later = <T extends { readonly bout_id: string }>(
    released: Released<T>,
    less: (late: T, now: T | null) => T = (late) => late,
  ) => {
    const held =
      delayMs === 0
        ? { shown: released.value, stop: () => undefined }
        : heldBack<T | null>(released.value, null, () => delayMs);
    const still = unlessWithdrawn<T>(held.shown, released.withdrawn, ({ bout_id }) => bout_id);
    const shown = computed(() => {
      const value = still.value;
      return value === null || value.bout_id !== view.shown.value?.bout.bout_id
        ? null
        : less(value, released.value.value);
    });
    const stop = (): void => {
      held.stop();
      released.stop();
    };
    return { shown, stop };
  };
  const of = (part: string) => (boutId: string) => `/api/bouts/${encodeURIComponent(boutId)}/${part}`;
  const scorecards =
    wants.cards !== 'none'
      ? later(
          openReleased(credential, live, {
            name: 'scorecards',
            path: of('scorecards'),
            decode: decodeScorecards,
            isOpen: (shown) => wants.cards === 'all' || isReleased(shown, role, 'scorecards'),
            watch: watchFor('scorecards', role),
          }),
          cardsStillReleased,
        )
      : null;
  const advice = wants.advice
    ? later(
        openReleased(credential, live, {
          name: 'recommendations',
          path: of('recommendations'),
          decode: decodeRecommendations,
          isOpen: (shown) => isReleased(shown, role, 'recommendation'),
          watch: watchFor('recommendation', role),
        }),
        adviceStillReleased,
      )
    : null;
  const people = wants.fighters
    ? later(
        openReleased(credential, live, {
          name: 'fighters',
          path: of('fighters'),
          decode: decodeFighters,
          isOpen: () => true,
          watch: watchForStages(),
        }),
      )
    : null;
  const clock = openClockFace(view.shown, live, delayMs);
  const photos = openPhotos(credential, live);
  const nothing = computed(() => null);

  const winner = computed(() => {
    const shown = view.shown.value;
    const face = clock.face.value;
    if (shown === null || face === null) return null;
    return roundWinner(shown, face.status, scorecards?.shown.value ?? null, advice?.shown.value ?? null);
  });

  return {
    view: view.shown,
    face: clock.face,
    cards: scorecards?.shown ?? nothing,
    advice: advice?.shown ?? nothing,
    fighters: people?.shown ?? nothing,
    winner,
    photos,
    stop: () => {
      for (const part of [clock, scorecards, advice, people, photos, view]) part?.stop();
    },
  };
}

export function nameOf(view: View, corner: Corner): string {
  return view.bout[corner === 'red' ? 'fighter1' : 'fighter2'].name;
}
