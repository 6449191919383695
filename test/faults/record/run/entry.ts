/**
 * What stands in front of the bundle in these tests. Whatever leaves an object or the index's consumer for another store
 * (R2, D1, the queue, another object) is told to the gate in the test's process before it is made and after it has been
 * answered, and waits for the gate's word: so the process can be ended exactly there, the call can fail, be late or never
 * be answered, or have been done and its answer be lost. Nothing between a device and its bout's answer passes here.
 *
 * A path below `/faults/` asks for what a test cannot wait for: `queue` delivers messages as the queue might, `hurry`
 * makes due what waits for its next try, `owed` lists
 * it, `spin` stops the runtime for good at the n-th statement from now, `left` says how
 * many of them are left, `patience` shortens every wait of a second or more,
 * `damage` changes a byte of a stored entry under the running object, `put` lays something else into R2 and `text` reads it.
 */
export const ENTRY = `
import product, { direct as inner, Bout as ProductBout, Card, Platform as ProductPlatform } from './index.js';
export { Card };

const hexOf = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');

async function ask(gate, moment) {
  const answer = await fetch(gate, { method: 'POST', body: JSON.stringify(moment) });
  if (await answer.text() === 'fail') throw new Error('planted: ' + moment.name + ' fails');
}

async function through(env, who, name, key, facts, work) {
  const call = { who, name, key, sha256: null, ...facts };
  await ask(env.GATE, { ...call, at: 'before', taken: null });
  const result = await work();
  await ask(env.GATE, { ...call, at: 'after', taken: result !== null });
  return result;
}

function bucket(env, who) {
  const real = env.ARCHIVE;
  const plain = (name) => (key, ...rest) =>
    through(env, who, 'ARCHIVE.' + name, typeof key === 'string' ? key : '', {}, () => real[name](key, ...rest));
  return {
    get: plain('get'), head: plain('head'), list: plain('list'), delete: plain('delete'),
    put: async (key, value, options) => {
      const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
      const sha256 = hexOf(await crypto.subtle.digest('SHA-256', bytes));
      return await through(env, who, 'ARCHIVE.put', key, { sha256 }, () => real.put(key, value, options));
    },
  };
}

function database(env, who) {
  const real = env.INDEX;
  const inside = new WeakMap();
  const wrap = (statement, sql) => {
    const gated = (name) => (...rest) =>
      through(env, who, 'INDEX.' + name, sql.slice(0, 40), {}, () => statement[name](...rest));
    const own = {
      bind: (...values) => wrap(statement.bind(...values), sql),
      first: gated('first'), run: gated('run'), all: gated('all'), raw: gated('raw'),
    };
    inside.set(own, statement);
    return own;
  };
  return {
    prepare: (sql) => wrap(real.prepare(sql), sql),
    batch: (list) => through(env, who, 'INDEX.batch', '', {}, () => real.batch(list.map((one) => inside.get(one)))),
    exec: (sql) => real.exec(sql),
  };
}

function queue(env, who) {
  const real = env.INDEX_QUEUE;
  return {
    send: (message, options) =>
      through(env, who, 'INDEX_QUEUE.send', message.bout_id, {}, () => real.send(message, options)),
    sendBatch: (messages, options) => real.sendBatch(messages, options),
    metrics: () => real.metrics(),
  };
}

// The calls between objects, and from the consumer; everything that a request of a client needs goes straight through.
const GATED = { PLATFORM: ['addCheckpoint', 'recordBout'], BOUT: ['indexed', 'confirmIndexed'] };

function namespace(env, who, binding) {
  const real = env[binding];
  const stubOf = (stub, key) => new Proxy(stub, {
    get: (target, name) => {
      const member = target[name];
      if (typeof member !== 'function') return member;
      if (!GATED[binding].includes(name)) return (...args) => target[name](...args);
      return (...args) => through(env, who, binding + '.' + name, key, {}, () => target[name](...args));
    },
  });
  return {
    getByName: (name, ...rest) => stubOf(real.getByName(name, ...rest), name),
    idFromName: (name) => real.idFromName(name),
    get: (id, ...rest) => stubOf(real.get(id, ...rest), String(id)),
  };
}

const made = new Map();
function gated(env, who) {
  const known = made.get(who);
  if (known !== undefined) return known;
  const own = {
    ...env,
    ARCHIVE: bucket(env, who),
    INDEX: database(env, who),
    INDEX_QUEUE: queue(env, who),
    PLATFORM: namespace(env, who, 'PLATFORM'),
    BOUT: namespace(env, who, 'BOUT'),
  };
  made.set(who, own);
  return own;
}

const after = globalThis.setTimeout;
// Patience is measured in the product's own timers: here they run faster, so that a call that is never answered need not
// be waited for as long as a venue would.
let haste = 1;
globalThis.setTimeout = (work, ms, ...rest) => after(work, ms >= 1000 ? ms / haste : ms, ...rest);

let statementsLeft = Infinity;
let counts = false;
function countStatements({ storage }) {
  if (counts) return;
  counts = true;
  const methods = Object.getPrototypeOf(storage.sql);
  const { exec } = methods;
  methods.exec = function (...args) {
    statementsLeft -= 1;
    if (statementsLeft <= 0) {
      console.error('faults: spinning before ' + args[0]);
      for (;;);
    }
    return exec.apply(this, args);
  };
}

const OWED = "id IN ('register', 'index', 'index_owed', 'checkpoint', 'publish', 'archive')";

export class Bout extends ProductBout {
  #storage;
  constructor(ctx, env) {
    countStatements(ctx);
    super(ctx, gated(env, 'bout:' + ctx.id.name));
    this.#storage = ctx.storage;
  }
  damage(index) {
    const { leaf } = this.#storage.sql.exec('SELECT leaf FROM entry WHERE idx = ?', index).one();
    const at = leaf.indexOf('received_ms":') + 20;
    const other = leaf.slice(0, at) + String((Number(leaf[at]) + 1) % 10) + leaf.slice(at + 1);
    this.#storage.sql.exec('UPDATE entry SET leaf = ? WHERE idx = ?', other, index);
  }
  owed() {
    return this.#storage.sql.exec('SELECT id FROM job WHERE ' + OWED).toArray().map(({ id }) => id);
  }
  async hurry() {
    if (this.#storage.sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'job'").toArray().length === 0) return;
    this.#storage.sql.exec('UPDATE job SET due_ms = 1 WHERE ' + OWED);
    await this.#storage.setAlarm(Date.now());
  }
}

export class Platform extends ProductPlatform {
  constructor(ctx, env) {
    countStatements(ctx);
    super(ctx, gated(env, 'platform'));
  }
}

/** Each message is seen to by itself, so that what is done for it can be told apart. */
async function deliver(messages, batch, env) {
  await Promise.all(messages.map(async (message) => {
    const who = 'queue:' + message.body.bout_id;
    await product.queue({ queue: batch, messages: [message] }, gated(env, who));
  }));
}

const answered = (value) => Response.json(value);

async function asked(url, env) {
  const [, , what, ...rest] = url.pathname.split('/');
  if (what === 'hurry') await env.BOUT.getByName(rest[0]).hurry();
  if (what === 'owed') return answered(await env.BOUT.getByName(rest[0]).owed());
  if (what === 'damage') await env.BOUT.getByName(rest[0]).damage(Number(rest[1]));
  if (what === 'put') await env.ARCHIVE.put(rest.join('/'), 'something else');
  if (what === 'text') return new Response(await (await env.ARCHIVE.get(rest.join('/'))).text());
  if (what === 'spin') statementsLeft = Number(rest[0]);
  if (what === 'patience') haste = Number(rest[0]);
  if (what === 'left') return answered({ statements: statementsLeft });
  if (what !== 'queue') return answered({});
  let [acked, retried] = [0, 0];
  const messages = rest.map((boutId, i) => ({
    id: String(i), timestamp: new Date(), attempts: Number(url.searchParams.get('attempts') ?? 1), body: { bout_id: boutId },
    ack: () => { acked += 1; }, retry: () => { retried += 1; },
  }));
  await deliver(messages, 'fightjudge-index', env);
  return answered({ acked, retried });
}

export const direct = {
  async fetch(request, env, ctx) {
    const url = new URL(request.url);
    if (url.pathname.startsWith('/faults/')) return await asked(url, env);
    return await inner.fetch(request, gated(env, 'worker'), ctx);
  },
};

export default {
  fetch: (request, env, ctx) => product.fetch(request, gated(env, 'worker'), ctx),
  scheduled: (controller, env, ctx) => product.scheduled(controller, gated(env, 'worker'), ctx),
  queue: async (batch, env, ctx) => {
    const known = await Promise.all(batch.messages.map(async (message) => {
      const word = await fetch(env.GATE, { method: 'POST', body: JSON.stringify({
        who: 'queue', name: 'deliver', key: message.body.bout_id, sha256: null, at: 'before', taken: null }) });
      if (await word.text() !== 'fail') return message;
      message.ack();
      return null;
    }));
    const done = deliver(known.filter((message) => message !== null), batch.queue, env);
    ctx.waitUntil(done);
    // The local queue delivers one batch after the other: one that is held at the gate must not hold up all others.
    await Promise.race([done, new Promise((resolve) => after(resolve, 1500))]);
  },
};
`;
