import { type BoutState, controlRuns, currentRound, mayAct } from '../../../domain/bout/index.ts';
import type { Entry } from '../../../domain/ledger/index.ts';
import type { Bucket } from '../../../domain/rate.ts';
import type { Caller } from '../../../domain/roles/index.ts';
import type { BoutContext } from '../context.ts';
import { advanceLag, type Lag, nextReleaseMs, releasedAs } from './lag.ts';
import { keptAt, type Ledger } from '../ledger/ledger.ts';
import { readNames } from '../people/names.ts';
import { noteRecent, type Recent } from '../reads/recent.ts';
import { viewOf } from '../reads/view.ts';
import { isDelayed, requireStatistics, sees, seesTotals, type Viewpoint, viewpointOf } from '../release/visibility.ts';
import { wireEntry } from '../wire.ts';

/** Deltas are gathered this long: at most twenty messages a second to each viewer, whatever the rate of taps. */
const GATHER_MS = 50;

/** How often the totals of control that is held go out. */
const TICK_MS = 1_000;

/** Application close codes; the page shows their meaning. */
export const CLOSE_EXPIRED = 4401;
export const CLOSE_REVOKED = 4403;

export type Viewer = {
  readonly caller: Caller | null;
  readonly view: Viewpoint;
  /** What is left of the socket's allowance of messages, and of resumptions, which cost far more. */
  allowance: Bucket | undefined;
  resumptions: Bucket | undefined;
};

/** All viewers who are sent the same bytes, and how far they have been sent them. */
type Group = { readonly view: Viewpoint; readonly sockets: Map<WebSocket, Viewer>; to: number };

/** The live fan-out. In memory only: sockets carry their caller with them through hibernation. */
export type FanOut = {
  readonly groups: Map<string, Group>;
  readonly lag: Lag;
  readonly recent: Recent;
  /** Runs while a delta is being gathered. */
  gathering: ReturnType<typeof setTimeout> | null;
  /** Runs until the next entry leaves the release delay. */
  releasing: ReturnType<typeof setTimeout> | null;
  /** Runs while control is held, when totals grow without any entry. */
  ticking: ReturnType<typeof setTimeout> | null;
};

export function createFanOut(): FanOut {
  return {
    groups: new Map(),
    lag: { state: null },
    recent: { moments: [], primed: false },
    gathering: null,
    releasing: null,
    ticking: null,
  };
}

/**
 * Takes a socket in; its group is up to date first, so that the newcomer starts where the others are: at the sight that
 * is given back. Looked for once, because a delayed sight moves on with the clock from one look to the next.
 */
export function admit(context: BoutContext, socket: WebSocket, caller: Caller | null): Sight | null {
  const view = viewpointOf(caller);
  const sight = sightOf(context, view);
  const known = context.fanOut.groups.get(view.key);
  if (known !== undefined) send(context, known, false, sight);
  const group: Group = known ?? { view, sockets: new Map(), to: sight?.state.next ?? 0 };
  // Who is there already and starts anew keeps what is left of their allowance.
  const viewer = group.sockets.get(socket) ?? { caller, view, allowance: undefined, resumptions: undefined };
  group.sockets.set(socket, viewer);
  context.fanOut.groups.set(view.key, group);
  // What waits to be released may have been written while nobody was there to wait for it.
  scheduleRelease(context);
  scheduleTick(context);
  return sight;
}

export function dismiss(context: BoutContext, socket: WebSocket): void {
  for (const [key, group] of context.fanOut.groups) {
    if (group.sockets.delete(socket) && group.sockets.size === 0) context.fanOut.groups.delete(key);
  }
}

export function viewerOf(context: BoutContext, socket: WebSocket): Viewer | null {
  for (const group of context.fanOut.groups.values()) {
    const viewer = group.sockets.get(socket);
    if (viewer !== undefined) return viewer;
  }
  return null;
}

/**
 * Called after each commit. The deltas go out a moment later in one message; a crash before that loses
 * nothing that was acknowledged: a viewer reconnects with its cursor and is sent the rest.
 */
export function entriesWritten(context: BoutContext): void {
  const { fanOut } = context;
  if (fanOut.groups.size === 0 || fanOut.gathering !== null) return;
  fanOut.gathering = setTimeout(() => {
    fanOut.gathering = null;
    sendAll(context);
  }, GATHER_MS);
}

export function noteWritten(context: BoutContext, entries: readonly Entry[]): void {
  const keepMs = context.ledger?.state?.config.delayMs ?? 0;
  for (const entry of entries) noteRecent(context.fanOut.recent, entry, keepMs);
}

function sendAll(context: BoutContext): void {
  for (const group of context.fanOut.groups.values()) send(context, group);
  scheduleRelease(context);
  scheduleTick(context);
}

/** While control is held, viewers get the growing totals once a second; at no other time does anything tick. */
function scheduleTick(context: BoutContext): void {
  const { fanOut } = context;
  if (fanOut.ticking !== null || !growing(context).length) return;
  fanOut.ticking = setTimeout(() => {
    fanOut.ticking = null;
    for (const group of growing(context)) send(context, group, true);
    scheduleTick(context);
  }, TICK_MS);
}

/**
 * Those whose own totals grow now. A tick alone says that somebody is held: whoever may not know the totals, or not
 * yet, must not be sent one.
 */
function growing(context: BoutContext): readonly Group[] {
  return [...context.fanOut.groups.values()].filter(({ view }) => {
    const sight = sightOf(context, view);
    if (sight === null) return false;
    const round = currentRound(sight.state);
    return controlRuns(sight.state, round, sight.nowMs) && seesTotals(view, sight.state, round, sight.nowMs);
  });
}

/** Delayed viewers have more coming when the next entry leaves the delay; nobody else waits for that. */
function scheduleRelease(context: BoutContext): void {
  const { fanOut, ledger } = context;
  const delayMs = ledger?.state?.config.delayMs ?? 0;
  if (ledger === null || delayMs === 0 || fanOut.releasing !== null) return;
  if (![...fanOut.groups.values()].some((group) => isDelayed(group.view))) return;
  const dueMs = nextReleaseMs(fanOut.lag, ledger, delayMs);
  if (dueMs === null) return;
  fanOut.releasing = setTimeout(
    () => {
      fanOut.releasing = null;
      sendAll(context);
    },
    Math.max(dueMs - Date.now(), GATHER_MS),
  );
}

/** What may be seen, or by whom, has changed beside the ledger: for everybody at once, also for who is kept behind. */
export function pushToAll(context: BoutContext): void {
  for (const group of context.fanOut.groups.values()) send(context, group, true);
}

/** Something other than an entry has changed what is to be seen: the clock ran out. Who is kept behind sees it later. */
export function pushViews(context: BoutContext): void {
  const delayMs = context.ledger?.state?.config.delayMs ?? 0;
  const push = (behind: boolean): void => {
    for (const group of context.fanOut.groups.values()) {
      if ((delayMs > 0 && isDelayed(group.view)) === behind) send(context, group, true);
    }
  };
  push(false);
  if (delayMs > 0) setTimeout(push, delayMs, true);
}

function send(context: BoutContext, group: Group, always = false, sight = sightOf(context, group.view)): void {
  if (context.ledger?.state != null && !requireStatistics(group.view, context.ledger.state).ok) {
    return sendAway(context, group);
  }
  if (sight === null || group.sockets.size === 0) return;
  const from = group.to;
  // A delay that is set while somebody watches looks back behind what they have been sent already.
  const to = Math.max(sight.state.next, from);
  if (to <= from && !always) return;
  const entries = wireEntries(sight, group.view, from, to).join(',');
  const view = JSON.stringify(viewFor(sight, group.view));
  const message = `{"type":"delta","from":${from},"to":${to},"entries":[${entries}],"view":${view}}`;
  group.to = to;
  const nowMs = Date.now();
  for (const [socket, viewer] of group.sockets) {
    if (viewer.caller !== null && viewer.caller.expiresMs <= nowMs) {
      dismiss(context, socket);
      socket.close(CLOSE_EXPIRED, 'token expired');
    } else post(context, socket, message);
  }
}

/** What was released once is so no more: who opened a socket then would not be let in now. */
function sendAway(context: BoutContext, group: Group): void {
  for (const socket of group.sockets.keys()) {
    dismiss(context, socket);
    socket.close(CLOSE_REVOKED, 'not released');
  }
}

/** Sockets of judges whose seat has been given to somebody else: what comes next is the new judge's to see. */
export function dismissFormerJudges(context: BoutContext): void {
  const state = context.ledger?.state ?? null;
  if (state === null) return;
  for (const group of context.fanOut.groups.values()) {
    const { seat } = group.view;
    if (seat === null) continue;
    for (const [socket, { caller }] of group.sockets) {
      if (caller === null || mayAct(state, seat, caller.subject)) continue;
      dismiss(context, socket);
      socket.close(CLOSE_REVOKED, 'seat given to another judge');
    }
  }
}

/** A send to a socket that is gone throws; its close event may still be on the way. */
export function post(context: BoutContext, socket: WebSocket, message: string): void {
  try {
    socket.send(message);
  } catch {
    dismiss(context, socket);
  }
}

export type Sight = {
  readonly ledger: Ledger;
  readonly state: BoutState;
  readonly nowMs: number;
  readonly shiftMs: number;
};

/** The state that a viewpoint is at: the newest, or that of `delay_ms` ago. */
export function sightOf(context: BoutContext, view: Viewpoint): Sight | null {
  const { ledger } = context;
  if (ledger?.state == null) return null;
  const nowMs = Date.now();
  const { delayMs } = ledger.state.config;
  if (delayMs === 0 || !isDelayed(view)) return { ledger, state: ledger.state, nowMs, shiftMs: 0 };
  const then = advanceLag(context.fanOut.lag, ledger, nowMs - delayMs);
  if (then === null) return null;
  return { ledger, state: releasedAs(then, ledger.state), nowMs: nowMs - delayMs, shiftMs: delayMs };
}

export function viewFor(sight: Sight, view: Viewpoint) {
  return viewOf(sight.state, readNames(sight.ledger.storage.sql), view, sight.nowMs, sight.shiftMs);
}

/** Entries of [from, to) that the viewpoint may see, as JSON. Those it may not see still advance its cursor. */
export function wireEntries(sight: Sight, view: Viewpoint, from: number, to: number): string[] {
  const entries: string[] = [];
  for (let index = from; index < to; index += 1) {
    const kept = keptAt(sight.ledger, index);
    if (kept === null || !sees(view, sight.state, kept.entry, sight.nowMs)) continue;
    kept.json ??= JSON.stringify(wireEntry(kept.entry, kept.hash));
    entries.push(kept.json);
  }
  return entries;
}
