import { Agent, request as open } from 'node:http';

/** A request as it goes over the wire. */
export type Wire = {
  readonly method: string;
  /** Path and query, as they are written. */
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer | null;
  /** Sent in chunks, without a length. */
  readonly chunked: boolean;
};

export type Answer = {
  readonly status: number;
  readonly type: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
};

/** No answer: the server was silent for too long, or the connection broke. */
export type NoAnswer = { readonly failure: 'hang' | 'broken'; readonly detail: string };

/** Far beyond what any request may take, also on a machine that is busy with other things. */
export const PATIENCE_MS = 15_000;

const agent = new Agent({ keepAlive: true, maxSockets: 32 });

export function closeConnections(): void {
  agent.destroy();
}

/** Sends one request and waits for the whole answer. Never rejects. */
export async function send(url: string, wire: Wire, again = true): Promise<Answer | NoAnswer> {
  const { hostname, port } = new URL(url);
  const { promise, resolve } = Promise.withResolvers<Answer | NoAnswer>();
  const request = open(
    { agent, hostname, port, method: wire.method, path: wire.target, setHost: false },
    (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', (error) => broken(error));
      response.on('end', () => {
        clearTimeout(timer);
        const { statusCode: status = 0, headers } = response;
        resolve({ status, headers, type: headers['content-type'] ?? '', text: Buffer.concat(chunks).toString() });
      });
    },
  );
  const timer = setTimeout(() => {
    resolve({ failure: 'hang', detail: `no answer within ${PATIENCE_MS} ms` });
    request.destroy();
  }, PATIENCE_MS);
  const broken = (error: Error): void => {
    clearTimeout(timer);
    // A connection that was kept may have been closed from the other side while this was on its way.
    if (again && request.reusedSocket) resolve(send(url, wire, false));
    else resolve({ failure: 'broken', detail: String(error) });
  };
  request.on('error', broken);
  request.on('upgrade', (response, socket) => {
    clearTimeout(timer);
    socket.destroy();
    resolve({ status: response.statusCode ?? 0, headers: response.headers, type: '', text: '' });
  });
  request.setHeader('host', `${hostname}:${port}`);
  for (const [name, value] of wire.headers) request.setHeader(name, value);
  if (wire.body === null) request.end();
  else if (wire.chunked) sendInChunks(request, wire.body);
  else request.setHeader('content-length', wire.body.length).end(wire.body);
  return await promise;
}

const CHUNK = 16_384;

function sendInChunks(request: ReturnType<typeof open>, body: Buffer): void {
  request.setHeader('transfer-encoding', 'chunked');
  for (let at = 0; at < body.length; at += CHUNK) request.write(body.subarray(at, at + CHUNK));
  request.end();
}

/** The request line and headers of a request, as HTTP/1.1 writes them. */
export function headOf({ method, target, headers }: Wire, url: string): string {
  const lines = [['host', new URL(url).host] as const, ...headers].map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${target} HTTP/1.1\r\n${lines.join('')}`;
}
