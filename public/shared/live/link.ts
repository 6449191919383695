import { backoffMs } from './backoff.ts';

/**
 * The life of one connection to a bout as a pure machine: events in, effects out. The shell that owns
 * the WebSocket and the timers is `socket.ts`. All times are local milliseconds that only go forward.
 */
export type Link = {
  readonly phase:
    | 'stopped'
    /** A socket is being opened, or is open and has not said hello yet. */
    | 'opening'
    | 'live'
    /** Between two attempts. */
    | 'waiting'
    /** The server said no; only a new start asks again. */
    | 'refused';
  /** Attempts that failed since the link was last live. */
  readonly failures: number;
  /** When the link was lost, or, before it was ever live, null. */
  readonly lostMs: number | null;
  /** When the attempt that is under way began. */
  readonly openedMs: number;
  /** When the oldest unanswered ping left; null while none is out. */
  readonly pingMs: number | null;
  /** How long that ping may stay unanswered. */
  readonly patienceMs: number;
  readonly heardMs: number;
  /** What the browser says of the network; it may be wrong in both directions, so it only hurries us. */
  readonly online: boolean;
};

export type LinkEvent =
  | 'start'
  | 'stop'
  | 'retry'
  | 'closed'
  | 'hello'
  | 'heard'
  | 'tick'
  | 'online'
  | 'offline'
  | 'visible'
  | 'refused';

export type LinkEffect = 'open' | 'close' | 'ping' | 'probe' | { readonly retryInMs: number };

/** What people are told. `sinceMs` is local time. */
export type Connection =
  | { readonly state: 'connecting' | 'live' | 'refused' }
  | { readonly state: 'reconnecting' | 'offline'; readonly sinceMs: number };

export type Step = { readonly link: Link; readonly effects: readonly LinkEffect[] };

export const PING_EVERY_MS = 4_000;
/** With the pause before a ping, a stalled connection is noticed within 10 s. */
const PATIENCE_MS = 5_500;
/** When there is a reason to doubt the connection (network changed, page woken), less is granted. */
const DOUBT_MS = 2_000;
const OPENING_MS = 10_000;

export function newLink(online: boolean): Link {
  return {
    phase: 'stopped',
    failures: 0,
    lostMs: null,
    openedMs: 0,
    pingMs: null,
    patienceMs: PATIENCE_MS,
    heardMs: 0,
    online,
  };
}

export function connectionOf(link: Link): Connection {
  if (link.phase === 'live') return { state: 'live' };
  if (link.phase === 'refused') return { state: 'refused' };
  if (link.lostMs !== null) return { state: link.online ? 'reconnecting' : 'offline', sinceMs: link.lostMs };
  return link.online ? { state: 'connecting' } : { state: 'offline', sinceMs: link.openedMs };
}

/** @param chance from 0 up to 1, spreads the next attempt */
export function stepLink(link: Link, event: LinkEvent, nowMs: number, chance: number): Step {
  switch (event) {
    case 'start':
      return open({ ...link, failures: 0, lostMs: null }, nowMs);
    case 'stop':
      return { link: { ...link, phase: 'stopped', pingMs: null }, effects: ['close'] };
    case 'refused':
      return link.phase === 'stopped' || link.phase === 'live'
        ? stay(link)
        : { link: { ...link, phase: 'refused', pingMs: null }, effects: ['close'] };
    case 'retry':
      return link.phase === 'waiting' ? open(link, nowMs) : stay(link);
    case 'hello':
      return link.phase === 'opening' || link.phase === 'live'
        ? stay({ ...link, phase: 'live', failures: 0, lostMs: null, pingMs: null, heardMs: nowMs })
        : stay(link);
    case 'heard':
      return stay({ ...link, pingMs: null, heardMs: nowMs });
    case 'closed':
      return link.phase === 'opening' || link.phase === 'live' ? lost(link, nowMs, chance) : stay(link);
    case 'tick':
      return tick(link, nowMs, chance);
    case 'offline':
      return doubt({ ...link, online: false }, nowMs);
    case 'online':
      return hurry({ ...link, online: true }, nowMs);
    case 'visible':
      return hurry(link, nowMs);
  }
}

function tick(link: Link, nowMs: number, chance: number): Step {
  if (link.phase === 'opening') {
    return nowMs - link.openedMs > OPENING_MS ? lost(link, nowMs, chance) : stay(link);
  }
  if (link.phase !== 'live') return stay(link);
  // Measured from the ping, not from the last word heard: a hidden page's timers are held back for a
  // minute at a time, and a silence in which we asked nothing says nothing.
  if (link.pingMs !== null) return nowMs - link.pingMs > link.patienceMs ? lost(link, nowMs, chance) : stay(link);
  return nowMs - link.heardMs >= PING_EVERY_MS ? ping(link, nowMs, PATIENCE_MS) : stay(link);
}

/** Something says that now is a good moment: no more waiting, and an open connection is put to the test. */
function hurry(link: Link, nowMs: number): Step {
  return link.phase === 'waiting' ? open({ ...link, failures: 0 }, nowMs) : doubt(link, nowMs);
}

function doubt(link: Link, nowMs: number): Step {
  return link.phase === 'live' ? ping(link, nowMs, DOUBT_MS) : stay(link);
}

function ping(link: Link, nowMs: number, patienceMs: number): Step {
  return { link: { ...link, pingMs: nowMs, patienceMs }, effects: ['ping'] };
}

function open(link: Link, nowMs: number): Step {
  return { link: { ...link, phase: 'opening', openedMs: nowMs, pingMs: null, heardMs: nowMs }, effects: ['open'] };
}

function lost(link: Link, nowMs: number, chance: number): Step {
  const failures = link.failures + 1;
  // Only a hello ends the wait that people see, so the moment of loss stays through failed attempts.
  const lostMs = link.phase === 'live' ? nowMs : link.lostMs;
  const effects: LinkEffect[] = ['close', { retryInMs: backoffMs(failures, chance) }];
  // A browser does not say why a handshake failed; an ordinary request to the bout does.
  if (link.phase === 'opening') effects.push('probe');
  return { link: { ...link, phase: 'waiting', failures, lostMs, pingMs: null }, effects };
}

function stay(link: Link): Step {
  return { link, effects: [] };
}
