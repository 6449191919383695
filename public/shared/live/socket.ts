import { batch, type ReadonlySignal, signal } from '@preact/signals';
import type { Credential } from '../device/credential.ts';
import { chance } from './backoff.ts';
import { applyDelta, applyHello, type Feed } from './feed.ts';
import { type Connection, connectionOf, type LinkEffect, type LinkEvent, newLink, stepLink } from './link.ts';
import { addSample, bestSample, localNow, NO_SYNC, type TimeSync } from './timesync.ts';
import { type OtherFrame, readFrame, type ServerFrame } from '../wire/frames.ts';

const PROTOCOL = 'fightjudge.v1';
/** The server's close code for a token that has expired. */
const TOKEN_ENDED = 4401;
const TICK_MS = 500;
/** Shortly after hello, then now and then: the first answers fix the clock, the later ones keep it. */
const SYNC_AFTER_MS = [0, 200, 400, 800, 1_600];
const SYNC_EVERY_MS = 30_000;
/** A gap is asked for once; if the answer is lost, a later delta asks again. */
const RESUME_AGAIN_MS = 2_000;

export type BoutSocketOptions = {
  readonly boutId: string;
  readonly credential: Pick<Credential, 'token' | 'refuse' | 'state'>;
  /** What was known when the page was last open; shown until the server has said more. */
  readonly known?: Feed | null;
  /** Whether the server refuses this page for good; asked after a handshake has failed. */
  readonly refused?: () => Promise<boolean>;
  /** Frames that this client does not use itself: `ack`, `alert`, `error`. */
  readonly onFrame?: (frame: OtherFrame) => void;
};

export type BoutSocket = {
  readonly connection: ReadonlySignal<Connection>;
  /** Null until the first snapshot; afterwards the last good state, also while disconnected. */
  readonly feed: ReadonlySignal<Feed | null>;
  /** Server time − local time in milliseconds; null until it is known. */
  readonly offsetMs: ReadonlySignal<number | null>;
  /** Of the last answered time frame, in milliseconds; null before the first. */
  readonly roundTripMs: ReadonlySignal<number | null>;
  /** Sends a frame; false where there is no live connection, and then nothing was sent. */
  readonly send: (frame: object) => boolean;
  readonly stop: () => void;
};

/** Opens the socket of a bout and keeps it open until `stop`. */
export function openBoutSocket(options: BoutSocketOptions): BoutSocket {
  const connection = signal<Connection>({ state: 'connecting' });
  const feed = signal<Feed | null>(options.known ?? null);
  const offsetMs = signal<number | null>(null);
  const roundTripMs = signal<number | null>(null);
  let link = newLink(navigator.onLine);
  let socket: WebSocket | null = null;
  let sync: TimeSync = NO_SYNC;
  let opening = 0;
  let resumedMs = Number.NEGATIVE_INFINITY;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let syncTimers: ReturnType<typeof setTimeout>[] = [];

  function happen(event: LinkEvent): void {
    const step = stepLink(link, event, localNow(), chance());
    link = step.link;
    for (const effect of step.effects) carryOut(effect);
    const next = connectionOf(link);
    const shown = connection.peek();
    if (next.state !== shown.state || sinceOf(next) !== sinceOf(shown)) connection.value = next;
  }

  function carryOut(effect: LinkEffect): void {
    if (effect === 'open') void openSocket();
    else if (effect === 'close') closeSocket();
    else if (effect === 'ping') sendText('ping');
    else if (effect === 'probe') void probe();
    else retryTimer = setTimeout(() => happen('retry'), effect.retryInMs);
  }

  async function openSocket(): Promise<void> {
    closeSocket();
    opening += 1;
    const mine = opening;
    const token = await options.credential.token();
    // Meanwhile the page may have stopped, or have begun another attempt.
    if (mine !== opening || link.phase !== 'opening') return;
    // Never as a stranger instead: what a stranger sees is not what this page is for.
    if (token === null && options.credential.state.peek() !== 'anonymous') return happen('refused');
    const url = new URL(`/api/bouts/${encodeURIComponent(options.boutId)}/socket`, location.href);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    const known = feed.peek();
    if (known !== null) url.searchParams.set('cursor', String(known.cursor));
    const opened = new WebSocket(url, token === null ? [PROTOCOL] : [PROTOCOL, token]);
    socket = opened;
    // Late words of a socket that was given up must not touch its successor.
    opened.addEventListener('message', (event) => {
      if (opened === socket && typeof event.data === 'string') receive(readFrame(event.data));
    });
    opened.addEventListener('close', (event) => {
      if (opened !== socket) return;
      // The token has ended while the socket was open: a paired device gets a new one before it comes back.
      if (token !== null && event.code === TOKEN_ENDED) options.credential.refuse(token);
      happen('closed');
    });
  }

  function closeSocket(): void {
    opening += 1;
    clearTimeout(retryTimer);
    stopSync();
    const closing = socket;
    socket = null;
    // A stalled socket may take a minute to close; it is forgotten, not waited for.
    closing?.close();
  }

  function receive(frame: ServerFrame | null): void {
    if (frame === null) return happen('heard');
    switch (frame.type) {
      case 'pong':
        return happen('heard');
      case 'hello':
        return batch(() => {
          feed.value = applyHello(feed.peek(), frame);
          sync = NO_SYNC;
          offsetMs.value ??= frame.server_ms - localNow();
          resumedMs = Number.NEGATIVE_INFINITY;
          happen('hello');
          startSync();
        });
      case 'delta': {
        happen('heard');
        const known = feed.peek();
        if (known === null) return;
        const applied = applyDelta(known, frame);
        if (applied.outcome === 'applied') feed.value = applied.feed;
        else if (applied.outcome === 'gap') resume(known.cursor);
        return;
      }
      case 'time': {
        happen('heard');
        roundTripMs.value = Math.max(0, localNow() - frame.t0);
        sync = addSample(sync, frame.t0, frame.t1, localNow());
        const best = bestSample(sync);
        if (best !== null) offsetMs.value = best.offsetMs;
        return;
      }
      case 'other':
        happen('heard');
        options.onFrame?.(frame);
    }
  }

  function resume(cursor: number): void {
    const now = localNow();
    if (now - resumedMs < RESUME_AGAIN_MS) return;
    resumedMs = now;
    sendText(JSON.stringify({ type: 'resume', cursor }));
  }

  function startSync(): void {
    stopSync();
    syncTimers = [...SYNC_AFTER_MS.map((delay) => setTimeout(askTime, delay)), setInterval(askTime, SYNC_EVERY_MS)];
  }

  function stopSync(): void {
    for (const timer of syncTimers) clearTimeout(timer);
    syncTimers = [];
  }

  function askTime(): void {
    sendText(JSON.stringify({ type: 'time', t0: Math.round(localNow()) }));
  }

  function sendText(frame: string): void {
    if (socket?.readyState === WebSocket.OPEN) socket.send(frame);
  }

  async function probe(): Promise<void> {
    if (options.refused !== undefined && (await options.refused())) happen('refused');
  }

  const onVisible = (): void => {
    if (document.visibilityState !== 'visible') return;
    happen('visible');
    // The device may have slept, and its clock with it.
    if (link.phase === 'live') askTime();
  };
  const onOnline = (): void => happen('online');
  const onOffline = (): void => happen('offline');
  document.addEventListener('visibilitychange', onVisible);
  addEventListener('online', onOnline);
  addEventListener('offline', onOffline);
  const ticker = setInterval(() => happen('tick'), TICK_MS);
  happen('start');

  return {
    connection,
    feed,
    offsetMs,
    roundTripMs,
    send: (frame) => {
      if (link.phase !== 'live' || socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(frame));
      return true;
    },
    stop: () => {
      happen('stop');
      clearInterval(ticker);
      document.removeEventListener('visibilitychange', onVisible);
      removeEventListener('online', onOnline);
      removeEventListener('offline', onOffline);
    },
  };
}

function sinceOf(connection: Connection): number | null {
  return 'sinceMs' in connection ? connection.sinceMs : null;
}
