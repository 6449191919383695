/** As much of JSON Schema (draft 2020-12) as the server's own document uses; anything else stops the run. */
export type Schema = Readonly<Record<string, unknown>>;

/** Finds what a `$ref` leads to. */
export type Resolve = (ref: string) => Schema;

/** Says something to people and nothing about a value. */
const ANNOTATIONS = ['description', 'title', 'example', 'examples', 'default', 'deprecated'];

const KEYWORDS = new Set([
  ...ANNOTATIONS,
  '$ref',
  'type',
  'enum',
  'const',
  'not',
  'anyOf',
  'oneOf',
  'properties',
  'required',
  'additionalProperties',
  'propertyNames',
  'items',
  'minItems',
  'maxItems',
  'pattern',
  'format',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'multipleOf',
]);

/** Both come with a pattern that says the same. */
const FORMATS = ['date-time', 'date'];

const TYPES = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'];

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value that must be a schema. @throws Error where it is none */
export function schemaOf(value: unknown): Schema {
  if (!isRecord(value)) throw new Error(`This is no schema: ${JSON.stringify(value)}`);
  return value;
}

/**
 * Reads a schema through once, with everything in it.
 * @throws Error naming the keyword, type or format that is not understood: none may be passed over in silence
 */
export function checkUnderstood(schema: Schema, place: string): void {
  for (const [keyword, value] of Object.entries(schema)) {
    if (!KEYWORDS.has(keyword)) throw new Error(`${place}: the fuzzer does not know the keyword '${keyword}'.`);
    if (keyword === 'format' && (!FORMATS.includes(String(value)) || schema['pattern'] === undefined)) {
      throw new Error(`${place}: the fuzzer does not know the format '${String(value)}'.`);
    }
    if (keyword === 'not' && (!isRecord(value) || Object.keys(value).length > 0)) {
      throw new Error(`${place}: the fuzzer knows 'not' with an empty schema only.`);
    }
  }
  for (const type of typesOf(schema) ?? []) {
    if (!TYPES.includes(type)) throw new Error(`${place}: the fuzzer does not know the type '${type}'.`);
  }
  for (const [name, inner] of childrenOf(schema)) checkUnderstood(inner, `${place}.${name}`);
}

function childrenOf(schema: Schema): (readonly [string, Schema])[] {
  const { properties, items, additionalProperties, propertyNames } = schema;
  return [
    ...Object.entries(isRecord(properties) ? properties : {}),
    ...alternativesOf(schema).map((one, i) => [`anyOf[${i}]`, one] as const),
    ...Object.entries({ items, additionalProperties, propertyNames }).filter(([, value]) => isRecord(value)),
  ].map(([name, value]) => [name, schemaOf(value)]);
}

/** The types that a value may have; null where any will do. */
export function typesOf({ type }: Schema): readonly string[] | null {
  if (type === undefined) return null;
  return Array.isArray(type) ? type.map(String) : [String(type)];
}

/** Of `anyOf` and `oneOf`; empty where there are none. */
export function alternativesOf({ anyOf, oneOf }: Schema): readonly Schema[] {
  return [anyOf, oneOf].flatMap((list) => (Array.isArray(list) ? list.map(schemaOf) : []));
}

export function propertiesOf({ properties }: Schema): readonly (readonly [string, Schema])[] {
  return Object.entries(isRecord(properties) ? properties : {}).map(([name, value]) => [name, schemaOf(value)]);
}

export function requiredOf({ required }: Schema): readonly string[] {
  return Array.isArray(required) ? required.map(String) : [];
}

/** A keyword that is a number; `otherwise` where it is missing. */
export function numberIn(schema: Schema, keyword: string, otherwise: number): number {
  const value = schema[keyword];
  return typeof value === 'number' ? value : otherwise;
}

/** Everything in which a value departs from its schema, each with its place; empty where it fits. */
export function faultsOf(schema: Schema, value: unknown, resolve: Resolve, at = '$'): string[] {
  const { $ref: ref, enum: allowed, not } = schema;
  if (typeof ref === 'string') return faultsOf(resolve(ref), value, resolve, at);
  if (not !== undefined) return [`${at} should not be there`];
  const types = typesOf(schema);
  if (types !== null && !types.some((type) => isOfType(type, value))) return [`${at} is no ${types.join(' or ')}`];
  if (Array.isArray(allowed) && !allowed.includes(value)) return [`${at} is none of ${allowed.join(', ')}`];
  if ('const' in schema && schema['const'] !== value) return [`${at} is not ${JSON.stringify(schema['const'])}`];
  const choices = alternativesOf(schema).map((one) => faultsOf(one, value, resolve, at));
  const fitting = choices.filter((faults) => faults.length === 0).length;
  if (choices.length > 0 && fitting === 0) return choices.toSorted((a, b) => a.length - b.length)[0] ?? [];
  if (schema['oneOf'] !== undefined && fitting > 1) return [`${at} fits more than one of oneOf`];
  if (typeof value === 'string') return textFaults(schema, value, at);
  if (typeof value === 'number') return numberFaults(schema, value, at);
  if (Array.isArray(value)) return listFaults(schema, value, resolve, at);
  return isRecord(value) ? recordFaults(schema, value, resolve, at) : [];
}

function isOfType(type: string, value: unknown): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value);
    case 'object':
      return isRecord(value);
    case 'array':
      return Array.isArray(value);
    case 'null':
      return value === null;
    default:
      return typeof value === type;
  }
}

function textFaults(schema: Schema, text: string, at: string): string[] {
  const { length } = Array.from(text);
  const { pattern } = schema;
  if (length < numberIn(schema, 'minLength', 0)) return [`${at} is too short`];
  if (length > numberIn(schema, 'maxLength', Infinity)) return [`${at} is too long`];
  return typeof pattern === 'string' && !new RegExp(pattern, 'u').test(text) ? [`${at} does not match ${pattern}`] : [];
}

function numberFaults(schema: Schema, value: number, at: string): string[] {
  const step = numberIn(schema, 'multipleOf', 0);
  if (value < numberIn(schema, 'minimum', -Infinity)) return [`${at} is too small`];
  if (value > numberIn(schema, 'maximum', Infinity)) return [`${at} is too large`];
  return step > 0 && !Number.isInteger(value / step) ? [`${at} is no multiple of ${step}`] : [];
}

function listFaults(schema: Schema, list: readonly unknown[], resolve: Resolve, at: string): string[] {
  if (list.length < numberIn(schema, 'minItems', 0)) return [`${at} has too few items`];
  if (list.length > numberIn(schema, 'maxItems', Infinity)) return [`${at} has too many items`];
  const { items } = schema;
  return isRecord(items) ? list.flatMap((one, i) => faultsOf(items, one, resolve, `${at}[${i}]`)) : [];
}

function recordFaults(
  schema: Schema,
  value: Readonly<Record<string, unknown>>,
  resolve: Resolve,
  at: string,
): string[] {
  const known = new Map(propertiesOf(schema));
  const missing = requiredOf(schema).filter((name) => !Object.hasOwn(value, name));
  const { additionalProperties: others, propertyNames: names } = schema;
  return [
    ...missing.map((name) => `${at}.${name} is missing`),
    ...Object.entries(value).flatMap(([name, inner]) => {
      const own = known.get(name);
      const place = `${at}.${name}`;
      if (own !== undefined) return faultsOf(own, inner, resolve, place);
      if (others === false) return [`${place} is unknown`];
      return [
        ...(isRecord(names) ? faultsOf(names, name, resolve, `${place} (its name)`) : []),
        ...(isRecord(others) ? faultsOf(others, inner, resolve, place) : []),
      ];
    }),
  ];
}
