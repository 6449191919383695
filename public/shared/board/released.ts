import { effect, type ReadonlySignal, signal } from '@preact/signals';
import { ownerOf } from '../device/claims.ts';
import type { Credential } from '../device/credential.ts';
import { forget, keep, kept } from '../device/store.ts';
import type { Feed } from '../live/feed.ts';
import type { Live } from '../live/live.ts';
import { getJson } from '../wire/api.ts';
import { type Decode, parseJson } from '../wire/decode.ts';
import type { View } from '../wire/frames.ts';
import type { Due } from './due.ts';

/** What the server releases beside the live view: asked for anew where something may have changed it. */
export type Released<T> = {
  readonly value: ReadonlySignal<T | null>;
  /** The bout of which the server gives this page nothing, or nothing any more. */
  readonly withdrawn: ReadonlySignal<string | null>;
  readonly stop: () => void;
};

type Options<T extends { readonly bout_id: string }> = {
  readonly name: string;
  readonly path: (boutId: string) => string;
  readonly decode: Decode<T>;
  /** Whether it is released to this page's role: where it is not, it is not asked for and what was known is gone. */
  readonly isOpen: (view: View) => boolean;
  /** Looks at each state of the live view in turn: whether the answer may be another since the one before. */
  readonly watch: (feed: Feed) => Due;
};

/** Between two questions: seldom while the actions come in, soon when the officials' work is what moves. */
const EVERY_MS = { seldom: 5_000, soon: 700 } satisfies Record<Exclude<Due, 'no'>, number>;

/**
 * Null until it has come and wherever it is not released; the last good answer while the server cannot be reached.
 * Whoever shows it checks that it is of the bout on screen.
 */
export function openReleased<T extends { readonly bout_id: string }>(
  credential: Credential,
  live: Live,
  options: Options<T>,
): Released<T> {
  const value = signal<T | null>(null);
  const withdrawn = signal<string | null>(null);
  const stopped = new AbortController();
  const key = `released|${options.name}|${ownerOf(credential.claims.peek())}`;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking = false;
  let again: Due = 'no';
  /** Whether the view says that it is released. */
  let open = false;
  let askedMs = Number.NEGATIVE_INFINITY;
  let boutId: string | null = null;

  void kept(key, (source) => (typeof source === 'string' ? options.decode(parseJson(source)) : undefined)).then(
    (known) => {
      if (known !== undefined && value.peek() === null && known.bout_id === boutId && withdrawn.peek() !== boutId) {
        value.value = known;
      }
    },
  );

  async function ask(): Promise<void> {
    timer = undefined;
    const of = boutId;
    if (of === null || stopped.signal.aborted) return;
    asking = true;
    askedMs = performance.now();
    const answer = await getJson(options.path(of), options.decode, credential, stopped.signal);
    asking = false;
    if (stopped.signal.aborted) return;
    if (of === boutId && open) {
      if (answer.ok && answer.value.bout_id === of) {
        withdrawn.value = null;
        value.value = answer.value;
        void keep(key, JSON.stringify(answer.value));
      } else if (!answer.ok && answer.failure.kind === 'problem' && [401, 403, 404].includes(answer.failure.status)) {
        withdraw(of);
      } else if (again === 'no') again = 'seldom';
    }
    const due = again;
    again = 'no';
    plan(due);
  }

  /** Not released, or no longer: what was known is not to be shown again either. */
  function withdraw(of: string): void {
    withdrawn.value = of;
    value.value = null;
    void forget(key);
  }

  function plan(due: Due): void {
    if (due === 'no' || !open) return;
    if (asking) {
      if (again !== 'soon') again = due;
      return;
    }
    if (timer !== undefined && due === 'seldom') return;
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), Math.max(0, askedMs + EVERY_MS[due] - performance.now()));
  }

  let wasConnected = false;
  const dispose = effect(() => {
    const of = live.boutId.value;
    const feed = live.feed.value;
    const connected = live.connection.value.state === 'live';
    if (of !== boutId) {
      boutId = of;
      if (value.peek()?.bout_id !== of) value.value = null;
    }
    const known = of !== null && feed?.view.bout.bout_id === of ? feed : null;
    if (of === null || known === null) {
      open = false;
      return;
    }
    const due = options.watch(known);
    const wasOpen = open;
    open = options.isOpen(known.view);
    if (!open) {
      clearTimeout(timer);
      timer = undefined;
      if (wasOpen || withdrawn.peek() !== of) withdraw(of);
    } else if (connected) plan(wasConnected && wasOpen ? due : 'soon');
    wasConnected = connected;
  });

  return {
    value,
    withdrawn,
    stop: () => {
      dispose();
      clearTimeout(timer);
      stopped.abort();
    },
  };
}
