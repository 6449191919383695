import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { treesOf } from './arbitrary.ts';
import { bodiesOf, type Body, bodyBytes, lawfulBodiesOf } from './body.ts';
import {
  claimsOf,
  type Credential,
  credentialsFor,
  credentialsOfRoles,
  credentialText,
  type Tokens,
} from './credential.ts';
import type { Document, Operation, Parameter } from './document.ts';
import { type Fitting, fittingFirst } from './fitting.ts';
import { picturesOf, type Sent } from './picture.ts';
import { type Known, type Tree, writeText } from './tree.ts';
import type { Wire } from './wire.ts';
import { spoiled } from './wrong.ts';

/** A request that the run can make when its turn comes: ids and tokens are filled in then. */
export type RequestPlan = {
  readonly kind: 'request';
  readonly operation: Operation;
  readonly method: string;
  readonly parts: readonly { readonly value: Tree; readonly style: PartStyle }[];
  readonly target: (typeof TARGETS)[number];
  readonly query: readonly (readonly [name: string, value: Tree])[];
  readonly body: Body;
  readonly credential: Credential;
  readonly framing: (typeof FRAMINGS)[number];
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** So that nobody uses up another's attempts at guessing. */
  readonly address: number;
};

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'];

/** How a value is written into the path. */
const PARTS = {
  plain: (text: string) => encodeURIComponent(text.toWellFormed()),
  everyByte: (text: string) => [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  twice: (text: string) => encodeURIComponent(encodeURIComponent(text.toWellFormed())),
  dots: () => '%2e%2e',
  nul: (text: string) => `${encodeURIComponent(text.toWellFormed())}%00`,
  noUtf8: () => '%ff%fe',
  halfEscape: (text: string) => `${encodeURIComponent(text.toWellFormed())}%`,
  slash: (text: string) => `${encodeURIComponent(text.toWellFormed())}%2f..`,
  empty: () => '',
  long: () => 'x'.repeat(5_000),
  proto: () => '__proto__',
} as const;

type PartStyle = keyof typeof PARTS;

const ODD_PARTS = [
  'everyByte',
  'twice',
  'dots',
  'nul',
  'noUtf8',
  'halfEscape',
  'slash',
  'empty',
  'long',
  'proto',
] as const satisfies readonly PartStyle[];

const TARGETS = ['plain', 'trailing slash', 'double slash', 'upper case', 'dot segment', 'fragment'] as const;

const FRAMINGS = ['length', 'chunked', 'expect', 'gzip', 'claims gzip'] as const;

const CONTENT_TYPES = [
  'application/json',
  'application/json; charset=utf-16',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'multipart/form-data; boundary=x',
  ';;;',
  'x'.repeat(300),
];

const ODD_HEADERS: readonly (readonly [string, string])[] = [
  ['accept', 'text/nothing'],
  ['range', 'bytes=0-1'],
  ['if-none-match', '*'],
  ['if-match', '"x"'],
  ['x-http-method-override', 'DELETE'],
  ['x-fightjudge-caller', '{"role":"admin","subject":"x","expiresMs":9999999999999}'],
  ['origin', 'null'],
  ['cookie', 'a=b; role=admin'],
  ['x-forwarded-proto', '\u00ff'],
  ['access-control-request-method', 'DELETE'],
  ['upgrade', 'h2c'],
  ['te', 'trailers'],
  ['x-long', 'y'.repeat(4_000)],
  ['content-language', ''],
];

/** Requests of one operation: as they should be, and with something odd about them. */
export function requestsOf(operation: Operation, document: Document): fc.Arbitrary<RequestPlan> {
  return fc.oneof(
    { weight: 3, arbitrary: lawfulRequests(operation, document) },
    { weight: 4, arbitrary: oddRequests(operation, document) },
  );
}

function lawfulRequests(operation: Operation, document: Document): fc.Arbitrary<RequestPlan> {
  const values = operation.inPath.map(({ name, schema }) => treesOf(schema, name));
  const query = operation.inQuery.map(({ name, required, schema }) => {
    const one = treesOf(schema, name).map((tree) => [[name, tree] as const]);
    return required ? one : mostly(1, one, fc.constant([]));
  });
  const { roles } = operation;
  return fc
    .record({
      ...PLAIN,
      operation: fc.constant(operation),
      method: fc.constant(operation.method),
      parts: fc.tuple(...values.map((value) => value.map((tree) => ({ value: tree, style: 'plain' as const })))),
      query: fc.tuple(...query).map((members) => members.flat()),
      sent: operation.media.length > 0 ? picturesOf(operation.media) : lawfulBodiesOf(operation.body).map(bare),
      credential: credentialsOfRoles(roles.length > 0 ? roles : document.roles),
    })
    .map(({ sent, ...plan }) => ({ ...plan, ...sent }));
}

function oddRequests(operation: Operation, document: Document): fc.Arbitrary<RequestPlan> {
  const others = mostly(9, fc.constant([]), fc.subarray([...ODD_HEADERS], { maxLength: 3 }));
  return fc
    .record({
      ...PLAIN,
      operation: fc.constant(operation),
      method: mostly(24, fc.constant(operation.method), fc.constantFrom(...METHODS)),
      parts: fc.tuple(...operation.inPath.map(partsOf)),
      target: mostly(25, fc.constant('plain' as const), fc.constantFrom(...TARGETS)),
      query: queriesOf(operation.inQuery),
      sent: oddlySent(operation),
      credential: credentialsFor(operation.roles, document.roles),
      framing: mostly(12, fc.constant('length' as const), fc.constantFrom(...FRAMINGS)),
      others,
    })
    .map(({ sent, others: more, ...plan }) => ({ ...plan, body: sent.body, headers: [...sent.headers, ...more] }));
}

function bare(body: Body): Sent {
  return { body, headers: [] };
}

/** A body under some name; of a picture also under that of another, or under none. */
function oddlySent({ body, media }: Operation): fc.Arbitrary<Sent> {
  const named = fc.tuple(bodiesOf(body), contentTypes).map(([one, headers]): Sent => ({ body: one, headers }));
  if (media.length === 0) return named;
  const types = fc.constantFrom('', ...media, ...CONTENT_TYPES);
  const misnamed = fc.tuple(picturesOf(media), types).map(([sent, type]): Sent => ({
    body: sent.body,
    headers: type === '' ? [] : [['content-type', type]],
  }));
  return fc.oneof(named, picturesOf(media), misnamed);
}

const PLAIN = {
  kind: fc.constant('request' as const),
  target: fc.constant('plain' as const),
  framing: fc.constant('length' as const),
  address: fc.nat(0xff_ffff),
};

/** Clients of the API's first document send none with telemetry. */
const contentTypes = mostly(
  4,
  fc.constantFrom<(readonly [string, string])[]>([], [['content-type', 'application/json']]),
  fc.constantFrom(...CONTENT_TYPES).map((type): (readonly [string, string])[] => [['content-type', type]]),
);

/** `times` of the one to one of the other. */
function mostly<A, B>(times: number, usual: fc.Arbitrary<A>, odd: fc.Arbitrary<B>): fc.Arbitrary<A | B> {
  return fc.oneof({ weight: times, arbitrary: usual }, { weight: 1, arbitrary: odd });
}

function partsOf({ name, schema }: Parameter) {
  const value = treesOf(schema, name);
  return fc.record({
    value: mostly(8, value, spoiled(value)),
    style: mostly<PartStyle, PartStyle>(12, fc.constant('plain'), fc.constantFrom(...ODD_PARTS)),
  });
}

function queriesOf(parameters: readonly Parameter[]): fc.Arbitrary<readonly (readonly [string, Tree])[]> {
  const named = parameters.map(({ name, required, schema }) => {
    const value = treesOf(schema, name);
    const one = mostly(5, value, spoiled(value)).map((tree) => [[name, tree] as const]);
    // Left out, once, or twice with two values.
    const twice = fc.tuple(one, one).map((both) => both.flat());
    const none = fc.constant<(readonly [string, Tree])[]>([]);
    return fc.oneof(
      { weight: 2, arbitrary: none },
      { weight: required ? 20 : 3, arbitrary: one },
      { weight: 1, arbitrary: twice },
    );
  });
  const foreign = fc
    .constantFrom('x', '__proto__', 'cursor', '%ff', '')
    .map((name): (readonly [string, Tree])[] => [[name, { kind: 'raw', text: '1' }]]);
  return fc
    .tuple(fc.tuple(...named), mostly(9, fc.constant<(readonly [string, Tree])[]>([]), foreign))
    .map(([own, others]) => [...own.flat(), ...others]);
}

/** The plan as it goes over the wire, with what the run knows at this moment, and what of it fits the operation. */
export function wireOf(plan: RequestPlan, world: Known, tokens: Tokens, fitting: Fitting = {}): Wire {
  const credential = credentialText(plan.credential, tokens);
  const known = fittingFirst(fitting, asCaller(credential, world));
  const bytes = bodyBytes(plan.body, known);
  const zipped = plan.framing === 'gzip' && bytes !== null;
  const takesEncoding = plan.framing === 'gzip' || plan.framing === 'claims gzip';
  return {
    method: plan.method,
    target: targetOf(plan, known),
    headers: [
      ['cf-connecting-ip', addressOf(plan.address)],
      ...(credential === null ? [] : [['authorization', `Bearer ${credential}`] as const]),
      ...plan.headers,
      ...(takesEncoding ? [['content-encoding', 'gzip'] as const] : []),
      ...(plan.framing === 'expect' ? [['expect', '100-continue'] as const] : []),
    ],
    body: zipped ? gzipSync(bytes) : bytes,
    chunked: plan.framing === 'chunked' && bytes !== null,
  };
}

/** What the caller's own token says comes first: whoever holds a seat mostly writes for that seat. */
export function asCaller(credential: string | null, known: Known): Known {
  const { sub, seat, device, bout_id: bout, card_id: card } = claimsOf(credential ?? '');
  const own: Readonly<Record<string, unknown>> = {
    judge_id: seat ?? sub,
    device_id: device,
    bout_id: bout,
    card_id: card,
  };
  return (name, pick, schema) => (own[name] !== undefined && pick % 8 !== 0 ? own[name] : known(name, pick, schema));
}

export function addressOf(address: number): string {
  return `10.${(address >> 16) & 255}.${(address >> 8) & 255}.${address & 255}`;
}

function targetOf(plan: RequestPlan, known: Known): string {
  const parts = [...plan.parts];
  const path = plan.operation.path.replaceAll(/\{\w+\}/g, () => {
    const part = parts.shift();
    return part === undefined ? '' : PARTS[part.style](writeText(part.value, known));
  });
  const query = plan.query.map(
    ([name, value]) => `${name}=${encodeURIComponent(writeText(value, known).toWellFormed())}`,
  );
  return shaped(path, plan.target) + (query.length > 0 ? `?${query.join('&')}` : '');
}

function shaped(path: string, target: RequestPlan['target']): string {
  switch (target) {
    case 'plain':
      return path;
    case 'trailing slash':
      return `${path}/`;
    case 'double slash':
      return path.replace('/api', '/api/');
    case 'upper case':
      return path.toUpperCase();
    case 'dot segment':
      return path.replace('/api', '/api/./x/..');
    case 'fragment':
      return `${path}#x`;
  }
}
