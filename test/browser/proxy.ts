import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import { once } from 'node:events';

export type Proxy = {
  readonly url: string;
  /** What is answered at a path instead of what the server has there. */
  readonly instead: Map<string, (original: string) => string>;
  readonly close: () => Promise<void>;
};

/** Stands in front of a server, sockets included, so that a test can play a later build of single files. */
export async function startProxy(target: string): Promise<Proxy> {
  const { hostname, port } = new URL(target);
  const instead: Proxy['instead'] = new Map();
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url ?? '/';
    const change = instead.get(path.split('?')[0] ?? path);
    const headers = { ...incoming.headers, ...(change === undefined ? {} : { 'accept-encoding': 'identity' }) };
    // An unchanged original would be answered by a 304 that nothing can be put into.
    if (change !== undefined) Reflect.deleteProperty(headers, 'if-none-match');
    const asked = request({ hostname, port, path, method: incoming.method, headers }, (answer) => {
      if (change === undefined) {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
        return;
      }
      let body = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      answer.on('end', () => {
        const { 'content-length': _, etag: __, ...kept } = answer.headers;
        outgoing.writeHead(answer.statusCode ?? 502, kept);
        outgoing.end(change(body));
      });
    });
    asked.on('error', () => outgoing.destroy());
    incoming.pipe(asked);
  });
  server.on('upgrade', (incoming, socket, head) => {
    const upstream = connect(Number(port), hostname, () => {
      const lines = [`${incoming.method ?? 'GET'} ${incoming.url ?? '/'} HTTP/1.1`];
      for (let i = 0; i < incoming.rawHeaders.length; i += 2) {
        lines.push(`${incoming.rawHeaders[i] ?? ''}: ${incoming.rawHeaders[i + 1] ?? ''}`);
      }
      upstream.write(`${lines.join('\r\n')}\r\n\r\n`);
      upstream.write(head);
      upstream.pipe(socket);
      socket.pipe(upstream);
    });
    upstream.on('error', () => socket.destroy());
    socket.on('error', () => upstream.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const own = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${own}`,
    instead,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
