import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Role } from '../../domain/roles/index.ts';
import type { Credential } from '../shared/device/credential.ts';
import { type Live, openLive } from '../shared/live/live.ts';
import { getJson, isFinal } from '../shared/wire/api.ts';
import { decodeCard } from '../shared/wire/cards.ts';
import { decodeView, type Result } from '../shared/wire/frames.ts';
import { decodeNightList, type Night, type NightBout, type NightCard, nightOf, overShown } from './night.ts';

export type Home = {
  readonly live: Live;
  readonly credential: Credential;
  /** The bout that the address names; null follows the night. */
  readonly named: string | null;
  readonly night: ReadonlySignal<Night | null>;
  /** The official results of the bouts that are listed, as far as they are known. */
  readonly results: ReadonlySignal<ReadonlyMap<string, Result>>;
  /** For a tab that is opened from here: null where that tab has one of its own, or none is needed. */
  readonly tokenForTab: () => string | null;
  readonly stop: () => void;
};

const LIST_EVERY_MS = 4_000;

/** @param named the bout that the address names; null follows the night */
export function openHome(named: string | null, credential: Credential): Home {
  const live = openLive(credential, { bout: named });
  const bouts = signal<readonly NightBout[]>([]);
  const card = signal<NightCard | null>(null);
  const results = signal<ReadonlyMap<string, Result>>(new Map());
  /** Bouts whose result is not for this caller. */
  const refused = new Set<string>();
  const night = computed(() => nightOf(bouts.value, live.boutId.value, card.value));
  const stopped = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let token: string | null = null;

  async function refresh(): Promise<void> {
    // A paired device signs itself in, in every tab.
    token = credential.deviceEpoch === null ? await credential.token() : null;
    const answer = await getJson('/api/bouts', decodeNightList, credential, stopped.signal);
    if (answer.ok) {
      bouts.value = answer.value.bouts;
      await refreshCard();
      await readResults();
    }
    if (!stopped.signal.aborted) timer = setTimeout(() => void refresh(), LIST_EVERY_MS);
  }

  async function refreshCard(): Promise<void> {
    const cardId = night.peek()?.cardId ?? null;
    if (cardId === null || !readsCards(credential.claims.peek()?.role ?? null)) return;
    const answer = await getJson(`/api/cards/${encodeURIComponent(cardId)}`, decodeCard, credential, stopped.signal);
    // What is known of it stays while the server cannot be reached.
    if (answer.ok) card.value = answer.value;
    else if (answer.failure.kind === 'problem') card.value = null;
  }

  /** A result that is official stays as it is, and so does a refusal: each is read once. */
  async function readResults(): Promise<void> {
    for (const boutId of overShown(night.peek())) {
      if (results.peek().has(boutId) || refused.has(boutId) || stopped.signal.aborted) continue;
      const answer = await getJson(`/api/bouts/${encodeURIComponent(boutId)}`, decodeView, credential, stopped.signal);
      if (!answer.ok && isFinal(answer.failure)) refused.add(boutId);
      if (!answer.ok || answer.value.result?.status !== 'official') continue;
      results.value = new Map([...results.peek(), [boutId, answer.value.result]]);
    }
  }

  void refresh();

  return {
    live,
    credential,
    named,
    night,
    results,
    tokenForTab: () => token,
    stop: () => {
      stopped.abort();
      clearTimeout(timer);
      live.stop();
    },
  };
}

/** Whoever can hold a device of the night may ask for its card; to others the server would only say no. */
function readsCards(role: Role | null): boolean {
  return role !== null && role !== 'viewer';
}
