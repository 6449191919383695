import { type ReadonlySignal, signal } from '@preact/signals';
import { type ApiFailure, getJson, isFinal } from '../shared/wire/api.ts';
import { type BoutSocket, openBoutSocket } from '../shared/live/socket.ts';
import { type BoutSummary, decodeBoutList, decodeView } from '../shared/wire/frames.ts';
import { chooseBout } from './choose.ts';

/** What the page shows. `bout` without a snapshot yet draws the same frame, still empty. */
export type HomeState =
  | { readonly kind: 'loading' | 'empty' | 'unreachable' | 'token_refused' }
  | { readonly kind: 'unknown' | 'forbidden'; readonly boutId: string }
  | { readonly kind: 'bout'; readonly boutId: string; readonly socket: BoutSocket };

export type Home = {
  readonly state: ReadonlySignal<HomeState>;
  readonly bouts: ReadonlySignal<readonly BoutSummary[]>;
  /** False where the address names the bout. */
  readonly following: boolean;
  readonly stop: () => void;
};

const LIST_EVERY_MS = 4_000;

/** @param wanted the bout that the address names; null follows the night */
export function openHome(wanted: string | null, token: string | null): Home {
  const state = signal<HomeState>({ kind: 'loading' });
  const bouts = signal<readonly BoutSummary[]>([]);
  const stopped = new AbortController();
  let listTimer: ReturnType<typeof setTimeout> | undefined;

  function shownBout(): string | null {
    const now = state.peek();
    return 'boutId' in now ? now.boutId : null;
  }

  function show(next: HomeState): void {
    const before = state.peek();
    if (before.kind === 'bout') before.socket.stop();
    state.value = next;
  }

  function showBout(boutId: string): void {
    if (shownBout() === boutId) return;
    const socket = openBoutSocket({
      boutId,
      token,
      refused: async () => {
        const answer = await getJson(`/api/bouts/${encodeURIComponent(boutId)}`, decodeView, token, stopped.signal);
        if (answer.ok || !isFinal(answer.failure)) return false;
        if (shownBout() === boutId) show(refusedState(answer.failure, boutId));
        return true;
      },
    });
    show({ kind: 'bout', boutId, socket });
  }

  function refusedState(failure: ApiFailure, boutId: string): HomeState {
    if (failure.kind === 'problem' && failure.status === 401) {
      return token === null ? { kind: 'forbidden', boutId } : { kind: 'token_refused' };
    }
    if (failure.kind === 'problem' && failure.status === 403) return { kind: 'forbidden', boutId };
    return { kind: 'unknown', boutId };
  }

  async function refreshList(): Promise<void> {
    const answer = await getJson('/api/bouts', decodeBoutList, token, stopped.signal);
    if (stopped.signal.aborted) return;
    if (answer.ok) {
      bouts.value = answer.value.bouts;
      if (wanted === null) follow(answer.value.bouts);
    } else if (wanted === null && shownBout() === null) {
      const refused = token !== null && answer.failure.kind === 'problem' && answer.failure.status === 401;
      show({ kind: refused ? 'token_refused' : 'unreachable' });
    }
    listTimer = setTimeout(() => void refreshList(), LIST_EVERY_MS);
  }

  function follow(list: readonly BoutSummary[]): void {
    const next = chooseBout(list, shownBout());
    if (next !== null) showBout(next);
    // A bout on screen stays there even if the list has come back empty.
    else if (shownBout() === null) show({ kind: 'empty' });
  }

  if (wanted !== null) showBout(wanted);
  void refreshList();

  return {
    state,
    bouts,
    following: wanted === null,
    stop: () => {
      stopped.abort();
      clearTimeout(listTimer);
      show({ kind: 'loading' });
    },
  };
}
