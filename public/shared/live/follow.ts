import { signal, type ReadonlySignal } from '@preact/signals';
import type { Credential } from '../device/credential.ts';
import { keep, kept } from '../device/store.ts';
import { ownerOf } from '../device/claims.ts';
import { getJson } from '../wire/api.ts';
import { nullable, object, text } from '../wire/decode.ts';
import { decodeBoutList } from '../wire/frames.ts';
import { chooseBout } from './choose.ts';

/** Which bout a page is about. */
export type Follow = {
  readonly boutId: ReadonlySignal<string | null>;
  /** Why there is none. */
  readonly state: ReadonlySignal<'loading' | 'bout' | 'waiting' | 'unreachable' | 'token_refused'>;
  readonly stop: () => void;
};

const ASK_EVERY_MS = 4_000;
const decodeCard = object({ current_bout_id: nullable(text) });

/**
 * The bout that the address names, else the token's, else the card's current one, else the newest that is under way.
 * A device of the night moves on by itself when the supervisor names the next bout.
 */
export function followBout(credential: Credential, wanted: string | null, fromDisk: boolean): Follow {
  const fixed = wanted ?? credential.claims.peek()?.boutId ?? null;
  const boutId = signal<string | null>(fixed);
  const state = signal<Follow['state']['value']>(fixed === null ? 'loading' : 'bout');
  const stopped = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const key = `followed|${ownerOf(credential.claims.peek())}`;

  function show(next: string | null): void {
    if (next !== null) {
      if (next !== boutId.peek()) void keep(key, next);
      boutId.value = next;
      state.value = 'bout';
    } else if (boutId.peek() === null) state.value = 'waiting';
  }

  async function ask(): Promise<void> {
    const failed = await askOnce();
    if (stopped.signal.aborted) return;
    if (failed !== null && boutId.peek() === null) state.value = failed;
    // A token that is refused for good is not offered again: whoever has a new link opens the page with it.
    if (failed === 'token_refused' && credential.state.peek() === 'refused') return;
    timer = setTimeout(() => void ask(), ASK_EVERY_MS);
  }

  /** What went wrong, or null. */
  async function askOnce(): Promise<'unreachable' | 'token_refused' | null> {
    const claims = credential.claims.peek();
    const cardId = claims?.cardId ?? null;
    if (cardId !== null && claims?.role !== 'viewer') {
      const path = `/api/cards/${encodeURIComponent(cardId)}`;
      const card = await getJson(path, decodeCard, credential, stopped.signal);
      if (card.ok && !stopped.signal.aborted) show(card.value.current_bout_id);
      if (card.ok) return null;
      if (card.failure.kind === 'unreachable') return 'unreachable';
      if (card.failure.status === 401) return 'token_refused';
      // No such card (any more), or not for this role: the list says what there is to see.
    }
    const list = await getJson('/api/bouts', decodeBoutList, credential, stopped.signal);
    if (list.ok) {
      if (!stopped.signal.aborted) show(chooseBout(list.value.bouts, boutId.peek()));
      return null;
    }
    return list.failure.kind === 'problem' && list.failure.status === 401 ? 'token_refused' : 'unreachable';
  }

  async function begin(): Promise<void> {
    if (fromDisk) {
      const last = await kept(key, text);
      if (last !== undefined && boutId.peek() === null) show(last);
    }
    await ask();
  }
  if (fixed === null) void begin();

  return {
    boutId,
    state,
    stop: () => {
      stopped.abort();
      clearTimeout(timer);
    },
  };
}
