import { effect, type ReadonlySignal, signal } from '@preact/signals';
import { minutesSeconds, remainingMs, shownStatus } from '../live/clock.ts';
import type { Live } from '../live/live.ts';
import type { RoundStatus, View } from '../wire/frames.ts';
import { showsClock, TRUST_MS, unconfirmedFor } from './trust.ts';

/** What a clock on a board says now. */
export type Face = {
  /** Null: no time that could be vouched for. */
  readonly text: string | null;
  readonly status: RoundStatus;
};

type ClockFace = { readonly face: ReadonlySignal<Face | null>; readonly stop: () => void };

/**
 * The clock of what is shown. It wakes when the text is due to change and at no other time, and draws with the next
 * frame: a source that nobody sees costs nothing and is right again with its first picture.
 */
export function openClockFace(view: ReadonlySignal<View | null>, live: Live, delayMs: number): ClockFace {
  const face = signal<Face | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let frame = 0;
  /** When what came live ceased to be confirmed; null before this page has heard anything. */
  let lostMs: number | null = null;
  let wasLive = false;

  function draw(): void {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    const shown = view.peek();
    if (shown === null) {
      if (face.peek() !== null) face.value = null;
      return;
    }
    const nowMs = live.serverNow();
    const leftMs = remainingMs(shown.clock, nowMs - delayMs);
    const stale = live.stale.peek();
    const unconfirmedMs = unconfirmedFor({ stale, nowMs, lostMs, madeMs: shown.server_ms, delayMs });
    const text = showsClock({ status: shown.round_status, leftMs, unconfirmedMs }) ? minutesSeconds(leftMs) : null;
    const status = shownStatus(shown.round_status, leftMs);
    const before = face.peek();
    if (before?.text !== text || before.status !== status) face.value = { text, status };

    const waits: number[] = [];
    if (shown.clock.running_since_ms !== null && leftMs > 0) waits.push(leftMs % 1_000 === 0 ? 1_000 : leftMs % 1_000);
    if (stale && unconfirmedMs <= TRUST_MS) waits.push(TRUST_MS - unconfirmedMs + delayMs + 1);
    // A fraction later than the change, so that rounding never shows the old second once more.
    if (waits.length > 0) timer = setTimeout(whenSeen, Math.min(...waits) + 1);
  }

  function whenSeen(): void {
    frame = requestAnimationFrame(draw);
  }

  const disposeStale = effect(() => {
    const stale = live.stale.value;
    if (stale && wasLive) lostMs = live.serverNow();
    if (!stale) {
      wasLive = true;
      lostMs = null;
    }
  });
  const disposeDraw = effect(() => {
    // Read for their changes: the anchors, the confirmation and the difference to the server's time.
    void view.value;
    void live.stale.value;
    void live.offsetMs.value;
    draw();
  });
  const onShown = (): void => draw();
  document.addEventListener('visibilitychange', onShown);
  // OBS says when a source is on air again.
  addEventListener('obsSourceActiveChanged', onShown);
  return {
    face,
    stop: () => {
      disposeStale();
      disposeDraw();
      clearTimeout(timer);
      cancelAnimationFrame(frame);
      document.removeEventListener('visibilitychange', onShown);
      removeEventListener('obsSourceActiveChanged', onShown);
    },
  };
}
