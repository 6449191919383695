type Refresher = { readonly ask: () => void; readonly stop: () => void };

/**
 * Does some work when asked: never twice at once, and with a pause between. However often it is asked meanwhile, it is
 * done once more afterwards, so that what is shown is never older than the last asking.
 */
export function createRefresher(work: () => Promise<void>, leastMs: number): Refresher {
  let busy = false;
  let again = false;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function run(): Promise<void> {
    again = false;
    await work();
    if (stopped) return;
    timer = setTimeout(() => {
      busy = false;
      if (again) ask();
    }, leastMs);
  }

  function ask(): void {
    again = true;
    if (busy || stopped) return;
    busy = true;
    void run();
  }

  return {
    ask,
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
