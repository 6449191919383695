import { connect, type Socket } from 'node:net';

/** A keep-alive connection that has one request under way at a time. */
export type HttpClient = {
  /** Sends a request and gives its status and body. */
  readonly ask: (method: string, path: string, token: string, body?: string) => Promise<HttpAnswer>;
  readonly close: () => void;
};

export type HttpAnswer = { readonly status: number; readonly body: Buffer };

/**
 * HTTP/1.1 with as little work as can be: on a machine that client and server share, a heavier client would hide what
 * the server costs. Answers must come with a Content-Length, or chunked, as the Workers runtime sends them.
 */
export async function openHttp(url: string): Promise<HttpClient> {
  const { hostname, port, host } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  const answers = readAnswers(socket);
  return {
    ask: async (method, path, token, body) => {
      const head =
        `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\n` +
        (token === '' ? '' : `authorization: Bearer ${token}\r\n`) +
        (body === undefined ? '\r\n' : `content-length: ${Buffer.byteLength(body)}\r\n\r\n`);
      const answer = answers();
      socket.write(body === undefined ? head : head + body);
      return await answer;
    },
    close: () => socket.destroy(),
  };
}

function readAnswers(socket: Socket): () => Promise<HttpAnswer> {
  let held: Buffer = Buffer.alloc(0);
  let waiting: PromiseWithResolvers<HttpAnswer> | null = null;
  let broken: Error | null = null;
  const fail = (error: Error): void => {
    broken = error;
    waiting?.reject(error);
    waiting = null;
  };
  socket.on('data', (chunk: Buffer) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    const answer = parseAnswer(held);
    if (answer === null) return;
    held = Buffer.alloc(0);
    waiting?.resolve(answer);
    waiting = null;
  });
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('The server closed the connection.')));
  return () => {
    if (broken !== null) return Promise.reject(broken);
    waiting = Promise.withResolvers();
    return waiting.promise;
  };
}

/** The answer, once all of it is there. */
function parseAnswer(bytes: Buffer): HttpAnswer | null {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const head = bytes.toString('latin1', 0, end);
  const status = Number(head.slice(9, 12));
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  if (length !== undefined) {
    const start = end + 4;
    return bytes.length < start + Number(length)
      ? null
      : { status, body: bytes.subarray(start, start + Number(length)) };
  }
  const body = parseChunks(bytes, end + 4);
  return body === null ? null : { status, body };
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
