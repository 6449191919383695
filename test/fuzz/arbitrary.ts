import fc from 'fast-check';
import { alternativesOf, isRecord, numberIn, propertiesOf, requiredOf, type Schema, typesOf } from './schema.ts';
import type { Member, Tree } from './tree.ts';

/** Of whatever the run knows by a name it has fewer than this. */
export const MANY = 1_000_000;

/** No schema of an API for people is deeper; one that is would be recursive. */
const MAX_DEPTH = 16;

/** Names a delivery: mostly new, or everything would be a repeat. */
const DELIVERY = 'event_id';

/**
 * What fits a schema, as trees. A value under a name (`bout_id`) is mostly one that the run knows by that name.
 * @throws Error where the schema has something that nothing can be made from
 */
export function treesOf(schema: Schema, name: string | null, depth = 0): fc.Arbitrary<Tree> {
  if (depth > MAX_DEPTH) throw new Error(`${name ?? 'A schema'} is deeper than the fuzzer understands.`);
  const alternatives = alternativesOf(schema);
  if (alternatives.length > 0) {
    // Where null will do it is one choice among several, not half of all that is sent.
    const choices = alternatives.map((one) => ({
      weight: typesOf(one)?.includes('null') === true ? 1 : 4,
      arbitrary: treesOf(one, name, depth + 1),
    }));
    return fc.oneof(...choices);
  }
  const own = fresh(schema, name, depth);
  if (name === null || !isChosenByTheRun(schema)) return own;
  const known = fc
    .tuple(fc.nat(MANY), own)
    .map(([pick, otherwise]): Tree => ({ kind: 'known', name, pick, otherwise, schema }));
  const weight = weightOfKnown(name);
  return fc.oneof({ weight: 20 - weight, arbitrary: own }, { weight, arbitrary: known });
}

/** Of twenty values under a name, how many are ones that the run has seen. */
function weightOfKnown(name: string): number {
  if (name === DELIVERY) return 3;
  return name.endsWith('_id') ? 19 : 14;
}

/** Whether a value stands for something (an id, an instant, metadata) rather than choosing among given words. */
function isChosenByTheRun(schema: Schema): boolean {
  return !('enum' in schema) && !('const' in schema) && propertiesOf(schema).length === 0 && !('items' in schema);
}

function fresh(schema: Schema, name: string | null, depth: number): fc.Arbitrary<Tree> {
  const { enum: allowed } = schema;
  if ('const' in schema) return valuesOf(schema, fc.constant(schema['const']));
  if (Array.isArray(allowed)) return valuesOf(schema, fc.constantFrom(...allowed));
  const types = typesOf(schema);
  if (types === null) return valuesOf(schema, fc.jsonValue({ maxDepth: 3 }));
  return fc.oneof(...types.map((type) => treesOfType(type, schema, name, depth)));
}

function valuesOf(schema: Schema, values: fc.Arbitrary<unknown>): fc.Arbitrary<Tree> {
  return values.map((value): Tree => ({ kind: 'value', value, schema }));
}

function treesOfType(type: string, schema: Schema, name: string | null, depth: number): fc.Arbitrary<Tree> {
  switch (type) {
    case 'null':
      return valuesOf(schema, fc.constant(null));
    case 'boolean':
      return valuesOf(schema, fc.boolean());
    case 'integer':
    case 'number':
      return valuesOf(schema, numbersOf(type, schema));
    case 'string':
      return valuesOf(schema, textsOf(schema));
    case 'array':
      return listsOf(schema, name, depth);
    default:
      return recordsOf(schema, depth);
  }
}

function numbersOf(type: string, schema: Schema): fc.Arbitrary<number> {
  const min = numberIn(schema, 'minimum', Number.MIN_SAFE_INTEGER);
  const max = numberIn(schema, 'maximum', Number.MAX_SAFE_INTEGER);
  const step = numberIn(schema, 'multipleOf', 0);
  const edges = fc.constantFrom(min, max);
  if (step > 0) return fc.integer({ min: Math.ceil(min / step), max: Math.floor(max / step) }).map((n) => n * step);
  if (type === 'integer') return fc.oneof(edges, wholeNumbers(min, max));
  return fc.oneof(edges, fc.double({ min, max, noNaN: true }));
}

/** fast-check's whole numbers end at 2 ** 53 apart; a span beyond that is taken in halves. */
function wholeNumbers(min: number, max: number): fc.Arbitrary<number> {
  return max - min <= Number.MAX_SAFE_INTEGER
    ? fc.nat(max - min).map((n) => min + n)
    : fc.oneof(fc.integer({ min, max: 0 }), fc.integer({ min: 0, max }));
}

function textsOf(schema: Schema): fc.Arbitrary<string> {
  const { pattern } = schema;
  const minLength = numberIn(schema, 'minLength', 0);
  const maxLength = numberIn(schema, 'maxLength', 80);
  if (typeof pattern === 'string') {
    return fc
      .stringMatching(new RegExp(pattern, 'u'))
      .filter((text) => text.length >= minLength && text.length <= maxLength);
  }
  const text = fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, minLength + 20) });
  return fc.oneof(
    { weight: 6, arbitrary: text },
    { weight: 1, arbitrary: fc.constant('x'.repeat(maxLength)) },
    { weight: 1, arbitrary: fc.constant('x'.repeat(Math.max(minLength, 1))) },
  );
}

function listsOf(schema: Schema, name: string | null, depth: number): fc.Arbitrary<Tree> {
  const { items } = schema;
  const item = treesOf(isRecord(items) ? items : {}, name, depth + 1);
  const minLength = numberIn(schema, 'minItems', 0);
  const maxLength = Math.min(numberIn(schema, 'maxItems', Infinity), minLength + 4);
  return fc.array(item, { minLength, maxLength }).map((list): Tree => ({ kind: 'list', items: list, schema }));
}

function recordsOf(schema: Schema, depth: number): fc.Arbitrary<Tree> {
  const required = new Set(requiredOf(schema));
  const named = propertiesOf(schema)
    .filter(([, inner]) => !('not' in inner))
    .map(([name, inner]): fc.Arbitrary<Member | null> => {
      const member = treesOf(inner, name, depth + 1).map((tree): Member => [name, tree]);
      // null leaves it out, and is what a failure is made smaller to.
      return required.has(name) ? member : fc.option(member, { nil: null, freq: 2 });
    });
  const others = isRecord(schema['additionalProperties']) ? freeMembers(schema, depth) : fc.constant([]);
  return fc.tuple(fc.tuple(...named), others).map(([members, more]): Tree => {
    const own = members.filter((member) => member !== null);
    return { kind: 'record', members: [...own, ...more], schema };
  });
}

/** Members of a record that takes any: the words of its own description are the names that mean something. */
function freeMembers(schema: Schema, depth: number): fc.Arbitrary<Member[]> {
  const words = String(schema['description'] ?? '').match(/\b[a-z_]{4,}\b/g) ?? [];
  const others = schema['additionalProperties'];
  const inner = isRecord(others) ? others : {};
  const free = fc.tuple(fc.string({ maxLength: 12 }), treesOf(inner, null, depth + 1));
  const meant = words.map((word) => treesOf(inner, word, depth + 1).map((tree): Member => [word, tree]));
  return fc.array(fc.oneof(free, ...meant), { maxLength: 4 });
}
