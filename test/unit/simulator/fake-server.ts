import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What happens to a request: served, lost on its way in, its answer lost on the way out, or refused for now. */
export type Fault = 'none' | 'lost' | 'reply-lost' | 503 | 429;

export type FakeServer = {
  readonly url: string;
  /** What was stored, in order of arrival, each once. */
  readonly stored: readonly Stored[];
  /** Every body that ever arrived under an `event_id`. */
  readonly bodies: ReadonlyMap<string, ReadonlySet<string>>;
  readonly mints: () => number;
  /** Makes every token that was given so far unknown, as a server with another key would. */
  readonly forgetTokens: () => void;
  readonly stop: () => Promise<void>;
  readonly start: () => Promise<void>;
};

export type Stored = {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly caller: string;
};

type Answer = { readonly status: number; readonly body: unknown };

/** Keeps what it is given by `event_id`, as the real one does; `faultOf` decides on each request in turn. */
export async function startFakeServer(adminSecret: string, faultOf: (path: string) => Fault): Promise<FakeServer> {
  const stored: Stored[] = [];
  const bodies = new Map<string, Set<string>>();
  const tokens = new Map<string, string>();
  let minted = 0;
  let port = 0;
  let server: Server | null = null;

  const answer = (path: string, text: string, bearer: string): Answer => {
    const body: Record<string, unknown> = text === '' ? {} : JSON.parse(text);
    if (path === '/api/auth/tokens') {
      if (bearer !== adminSecret) return { status: 401, body: { detail: 'This is not the secret.' } };
      minted += 1;
      tokens.set(`token-${minted}`, String(body['subject']));
      return {
        status: 200,
        body: { token: `token-${minted}`, expires_at: new Date(Date.now() + 900_000).toISOString() },
      };
    }
    const caller = tokens.get(bearer);
    if (caller === undefined) return { status: 401, body: { detail: 'This token is unknown.' } };
    const [, round] = /\/(\d+)$/.exec(path) ?? [];
    if (path.startsWith('/api/events/v2/') && round !== undefined) return read(path, Number(round));
    const eventId = body['event_id'];
    if (typeof eventId !== 'string') return { status: 200, body: { success: true } };
    const seen = bodies.get(eventId) ?? new Set();
    bodies.set(eventId, seen.add(text));
    if (stored.some((entry) => entry.body['event_id'] === eventId)) {
      return { status: 409, body: { success: seen.size === 1, is_duplicate: seen.size === 1 } };
    }
    if (path.endsWith('/lock-round') && body['override_reason'] === undefined) {
      return { status: 409, body: { success: false, detail: 'The validator objects.' } };
    }
    stored.push({ path, body, caller });
    return { status: 200, body: { success: true, sequence_index: stored.length - 1 } };
  };

  const read = (path: string, round: number): Answer => {
    const events = stored
      .filter((entry) => entry.path === '/api/events/v2/log' && entry.body['round_id'] === round)
      .map((entry) => entry.body);
    return path.includes('/verify/')
      ? { status: 200, body: { total_events: events.length, chain_valid: true } }
      : { status: 200, body: { events } };
  };

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const path = request.url ?? '';
    const fault = faultOf(path);
    if (fault === 'lost') return void response.destroy();
    if (typeof fault === 'number') return void response.writeHead(fault).end();
    const { status, body } = answer(path, text, (request.headers.authorization ?? '').replace('Bearer ', ''));
    if (fault === 'reply-lost') return void response.destroy();
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

  const start = async () => {
    server = createServer((request, response) => {
      serve(request, response).catch(() => response.destroy());
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  };

  const stop = async () => {
    if (server === null) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
    server = null;
  };

  await start();
  return {
    url: `http://127.0.0.1:${port}`,
    stored,
    bodies,
    mints: () => minted,
    forgetTokens: () => tokens.clear(),
    stop,
    start,
  };
}
