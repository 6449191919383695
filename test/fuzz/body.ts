import fc from 'fast-check';
import { MANY, treesOf } from './arbitrary.ts';
import type { Schema } from './schema.ts';
import { type Known, type Tree, writeTree } from './tree.ts';
import { spoiled } from './wrong.ts';

/** What a request carries. */
export type Body =
  | { readonly kind: 'none' }
  | { readonly kind: 'json'; readonly json: Tree }
  /** JSON, and then something done to its bytes. */
  | { readonly kind: 'damaged'; readonly json: Tree; readonly damage: (typeof DAMAGES)[number]; readonly pick: number }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array };

const KIB_64 = 65_536;
const MIB = 1_048_576;

const DAMAGES = [
  'cut',
  'byte order mark',
  'no UTF-8',
  'one bit',
  'followed by more',
  KIB_64 - 1,
  KIB_64,
  KIB_64 + 1,
  MIB,
  MIB + 1,
] as const;

/** Bodies that a schema allows; none where there is no schema. */
export function lawfulBodiesOf(schema: Schema | null): fc.Arbitrary<Body> {
  if (schema === null) return fc.constant({ kind: 'none' });
  return treesOf(schema, null).map((json): Body => ({ kind: 'json', json }));
}

/** All kinds of bodies for a schema; null stands for an operation that takes none, which gets one now and then. */
export function bodiesOf(schema: Schema | null): fc.Arbitrary<Body> {
  const json = schema === null ? fc.constant<Tree>({ kind: 'raw', text: '{}' }) : treesOf(schema, null);
  const asBody = (trees: fc.Arbitrary<Tree>) => trees.map((tree): Body => ({ kind: 'json', json: tree }));
  const none = fc.constant<Body>({ kind: 'none' });
  const damaged = fc
    .tuple(json, fc.constantFrom(...DAMAGES), fc.nat(MANY))
    .map(([tree, damage, pick]): Body => ({ kind: 'damaged', json: tree, damage, pick }));
  const bytes = fc.uint8Array({ maxLength: 300 }).map((list): Body => ({ kind: 'bytes', bytes: list }));
  if (schema === null) {
    return fc.oneof({ weight: 20, arbitrary: none }, { weight: 2, arbitrary: asBody(json) }, damaged, bytes);
  }
  return fc.oneof(
    { weight: 8, arbitrary: asBody(json) },
    { weight: 24, arbitrary: asBody(spoiled(json)) },
    { weight: 4, arbitrary: damaged },
    { weight: 2, arbitrary: bytes },
    { weight: 1, arbitrary: none },
  );
}

/** The bytes of a body; null where there is none. */
export function bodyBytes(body: Body, known: Known): Buffer | null {
  switch (body.kind) {
    case 'none':
      return null;
    case 'bytes':
      return Buffer.from(body.bytes);
    case 'json':
      return Buffer.from(writeTree(body.json, known));
    case 'damaged':
      return damaged(Buffer.from(writeTree(body.json, known)), body.damage, body.pick);
  }
}

function damaged(bytes: Buffer, damage: (typeof DAMAGES)[number], pick: number): Buffer {
  const at = pick % Math.max(bytes.length, 1);
  switch (damage) {
    case 'cut':
      return bytes.subarray(0, at);
    case 'byte order mark':
      return Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]);
    case 'no UTF-8':
      return Buffer.concat([bytes.subarray(0, at), Buffer.from([0xc3, 0x28]), bytes.subarray(at)]);
    case 'one bit': {
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (pick % 8));
      return flipped;
    }
    case 'followed by more':
      return Buffer.concat([bytes, Buffer.from('{}')]);
    default:
      // Blanks are JSON: what is in the body stays lawful, only its size is not.
      return Buffer.concat([bytes, Buffer.alloc(Math.max(0, damage - bytes.length), ' ')]);
  }
}
