import { effect, type ReadonlySignal, signal } from '@preact/signals';
import { ownerOf } from '../device/claims.ts';
import type { Credential } from '../device/credential.ts';
import { forget, keep, kept } from '../device/store.ts';
import type { Live } from '../live/live.ts';
import { getJson } from '../wire/api.ts';
import { type Decode, parseJson } from '../wire/decode.ts';

/** What the server releases beside the live view: asked for anew whenever the bout has moved. */
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
  /** Whether each entry of the ledger may change it, or only rounds and connections. */
  readonly withEveryEntry: boolean;
};

/** Between two questions: seldom while the actions come in, quickly when the officials' work is what moves. */
const BUSY_MS = 5_000;
const CALM_MS = 700;

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
  let again = false;
  let askedMs = Number.NEGATIVE_INFINITY;
  let boutId: string | null = null;

  void kept(key, (source) => (typeof source === 'string' ? options.decode(parseJson(source)) : undefined)).then(
    (known) => {
      if (known !== undefined && value.peek() === null && known.bout_id === boutId) value.value = known;
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
    if (of === boutId) {
      if (answer.ok && answer.value.bout_id === of) {
        withdrawn.value = null;
        value.value = answer.value;
        void keep(key, JSON.stringify(answer.value));
      } else if (!answer.ok && answer.failure.kind === 'problem' && [401, 403, 404].includes(answer.failure.status)) {
        // Not released, or no longer: what was known is not to be shown again either.
        withdrawn.value = of;
        value.value = null;
        void forget(key);
      }
    }
    if (again) {
      again = false;
      soon(CALM_MS);
    }
  }

  function soon(everyMs: number): void {
    if (asking) {
      again = true;
      return;
    }
    if (timer !== undefined && everyMs > CALM_MS) return;
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), Math.max(0, askedMs + everyMs - performance.now()));
  }

  let before = '';
  const dispose = effect(() => {
    const of = live.boutId.value;
    const feed = live.feed.value;
    const connected = live.connection.value.state === 'live';
    if (of !== boutId) {
      boutId = of;
      if (value.peek()?.bout_id !== of) value.value = null;
    }
    if (of === null) return;
    const view = feed?.view.bout.bout_id === of ? feed.view : null;
    const moved = options.withEveryEntry ? String(feed?.cursor) : '';
    const stage = [of, String(connected), view?.round_id, view?.round_status, view?.result?.status].join('|');
    const now = `${stage}|${moved}`;
    if (now === before || !connected) {
      before = now;
      return;
    }
    const sameStage = before.startsWith(`${stage}|`);
    before = now;
    soon(sameStage && view?.round_status === 'IN_PROGRESS' ? BUSY_MS : CALM_MS);
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
