import type { Caller } from '../../../domain/roles/index.ts';
import { problemOf } from '../../../domain/problem.ts';
import { type Limit, take } from '../../../domain/rate.ts';
import { type Refusal, refuse } from '../../../domain/refusal.ts';
import { CALLER_HEADER } from '../../../domain/wire/caller-header.ts';
import { ackJson } from '../../../domain/wire/delivery.ts';
import { readLogBody } from '../../../domain/wire/log-body.ts';
import { type BoutContext, openForReading } from '../context.ts';
import { admit, CLOSE_EXPIRED, dismiss, post, type Viewer, viewerOf, viewFor, wireEntries } from './fan-out.ts';
import { logOne } from '../actions/logging.ts';
import { measureTap } from './taps.ts';
import { requireStatistics, viewpointOf } from '../release/visibility.ts';

/** A viewer further behind than this is given a snapshot to start from instead of every entry. */
const MAX_RESUME = 2_000;

/** How many entries come with a snapshot: enough to fill a list of last actions. */
const RECENT_ENTRIES = 20;

/** Opens a socket for a caller whom the edge has let through. Hibernation keeps it without this object. */
export function openSocket(context: BoutContext, request: Request): Response {
  const caller = callerOf(request);
  const cursor = new URL(request.url).searchParams.get('cursor');
  const open = openForReading(context, caller);
  if (!open.ok) return refused(open);
  const released = requireStatistics(viewpointOf(caller), open.value.state);
  if (!released.ok) return refused(released);
  const pair = new WebSocketPair();
  context.ctx.acceptWebSocket(pair[1]);
  pair[1].serializeAttachment({ caller });
  greet(context, pair[1], caller, cursor === null ? null : Number(cursor));
  return new Response(null, { status: 101, webSocket: pair[0], headers: { 'sec-websocket-protocol': PROTOCOL } });
}

const PROTOCOL = 'fightjudge.v1';

function callerOf(request: Request): Caller | null {
  const value: unknown = JSON.parse(request.headers.get(CALLER_HEADER) ?? 'null');
  return isCallerOrNull(value) ? value : null;
}

function refused(refusal: Refusal): Response {
  const problem = problemOf(refusal);
  return Response.json(problem, { status: problem.status, headers: { 'content-type': 'application/problem+json' } });
}

function greet(context: BoutContext, socket: WebSocket, caller: Caller | null, cursor: number | null): void {
  const view = viewpointOf(caller);
  const sight = admit(context, socket, caller);
  if (sight === null) return;
  const to = sight.state.next;
  const from = cursor !== null && cursor >= 0 && cursor <= to && to - cursor <= MAX_RESUME ? cursor : null;
  const head = JSON.stringify({
    type: 'hello',
    role: caller?.role ?? 'viewer',
    cursor: to,
    // The viewer's own cursor where its entries go on without a gap; null where it must start over.
    resumed_from: from,
    server_ms: Date.now(),
    snapshot: viewFor(sight, view),
  });
  const entries = wireEntries(sight, view, from ?? Math.max(to - RECENT_ENTRIES * 4, 0), to);
  const shown = from === null ? entries.slice(-RECENT_ENTRIES) : entries;
  post(context, socket, `${head.slice(0, -1)},"entries":[${shown.join(',')}]}`);
}

/** The same as a token has over HTTP: far above any person, a stop for a runaway page. */
const MESSAGES: Limit = { perSecond: 1_000, burst: 5_000 };

/** A resumption may bring thousands of entries: a client needs one for each gap, and none where all is well. */
const RESUMPTIONS: Limit = { perSecond: 0.5, burst: 5 };

/** One message from a client. Whatever it holds, the answer is a message; the socket stays open. */
export function onMessage(context: BoutContext, socket: WebSocket, data: string | ArrayBuffer): void {
  const receivedAt = performance.now();
  const viewer = viewerOf(context, socket);
  if (viewer === null) return socket.close(1008, 'unknown socket');
  const { caller } = viewer;
  if (caller !== null && caller.expiresMs <= Date.now()) {
    dismiss(context, socket);
    return socket.close(CLOSE_EXPIRED, 'token expired');
  }
  const message = parse(data);
  const allowance = take(viewer.allowance, MESSAGES, Date.now());
  if (allowance === null) {
    const refusal = refuse('too_many_requests', 'A socket takes at most 1,000 messages a second; send it again.');
    return post(context, socket, JSON.stringify(error(refusal, eventIdOf(message))));
  }
  viewer.allowance = allowance;
  const answer = respond(context, socket, viewer, message);
  if (typeof answer === 'string') {
    post(context, socket, answer);
    measureTap(context.socketTaps, context.ctx.storage, receivedAt);
  } else if (answer !== null) post(context, socket, JSON.stringify(answer));
}

/** The answer: a message, or an acknowledgement, which is JSON already; null where everything was sent. */
function respond(
  context: BoutContext,
  socket: WebSocket,
  viewer: Viewer,
  message: Readonly<Record<string, unknown>> | null,
): object | string | null {
  const { caller } = viewer;
  if (message === null) return problem('A message is a JSON object of at most 64 KiB.', 'message', null);
  const clientEventId = eventIdOf(message);
  switch (message['type']) {
    case 'log':
      return log(context, caller, message, clientEventId);
    case 'time': {
      const t0 = message['t0'];
      return typeof t0 === 'number'
        ? { type: 'time', t0, t1: Date.now() }
        : problem('t0: the time of sending, in ms.', 't0', null);
    }
    case 'resume': {
      const cursor = message['cursor'];
      if (typeof cursor !== 'number' || !Number.isSafeInteger(cursor) || cursor < 0) {
        return problem('cursor: the next index that you expect.', 'cursor', null);
      }
      if (context.ledger?.state != null) {
        const released = requireStatistics(viewer.view, context.ledger.state);
        if (!released.ok) return error(released, null);
      }
      const resumptions = take(viewer.resumptions, RESUMPTIONS, Date.now());
      if (resumptions === null) {
        return error(refuse('too_many_requests', 'A socket resumes at most once in two seconds; wait.'), null);
      }
      viewer.resumptions = resumptions;
      greet(context, socket, caller, cursor);
      return null;
    }
    default:
      return problem('type: one of log, time, resume.', 'type', clientEventId);
  }
}

function eventIdOf(message: Readonly<Record<string, unknown>> | null): string | null {
  const id = message?.['event_id'];
  return typeof id === 'string' ? id : null;
}

function log(
  context: BoutContext,
  caller: Caller | null,
  message: Readonly<Record<string, unknown>>,
  clientEventId: string | null,
): object | string {
  if (caller === null) {
    return error(refuse('unauthorized', 'Logging needs a token.'), clientEventId);
  }
  const input = readLogBody(message, { boutId: context.boutId, besides: 'type' });
  if (!input.ok) return error(input, clientEventId);
  if (input.value.boutId !== context.boutId) {
    return problem(`bout_id: this socket is bout '${context.boutId}'.`, 'bout_id', clientEventId);
  }
  const delivery = logOne(context, caller, input.value);
  return delivery.ok ? ackJson(delivery.value) : error(delivery, clientEventId);
}

function error(refusal: Refusal, clientEventId: string | null): object {
  const { type: problemType, ...problem } = problemOf(refusal);
  return { type: 'error', problem_type: problemType, ...problem, client_event_id: clientEventId };
}

function problem(detail: string, field: string, clientEventId: string | null): object {
  return error(refuse('bad_request', detail, field), clientEventId);
}

const MAX_MESSAGE = 65_536;

function parse(data: string | ArrayBuffer): Readonly<Record<string, unknown>> | null {
  if (typeof data !== 'string' || data.length > MAX_MESSAGE) return null;
  try {
    const value: unknown = JSON.parse(data);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** After hibernation: the sockets are still there, and each brings its caller along. */
export function readmit(context: BoutContext): void {
  for (const socket of context.ctx.getWebSockets()) {
    const attachment: unknown = socket.deserializeAttachment();
    if (isRecord(attachment) && isCallerOrNull(attachment['caller'])) admit(context, socket, attachment['caller']);
    else socket.close(1008, 'unknown socket');
  }
}

/** The attachment is this object's own writing; its shape is checked because older code may have written it. */
function isCallerOrNull(value: unknown): value is Caller | null {
  return (
    value === null ||
    (isRecord(value) &&
      typeof value['subject'] === 'string' &&
      typeof value['role'] === 'string' &&
      typeof value['expiresMs'] === 'number')
  );
}
