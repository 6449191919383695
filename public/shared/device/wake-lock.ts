/** Keeps the screen on while the page is seen, where the browser can; returns what lets go of it. */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | null = null;
  let stopped = false;
  const hold = async (): Promise<void> => {
    if (stopped || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    try {
      const held = await navigator.wakeLock.request('screen');
      if (stopped) await held.release();
      else lock = held;
    } catch {
      // A battery saver may say no; it is asked again when the page is next looked at.
    }
  };
  // The browser lets go of it whenever the page is hidden.
  const onVisible = (): void => void hold();
  document.addEventListener('visibilitychange', onVisible);
  void hold();
  return () => {
    stopped = true;
    document.removeEventListener('visibilitychange', onVisible);
    void lock?.release().catch(() => undefined);
  };
}
