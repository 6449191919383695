import { type Context, Hono } from 'hono';
import { isId } from '../../domain/ids.ts';
import { refuse } from '../../domain/refusal.ts';
import { CALLER_HEADER } from '../../domain/wire/caller-header.ts';
import { authorizeSocket } from '../auth/authorize.ts';
import { boutScopeRefusal } from '../auth/scope.ts';
import { boutOf } from '../bouts.ts';
import type { Env } from '../env.ts';
import { observe } from '../metrics.ts';
import { problemHeaders, problemResponse } from '../problem.ts';

const PATH = '/api/bouts/:bout_id/socket';

/** What it is counted under, as every other route is. */
const NAME = 'GET /api/bouts/{bout_id}/socket';

type SocketContext = Context<{ Bindings: Env }, typeof PATH>;

/** Counts what opening took; what the socket then carries is measured by the bout. */
export const socketRoutes = new Hono<{ Bindings: Env }>().get(PATH, async (c) => {
  const startMs = performance.now();
  let status = 503;
  try {
    const answer = await serveSocket(c);
    status = answer.status;
    return answer;
  } finally {
    observe(NAME, status, performance.now() - startMs);
  }
});

/**
 * The live socket of a bout. The edge reads the token; the bout gets the caller in a header that only the
 * edge can set, because it overwrites whatever came from outside.
 */
async function serveSocket(c: SocketContext): Promise<Response> {
  const boutId = c.req.param('bout_id');
  if (!isId(boutId)) return problemResponse(refuse('bad_request', 'bout_id: not an id.', 'bout_id'));
  if (c.req.header('upgrade')?.toLowerCase() !== 'websocket') {
    return problemResponse(refuse('bad_request', 'This is a WebSocket; send Upgrade: websocket.', 'Upgrade'));
  }
  const cursor = c.req.query('cursor');
  if (cursor !== undefined && !/^[0-9]{1,15}$/.test(cursor)) {
    return problemResponse(refuse('bad_request', 'cursor: the next index that you expect.', 'cursor'));
  }
  const caller = await authorizeSocket(c.req.raw, c.env);
  if (!caller.ok) return problemResponse(caller);
  const outside = boutScopeRefusal(caller.value, boutId);
  if (outside !== null) return problemResponse(outside);
  const headers = new Headers(c.req.raw.headers);
  headers.set(CALLER_HEADER, JSON.stringify(caller.value));
  const answer = await boutOf(c.env, boutId).fetch(new Request(c.req.raw, { headers }));
  // A 101 is handed on as it came; the bout's refusals go out with the headers of every other one.
  if (answer.status === 101) return answer;
  return new Response(answer.body, { status: answer.status, headers: problemHeaders(answer.status) });
}
