import fc from 'fast-check';
import { WebSocket } from 'ws';
import { treesOf } from './arbitrary.ts';
import { type Fault, leaks, parsed } from './checks.ts';
import { type Credential, credentialsFor } from './credential.ts';
import type { Document } from './document.ts';
import { FRAME_LIMIT, type Message, messagesOf, type Protocol } from './messages.ts';
import { faultsOf, isRecord, type Schema } from './schema.ts';
import type { Tree } from './tree.ts';
import { PATIENCE_MS } from './wire.ts';

/** A socket, opened as it should be, and what is then sent on it. */
export type SocketPlan = {
  readonly kind: 'socket';
  readonly bout: Tree;
  readonly cursor: number | null;
  readonly credential: Credential;
  readonly messages: readonly Message[];
};

/** A socket's opening, with anything wrong about it. */
export type UpgradePlan = {
  readonly kind: 'upgrade';
  readonly bout: Tree;
  readonly cursor: string | null;
  readonly protocols: string;
  readonly credential: Credential;
  readonly version: string;
  readonly key: string;
};

const CURSORS = ['0', '1', '-1', '', 'x', '1.5', '1e3', '999999999999999', '9999999999999999', '%00', '٣', ' 1'];

/** `TOKEN` stands for what the credential gives. */
const PROTOCOLS = [
  'fightjudge.v1, TOKEN',
  'fightjudge.v1',
  'fightjudge.v1, TOKEN, TOKEN',
  'TOKEN',
  'TOKEN, fightjudge.v1',
  '',
  ',',
  'fightjudge.v1,',
  'fightjudge.v2, TOKEN',
  'FIGHTJUDGE.V1, TOKEN',
  `fightjudge.v1, ${'x'.repeat(6_000)}`,
];

export function socketPlans(document: Document): fc.Arbitrary<SocketPlan> {
  return fc.record({
    kind: fc.constant('socket' as const),
    bout: boutsOf(document),
    cursor: fc.option(fc.oneof(fc.nat(100), fc.constant(999_999_999_999_999)), { nil: null }),
    credential: credentialsFor(['operator', 'judge', 'supervisor'], document.roles),
    messages: fc.array(messagesOf(document), { minLength: 1, maxLength: 6 }),
  });
}

export function upgradePlans(document: Document): fc.Arbitrary<UpgradePlan> {
  return fc.record({
    kind: fc.constant('upgrade' as const),
    bout: boutsOf(document),
    cursor: fc.option(fc.oneof(fc.constantFrom(...CURSORS), fc.string({ maxLength: 5 })), { nil: null }),
    protocols: fc.constantFrom(...PROTOCOLS),
    credential: credentialsFor(document.roles, document.roles),
    version: fc.constantFrom('13', '13', '13', '8', 'x'),
    key: fc.constantFrom('dGhlIHNhbXBsZSBub25jZQ==', 'dGhlIHNhbXBsZSBub25jZQ==', 'x', ''),
  });
}

function boutsOf(document: Document): fc.Arbitrary<Tree> {
  const parameter = document.operations.find((one) => one.isSocket)?.inPath[0];
  if (parameter === undefined) throw new Error('The document has no socket.');
  return treesOf(parameter.schema, parameter.name);
}

/** What came of a socket: the status of its opening, or what it was sent until it was closed. */
export type SocketTale = {
  /** 101 where it was opened. */
  readonly status: number;
  readonly received: readonly string[];
  readonly closed: number | null;
  readonly silence: string | null;
};

/** Opens a socket, sends every frame and waits for as many answers. Never rejects. */
export async function converse(
  url: string,
  path: string,
  protocols: readonly string[],
  frames: readonly (string | Uint8Array)[],
): Promise<SocketTale> {
  const { promise, resolve } = Promise.withResolvers<SocketTale>();
  const received: string[] = [];
  const socket = new WebSocket(`${url.replace('http', 'ws')}${path}`, [...protocols]);
  const end = (tale: Partial<SocketTale>): void => {
    clearTimeout(timer);
    socket.removeAllListeners();
    // Closing what is still being opened is an error, of which nobody needs to hear.
    socket.on('error', () => undefined);
    socket.terminate();
    resolve({ status: 101, received, closed: null, silence: null, ...tale });
  };
  const timer = setTimeout(() => {
    end({ silence: `${answersIn(received)} of ${frames.length} answers within ${PATIENCE_MS} ms` });
  }, PATIENCE_MS);
  socket.on('unexpected-response', (_request, response) => end({ status: response.statusCode ?? 0 }));
  socket.on('error', () => end({ status: 0 }));
  socket.on('close', (code) => end({ closed: code }));
  socket.on('message', (data: Buffer) => {
    received.push(data.toString());
    // The first message greets; nothing has been sent before it.
    if (received.length === 1) for (const frame of frames) socket.send(frame);
    if (answersIn(received) >= frames.length) end({});
  });
  return await promise;
}

/** What a frame is answered with, besides the greeting; everything else comes of its own accord. */
function answersIn(received: readonly string[]): number {
  const answers = received.filter((text) => ['ack', 'error', 'time', 'hello', 'pong'].includes(typeOf(text)));
  return answers.length - 1;
}

function typeOf(text: string): string {
  const json = parsed(text);
  return text === 'pong' ? text : String(isRecord(json) ? json['type'] : '');
}

/** 4401: the token has expired; 4403: what was released is so no more. */
const LAWFUL_ENDS = [4401, 4403];

export function faultsOfSocket(
  document: Document,
  protocol: Protocol,
  frames: readonly (string | Uint8Array)[],
  tale: SocketTale,
): readonly Fault[] {
  if (tale.status >= 500 || tale.status === 0)
    return [{ check: 'server error', detail: `the socket's opening: ${tale.status}` }];
  const tooLarge = frames.some((frame) => frame.length >= FRAME_LIMIT);
  const mayEnd = tale.closed === null || LAWFUL_ENDS.includes(tale.closed) || (tooLarge && tale.closed === 1009);
  return [
    ...(tale.silence === null ? [] : [{ check: 'hang', detail: tale.silence }]),
    ...(mayEnd ? [] : [{ check: 'socket closed', detail: `with ${tale.closed}` }]),
    ...tale.received.flatMap(leaks),
    ...tale.received.flatMap((text) => messageFaults(document, protocol, text)),
  ];
}

function messageFaults(document: Document, protocol: Protocol, text: string): readonly Fault[] {
  if (text === 'pong') return [];
  const json = parsed(text);
  const fault = (detail: string): Fault => ({ check: 'message', detail: `${detail}: ${text.slice(0, 300)}` });
  if (!isRecord(json)) return [fault('no JSON object')];
  const { type, status, problem_type: problemType } = json;
  if (!protocol.server.includes(String(type))) return [fault(`the document has no message '${String(type)}'`)];
  if (type === 'error') {
    return faultsOf(document.problem, { ...json, type: problemType }, document.resolve).map(fault);
  }
  return type === 'ack' ? faultsOf(ackSchema(document, Number(status)), json, document.resolve).map(fault) : [];
}

/** An acknowledgement is the answer that the same body gets over HTTP. */
function ackSchema(document: Document, status: number): Schema {
  const answers = document.operations.find((one) => one.key === 'POST /api/events/v2/log')?.answers;
  return answers?.get(status)?.get('application/json') ?? { not: {} };
}

/** Whether everything on the socket was refused, so that nothing may have been written. */
export function isSocketRefusal({ received }: SocketTale): boolean {
  return !received.some((text) => typeOf(text) === 'ack' || text.includes('"code":"fenced"'));
}
