import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';

/**
 * The values of a signal, each so much later, in their order.
 * @param dueInMs how long a value is still to be held back; 0 or less shows it at once
 */
export function heldBack<T>(source: ReadonlySignal<T>, first: T, dueInMs: (value: T) => number) {
  const shown = signal<T>(first);
  const timers = new Set<ReturnType<typeof setTimeout>>();
  let lastDueMs = 0;
  const dispose = effect(() => {
    const value = source.value;
    const nowMs = performance.now();
    // Never before an older one that still waits.
    const dueMs = Math.max(lastDueMs, nowMs + Math.max(0, dueInMs(value)));
    lastDueMs = dueMs;
    if (dueMs <= nowMs) {
      shown.value = value;
      return;
    }
    const timer = setTimeout(() => {
      timers.delete(timer);
      shown.value = value;
    }, dueMs - nowMs);
    timers.add(timer);
  });
  const stop = (): void => {
    dispose();
    for (const timer of timers) clearTimeout(timer);
  };
  return { shown, stop };
}

/**
 * What is shown, but for a bout of which it is released no more: what waits to be shown late was released once, and is
 * not to be shown on because of that.
 * @param withdrawn the bout whose release was taken back; null while there is none
 */
export function unlessWithdrawn<T>(
  shown: ReadonlySignal<T | null>,
  withdrawn: ReadonlySignal<string | null>,
  boutOf: (value: T) => string,
): ReadonlySignal<T | null> {
  return computed(() => {
    const value = shown.value;
    return value !== null && boutOf(value) === withdrawn.value ? null : value;
  });
}
