import { batch, computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import { ownerOf } from '../device/claims.ts';
import type { Credential } from '../device/credential.ts';
import { forget, keep, kept } from '../device/store.ts';
import { getJson, isFinal } from '../wire/api.ts';
import { decodeView, type OtherFrame } from '../wire/frames.ts';
import type { Feed } from './feed.ts';
import { followBout } from './follow.ts';
import { decodeFeed, feedToJson } from './kept-feed.ts';
import type { Connection } from './link.ts';
import { type BoutSocket, openBoutSocket } from './socket.ts';
import { localNow } from './timesync.ts';

/** A bout as a page sees it, live: which one, what is known of it, and how good the connection is. */
export type Live = {
  readonly boutId: ReadonlySignal<string | null>;
  /** `bout` as soon as there is one, also before its first snapshot. */
  readonly state: ReadonlySignal<'loading' | 'bout' | 'waiting' | 'unreachable' | 'refused'>;
  readonly refusal: ReadonlySignal<'unknown' | 'forbidden' | 'token_refused' | null>;
  readonly connection: ReadonlySignal<Connection>;
  /** The last good state, also while disconnected; null before the first. */
  readonly feed: ReadonlySignal<Feed | null>;
  /** What is shown is not confirmed by a live connection. */
  readonly stale: ReadonlySignal<boolean>;
  /** Server time − local time in milliseconds; null until it is known. */
  readonly offsetMs: ReadonlySignal<number | null>;
  readonly roundTripMs: ReadonlySignal<number | null>;
  /** Server time now, as well as this page knows it; reads no signal. */
  readonly serverNow: () => number;
  /** False where there is no live connection, and then nothing was sent. */
  readonly send: (frame: object) => boolean;
  /** `alert`, `fenced`, `ack` and `error` frames. Returns what stops listening. */
  readonly onFrame: (listener: (frame: OtherFrame) => void) => () => void;
  readonly stop: () => void;
};

export type LiveOptions = {
  /** From the address; null follows the night. */
  readonly bout: string | null;
  /** Keeps the last good state on the device, for a reload without network. */
  readonly keep?: boolean;
};

const KEEP_EVERY_MS = 1_000;

export function openLive(credential: Credential, options: LiveOptions): Live {
  const keeping = options.keep ?? false;
  const follow = followBout(credential, options.bout, keeping);
  const socket = signal<BoutSocket | null>(null);
  const refusal = signal<'unknown' | 'forbidden' | 'token_refused' | null>(null);
  const listeners = new Set<(frame: OtherFrame) => void>();
  const owner = ownerOf(credential.claims.peek());
  const stopped = new AbortController();
  let lastOffsetMs = 0;

  const stopFollowing = effect(() => {
    const boutId = follow.boutId.value;
    const before = socket.peek();
    batch(() => {
      before?.stop();
      socket.value = null;
      refusal.value = null;
    });
    if (boutId !== null) void open(boutId);
  });

  async function open(boutId: string): Promise<void> {
    const known = keeping ? ((await kept(keyOf(boutId), decodeFeed)) ?? null) : null;
    if (stopped.signal.aborted || follow.boutId.peek() !== boutId || socket.peek() !== null) return;
    socket.value = openBoutSocket({
      boutId,
      credential,
      known: known?.view.bout.bout_id === boutId ? known : null,
      onFrame: (frame) => {
        for (const listener of listeners) listener(frame);
      },
      refused: async () => {
        const path = `/api/bouts/${encodeURIComponent(boutId)}`;
        const answer = await getJson(path, decodeView, credential, stopped.signal);
        if (answer.ok || !isFinal(answer.failure)) return false;
        if (follow.boutId.peek() !== boutId) return true;
        const status = answer.failure.kind === 'problem' ? answer.failure.status : 0;
        const isStranger = credential.state.peek() === 'anonymous';
        // A paired device that could not renew just now goes on trying.
        if (status === 401 && credential.state.peek() === 'valid') return false;
        refusal.value =
          status === 401 && !isStranger ? 'token_refused' : status === 401 || status === 403 ? 'forbidden' : 'unknown';
        // What was released once and is no more must not come back from the device.
        if (keeping && refusal.peek() !== 'token_refused') void forget(keyOf(boutId));
        return true;
      },
    });
  }

  function keyOf(boutId: string): string {
    return `feed|${owner}|${boutId}`;
  }

  const feed = computed(() => socket.value?.feed.value ?? null);
  const connection = computed((): Connection => {
    const current = socket.value;
    if (current !== null) return current.connection.value;
    switch (follow.state.value) {
      case 'waiting':
        return { state: 'live' };
      case 'token_refused':
        return { state: 'refused' };
      default:
        return { state: 'connecting' };
    }
  });

  const stopKeeping = keeping ? keepFeed(feed, keyOf) : () => undefined;

  return {
    boutId: follow.boutId,
    state: computed(() => {
      if (refusal.value !== null || follow.state.value === 'token_refused') return 'refused';
      return follow.state.value;
    }),
    refusal: computed(() => refusal.value ?? (follow.state.value === 'token_refused' ? 'token_refused' : null)),
    connection,
    feed,
    stale: computed(() => connection.value.state !== 'live'),
    offsetMs: computed(() => socket.value?.offsetMs.value ?? null),
    roundTripMs: computed(() => socket.value?.roundTripMs.value ?? null),
    serverNow: () => {
      // Between two bouts the clocks have not moved apart.
      lastOffsetMs = socket.peek()?.offsetMs.peek() ?? lastOffsetMs;
      return localNow() + lastOffsetMs;
    },
    send: (frame) => socket.peek()?.send(frame) ?? false,
    onFrame: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: () => {
      stopped.abort();
      stopFollowing();
      stopKeeping();
      follow.stop();
      socket.peek()?.stop();
    },
  };
}

/** Writes the last good state down, at most once a second and when the page is left. */
function keepFeed(feed: ReadonlySignal<Feed | null>, keyOf: (boutId: string) => string): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let writtenMs = Number.NEGATIVE_INFINITY;
  const write = (): void => {
    timer = undefined;
    writtenMs = performance.now();
    const now = feed.peek();
    if (now !== null) void keep(keyOf(now.view.bout.bout_id), feedToJson(now));
  };
  const stop = feed.subscribe((now) => {
    // The first one at once: who has just opened the page may lose the network in the next moment.
    if (now === null || timer !== undefined) return;
    timer = setTimeout(write, Math.max(0, writtenMs + KEEP_EVERY_MS - performance.now()));
  });
  const onHide = (): void => {
    if (document.visibilityState === 'hidden') write();
  };
  document.addEventListener('visibilitychange', onHide);
  return () => {
    stop();
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', onHide);
  };
}
