import { exports } from 'cloudflare:workers';
import type { Json } from '../support.ts';

const LIMIT_MS = 5_000;

/** A viewer's end of a bout's socket. Messages are kept until somebody asks for them. */
export type SocketClient = {
  readonly send: (message: unknown) => void;
  readonly sendText: (text: string | ArrayBuffer) => void;
  /** The next message, whatever it is. */
  readonly next: () => Promise<Json>;
  /** The next message of a type; those before it are dropped. */
  readonly nextOf: (type: string) => Promise<Json>;
  /** What has come and was not asked for. */
  readonly waiting: () => readonly Json[];
  /** The next text that is no JSON object. */
  readonly text: () => Promise<string>;
  readonly closed: Promise<{ readonly code: number }>;
  readonly close: () => void;
};

/** The answer to an upgrade; `webSocket` is null where it was refused. */
export async function upgrade(
  boutId: string,
  token: string | null = null,
  query = '',
  protocols = ['fightjudge.v1', ...(token === null ? [] : [token])].join(', '),
): Promise<Response> {
  return await exports.default.fetch(
    new Request(`https://fightjudge.test/api/bouts/${boutId}/socket${query}`, {
      headers: { upgrade: 'websocket', 'sec-websocket-protocol': protocols },
    }),
  );
}

/** Opens a socket; a viewer without a token where none is given. */
export async function openSocket(boutId: string, token: string | null = null, query = ''): Promise<SocketClient> {
  const response = await upgrade(boutId, token, query);
  const socket = response.webSocket;
  if (socket === null) throw new Error(`the socket answered ${response.status} ${await response.text()}`);
  return clientOf(socket);
}

function clientOf(socket: WebSocket): SocketClient {
  const queue: Json[] = [];
  const texts: string[] = [];
  let wake: () => void = () => undefined;
  let ended = false;
  const closed = new Promise<{ readonly code: number }>((resolve) => {
    socket.addEventListener('close', (event) => {
      ended = true;
      wake();
      resolve({ code: event.code });
    });
  });
  socket.addEventListener('message', (event) => {
    const text = typeof event.data === 'string' ? event.data : '';
    if (text.startsWith('{')) queue.push(objectOf(text));
    else texts.push(text);
    wake();
  });
  socket.accept();

  const take = async <T>(list: T[], what: string): Promise<T> => {
    const giveUp = Date.now() + LIMIT_MS;
    for (;;) {
      const first = list.shift();
      if (first !== undefined) return first;
      if (ended) throw new Error(`the socket ended before ${what} came`);
      const leftMs = giveUp - Date.now();
      if (leftMs <= 0) throw new Error(`${what} did not come`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, leftMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };
  return {
    send: (message) => socket.send(JSON.stringify(message)),
    sendText: (text) => socket.send(text),
    next: async () => await take(queue, 'a message'),
    nextOf: async (type) => {
      for (;;) {
        const message = await take(queue, `a message of type ${type}`);
        if (message['type'] === type) return message;
      }
    },
    waiting: () => queue,
    text: async () => await take(texts, 'a text'),
    closed,
    close: () => socket.close(1000, 'done'),
  };
}

function objectOf(text: string): Json {
  const value: Json = JSON.parse(text);
  return value;
}
