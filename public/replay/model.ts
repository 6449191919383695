import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Credential } from '../shared/device/credential.ts';
import { nowMs, remainingMs, shownStatus } from '../shared/live/clock.ts';
import type { Live } from '../shared/live/live.ts';
import type { View } from '../shared/wire/frames.ts';
import { addressOf, type Wanted } from './address.ts';
import { asReleased, type Fetched, fetchRound } from './fetch.ts';
import { clamp, type Motion, played, positionOf, quickened, settled, type Speed } from './player.ts';
import { reachedSeconds } from './position.ts';
import { createJudgingDue } from './judging-due.ts';
import { createRefresher } from './refresh.ts';

export type ReplayModel = {
  readonly live: Live;
  readonly view: ReadonlySignal<View | null>;
  /** Null until it is known which round to show. */
  readonly round: ReadonlySignal<number | null>;
  /** Null until the round's first answer. */
  readonly fetched: ReadonlySignal<Fetched | null>;
  readonly lengthS: ReadonlySignal<number>;
  /** Seconds of the round that there are to see. */
  readonly reached: ReadonlySignal<number>;
  /** Whether the round may still go on: it is the bout's current one, and the bout has no result. */
  readonly open: ReadonlySignal<boolean>;
  /** Whether the round is still going on. */
  readonly growing: ReadonlySignal<boolean>;
  /** Seconds of the round that are over at what is shown. */
  readonly position: ReadonlySignal<number>;
  readonly motion: ReadonlySignal<Motion>;
  readonly speed: ReadonlySignal<Speed>;
  readonly chooseRound: (round: number) => void;
  readonly seek: (position: number) => void;
  readonly toggle: () => void;
  readonly choosePace: (speed: Speed) => void;
  readonly follow: () => void;
  readonly stop: () => void;
};

/** Control that is held grows without an entry: so often a running round is read again. */
const RUNNING_EVERY_MS = 2_000;
const LEAST_MS = 1_000;
/** A browser allows only so many changes of the address. */
const ADDRESS_AFTER_MS = 400;

export function openReplay(credential: Credential, live: Live, wanted: Wanted): ReplayModel {
  const view = computed(() => live.feed.value?.view ?? null);
  const chosen = signal<number | null>(wanted.round);
  const round = computed(() => chosen.value ?? view.value?.round_id ?? null);
  const role = credential.claims.peek()?.role ?? null;
  const fetched = signal<Fetched | null>(null);
  const shown = computed(() => asReleased(fetched.value, view.value, role));
  const motion = signal<Motion>(
    wanted.second === null ? { kind: 'following' } : { kind: 'standing', at: wanted.second },
  );
  const speed = signal<Speed>(1);

  const isCurrent = computed(() => view.value !== null && view.value.clock.round_id === round.value);
  const leftMs = (): number => {
    const clock = view.value?.clock;
    if (clock === undefined) return 0;
    const now = clock.running_since_ms === null ? 0 : nowMs.value + (live.offsetMs.value ?? 0);
    return remainingMs(clock, now);
  };
  const lengthS = computed(() => {
    const known = view.value;
    if (known === null) return 1;
    const lengthMs = isCurrent.value ? known.clock.length_ms : known.bout.round_length_s * 1_000;
    return Math.max(1, Math.ceil(lengthMs / 1_000));
  });
  const growing = computed(() => {
    const known = view.value;
    if (known === null || !isCurrent.value) return false;
    const status = shownStatus(known.round_status, leftMs());
    return status === 'IN_PROGRESS' || status === 'PAUSED';
  });
  const status = computed(() => view.value?.rounds.find((one) => one.round_id === round.value)?.status);
  /** A round that was brought in from elsewhere has actions and never had a bell. */
  const hasClock = computed(() => status.value !== undefined && status.value !== 'NOT_STARTED');
  const begun = computed(() => hasClock.value || countOf(fetched.value) > 0);
  const open = computed(() => isCurrent.value && view.value?.result?.status !== 'official');
  const reached = computed(() => {
    const known = view.value;
    if (known === null || !begun.value) return 0;
    return hasClock.value ? reachedSeconds(known.clock, round.value ?? 0, lengthS.value, leftMs()) : lengthS.value;
  });
  const position = computed(() => positionOf(motion.value, tick(), reached.value));

  /** Local time, which moves what is shown only while it plays. */
  function tick(): number {
    return motion.value.kind === 'playing' ? nowMs.value : nowMs.peek();
  }

  /** The round's length once it is known: apart from the view, which changes with every entry. */
  const known = computed(() => (view.value === null ? null : lengthS.value));

  const stops = [
    effect(() => {
      if (view.value === null) return;
      const next = settled(motion.value, tick(), reached.value, growing.value);
      if (next !== motion.value) motion.value = next;
    }),
    effect(() => readRound(live.boutId.value, round.value, known.value)),
    effect(() => {
      const boutId = live.boutId.value;
      const number = round.value;
      const now = motion.value;
      if (boutId === null || number === null || known.value === null || now.kind === 'playing') return;
      const address = addressOf(boutId, number, now.kind === 'standing' ? now.at : null);
      const timer = setTimeout(() => history.replaceState(history.state, '', address), ADDRESS_AFTER_MS);
      return () => clearTimeout(timer);
    }),
  ];

  /** Reads a round and goes on reading it as it changes; returns what ends that. */
  function readRound(boutId: string | null, number: number | null, seconds: number | null): (() => void) | undefined {
    fetched.value = null;
    if (boutId === null || number === null || seconds === null) return undefined;
    let ended = false;
    const due = createJudgingDue(role);
    const refresher = createRefresher(async () => {
      const wants = due.take(performance.now());
      const { fetched: next, isMissing } = await fetchRound(credential, boutId, number, seconds, wants, fetched.peek());
      if (isMissing) due.missed();
      if (next !== null && !ended) fetched.value = next;
    }, LEAST_MS);
    const stopTouched = effect(() => {
      if (live.feed.value !== null) due.see(live.feed.value);
      if (touched(live, number) !== '') refresher.ask();
    });
    const stopRunning = effect(() => {
      if (!growing.value || view.value?.clock.running_since_ms === null) return;
      const timer = setInterval(() => {
        if (document.visibilityState === 'visible') refresher.ask();
      }, RUNNING_EVERY_MS);
      return () => clearInterval(timer);
    });
    return () => {
      ended = true;
      stopTouched();
      stopRunning();
      refresher.stop();
    };
  }

  const stand = (at: number): void => {
    motion.value = { kind: 'standing', at: clamp(at, reached.peek()) };
  };
  return {
    live,
    view,
    round,
    fetched: shown,
    lengthS,
    reached,
    open,
    growing,
    position,
    motion,
    speed,
    chooseRound: (number) => {
      chosen.value = number;
      motion.value = { kind: 'following' };
    },
    seek: stand,
    toggle: () => {
      if (motion.peek().kind === 'playing') stand(position.peek());
      else motion.value = played(motion.peek(), nowMs.peek(), reached.peek(), speed.peek());
    },
    choosePace: (next) => {
      speed.value = next;
      motion.value = quickened(motion.peek(), nowMs.peek(), reached.peek(), next);
    },
    follow: () => {
      motion.value = { kind: 'following' };
    },
    stop: () => {
      for (const stop of stops) stop();
      live.stop();
    },
  };
}

function countOf(fetched: Fetched | null): number {
  return fetched?.kind === 'round' ? fetched.round.replay.event_count : 0;
}

/** Changes whenever something may have changed in the round: a new entry of it, its status, or the result. */
function touched(live: Live, round: number | null): string {
  const feed = live.feed.value;
  if (feed === null || round === null) return '';
  const { view, entries, cursor } = feed;
  const status = view.rounds.find((one) => one.round_id === round)?.status ?? '';
  const last = entries.findLast((entry) => entry.round_id === round)?.sequence_index ?? '';
  // Entries that this role is not sent count as well: of the current round any may be one.
  return `${view.round_id === round ? cursor : last}|${status}|${view.result?.status ?? ''}`;
}
