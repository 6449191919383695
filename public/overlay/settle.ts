import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Live } from '../shared/live/live.ts';
import { overlay } from '../shared/strings/overlay.ts';

/** A reload that finds the server up shows what is, not first what was. */
const PATIENCE_MS = 1_500;

/** True once the connection is live, or has been waited for long enough to show what this device remembers. */
export function settledSignal(live: Live): ReadonlySignal<boolean> {
  const settled = signal(false);
  const timer = setTimeout(() => {
    settled.value = true;
  }, PATIENCE_MS);
  effect(() => {
    if (live.stale.value || live.feed.value === null) return;
    settled.value = true;
    clearTimeout(timer);
  });
  return settled;
}

/** The name of the source says what keeps it empty; the picture never does. */
export function titleEffect(live: Live): void {
  effect(() => {
    document.title = `${overlay.title} · ${overlay.titleState[live.state.value]}`;
  });
}
