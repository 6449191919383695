import fc from 'fast-check';
import { MANY } from './arbitrary.ts';
import { isRecord, numberIn, type Schema, typesOf } from './schema.ts';
import { changePlace, type Member, placesOf, type Tree } from './tree.ts';

/** JSON that hardly any field takes, as it is written. */
const STRANGE: readonly string[] = [
  'null',
  'true',
  'false',
  '0',
  '-0',
  '-1',
  '1.5',
  '1e308',
  '1e999',
  '-1e999',
  '5e-324',
  '9007199254740993',
  '123456789012345678901234567890',
  '""',
  '" "',
  '"NaN"',
  '"Infinity"',
  '"1"',
  '"null"',
  '"\\ud800"',
  '"\\udc00x"',
  '"a\\u0000b"',
  '"\\u202e"',
  '"\u00fc"',
  '"\ud83e\udd4a"',
  '"__proto__"',
  '"constructor"',
  '"toString"',
  '"."',
  '".."',
  '"../../etc/passwd"',
  '"a|b"',
  '"\'; DROP TABLE entry; --"',
  '"<script>alert(1)</script>"',
  '"${7*7}"',
  `"${'x'.repeat(65)}"`,
  `"${'x'.repeat(2_000)}"`,
  '[]',
  '[null]',
  '[[]]',
  '{}',
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"a":{"b":{"c":[1,{"d":null}]}}}',
  `${'['.repeat(31)}${']'.repeat(31)}`,
  `${'['.repeat(64)}${']'.repeat(64)}`,
  `${'{"a":'.repeat(4_000)}1${'}'.repeat(4_000)}`,
];

/** What is no JSON at all. */
const NO_JSON: readonly string[] = ['NaN', 'undefined', "'x'", '01', '.5', '+1', '0x10', '', '"\t"', '"\\x41"'];

const FOREIGN_NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'evnt_id', '', 'type', '\u0000'];

/** What is done to one place. Picks choose among what there is, whatever that is in the tree at hand. */
type Spoiling = {
  readonly kind: 'put' | 'null' | 'no-json' | 'edge' | 'deeper' | 'drop' | 'twice' | 'foreign';
  readonly place: number;
  readonly pick: number;
};

const kinds = fc.oneof(
  { weight: 6, arbitrary: fc.constant('put' as const) },
  { weight: 6, arbitrary: fc.constant('edge' as const) },
  { weight: 3, arbitrary: fc.constant('null' as const) },
  { weight: 4, arbitrary: fc.constant('drop' as const) },
  { weight: 2, arbitrary: fc.constant('foreign' as const) },
  { weight: 1, arbitrary: fc.constantFrom('no-json' as const, 'deeper' as const, 'twice' as const) },
);

const spoilings: fc.Arbitrary<Spoiling> = fc.record({ kind: kinds, place: fc.nat(MANY), pick: fc.nat(MANY) });

/** Trees with one thing wrong (now and then two): almost what the schema asks for. */
export function spoiled(trees: fc.Arbitrary<Tree>): fc.Arbitrary<Tree> {
  const spots = fc.oneof(
    { weight: 4, arbitrary: fc.tuple(spoilings) },
    { weight: 1, arbitrary: fc.tuple(spoilings, spoilings) },
  );
  return fc.tuple(trees, spots).map(([tree, list]) => list.reduce<Tree>(spoil, tree));
}

function spoil(tree: Tree, spoiling: Spoiling): Tree {
  const { kind, place, pick } = spoiling;
  switch (kind) {
    case 'put':
      return changeOne(
        tree,
        place,
        () => true,
        () => raw(at(STRANGE, pick)),
      );
    case 'null':
      return changeOne(
        tree,
        place,
        () => true,
        () => raw('null'),
      );
    case 'no-json':
      return changeOne(
        tree,
        place,
        () => true,
        () => raw(at(NO_JSON, pick)),
      );
    case 'edge':
      return changeOne(
        tree,
        place,
        () => true,
        (spot) => raw(at(edgesOf(spot.schema ?? {}), pick)),
      );
    case 'deeper':
      return changeOne(
        tree,
        place,
        () => true,
        (spot) => ({ kind: 'list', items: [spot] }),
      );
    case 'drop':
      return changeMembers(tree, place, (members) => members.toSpliced(pick % members.length, 1));
    case 'twice':
      return changeMembers(tree, place, (members) => [...members, ...members.slice(pick % members.length).slice(0, 1)]);
    case 'foreign':
      return changeMembers(tree, place, (members) => [
        ...members,
        [at(FOREIGN_NAMES, pick), raw(at(STRANGE, Math.floor(pick / FOREIGN_NAMES.length)))],
      ]);
  }
}

function changeOne(tree: Tree, place: number, fits: (spot: Tree) => boolean, change: (spot: Tree) => Tree): Tree {
  const fitting = [...placesOf(tree).entries()].filter(([, spot]) => fits(spot));
  const chosen = fitting[place % fitting.length];
  return chosen === undefined ? tree : changePlace(tree, chosen[0], change);
}

function changeMembers(tree: Tree, place: number, change: (members: readonly Member[]) => readonly Member[]): Tree {
  const hasMembers = (spot: Tree): boolean => spot.kind === 'record' && spot.members.length > 0;
  return changeOne(tree, place, hasMembers, (spot) =>
    spot.kind === 'record' ? { ...spot, members: change(spot.members) } : spot,
  );
}

function raw(text: string): Tree {
  return { kind: 'raw', text };
}

function at(list: readonly string[], pick: number): string {
  return list[pick % list.length] ?? 'null';
}

/** Values at and just beyond the bounds of a schema. */
function edgesOf(schema: Schema): readonly string[] {
  const min = numberIn(schema, 'minimum', 0);
  const max = numberIn(schema, 'maximum', Number.MAX_SAFE_INTEGER);
  const shortest = numberIn(schema, 'minLength', 1);
  const longest = Math.min(numberIn(schema, 'maxLength', 64), 4_000);
  const fewest = numberIn(schema, 'minItems', 0);
  const most = numberIn(schema, 'maxItems', 4);
  const { enum: allowed, items } = schema;
  const item = isRecord(items) && Array.isArray(items['enum']) ? JSON.stringify(items['enum'][0]) : '{}';
  const numbers = [min, max, min - 1, max + 1, min + 0.5].map(String);
  const texts = [shortest - 1, shortest, longest, longest + 1].map((length) =>
    JSON.stringify('x'.repeat(Math.max(0, length))),
  );
  const lists = [fewest - 1, most, most + 1].map((length) => `[${Array(Math.max(0, length)).fill(item).join(',')}]`);
  if (Array.isArray(allowed)) {
    return allowed.flatMap((one) => [String(one).toUpperCase(), `${String(one)} `]).map((text) => JSON.stringify(text));
  }
  const types = typesOf(schema) ?? [];
  if (types.includes('array')) return lists;
  if (types.includes('string')) return texts;
  return types.includes('object') ? ['{}', '[]', '"{}"'] : numbers;
}
