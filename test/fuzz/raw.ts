import { connect } from 'node:net';
import fc from 'fast-check';
import { MANY } from './arbitrary.ts';
import { type Fault, leaks } from './checks.ts';
import type { Tokens } from './credential.ts';
import { type RequestPlan, wireOf } from './request.ts';
import type { Known } from './tree.ts';
import { headOf, PATIENCE_MS } from './wire.ts';

/** Bytes on a bare TCP connection, which is then closed from this side. */
export type RawPlan = {
  readonly kind: 'raw';
  readonly request: RequestPlan;
  readonly damage: (typeof DAMAGES)[number];
  readonly bytes: Uint8Array;
  readonly pick: number;
};

const DAMAGES = ['random', 'cut', 'length', 'chunks', 'line', 'header', 'random after a request', 'frames'] as const;

export function rawPlans(requests: fc.Arbitrary<RequestPlan>): fc.Arbitrary<RawPlan> {
  return fc.record({
    kind: fc.constant('raw' as const),
    request: requests,
    damage: fc.constantFrom(...DAMAGES),
    bytes: fc.uint8Array({ maxLength: 400 }),
    pick: fc.nat(MANY),
  });
}

const LENGTHS = ['-1', '0', '1', 'x', '', '99999999999999999999', '1, 2', '0x10', '+5', '1e3'];

const CHUNKS = [
  '0\r\n\r\n',
  'zz\r\n{}\r\n0\r\n\r\n',
  'ffffffffffffffff\r\n{}',
  '2\r\n{}',
  '-1\r\n\r\n',
  '2;x=y\r\n{}\r\n0\r\n\r\n',
];

const LINES: readonly ((target: string) => string)[] = [
  () => '',
  () => 'GET',
  (target) => `GET ${target}`,
  (target) => `GET ${target} HTTP/0.9`,
  (target) => `GET ${target} HTTP/9.9`,
  (target) => `get ${target} HTTP/1.1`,
  (target) => `FIGHT ${target} HTTP/1.1`,
  (target) => `GET http://elsewhere.test${target} HTTP/1.1`,
  () => 'GET * HTTP/1.1',
  () => 'CONNECT elsewhere.test:443 HTTP/1.1',
  (target) => `GET ${target} x HTTP/1.1`,
  (target) => `GET ${target}\u0000 HTTP/1.1`,
  (target) => `GET ${target}\u00e9 HTTP/1.1`,
  (target) => `GET /${'a'.repeat(20_000)}${target} HTTP/1.1`,
  () => 'PRI * HTTP/2.0',
];

const HEADERS = [
  'no colon',
  ': no name',
  'a b: c',
  'x: \u0000',
  `x: ${'y'.repeat(40_000)}`,
  ' folded: x',
  'host: a, b',
  'x:\n y',
];

/** The bytes of a plan, with what the run knows at this moment. */
export function rawBytes(plan: RawPlan, url: string, known: Known, tokens: Tokens): Buffer {
  const { damage, pick } = plan;
  const wire = wireOf(plan.request, known, tokens);
  const body = wire.body ?? Buffer.alloc(0);
  const head = headOf(wire, url);
  const sized = `${head}content-length: ${body.length}\r\n\r\n`;
  const random = Buffer.from(plan.bytes);
  switch (damage) {
    case 'random':
      return random;
    case 'cut': {
      const whole = Buffer.concat([Buffer.from(sized), body]);
      return whole.subarray(0, pick % whole.length);
    }
    case 'length':
      return Buffer.concat([Buffer.from(`${head}content-length: ${wrongLength(body.length, pick)}\r\n\r\n`), body]);
    case 'chunks':
      return Buffer.from(`${head}transfer-encoding: chunked\r\n\r\n${CHUNKS[pick % CHUNKS.length]}`);
    case 'line': {
      const line = LINES[pick % LINES.length]?.(wire.target) ?? '';
      return Buffer.from(`${line}${head.slice(head.indexOf('\r\n'))}\r\n`, 'latin1');
    }
    case 'header':
      return Buffer.from(`${head}${HEADERS[pick % HEADERS.length]}\r\n\r\n`);
    case 'random after a request':
      return Buffer.concat([Buffer.from(sized), body, random]);
    case 'frames':
      return Buffer.concat([Buffer.from(upgradeHead(wire.target, url)), random]);
  }
}

function wrongLength(length: number, pick: number): string {
  const odd = LENGTHS[pick % (LENGTHS.length + 4)];
  return odd ?? String(Math.max(0, length + (pick % 9) - 4));
}

function upgradeHead(target: string, url: string): string {
  const headers: (readonly [string, string])[] = [
    ['upgrade', 'websocket'],
    ['connection', 'Upgrade'],
    ['sec-websocket-version', '13'],
    ['sec-websocket-key', 'dGhlIHNhbXBsZSBub25jZQ=='],
    ['sec-websocket-protocol', 'fightjudge.v1'],
  ];
  return `${headOf({ method: 'GET', target, headers, body: null, chunked: false }, url)}\r\n`;
}

export type RawAnswer = {
  readonly statuses: readonly number[];
  readonly text: string;
  /** null where the server answered or hung up in time. */
  readonly silence: string | null;
};

/** So long the runtime leaves a socket whose frames are none to its peer, once it has told it why (1002). */
const LINGER_MS = 10_000;

/** Sends bytes, closes this side, and takes everything until the server closes its own. Never rejects. */
export async function sendRaw(url: string, bytes: Buffer): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  const { promise, resolve } = Promise.withResolvers<RawAnswer>();
  const chunks: Buffer[] = [];
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  const end = (silence: string | null): void => {
    clearTimeout(timer);
    socket.destroy();
    const text = Buffer.concat(chunks).toString('latin1');
    const statuses = [...text.matchAll(/^HTTP\/1\.[01] (\d{3}) /gm)].map((match) => Number(match[1]));
    resolve({ statuses, text, silence });
  };
  const timer = setTimeout(
    () => end(`neither an answer nor an end within ${LINGER_MS + PATIENCE_MS} ms`),
    LINGER_MS + PATIENCE_MS,
  );
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('end', () => end(null));
  // A reset is an end, too: whoever sends what is no request is owed no more.
  socket.on('error', () => end(null));
  socket.end(bytes);
  return await promise;
}

/** What the runtime itself says before any request reaches the product: a method or version that it does not know. */
const OF_THE_RUNTIME = [501, 505];

export function faultsOfRaw(bytes: Buffer, answer: RawAnswer): readonly Fault[] {
  const failed = answer.statuses.filter((status) => status >= 500 && !OF_THE_RUNTIME.includes(status));
  const ofTheRuntime = !hasAddress(bytes.toString('latin1'));
  return [
    ...(answer.silence === null ? [] : [{ check: 'hang', detail: answer.silence }]),
    ...(ofTheRuntime
      ? []
      : failed.map((status) => ({ check: 'server error', detail: `${status} ${answer.text.slice(0, 300)}` }))),
    ...leaks(answer.text),
  ];
}

/** Whether host and target make a URL; what has none the runtime cannot hand on (`GET *`, two hosts), and says 500. */
function hasAddress(text: string): boolean {
  const target = /^\S+ (\S*) HTTP/.exec(text)?.[1] ?? '';
  const hosts = [...text.matchAll(/^host: ?(.*)\r$/gim)].map((match) => match[1]);
  return target.startsWith('/') && URL.canParse(`http://${hosts.join(', ')}${target}`);
}

/**
 * Whether the runtime itself refused what came first. Its refusals are plain text and say nothing of caches; the
 * product's are JSON, or pages.
 */
export function saysTheRuntime({ text }: RawAnswer): boolean {
  const head = text.slice(0, text.indexOf('\r\n\r\n') + 2);
  const type = /\r\ncontent-type: (.*)\r\n/i.exec(head)?.[1] ?? PLAIN;
  return /^HTTP\/1\.[01] [45]\d\d /.test(head) && type === PLAIN && !/\r\ncache-control: /i.test(head);
}

const PLAIN = 'text/plain';

/** Whether everything was refused, so that nothing may have been written. */
export function isRawRefusal({ statuses, text }: RawAnswer): boolean {
  return statuses.every((status) => status >= 400) && !/"is_duplicate":true|"code":"fenced"/.test(text);
}
