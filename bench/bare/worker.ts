import { createHash } from 'node:crypto';
import { DurableObject } from 'cloudflare:workers';

/**
 * What the platform itself costs: an object that does nothing but store, send and read the bytes that the product
 * stores, sends and reads for the same request. It checks nothing, knows nobody and proves nothing.
 */
export class Bare extends DurableObject<BareEnv> {
  readonly #sql: SqlStorage;
  readonly #sockets: Set<WebSocket>;
  #next: number;
  #said: Said;
  #gathered = 0;

  constructor(ctx: DurableObjectState, env: BareEnv) {
    super(ctx, env);
    this.#sql = ctx.storage.sql;
    this.#sql.exec('CREATE TABLE IF NOT EXISTS entry (idx INTEGER PRIMARY KEY, leaf TEXT NOT NULL) STRICT');
    this.#next = Number(this.#sql.exec('SELECT count(*) AS n FROM entry').one()['n']);
    this.#sockets = new Set(ctx.getWebSockets());
    this.#said = { leaf: '', ack: '', read: '', deltaBase: 0, deltaEntry: 0 };
  }

  /** What it stores and answers from now on. */
  say(said: Partial<Said>): void {
    this.#said = { ...this.#said, ...said };
  }

  /** Stores one leaf; the answer leaves after the commit, as the product's does. */
  append(_body: string): string {
    this.#sql.exec('INSERT INTO entry (idx, leaf) VALUES (?, ?)', this.#next, this.#said.leaf);
    this.#next += 1;
    this.#broadcast();
    return this.#said.ack;
  }

  fill(leaves: readonly string[]): void {
    this.ctx.storage.transactionSync(() => {
      for (const leaf of leaves) {
        this.#sql.exec('INSERT INTO entry (idx, leaf) VALUES (?, ?)', this.#next, leaf);
        this.#next += 1;
      }
    });
  }

  read(): string {
    return this.#said.read;
  }

  /** Hashes what a verification hashes: each leaf, and as many bytes again as its fingerprint has. */
  hash(fingerprint: string): string {
    let last = '';
    for (const { leaf } of this.#sql.exec<{ leaf: string }>('SELECT leaf FROM entry ORDER BY idx')) {
      last = createHash('sha256').update(leaf, 'utf8').digest('hex');
      createHash('sha256').update(fingerprint, 'utf8').digest('hex');
    }
    return last;
  }

  /** Reads its entries, parses them and writes them out again, once. */
  #serialise(): string {
    const rows = this.#sql.exec<{ leaf: string }>('SELECT leaf FROM entry ORDER BY idx').toArray();
    return JSON.stringify(rows.map(({ leaf }): unknown => JSON.parse(leaf)));
  }

  /** Sockets, and what is too long for an answer of a call. */
  override fetch(request: Request): Response {
    if (request.url.endsWith('/serialise')) return json(this.#serialise());
    const pair = new WebSocketPair();
    this.ctx.acceptWebSocket(pair[1]);
    this.#sockets.add(pair[1]);
    return new Response(null, { status: 101, webSocket: pair[0] });
  }

  override webSocketMessage(socket: WebSocket, data: string | ArrayBuffer): void {
    socket.send(this.append(String(data)));
  }

  override webSocketClose(socket: WebSocket): void {
    this.#sockets.delete(socket);
    socket.close(1000);
  }

  /** The bare send loop: as many bytes as the product's delta has, at the product's cadence; writers watch too. */
  #broadcast(): void {
    if (this.#sockets.size === 0) return;
    this.#gathered += 1;
    if (this.#gathered > 1) return;
    setTimeout(() => {
      const message = 'x'.repeat(this.#said.deltaBase + this.#said.deltaEntry * this.#gathered);
      this.#gathered = 0;
      for (const socket of this.#sockets) socket.send(message);
    }, GATHER_MS);
  }
}

/** The product gathers its deltas for as long. */
const GATHER_MS = 50;

/** What the product was seen to store and to answer. */
export type Said = {
  readonly leaf: string;
  readonly ack: string;
  readonly read: string;
  /** Bytes of a delta without entries, and those that each entry adds. */
  readonly deltaBase: number;
  readonly deltaEntry: number;
};

type BareEnv = { readonly BARE: DurableObjectNamespace<Bare> };

/** `/NAME/append|say|fill|read|hash|serialise|socket`; anything else answers that the server is there. */
export default {
  async fetch(request, env) {
    const [, name = '', action = ''] = new URL(request.url).pathname.split('/');
    const bare = env.BARE.getByName(name);
    switch (action) {
      case 'append':
        return json(await bare.append(await request.text()));
      case 'say':
        await bare.say(await request.json<Partial<Said>>());
        return json('{}');
      case 'fill':
        await bare.fill(await request.json<string[]>());
        return json('{}');
      case 'read':
        return json(await bare.read());
      case 'hash':
        return json(await bare.hash(await request.text()));
      case 'serialise':
      case 'socket':
        return await bare.fetch(request);
      default:
        return json('{}');
    }
  },
} satisfies ExportedHandler<BareEnv>;

function json(text: string): Response {
  return new Response(text, { headers: { 'content-type': 'application/json' } });
}
