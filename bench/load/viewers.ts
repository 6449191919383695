import { request } from 'node:http';
import type { Socket } from 'node:net';

/** Sockets that only watch. What they are sent is counted and dropped unread, so that watching costs the client little. */
export type Viewers = {
  /** Resolves when every viewer has been sent its next message from now on. */
  readonly next: () => Promise<void>;
  readonly close: () => void;
};

/** Opens `count` sockets; resolves when each is open and, with `greeted`, has had its first message. */
export async function openViewers(url: string, count: number, greeted: boolean, token?: string): Promise<Viewers> {
  const waits: { left: number; resolve: () => void }[] = [];
  let greetings = greeted ? count : 0;
  const met = Promise.withResolvers<void>();
  const onMessage = (): void => {
    if (greetings > 0) {
      greetings -= 1;
      if (greetings === 0) met.resolve();
      return;
    }
    const wait = waits[0];
    if (wait === undefined) return;
    wait.left -= 1;
    if (wait.left > 0) return;
    waits.shift();
    wait.resolve();
  };
  const sockets: Socket[] = [];
  // In bunches: a thousand connections at one moment would meet the system's own limits.
  while (sockets.length < count) {
    const bunch = Math.min(50, count - sockets.length);
    sockets.push(...(await Promise.all(Array.from({ length: bunch }, () => openViewer(url, token, onMessage)))));
  }
  if (greeted && count > 0) await met.promise;
  return {
    next: () =>
      count === 0
        ? Promise.resolve()
        : new Promise<void>((resolve) => {
            waits.push({ left: count, resolve });
          }),
    close: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}

async function openViewer(url: string, token: string | undefined, onMessage: () => void): Promise<Socket> {
  const protocols = token === undefined ? 'fightjudge.v1' : `fightjudge.v1, ${token}`;
  const upgrade = request(url, {
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
      'sec-websocket-protocol': protocols,
    },
  });
  upgrade.end();
  return await new Promise((resolve, reject) => {
    upgrade.on('response', (response) => reject(new Error(`A viewer was refused with ${response.statusCode}.`)));
    upgrade.on('error', reject);
    upgrade.on('upgrade', (_response, socket: Socket, head: Buffer) => {
      const read = countFrames(onMessage);
      if (head.length > 0) read(head);
      socket.on('data', read);
      socket.on('error', () => socket.destroy());
      resolve(socket);
    });
  });
}

/** Finds the ends of a server's frames (RFC 6455, 5.2: unmasked) and skips what is between. */
function countFrames(onMessage: () => void): (chunk: Buffer) => void {
  let left = 0;
  let cut: Buffer = Buffer.alloc(0);
  return (received) => {
    const chunk = cut.length === 0 ? received : Buffer.concat([cut, received]);
    cut = Buffer.alloc(0);
    let at = 0;
    while (at < chunk.length) {
      if (left === 0) {
        const header = chunk.subarray(at, at + 10);
        const size = headerSize(header);
        if (size === null) {
          cut = header;
          return;
        }
        at += size;
        left = payloadLength(header, size);
      }
      const skipped = Math.min(left, chunk.length - at);
      at += skipped;
      left -= skipped;
      if (left === 0) onMessage();
    }
  };
}

/** Bytes of the frame's header; null while too few of them are there. */
function headerSize(header: Buffer): number | null {
  const length = header[1];
  if (length === undefined) return null;
  const size = length === 127 ? 10 : length === 126 ? 4 : 2;
  return header.length >= size ? size : null;
}

function payloadLength(header: Buffer, size: number): number {
  if (size === 2) return header[1] ?? 0;
  return size === 4 ? header.readUInt16BE(2) : Number(header.readBigUInt64BE(2));
}
