import { type ReadonlySignal, signal } from '@preact/signals';
import type { Credential } from '../shared/device/credential.ts';
import type { Connection } from '../shared/live/link.ts';
import { localNow } from '../shared/live/timesync.ts';
import { type ApiAnswer, exchange, getJson } from '../shared/wire/api.ts';
import { isBag } from '../shared/wire/decode.ts';

/** The server as this page reaches it: nothing here is live, so what was asked last says how it is. */
export type Reach = {
  readonly credential: Credential;
  readonly connection: ReadonlySignal<Connection>;
  /** Counts the times that the server came back: whatever waits for it asks again. */
  readonly returns: ReadonlySignal<number>;
  readonly get: typeof getJson;
};

const AGAIN_MS = 4_000;

export function openReach(credential: Credential): Reach {
  const connection = signal<Connection>({ state: 'connecting' });
  const returns = signal(0);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let knocking = false;

  function note(isThere: boolean): void {
    const before = connection.peek().state;
    if (isThere) {
      clearTimeout(timer);
      if (before === 'live') return;
      connection.value = { state: 'live' };
      if (before !== 'connecting') returns.value += 1;
      return;
    }
    if (before === 'live' || before === 'connecting') {
      connection.value = { state: navigator.onLine ? 'reconnecting' : 'offline', sinceMs: localNow() };
    }
    clearTimeout(timer);
    timer = setTimeout(() => void knock(), AGAIN_MS);
  }

  /** Asks the edge alone whether it is there. */
  async function knock(): Promise<void> {
    if (knocking) return;
    knocking = true;
    const answer = await exchange(credential, { method: 'GET', path: '/api/health' });
    knocking = false;
    note(answer?.status === 200 && isBag(answer.body));
  }

  const hurry = (): void => {
    if (document.visibilityState === 'visible') void knock();
  };
  document.addEventListener('visibilitychange', hurry);
  addEventListener('online', hurry);
  addEventListener('offline', hurry);
  void knock();

  async function get<T>(...[path, decode, who, signal]: Parameters<typeof getJson<T>>): Promise<ApiAnswer<T>> {
    const answer = await getJson(path, decode, who, signal);
    if (signal?.aborted !== true) note(answer.ok || answer.failure.kind === 'problem');
    return answer;
  }

  return { credential, connection, returns, get };
}
