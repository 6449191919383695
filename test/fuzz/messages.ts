import fc from 'fast-check';
import { MANY, treesOf } from './arbitrary.ts';
import type { Document } from './document.ts';
import { type Known, type Tree, writeTree } from './tree.ts';
import { spoiled } from './wrong.ts';

/** One frame of a client. */
export type Message =
  | { readonly kind: 'json'; readonly json: Tree; readonly binary: boolean }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** A lawful message among so many blanks. */
  | { readonly kind: 'sized'; readonly size: number };

/** From here on the runtime itself closes the socket. */
export const FRAME_LIMIT = 1_048_576;

const SIZES = [65_535, 65_536, 65_537, FRAME_LIMIT - 1, FRAME_LIMIT, FRAME_LIMIT + 1];

/** The messages of the socket's protocol, as its documentation names them. */
export type Protocol = { readonly client: readonly string[]; readonly server: readonly string[] };

/** Reads the names from the document's words. @throws Error where it names a message that is not fuzzed here */
export function protocolOf(document: Document): Protocol {
  const description = document.operations.find((one) => one.isSocket)?.description ?? '';
  const namesAfter = (words: string): string[] =>
    [...(description.split(words)[1]?.split('\n')[0] ?? '').matchAll(/`(\w+)`(?= \(|[,.])/g)].map(
      ([, name]) => name ?? '',
    );
  const client = namesAfter('From the client:');
  const known = Object.keys(MAKERS);
  if (client.toSorted().join() !== known.toSorted().join()) {
    throw new Error(`The document has the client's messages ${client.join(', ')}; here are ${known.join(', ')}.`);
  }
  return { client, server: namesAfter('From the server:') };
}

const MAKERS: Readonly<Record<string, (document: Document) => fc.Arbitrary<Tree>>> = {
  log: (document) => {
    const body = document.operations.find((one) => one.key === 'POST /api/events/v2/log')?.body;
    if (body == null) throw new Error('The document has no body of log.');
    return treesOf(body, null);
  },
  time: () => record('t0', fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer())),
  resume: () => record('cursor', fc.oneof(fc.nat(200), fc.maxSafeNat(), fc.integer())),
};

function record(name: string, values: fc.Arbitrary<number>): fc.Arbitrary<Tree> {
  return values.map((value): Tree => ({ kind: 'record', members: [[name, { kind: 'value', value }]] }));
}

/** Frames that a client may send, and many that it should not. */
export function messagesOf(document: Document): fc.Arbitrary<Message> {
  const lawful = Object.entries(MAKERS).map(([type, make]) => ({
    weight: type === 'log' ? 4 : 1,
    arbitrary: make(document).map((tree): Tree => withType(tree, type)),
  }));
  const trees = fc.oneof(...lawful);
  const json = (some: fc.Arbitrary<Tree>, binary: boolean) =>
    some.map((tree): Message => ({ kind: 'json', json: tree, binary }));
  return fc.oneof(
    { weight: 8, arbitrary: json(trees, false) },
    { weight: 8, arbitrary: json(spoiled(trees), false) },
    { weight: 1, arbitrary: json(trees, true) },
    { weight: 1, arbitrary: fc.constant<Message>({ kind: 'text', text: 'ping' }) },
    {
      weight: 2,
      arbitrary: fc
        .string({ unit: 'binary', maxLength: 60 })
        .map((text): Message => ({ kind: 'text', text: text.toWellFormed() })),
    },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes): Message => ({ kind: 'bytes', bytes })) },
    {
      weight: 1,
      arbitrary: fc.nat(MANY).map((pick): Message => ({ kind: 'sized', size: SIZES[pick % SIZES.length] ?? 0 })),
    },
  );
}

function withType(tree: Tree, type: string): Tree {
  if (tree.kind !== 'record') return tree;
  return { ...tree, members: [['type', { kind: 'value', value: type }], ...tree.members] };
}

/** A message as it goes out: text in a text frame, bytes in a binary one. */
export function frameOf(message: Message, known: Known): string | Uint8Array {
  switch (message.kind) {
    case 'text':
      return message.text;
    case 'bytes':
      return message.bytes;
    case 'sized':
      return '{"type":"time","t0":1}'.padEnd(message.size, ' ');
    case 'json': {
      const text = writeTree(message.json, known);
      return message.binary ? Buffer.from(text) : text;
    }
  }
}
