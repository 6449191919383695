import { createHash } from 'node:crypto';
import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { env, exports } from 'cloudflare:workers';
import { type Answer, call, freshId, type Json, mint } from '../support.ts';

export type { Answer, Json } from '../support.ts';

/** A bout with three seats and the tokens of those who work it. A judge's token names no device. */
export type Table = {
  readonly boutId: string;
  readonly supervisor: string;
  /** Another person, who can confirm what `supervisor` proposed. */
  readonly second: string;
  readonly operator: string;
  readonly timekeeper: string;
  /** Seat JUDGE001. */
  readonly judge: string;
};

export const SEATS = [
  { judge_id: 'JUDGE001', judge_name: 'Judge Anderson' },
  { judge_id: 'JUDGE002', judge_name: 'Judge Baker' },
  { judge_id: 'JUDGE003', judge_name: 'Judge Clark' },
];

export async function setTable(over: Json = {}): Promise<Table> {
  const boutId = freshId('bout');
  const [supervisor, second, operator, timekeeper, judge] = await Promise.all([
    tokenOf({ role: 'supervisor', subject: 'sue' }),
    tokenOf({ role: 'supervisor', subject: 'sam' }),
    tokenOf({ role: 'operator', subject: 'OP1' }),
    tokenOf({ role: 'timekeeper', subject: 'tim' }),
    judgeToken(boutId, 'JUDGE001'),
  ]);
  const created = await call('POST', '/api/bouts', {
    token: supervisor,
    body: {
      bout_id: boutId,
      promotion: 'Alliance',
      event: 'Night 1',
      sport: 'mma',
      scheduled_rounds: 3,
      fighter1: { id: 'ftr_doe', name: 'John Doe' },
      fighter2: { id: 'ftr_smith', name: 'Jane Smith' },
      judges: SEATS,
      ...over,
    },
  });
  if (created.status !== 200) throw new Error(`the bout was not created: ${created.text}`);
  return { boutId, supervisor, second, operator, timekeeper, judge };
}

export async function tokenOf(claims: Json & { readonly role: string }): Promise<string> {
  return (await mint(claims)).token;
}

export async function judgeToken(boutId: string, seat: string, device?: string): Promise<string> {
  const claims = { role: 'judge', subject: `person_${seat}`, bout_id: boutId, judge_id: seat };
  return await tokenOf(device === undefined ? claims : { ...claims, device_id: device });
}

/** The request of the document, for this bout. */
export function jab(table: Table, over: Json = {}): Json {
  return {
    bout_id: table.boutId,
    round_id: 1,
    judge_id: 'JUDGE001',
    fighter_id: 'fighter1',
    event_type: 'Jab',
    timestamp_ms: 1234567890000,
    device_id: 'device_xyz',
    metadata: { significant: true },
    ...over,
  };
}

/** Logs as the judge does; nothing but the token is added to what the document shows. */
export async function log(table: Table, over: Json = {}, token = table.judge): Promise<Answer> {
  return await call('POST', '/api/events/v2/log', { token, body: jab(table, over) });
}

/** Logs what must be accepted. */
export async function logged(table: Table, over: Json = {}, token = table.judge): Promise<Json> {
  const answer = await log(table, over, token);
  if (answer.status !== 200) throw new Error(`logging answered ${answer.status} ${answer.text}`);
  return answer.json;
}

/** Sends what waited for a network; the bout stands in the frame, not in each event. */
export async function replayed(table: Table, events: readonly Json[], token = table.judge): Promise<Json[]> {
  const bare = events.map((event) => {
    const { bout_id: _, ...rest } = jab(table, event);
    return rest;
  });
  const answer = await call('POST', '/api/events/v2/batch', { token, body: { bout_id: table.boutId, events: bare } });
  if (answer.status !== 200) throw new Error(`the batch answered ${answer.status} ${answer.text}`);
  return listOf(answer.json, 'results');
}

export async function clock(table: Table, body: Json): Promise<Json> {
  const answer = await call('POST', `/api/bouts/${table.boutId}/clock`, {
    token: table.timekeeper,
    body: { round_id: 1, ...body },
  });
  if (answer.status !== 200) throw new Error(`the clock answered ${answer.status} ${answer.text}`);
  return answer.json;
}

export async function score(table: Table, seat: string, round: number, red: number, blue: number): Promise<void> {
  const token = await judgeToken(table.boutId, seat);
  const body = { judge_id: seat, round_id: round, red, blue };
  const answer = await call('POST', `/api/bouts/${table.boutId}/scorecards`, { token, body });
  if (answer.status !== 200) throw new Error(`the scorecard answered ${answer.status} ${answer.text}`);
}

/** A document of the bout that must be there, as the public sees it where no token is given. */
export async function get(path: string, token?: string): Promise<Json> {
  const answer = await call('GET', path, token === undefined ? {} : { token });
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status} ${answer.text}`);
  return answer.json;
}

export async function eventsOf(table: Table, round = 1): Promise<Json[]> {
  return listOf(await get(`/api/events/v2/${table.boutId}/${round}`), 'events');
}

/** How many entries of any kind the ledger holds. */
export async function entriesIn(table: Table): Promise<number> {
  return numberOf(await get(`/api/bouts/${table.boutId}`, table.supervisor), 'cursor');
}

/** Takes the bout out of memory: its next answer comes from a cold start. */
export async function evict(table: Table): Promise<void> {
  await evictDurableObject(env.BOUT.getByName(table.boutId));
}

export type Row = { readonly idx: number; readonly leaf: string; readonly hash: string };

/** The ledger's rows as they are stored. */
export async function storedRows(table: Table): Promise<Row[]> {
  return await runInDurableObject(env.BOUT.getByName(table.boutId), (_bout, { storage }) =>
    storage.sql.exec<Row>('SELECT idx, leaf, hash FROM entry ORDER BY idx').toArray(),
  );
}

/** Changes stored bytes behind the bout's back. */
export async function tamper(table: Table, index: number, change: (leaf: string) => string): Promise<void> {
  await runInDurableObject(env.BOUT.getByName(table.boutId), (_bout, { storage }) => {
    const { leaf } = storage.sql.exec<{ leaf: string }>('SELECT leaf FROM entry WHERE idx = ?', index).one();
    if (change(leaf) === leaf) throw new Error('the change changes nothing');
    storage.sql.exec('UPDATE entry SET leaf = ? WHERE idx = ?', change(leaf), index);
  });
}

export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

const API = 'https://fightjudge.test/api';

/** The base address of the document's snippets. */
export { API };

/** `fetch` as the document's clients have it: what they send, with nothing but the token added. */
export function clientFetch(token: string | null) {
  return async (address: string, init: RequestInit = {}): Promise<Response> => {
    const request = new Request(address, init);
    if (token !== null) request.headers.set('authorization', `Bearer ${token}`);
    return await exports.default.fetch(request);
  };
}

export type Line = {
  /** The first message, past or to come, of that type that has not been taken. */
  readonly take: (type: string) => Promise<Json>;
  /** How many messages of that type wait to be taken. */
  readonly waiting: (type: string) => number;
  readonly send: (message: Json) => void;
  readonly close: () => Promise<void>;
};

/** Opens the bout's socket. */
export async function openLine(table: Table, token: string): Promise<Line> {
  const response = await exports.default.fetch(
    new Request(`${API}/bouts/${table.boutId}/socket`, {
      headers: { upgrade: 'websocket', 'sec-websocket-protocol': `fightjudge.v1, ${token}` },
    }),
  );
  const socket = response.webSocket;
  if (socket === null) throw new Error(`the socket answered ${response.status}`);
  const messages: Json[] = [];
  const wanted: { type: string; give: (message: Json) => void }[] = [];
  socket.addEventListener('message', ({ data }) => {
    const message = recordOf(JSON.parse(String(data)));
    const at = wanted.findIndex(({ type }) => type === message['type']);
    if (at < 0) messages.push(message);
    else wanted.splice(at, 1)[0]?.give(message);
  });
  socket.accept();
  return {
    take: async (type) => {
      const at = messages.findIndex((message) => message['type'] === type);
      const [message] = at < 0 ? [] : messages.splice(at, 1);
      return message ?? (await new Promise<Json>((give) => wanted.push({ type, give })));
    },
    waiting: (type) => messages.filter((message) => message['type'] === type).length,
    send: (message) => socket.send(JSON.stringify(message)),
    close: async () => {
      const closed = new Promise((done) => socket.addEventListener('close', done));
      socket.close();
      await closed;
    },
  };
}

export function recordOf(value: unknown): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`no object: ${String(value)}`);
  return { ...value };
}

export function listOf(json: Json, name: string): Json[] {
  const value = json[name];
  if (!Array.isArray(value)) throw new Error(`${name} is no list in ${JSON.stringify(json)}`);
  return value.map(recordOf);
}

export function memberOf(json: Json, name: string): Json {
  return recordOf(json[name]);
}

export function numberOf(json: Json, name: string): number {
  const value = json[name];
  if (typeof value !== 'number') throw new Error(`${name} is no number in ${JSON.stringify(json)}`);
  return value;
}
