import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Credential } from '../../shared/device/credential.ts';
import { type Live, openLive } from '../../shared/live/live.ts';
import type { Outbox } from '../../shared/outbox/outbox.ts';
import type { ShownCode } from './codes.ts';
import { type Part, partOf, type Place, readPlace, withPlace } from '../roles.ts';
import { type Night, openNight } from './model.ts';
import { nextBout } from './next-bout.ts';

/** The page as a whole: who is here, which night and bout are open, and the two of them live. */
export type Desk = {
  readonly credential: Credential;
  readonly outbox: Outbox;
  readonly part: Part | null;
  readonly place: ReadonlySignal<Place>;
  /** Changes the address and with it what is shown. */
  readonly go: (change: Partial<Place>) => void;
  readonly live: ReadonlySignal<Live>;
  /** Null for those whose work is the bout alone. */
  readonly night: Night | null;
  readonly cardId: ReadonlySignal<string | null>;
  /** Nobody can read a code again, so looking at another part of the page must not lose one. */
  readonly codes: Signal<readonly ShownCode[]>;
};

export function openDesk(credential: Credential, outbox: Outbox): Desk {
  const claims = credential.claims.peek();
  const part = partOf(claims?.role ?? null);
  const place = signal(readPlace(location.search));
  const live = signal(openLive(credential, { bout: place.peek().bout, keep: true }));
  /** The card of the first bout that was seen, for whoever came without naming one. */
  const found = signal<string | null>(null);
  const cardId = computed(() => place.value.card ?? claims?.cardId ?? found.value);
  const night = part === 'all' ? openNight(credential, cardId) : null;
  addEventListener('popstate', () => {
    place.value = readPlace(location.search);
  });
  const codes = signal<readonly ShownCode[]>([]);
  effect(() => {
    // They are places of one night.
    void cardId.value;
    codes.value = [];
  });

  effect(() => {
    const seen = live.value.feed.value?.view.bout.card_id ?? null;
    if (found.peek() === null && seen !== null) found.value = seen;
  });

  const wanted = computed(() => {
    const { bout } = place.value;
    if (bout !== null) return { bout, isPinned: true };
    const card = night?.card.value ?? null;
    return { bout: card === null ? null : nextBout(card), isPinned: false };
  });
  let opened = { bout: place.peek().bout, isPinned: place.peek().bout !== null };
  effect(() => {
    const next = wanted.value;
    const isSame = next.bout === opened.bout;
    // A night that is still being read, or has no bout, names none: what is on the screen stays until it does.
    if (next.bout === null && !opened.isPinned) return;
    opened = next;
    if (isSame) return;
    const before = live.peek();
    live.value = openLive(credential, { bout: next.bout, keep: true });
    before.stop();
  });

  return {
    credential,
    outbox,
    part,
    place,
    go: (change) => {
      const next = { ...place.peek(), ...change };
      const address = location.pathname + withPlace(location.search, next) + location.hash;
      // The way back leads to what was looked at before, and not out of the page in the middle of a round.
      if (withPlace('', next) !== withPlace('', place.peek())) history.pushState(null, '', address);
      place.value = next;
    },
    live,
    night,
    cardId,
    codes,
  };
}
