import { effect, type ReadonlySignal, signal } from '@preact/signals';
import { official } from '../shared/board/phase.ts';
import type { Credential } from '../shared/device/credential.ts';
import { getJson } from '../shared/wire/api.ts';
import { type BoutSummary, decodeBoutList, type View } from '../shared/wire/frames.ts';

/** The two who fight next, as far as that is known. */
export type NextBout = { readonly red: string; readonly blue: string };

/**
 * The bout that comes next: the one on screen while it has not begun; after a result the only one of the same night
 * that is still to begin. Where several are, nobody has said which is next, and none is named.
 */
export function nextBout(view: View, list: readonly BoutSummary[]): NextBout | null {
  const { bout } = view;
  if (official(view) === null) {
    const unbegun = view.round_status === 'NOT_STARTED' && view.round_id <= 1;
    return unbegun ? { red: bout.fighter1.name, blue: bout.fighter2.name } : null;
  }
  const left = list.filter(
    (one) =>
      one.bout_id !== bout.bout_id &&
      one.status === 'NOT_STARTED' &&
      one.event === bout.event &&
      one.promotion === bout.promotion &&
      one.date === bout.date,
  );
  const [only] = left;
  return only === undefined || left.length > 1 ? null : { red: only.fighter1.name, blue: only.fighter2.name };
}

const ASK_EVERY_MS = 10_000;

/** Asks for the list only where the answer matters: after a result. */
export function openNextBout(
  credential: Credential,
  view: ReadonlySignal<View | null>,
): ReadonlySignal<NextBout | null> {
  const next = signal<NextBout | null>(null);
  effect(() => {
    const shown = view.value;
    next.value = shown === null ? null : nextBout(shown, []);
    if (shown === null || official(shown) === null) return;
    const stopped = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (): Promise<void> => {
      const answer = await getJson('/api/bouts', decodeBoutList, credential, stopped.signal);
      if (stopped.signal.aborted) return;
      if (answer.ok) next.value = nextBout(shown, answer.value.bouts);
      timer = setTimeout(() => void ask(), ASK_EVERY_MS);
    };
    void ask();
    return () => {
      stopped.abort();
      clearTimeout(timer);
    };
  });
  return next;
}
