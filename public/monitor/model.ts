import { type ReadonlySignal, signal } from '@preact/signals';
import type { Credential } from '../shared/device/credential.ts';
import type { Connection } from '../shared/live/link.ts';
import { localNow } from '../shared/live/timesync.ts';
import { type ApiAnswer, getJson, within } from '../shared/wire/api.ts';
import { decodeMonitor, type Look } from './wire.ts';

/** The last look that came, and when by this device's clock: ages are counted here, whatever its calendar says. */
export type Seen = { readonly look: Look; readonly atMs: number };

export type Monitor = {
  readonly credential: Credential;
  /** `token`: none is there. `forbidden`: the role lacks it. `refused`: expired or withdrawn. */
  readonly state: ReadonlySignal<'loading' | 'shown' | 'token' | 'forbidden' | 'refused'>;
  readonly seen: ReadonlySignal<Seen | null>;
  /** Since when the server has not answered, by this device's clock; null while it does. */
  readonly lostMs: ReadonlySignal<number | null>;
  readonly connection: ReadonlySignal<Connection>;
  readonly stop: () => void;
};

const VISIBLE_MS = 2_000;
const HIDDEN_MS = 5_000;

/** Longer than the server grants all its parts together. */
const LIMIT_MS = 8_000;

const ON_DUTY = ['admin', 'supervisor', 'analyst'] as const;

export function openMonitor(credential: Credential): Monitor {
  const state = signal<'loading' | 'shown' | 'token' | 'forbidden' | 'refused'>('loading');
  const seen = signal<Seen | null>(null);
  const lostMs = signal<number | null>(null);
  const connection = signal<Connection>({ state: 'connecting' });
  let timer: ReturnType<typeof setTimeout> | null = null;
  let asking = false;
  const begunMs = localNow();
  const ended = new AbortController();

  const close = (why: 'token' | 'forbidden' | 'refused'): void => {
    state.value = why;
    connection.value = { state: 'refused' };
    stop();
  };

  function take(answer: ApiAnswer<Look>): void {
    if (answer.ok) {
      seen.value = { look: answer.value, atMs: localNow() };
      state.value = 'shown';
      lostMs.value = null;
      if (connection.peek().state !== 'live') connection.value = { state: 'live' };
      return;
    }
    const status = answer.failure.kind === 'problem' ? answer.failure.status : 0;
    if (status === 401) return close('refused');
    if (status === 403) return close('forbidden');
    if (lostMs.peek() !== null) return;
    const sinceMs = seen.peek()?.atMs ?? begunMs;
    lostMs.value = sinceMs;
    connection.value = { state: 'reconnecting', sinceMs };
  }

  async function ask(): Promise<void> {
    if (asking) return;
    asking = true;
    const signal = within(LIMIT_MS, ended.signal);
    const answer = await getJson('/api/monitor', decodeMonitor, credential, signal);
    asking = false;
    if (ended.signal.aborted) return;
    take(answer);
    plan();
  }

  function plan(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (ended.signal.aborted) return;
    timer = setTimeout(() => void ask(), document.visibilityState === 'visible' ? VISIBLE_MS : HIDDEN_MS);
  }

  const hurry = (): void => {
    if (document.visibilityState === 'visible') void ask();
  };
  document.addEventListener('visibilitychange', hurry);
  addEventListener('online', hurry);

  function stop(): void {
    ended.abort();
    if (timer !== null) clearTimeout(timer);
    document.removeEventListener('visibilitychange', hurry);
    removeEventListener('online', hurry);
  }

  const role = credential.claims.peek()?.role;
  if (role === undefined) close('token');
  else if (!ON_DUTY.some((one) => one === role)) close('forbidden');
  else void ask();

  return { credential, state, seen, lostMs, connection, stop };
}
