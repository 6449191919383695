import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Live } from '../live/live.ts';
import type { View } from '../wire/frames.ts';

const ready = signal<ServiceWorker | null>(null);

/** A newer build of this page is on the device and waits. It is never taken in the middle of a bout. */
export const updateReady: ReadonlySignal<boolean> = computed(() => ready.value !== null);

export type KeptPage = {
  /** `/judge` */
  readonly path: string;
  /** The bout that the page is used at; null where it is used at none. */
  readonly live: Pick<Live, 'feed' | 'stale' | 'state'> | null;
  /** Whether the page has work that a reload would interrupt. */
  readonly isBusy?: () => boolean;
};

/** Longer than any bout; a device that was put away in the middle of one is not pinned for ever. */
const PIN_MS = 6 * 60 * 60_000;
/** Whoever has just opened the page has nothing to lose: a newer build is taken at once. */
const FRESH_MS = 10_000;

/**
 * Keeps the page on the device, so that it opens without a network, and keeps it on its build from the first bell to
 * the result. Does nothing where the browser has no service workers.
 */
export function keepPage({ path, live, isBusy = () => false }: KeptPage): void {
  if (!('serviceWorker' in navigator)) return;
  const openedMs = performance.now();
  let underWay = false;

  const tell = async (message: object): Promise<void> => {
    (await navigator.serviceWorker.ready).active?.postMessage(message);
  };
  const found = (worker: ServiceWorker): void => {
    ready.value = worker;
  };
  // Not before it is known whether a bout is under way: in the middle of one the page stays as it is.
  effect(() => {
    if (ready.value === null || !isKnown(live) || performance.now() - openedMs >= FRESH_MS) return;
    const view = live?.feed.peek()?.view ?? null;
    if (!(view !== null && isUnderWay(view)) && !isBusy()) applyUpdate();
  });

  void navigator.serviceWorker
    .register('/sw.js', { updateViaCache: 'none' })
    .then((registration) => {
      if (registration.waiting !== null && navigator.serviceWorker.controller !== null) found(registration.waiting);
      registration.addEventListener('updatefound', () => {
        const { installing } = registration;
        installing?.addEventListener('statechange', () => {
          // The first one of all replaces nothing.
          if (installing.state === 'installed' && navigator.serviceWorker.controller !== null) found(installing);
        });
      });
    })
    // Without one (a private window may forbid it) the page works as long as there is a network.
    .catch(() => undefined);
  void tell({ type: 'keep', path });

  if (live === null) return;
  effect(() => {
    const view = live.feed.value?.view ?? null;
    const now = view !== null && isUnderWay(view);
    if (view === null || now === underWay) return;
    underWay = now;
    void tell(now ? { type: 'pin', untilMs: Date.now() + PIN_MS } : { type: 'unpin' });
  });
}

/** Takes the newer build and starts the page anew with it. */
export function applyUpdate(): void {
  const worker = ready.peek();
  if (worker === null) return;
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  worker.postMessage({ type: 'update' });
}

/** Whether the server has said what is on, or that nothing is. */
function isKnown(live: KeptPage['live']): boolean {
  return live === null || live.state.value === 'waiting' || (live.feed.value !== null && !live.stale.value);
}

/** From the first bell until the result, the rests between rounds included. */
function isUnderWay(view: View): boolean {
  return view.round_status !== 'FINAL' && view.rounds.some(({ status }) => status !== 'NOT_STARTED');
}
