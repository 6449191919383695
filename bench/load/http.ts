import { connect } from 'node:net';

/** A keep-alive connection that has one request under way at a time. */
export type HttpClient = {
  /** Sends a request and gives its status and body. */
  readonly ask: (method: string, path: string, token: string, body?: string) => Promise<HttpAnswer>;
  readonly close: () => void;
};

export type HttpAnswer = { readonly status: number; readonly body: Buffer };

/**
 * HTTP/1.1 with as little work as can be: on a machine that client and server share, a heavier client would hide what
 * the server costs. Answers must come with a Content-Length, or chunked, as the Workers runtime sends them. A connection
 * that the server has closed between two requests is opened again.
 */
export async function openHttp(url: string): Promise<HttpClient> {
  const { host } = new URL(url);
  let connection = await openConnection(url);
  return {
    ask: async (method, path, token, body) => {
      if (connection.isClosed()) connection = await openConnection(url);
      const head =
        `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\n` +
        (token === '' ? '' : `authorization: Bearer ${token}\r\n`) +
        (body === undefined ? '\r\n' : `content-length: ${Buffer.byteLength(body)}\r\n\r\n`);
      return await connection.exchange(body === undefined ? head : head + body);
    },
    close: () => connection.close(),
  };
}

type Connection = {
  readonly exchange: (request: string) => Promise<HttpAnswer>;
  readonly isClosed: () => boolean;
  readonly close: () => void;
};

async function openConnection(url: string): Promise<Connection> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  let chunks: Buffer[] = [];
  /** Bytes that the answer has in all, where its head is there and says so. */
  let expected = 0;
  let held = 0;
  let waiting: PromiseWithResolvers<HttpAnswer> | null = null;
  const fail = (error: Error): void => {
    waiting?.reject(error);
    waiting = null;
  };
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    held += chunk.length;
    // A long answer is joined once it is whole, not with every piece of it.
    if (held < expected) return;
    const bytes = chunks.length === 1 ? chunk : Buffer.concat(chunks);
    const answer = parseAnswer(bytes);
    if (typeof answer === 'number') {
      chunks = [bytes];
      expected = answer;
      return;
    }
    chunks = [];
    expected = 0;
    held = 0;
    waiting?.resolve(answer);
    waiting = null;
  });
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('The server closed the connection.')));
  return {
    exchange: async (request) => {
      waiting = Promise.withResolvers();
      const { promise } = waiting;
      socket.write(request);
      return await promise;
    },
    isClosed: () => socket.destroyed || socket.readableEnded,
    close: () => socket.destroy(),
  };
}

/** The answer, or how many bytes there must be before it is worth looking again. */
function parseAnswer(bytes: Buffer): HttpAnswer | number {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return bytes.length + 1;
  const head = bytes.toString('latin1', 0, end);
  const status = Number(head.slice(9, 12));
  const start = end + 4;
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  if (length !== undefined) {
    const whole = start + Number(length);
    return bytes.length < whole ? whole : { status, body: bytes.subarray(start, whole) };
  }
  const body = parseChunks(bytes, start);
  return body === null ? bytes.length + 1 : { status, body };
}

function parseChunks(bytes: Buffer, start: number): Buffer | null {
  const chunks: Buffer[] = [];
  for (let at = start; ;) {
    const line = bytes.indexOf('\r\n', at);
    if (line < 0) return null;
    const size = Number.parseInt(bytes.toString('latin1', at, line), 16);
    if (bytes.length < line + 4 + size) return null;
    if (size === 0) return Buffer.concat(chunks);
    chunks.push(bytes.subarray(line + 2, line + 2 + size));
    at = line + 4 + size;
  }
}
