import { computed, effect } from '@preact/signals';
import type { Live } from '../live/live.ts';
import { within } from '../wire/api.ts';
import { ownerOf } from './claims.ts';
import type { Credential } from './credential.ts';
import { dropOldReceipts, keepCheckpoint } from './receipts.ts';

/** The server signs soon after the bell, not with it. */
const ASK_AFTER_MS = [3_000, 20_000, 60_000] as const;
const LIMIT_MS = 10_000;
const OVER: readonly string[] = ['ENDED', 'LOCKED', 'FINAL'];

/**
 * Keeps the last signed checkpoint of the bout on the device: asked for after a round's end and after the result, and
 * when a page finds either behind it. Nobody waits for it, and where it cannot be had nothing is said.
 */
export function keepCheckpoints(credential: Credential, live: Live): () => void {
  const owner = ownerOf(credential.claims.peek());
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking = new AbortController();
  void dropOldReceipts();

  /** Another text whenever there may be a new checkpoint; null while there is none, or nobody to ask. */
  const due = computed(() => {
    const view = live.feed.value?.view ?? null;
    if (view === null || live.connection.value.state !== 'live') return null;
    const over = view.rounds.filter(({ status }) => OVER.includes(status)).length;
    return over === 0 ? null : `${view.bout.bout_id}|${over}|${view.round_status}`;
  });

  function askIn(boutId: string, [waitMs, ...later]: readonly number[]): void {
    if (waitMs === undefined) return;
    const { signal } = asking;
    timer = setTimeout(() => {
      void ask(credential, boutId, signal)
        .then(async (note) => note !== null && (await keepCheckpoint(owner, boutId, note)))
        // No network, no room: the receipts say the same of the entries that matter to this device.
        .catch(() => false)
        .then((isNew) => {
          if (!isNew && !signal.aborted) askIn(boutId, later);
        });
    }, waitMs);
  }

  const stop = effect(() => {
    const [boutId] = due.value?.split('|') ?? [];
    clearTimeout(timer);
    asking.abort();
    asking = new AbortController();
    if (boutId !== undefined) askIn(boutId, ASK_AFTER_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
    asking.abort();
  };
}

async function ask(credential: Credential, boutId: string, signal: AbortSignal): Promise<string | null> {
  const token = await credential.token();
  const response = await fetch(`/api/bouts/${encodeURIComponent(boutId)}/checkpoint`, {
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
    cache: 'no-store',
    signal: within(LIMIT_MS, signal),
  });
  return response.ok ? await response.text() : null;
}
